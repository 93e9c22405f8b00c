"""Builds every PDF below a folder and prints a table: pages, seconds, memory of each kind of process, verdict.

Each file is built in a process of its own, so that time and memory are its own. A file counts as good when it became
an edition that `check` finds whole, or ended with a documented error. Processes that outlive their build are found by
parentage: this program takes in orphans (Linux), so whoever is its child without being a build was left behind.
"""

from __future__ import annotations

import argparse
import csv
import ctypes
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from masthead.document import errors
from masthead.edition.build import build
from masthead.edition.check import check
from masthead.edition.options import BuildOptions, Silence
from masthead.pdf.zygote import end_zygotes
from masthead.pictures.encoding import PAGE_WIDTHS

Row = dict[str, Any]
DOCUMENTED = {
    error.code for error in vars(errors).values() if isinstance(error, type) and issubclass(error, errors.MastheadError)
}
MEMORY_LIMIT_MB = 600
BAD = ("UNDOCUMENTED", "BROKEN FOLDER", "NO END")
LINE = "{file:52.52} {pages:5} p {text_pages:5} t {seconds:7.1f} s {cpu:7.1f} cpu {parent_mb:4}/{child_mb:4} MB  {said}"
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


class Stages(Silence):
    """A listener that notes when the pages were drawn; what follows is the work on the text."""

    drawn = 0.0

    def recognising(self, pages: int) -> None:
        """From here on pages are read from their pictures."""
        self.drawn = time.perf_counter()

    def finishing(self) -> None:
        """Only the text remains."""
        self.drawn = self.drawn or time.perf_counter()

    def corrected(self, outcome: object) -> None:
        """Nothing was corrected."""


def build_here(pdf: Path, out: Path, password: str, widths: Sequence[int], workers: int) -> Row:
    """Build in this process and say how it ended, how long its stages took, and what memory was used."""
    start, stages = time.perf_counter(), Stages()
    options = BuildOptions(password=password, widths=tuple(widths), workers=workers)
    try:
        manifest = build(pdf, out, options, stages).manifest
        row = verdict_of(manifest, [f"{finding.path}: {finding.message}" for finding in check(out)])
    except errors.MastheadError as error:
        known = error.code in DOCUMENTED
        row = {"verdict": f"error {error.code}" if known else "UNDOCUMENTED", "why": error.detail}
    except Exception as error:
        row = {"verdict": "UNDOCUMENTED", "why": f"{type(error).__name__}: {error}"}
        traceback.print_exc()
    end_zygotes()  # only then is known what their children used
    own, kids = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        **row,
        "draw_seconds": round(stages.drawn - start, 1) if stages.drawn else None,
        "text_seconds": round(time.perf_counter() - stages.drawn, 1) if stages.drawn else None,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in (own, kids)),
        "parent_mb": own.ru_maxrss >> 10,
        "child_mb": kids.ru_maxrss >> 10,
    }


def verdict_of(manifest: dict[str, Any], findings: Sequence[str]) -> Row:
    """What the edition says of itself."""
    failures = Counter(str(failure["code"]) for failure in manifest["failures"])
    said = [f"{code} x{count}" for code, count in failures.items()]
    if manifest["warnings"]:
        said.append(f"{len(manifest['warnings'])} warnings, first: {manifest['warnings'][0]}")
    fine = "built" if not failures else "built with failures"
    return {
        "pages": len(manifest["pages"]),
        "text_pages": sum(page.get("has_text", False) for page in manifest["pages"]),
        "verdict": "BROKEN FOLDER" if findings else fine,
        "why": "; ".join(findings[:3] or said),
    }


def build_apart(pdf: Path, name: str, password: str, options: argparse.Namespace) -> Row:
    """The row of one file, built in a process of its own."""
    folder = Path(tempfile.mkdtemp(prefix="masthead-corpus-"))
    command = [sys.executable, __file__, str(pdf), "--one", str(folder / "edition"), "--password", password]
    command += ["--widths", ",".join(map(str, options.widths)), "--workers", str(options.workers)]
    start = time.perf_counter()
    row: Row = {"file": name, "pages": 0, "text_pages": 0, "cpu": 0.0, "parent_mb": 0, "child_mb": 0}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    BUILDS.add(process.pid)
    try:
        output, complaint = process.communicate(timeout=options.seconds)
        answer = re.search(r"^ROW (.*)$", output, re.MULTILINE)
        died = {"verdict": "UNDOCUMENTED", "why": f"ended with {process.returncode}: {complaint[-300:]}"}
        row |= json.loads(answer[1]) if answer else died
    except subprocess.TimeoutExpired:
        row |= {"verdict": "NO END", "why": f"not within {options.seconds:.0f} s"}
        process.kill()
        process.communicate()
    row["seconds"] = time.perf_counter() - start
    row["left_behind"] = len(end_orphans())
    BUILDS.discard(process.pid)
    shutil.rmtree(folder, ignore_errors=True)
    return row


BUILDS: set[int] = set()


def _die_with_parent() -> None:
    """A bench that is stopped leaves no build behind either."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def end_orphans() -> list[int]:
    """Processes that lost their build and became this program's children; they are ended."""
    time.sleep(0.05)  # the kernel ends a dead build's processes, but not at once
    found = []
    for entry in Path("/proc").iterdir() if Path("/proc/self").exists() else ():
        with suppress(OSError, ValueError):
            status = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if entry.name.isdigit() and int(status[1]) == os.getpid() and int(entry.name) not in BUILDS:
                if status[0] != "Z":
                    found.append(int(entry.name))
                    os.kill(int(entry.name), signal.SIGKILL)
                os.waitpid(int(entry.name), 0)
    return found


def passwords(corpus: Path) -> dict[str, str]:
    """Passwords that the corpus' own manifest names, by file stem."""
    found = {}
    table = corpus / "MANIFEST.tsv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                match = re.search(r"user (?:password )?\"?([^\s\"]+)\"?", row.get("interesting") or "", re.IGNORECASE)
                if match:
                    found[row["name"]] = match[1]
    return found


def summary(rows: Sequence[Row]) -> str:
    """Verdicts counted, the slowest, the heaviest, and what was left behind."""
    verdicts = Counter(str(row["verdict"]) for row in rows)
    lines = ["", *(f"{count:5}  {verdict}" for verdict, count in verdicts.most_common())]
    pages = sum(row["pages"] for row in rows)
    cpu = sum(row["cpu"] for row in rows)
    lines.append(f"{len(rows)} files, {pages} pages, {cpu:.0f} CPU seconds, {cpu / max(1, pages):.2f} a page")
    slowest = sorted(rows, key=lambda row: -row["cpu"])[:5]
    lines.append("most CPU: " + ", ".join(f"{row['file']} {row['cpu']:.0f} s" for row in slowest))
    for kind in ("parent_mb", "child_mb"):
        largest = max(rows, key=lambda row: row[kind])
        lines.append(f"largest {kind.removesuffix('_mb')}: {largest[kind]} MB ({largest['file']})")
    heavy = [row["file"] for row in rows if max(row["parent_mb"], row["child_mb"]) > MEMORY_LIMIT_MB]
    lines.append(f"over {MEMORY_LIMIT_MB} MB: {', '.join(heavy) or 'none'}")
    left = [row["file"] for row in rows if row["left_behind"]]
    lines.append(f"processes left behind: {', '.join(left) or 'none'}")
    return "\n".join(lines)


def options_typed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--only", default="", help="part of a path")
    parser.add_argument("--seconds", type=float, default=600.0, help="limit a file")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="files at the same time")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw one file")
    parser.add_argument("--json", type=Path, help="write the rows there too")
    parser.add_argument("--quick", action="store_true", help="only the two smallest pictures of each page")
    parser.add_argument("--widths", type=lambda text: [int(part) for part in text.split(",")], default=PAGE_WIDTHS)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--password", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.quick:
        options.widths = PAGE_WIDTHS[:2]
    return options


def main() -> None:
    """Build all and print the table."""
    options = options_typed()
    if options.one:
        _die_with_parent()
        row = build_here(options.corpus, options.one, options.password, options.widths, options.workers)
        print("\nROW " + json.dumps(row))
        return
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    secrets = passwords(options.corpus)
    files = [pdf for pdf in sorted(options.corpus.rglob("*.pdf")) if options.only in str(pdf)]
    rows: list[Row] = []
    with ThreadPoolExecutor(options.at_once) as pool:
        names = [pdf.relative_to(options.corpus).as_posix() for pdf in files]
        started = [
            pool.submit(build_apart, pdf, name, secrets.get(pdf.stem, ""), options)
            for pdf, name in zip(files, names, strict=True)
        ]
        for job in started:
            row = job.result()
            rows.append(row)
            print(LINE.format(**row, said=f"{row['verdict']} {row['why']}"[:160].rstrip()), flush=True)
    print(summary(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    if any(row["verdict"] in BAD or row["left_behind"] for row in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
