"""Writes the page that says what lies in a folder with everything of a publisher, and the list to check it by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from babel.dates import format_datetime

from masthead import __version__, wording
from masthead.exports.reader_files import FOLDER as READER
from masthead.exports.static.archive_site import ICON
from masthead.exports.templates import templates_of

LIST = "contents.json"
PAPER_WORDS = (
    *("Orders", "Answers to forms", "What readers noted and marked", "PDFs as they were handed over"),
    "Logos, pictures and what lies on pages",
)
_PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that lies there: what people call it, where (relative to the page), and how many there are."""

    name: str
    place: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of a publisher as it lies in a folder."""

    publisher: str
    language: str  # BCP 47
    made_at: datetime
    sites: Sequence[Entry] = ()  # of what everybody may read; `count` editions each
    editions: Sequence[Entry] = ()  # those that stand in no such site
    papers: Sequence[Entry] = ()  # orders, answers, notes, PDFs, pictures: folders with `count` files
    tables: Sequence[Entry] = ()  # without the ending of the file; `count` rows each
    missing: Sequence[str] = ()  # names of what could not be read


def write_overview(overview: Overview, folder: Path) -> None:
    """Write `index.html` and what it looks like, and then `contents.json` with size and SHA-256 of every file."""
    words = wording.translator(overview.language)
    html = (
        templates_of("masthead.exports.static")
        .get_template("overview.html")
        .render(
            t=words.text,
            language=words.language,
            direction=words.direction,
            overview=overview,
            icon=ICON,
            at=format_datetime(overview.made_at, "medium", locale=words.language),
        )
    )
    (folder / "index.html").write_text(html, encoding="utf-8")
    style = resources.files("masthead.exports.static").joinpath("assets/archive.css").read_bytes()
    tokens = (READER / "tokens.css").read_bytes().replace(b"masthead-reader", b":root")
    (folder / "index.css").write_bytes(tokens + style)
    files = {path: _facts(folder / path) for path in sorted(_below(folder))}
    told = {
        "publisher": overview.publisher,
        "made_at": overview.made_at.isoformat(timespec="seconds"),
        "version": __version__,
        "missing": list(overview.missing),
        "files": files,
    }
    (folder / LIST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _below(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]


def _facts(file: Path) -> dict[str, object]:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return {"size": file.stat().st_size, "sha256": digest.hexdigest()}
