"""Builds every PDF below a folder and prints a table: pages, verdict, seconds, peak memory of the largest process.

Each file is built in a process of its own, so that memory is its own. A file counts as good when it became an
edition that `check` finds whole, or ended with a documented error. Processes left behind are counted at the end.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from masthead.document import errors
from masthead.edition.check import check
from masthead.edition.folder import read_edition

DOCUMENTED = {
    error.code: error.exit_status
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, errors.MastheadError)
}
MEMORY_LIMIT_MB = 600
LINE = "{file:58} {pages:5} p {text_pages:5} text {seconds:6} s {parent_mb:5}/{child_mb:4} MB  {verdict} {why}"


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


def build_one(pdf: Path, out: Path, password: str, seconds: float) -> dict[str, object]:
    """Build in a child of its own and say how it ended."""
    code = (
        "import sys,resource\nfrom masthead.command import main\n"
        "try: main(sys.argv[1:], standalone_mode=False)\n"
        "finally:\n"
        "  own,kids=(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF,resource.RUSAGE_CHILDREN))\n"
        "  print('MEMORY',own//1024,kids//1024,flush=True)\n"
    )
    command = [sys.executable, "-c", code, "build", str(pdf), "--out", str(out)]
    if password:
        command += ["--password", password]
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        status, output, complaint = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, output, complaint = -1, "", "no end within the limit"
    memory = re.search(r"MEMORY (\d+) (\d+)", output)
    parent, child = (int(memory[1]), int(memory[2])) if memory else (0, 0)
    row: dict[str, object] = {
        "file": f"{pdf.parent.name}/{pdf.name}",
        "seconds": round(time.perf_counter() - start, 1),
        "parent_mb": parent,
        "child_mb": child,
        "status": status,
    }
    return {**row, **_verdict(status, out, complaint)}


def _verdict(status: int, out: Path, complaint: str) -> dict[str, object]:
    code = next(iter(re.findall(r"\[(\w+)\]", complaint)), "")
    if (out / "manifest.json").is_file():
        findings = check(out)
        manifest = read_edition(out).manifest
        failed = [page for page in manifest["pages"] if page["status"] == "failed"]
        verdict = "broken folder" if findings else ("built" if not manifest["failures"] else "built with failures")
        reasons = Counter(str(failure["code"]) for failure in manifest["failures"])
        text = sum(page.get("has_text", False) for page in manifest["pages"])
        return {
            "pages": len(manifest["pages"]),
            "text_pages": text,
            "failed": len(failed),
            "verdict": verdict,
            "why": "; ".join(f"{name} x{count}" for name, count in reasons.items()) or "",
        }
    if code in DOCUMENTED:
        return {"pages": 0, "text_pages": 0, "failed": 0, "verdict": f"error {code}", "why": ""}
    return {"pages": 0, "text_pages": 0, "failed": 0, "verdict": "UNDOCUMENTED", "why": complaint[-300:]}


def _peak_mb(row: dict[str, object]) -> int:
    return max(int(str(row["parent_mb"])), int(str(row["child_mb"])))


def left_behind() -> list[str]:
    """Command lines of sandbox processes that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if "masthead.pdf" in line or "masthead.edition" in line:
                found.append(line)
    return found


def main() -> None:
    """Build all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--only", default="", help="part of a path")
    parser.add_argument("--seconds", type=float, default=300.0, help="limit a file")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    secrets = passwords(options.corpus)
    rows = []
    for pdf in sorted(options.corpus.rglob("*.pdf")):
        if options.only not in str(pdf):
            continue
        with tempfile.TemporaryDirectory() as folder:
            row = build_one(pdf, Path(folder) / "edition", secrets.get(pdf.stem, ""), options.seconds)
        rows.append(row)
        print(LINE.format(**row), flush=True)
    verdicts = Counter(str(row["verdict"]) for row in rows)
    print("\n".join(f"{count:5}  {verdict}" for verdict, count in verdicts.most_common()))
    heavy = [
        row["file"] for row in rows if max(int(str(row["parent_mb"])), int(str(row["child_mb"]))) > MEMORY_LIMIT_MB
    ]
    print(f"over {MEMORY_LIMIT_MB} MB: {', '.join(map(str, heavy)) or 'none'}")
    print(f"processes left behind: {len(left_behind())}")
    print(f"peak of this process' children: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    if verdicts["UNDOCUMENTED"] or verdicts["broken folder"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
