"""Draws sharp tiles of zoomed pages on demand, in sandboxed processes, a few at a time."""

from __future__ import annotations

import threading
from pathlib import Path

from masthead.document.geometry import Box
from masthead.document.structure import PagePart
from masthead.edition.options import BuildOptions
from masthead.edition.workforce import Workforce
from masthead.edition.writing import write_file

_AT_ONCE = 2
_SECONDS = 20.0


class TileRenderer:
    """Keeps the edition's PDF open in up to two processes."""

    def __init__(self, source: Path) -> None:
        self._workforce = Workforce(source, BuildOptions(workers=_AT_ONCE, page_seconds=_SECONDS))
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    def draw(self, place: PagePart, width: int, box: Box, target: Path) -> None:
        """Write the part `box` (points) of the page at `place`, drawn `width` pixels wide, to `target`.

        Raises MastheadError.
        """
        with self._free:
            if not target.is_file():  # another request may have drawn it meanwhile
                write_file(target, self._workforce.tile(place, width, box))

    def close(self) -> None:
        """End the processes."""
        self._workforce.close()
