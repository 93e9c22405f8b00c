"""Other tools that read the text of PDFs, each in an environment of their own that the project never imports.

Their answers are kept in `build/bench/peers/`, so that a second run only measures ours; `--fresh` asks them again.
Some of them are under the AGPL: they are installed for the comparison only and nothing of them is shipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measures.corpus import KEPT, ROOT
from measures.markdown import Markdown

ENVIRONMENT = ROOT / "build" / "peers"
PACKAGES = ("pypdfium2", "pymupdf", "pymupdf4llm", "pdf-oxide", "liteparse", "opendataloader-pdf")
PROCESS = Path(__file__).with_name("peer_process.py")
LABELS = {
    "pypdfium2": "pypdfium2, plain text",
    "pymupdf": "PyMuPDF, plain text",
    "pdftotext": "pdftotext",
    "liteparse": "liteparse, Markdown",
    "pdf-oxide-text": "pdf-oxide, plain text",
    "pdf-oxide": "pdf-oxide, Markdown",
    "opendataloader": "opendataloader, Markdown",
    "pymupdf4llm": "pymupdf4llm, Markdown",
}
PROGRAMS = {  # what must be on the machine, and the Debian package that brings it
    "pdftotext": ("pdftotext", "poppler-utils"),
    "opendataloader": ("java", "default-jre-headless"),
}
SLOW = ("pymupdf4llm",)  # seconds a page: asked only when named
_SECONDS = 3600


@dataclass(frozen=True)
class Answer:
    """What a tool said of one PDF."""

    pages: tuple[str, ...]
    form: str  # "text" or "markdown"
    seconds: float  # of the processor, on all cores together
    error: str

    def texts(self) -> list[str]:
        """The words of each page, without marks of Markdown."""
        return [Markdown(page).text for page in self.pages] if self.form == "markdown" else list(self.pages)


def prepare() -> None:
    """Make the environment if it is not there."""
    if (ENVIRONMENT / "bin/pip").exists() and (ENVIRONMENT / ".ready").exists():
        return
    print("Installing the other tools …", file=sys.stderr, flush=True)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    subprocess.run([ENVIRONMENT / "bin/pip", "install", "--quiet", *PACKAGES], check=True)
    (ENVIRONMENT / ".ready").touch()


def missing(tool: str) -> str:
    """Why a tool cannot run here; empty if it can."""
    program, package = PROGRAMS.get(tool, ("", ""))
    if program and shutil.which(program) is None:
        return f"needs {program} (Debian: apt-get install {package})"
    return ""


def answers(tool: str, pdfs: Sequence[Path], *, fresh: bool = False) -> list[Answer]:
    """What the tool says of each PDF, from the files kept or from a run now."""
    places = [_place(tool, pdf) for pdf in pdfs]
    open_questions = [
        pdf
        for pdf, place in zip(pdfs, places, strict=True)
        if fresh or not place.exists() or place.stat().st_mtime < pdf.stat().st_mtime
    ]
    by_folder: dict[Path, list[Path]] = {}
    for pdf in open_questions:
        by_folder.setdefault(_place(tool, pdf).parent, []).append(pdf)
    for folder, rows in by_folder.items():
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(ENVIRONMENT / "bin/python"), str(PROCESS), tool, str(folder), *map(str, rows)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS)
    return [_read(place) for place in places]


def _place(tool: str, pdf: Path) -> Path:
    return KEPT / "peers" / tool / pdf.resolve().parent.name / f"{pdf.stem}.json"


def _read(place: Path) -> Answer:
    kept = json.loads(place.read_text(encoding="utf-8"))
    return Answer(tuple(kept["pages"]), kept["form"], kept["seconds"], kept["error"])
