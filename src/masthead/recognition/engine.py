"""Tesseract, the program that reads characters in pictures: whether it is there, what it knows, and its answers.

It is no library of ours but a command of the system (Apache-2.0), started afresh for each page with limits, and told to
keep to one core, because as many run at once as there are cores.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from masthead.document.errors import ReaderProcessError
from masthead.pdf.program import run_program

COMMAND = "tesseract"
_ASK_SECONDS = 20.0
_NOT_LANGUAGES = frozenset({"osd", "equ"})  # orientation and script; mathematical signs
_PAGE_WITH_ORIENTATION, _PAGE, _ONLY_ORIENTATION = "1", "3", "0"  # Tesseract's page segmentation modes
_SCRIPT = re.compile(r"^Script: (\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Engine:
    """An installed Tesseract."""

    program: Path
    version: str
    data: Path  # the folder of its models
    languages: frozenset[str]  # by Tesseract's own names: "eng", "chi_sim"
    knows_scripts: bool  # whether the model for orientation and script is there

    def read(self, scan: bytes, languages: Sequence[str], *, dots: int, seconds: float, memory_mb: int) -> str:
        """What stands in the picture (PGM, `dots` pixels an inch), as hOCR; raises one of the documented errors."""
        mode = _PAGE_WITH_ORIENTATION if self.knows_scripts else _PAGE
        more = ["-l", "+".join(languages), "--psm", mode, "-c", "tessedit_create_hocr=1"]
        return self._run(scan, dots, more, seconds, memory_mb)

    def script(self, scan: bytes, *, dots: int, seconds: float, memory_mb: int) -> str:
        """The script of the page as Tesseract calls it ("Latin", "Arabic", "Han"); "" where it cannot be told."""
        if not self.knows_scripts:
            return ""
        try:
            answer = self._run(scan, dots, ["--psm", _ONLY_ORIENTATION], seconds, memory_mb)
        except ReaderProcessError:  # it ends so where a page has too few characters
            return ""
        found = _SCRIPT.search(answer)
        return found[1] if found else ""

    def _run(self, scan: bytes, dots: int, more: Sequence[str], seconds: float, memory_mb: int) -> str:
        command = [str(self.program), "stdin", "stdout", "--tessdata-dir", str(self.data), "--dpi", str(dots), *more]
        output = run_program(
            command,
            scan,
            seconds=seconds,
            memory_mb=memory_mb,
            readable=[self.data],
            environment={"OMP_THREAD_LIMIT": "1"},
        )
        return output.decode("utf-8", "replace")


@cache
def find_engine(command: str = COMMAND) -> Engine | None:
    """The Tesseract that `command` names, by its path or by its name; None where there is none that answers."""
    path = shutil.which(command)
    if path is None:
        return None
    program = Path(path).resolve()
    try:
        version = re.search(r"tesseract v?(\d[\w.]*)", _ask(program, "--version"))
        listed = _ask(program, "--list-langs")
    except (OSError, subprocess.SubprocessError):
        return None
    folder = re.search(r'"(.+)"', listed)
    names = frozenset(line.strip() for line in listed.splitlines()[1:] if re.fullmatch(r"[\w/-]+", line.strip()))
    if version is None or folder is None or int(version[1].split(".")[0]) < 4:
        return None
    languages = frozenset(name for name in names - _NOT_LANGUAGES if "/" not in name)
    return Engine(program, version[1], Path(folder[1]), languages, "osd" in names)


def _ask(program: Path, question: str) -> str:
    environment = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "LANG") if name in os.environ}
    done = subprocess.run(
        [str(program), question], capture_output=True, timeout=_ASK_SECONDS, check=True, env=environment
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")
