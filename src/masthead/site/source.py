"""What the site serves: an edition, finished or still growing, and its sharp tiles."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from masthead.document.geometry import Box
from masthead.edition.folder import SOURCE, Edition
from masthead.edition.growing import GrowingEdition
from masthead.edition.tiles import TileRenderer

TILE = 512  # pixels
TILE_WIDTHS = (3200, 4800, 6400)


class EditionSource(Protocol):
    """An edition wherever it stands."""

    @property
    def is_building(self) -> bool:
        """Whether the build still goes on."""

    def edition(self) -> Edition:
        """The edition as it is now; raises EditionInvalidError if there is none."""

    def wait_for(self, path: str, seconds: float) -> Path | None:
        """The file of the edition, waited for while the build goes on; None if it does not come."""

    def tile(self, page: int, width: int, column: int, row: int) -> Path | None:
        """A sharp tile of a page drawn `width` pixels wide; None where there is none."""


class FolderSource:
    """An edition folder on disk; tiles are kept in a cache folder outside it."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._growing = GrowingEdition(folder)
        self._folder = folder
        self._cache = cache
        self._finished: Edition | None = None
        self._read_at = 0
        self._tiles: TileRenderer | None = None

    @property
    def is_building(self) -> bool:
        """Whether the build still goes on."""
        return self._finished is None and self._growing.is_building

    def edition(self) -> Edition:
        """The edition; read once when it is finished, and again when another build took its place."""
        manifest = self._folder / "manifest.json"
        if self._finished is not None and manifest.is_file() and manifest.stat().st_mtime_ns == self._read_at:
            return self._finished
        edition = self._growing.edition()
        if edition.manifest["status"] == "complete":
            self._finished = edition
            self._read_at = manifest.stat().st_mtime_ns
        return edition

    def wait_for(self, path: str, seconds: float) -> Path | None:
        """The file, waited for while the build goes on."""
        return self._growing.wait_for(path, seconds)

    def tile(self, page: int, width: int, column: int, row: int) -> Path | None:
        """A tile from the cache, else drawn now from the PDF in the folder."""
        edition = self.edition()
        source = self._folder / SOURCE
        if not source.is_file() or width not in TILE_WIDTHS or not 1 <= page <= edition.page_count:
            return None
        shape = edition.manifest["pages"][page - 1]
        side = TILE * shape["width"] / width  # points
        box = Box(
            column * side,
            row * side,
            min(shape["width"], (column + 1) * side),
            min(shape["height"], (row + 1) * side),
        )
        if box.x0 >= shape["width"] or box.y0 >= shape["height"]:
            return None
        target = self._cache / "tiles" / edition.build / f"{page}-{width}-{column}-{row}.webp"
        if not target.is_file():
            if self._tiles is None:
                self._tiles = TileRenderer(source)
            self._tiles.draw(page, width, box, target)
        return target
