"""Remembers which pages an interrupted build has drawn, so that the next one need not draw them again.

A line is added when all of a page's pictures are on disk. The first line says what they were made from: another PDF,
other choices or another version of the program begin anew. Reading and understanding are quick and done again.
"""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

from masthead import __version__
from masthead.document.structure import SourceReport
from masthead.edition.options import BuildOptions

MEMORY = ".drawn"
_PICTURES = "pictures"


class DrawnPages:
    """The memory of one growing folder; what else an interrupted build left in it is removed."""

    def __init__(self, folder: Path, report: SourceReport, options: BuildOptions) -> None:
        self._file = folder / MEMORY
        self._lock = threading.Lock()
        pieces = [[piece.sheet, piece.half] for piece in options.arranged.pieces] if options.arranged else []
        origin = json.dumps([__version__, report.sha256, options.widths, options.trim, options.spreads, pieces])
        self._pages = self._read(origin)
        _clear(folder, keep=(MEMORY, _PICTURES) if self._pages else ())
        if not self._pages:
            self._file.write_text(f"{origin}\n", encoding="utf-8")

    def find(self, page: int) -> tuple[tuple[tuple[int, int, int], ...], str] | None:
        """Sizes and colour of a page whose pictures are all there."""
        found = self._pages.get(page)
        if found is None:
            return None
        sizes = tuple((int(nominal), int(width), int(height)) for nominal, width, height in found["sizes"])
        files = (self._file.parent / _PICTURES / str(nominal) / f"{page}.webp" for nominal, *_ in sizes)
        return (sizes, str(found["colour"])) if all(file.is_file() for file in files) else None

    def add(self, page: int, sizes: tuple[tuple[int, int, int], ...], colour: str) -> None:
        """All pictures of the page are on disk."""
        line = json.dumps({"page": page, "sizes": sizes, "colour": colour})
        with self._lock, self._file.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")

    def forget(self) -> None:
        """The build is whole: the memory is no part of it."""
        self._file.unlink(missing_ok=True)

    def _read(self, origin: str) -> dict[int, dict[str, Any]]:
        first, pages = _remembered(self._file)
        return pages if first == origin else {}


def pictures_in_memory(memory: Path) -> list[str]:
    """The pictures that a growing folder's memory tells of, as paths in the folder."""
    pages = _remembered(memory)[1]
    return [f"{_PICTURES}/{int(size[0])}/{page}.webp" for page, entry in pages.items() for size in entry["sizes"]]


def _remembered(memory: Path) -> tuple[str, dict[int, dict[str, Any]]]:
    """What the pages were drawn from, and each page's line; empty where nothing can be read."""
    try:
        first, *lines = memory.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return "", {}
    pages: dict[int, dict[str, Any]] = {}
    for line in lines:
        try:
            entry = json.loads(line)
            pages[int(entry["page"])] = entry
        except (ValueError, TypeError, KeyError):  # the process ended in the middle of a line
            continue
    return first, pages


def _clear(folder: Path, keep: tuple[str, ...]) -> None:
    """Remove all but `keep`, and half-written pictures."""
    for entry in folder.iterdir():
        if entry.name in keep:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    for half in folder.glob(f"{_PICTURES}/*/.*"):
        half.unlink()
