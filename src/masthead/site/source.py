"""What the site serves: an edition, finished or still growing, and its sharp tiles."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from masthead.document.geometry import Box
from masthead.edition.build import growing_folder
from masthead.edition.folder import MANIFEST, SOURCE, Edition, FileFacts, place_of, read_inventory
from masthead.edition.growing import GrowingEdition
from masthead.edition.tiles import TileRenderer
from masthead.site.tile_cache import TileCache

TILE = 512  # pixels
TILE_WIDTHS = (3200, 4800, 6400)
PATIENT = 5  # requests that wait at the same time, of the server's eight threads


class Busy(Exception):  # noqa: N818 - not a failure: ask again in a moment
    """Too many requests wait already."""


class EditionSource(Protocol):
    """An edition wherever it stands."""

    @property
    def is_building(self) -> bool:
        """Whether the build still goes on."""

    def edition(self) -> Edition:
        """The edition as it is now; raises EditionInvalidError if there is none."""

    def facts(self, edition: Edition, path: str) -> FileFacts | None:
        """Hash and size of a file of a finished edition; None where they are not known."""

    def wait_for(self, path: str, seconds: float) -> Path | None:
        """The file of the edition, waited for while the build goes on; None if it does not come, Busy if many wait."""

    def tile(self, page: int, width: int, column: int, row: int) -> Path | None:
        """A sharp tile of a page drawn `width` pixels wide; None where there is none."""

    def whole_edition(self) -> Edition:
        """The edition with every file of its folder; raises EditionInvalidError."""


class Elsewhere(Protocol):
    """Where the files of a finished edition can be fetched from, into its folder on this machine."""

    def fetch_edition(self) -> None:
        """Bring the manifest and all that pages and articles are made of, if they are not here."""

    def fetch_file(self, path: str, facts: FileFacts | None) -> Path | None:
        """Bring a file of which the inventory says this; None where there is none."""

    def whole_edition(self) -> Edition:
        """Bring all files; raises EditionInvalidError where one cannot be had."""


class FolderSource:
    """An edition folder on disk; tiles are kept in a cache folder outside it, `tile_bytes` of them at most.

    Sources in one process share the places for requests that wait, and the memory of kept tiles, where given.
    """

    def __init__(
        self,
        folder: Path,
        cache: Path,
        tile_bytes: int = 1 << 30,
        *,
        kept_tiles: TileCache | None = None,
        patience: threading.BoundedSemaphore | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._growing = GrowingEdition(folder)
        self._roots = (folder, growing_folder(folder))
        self._manifests = [(str(root), root / MANIFEST) for root in self._roots]
        self._kept_tiles = kept_tiles or TileCache(cache / "tiles", tile_bytes)
        self._inventory: tuple[str, dict[str, FileFacts]] | None = None
        self._read: tuple[tuple[str, int, int], Edition] | None = None
        self._tiles: tuple[str, TileRenderer] | None = None
        self._tiles_lock = threading.Lock()
        self._patience = patience or threading.BoundedSemaphore(PATIENT)
        self._elsewhere = elsewhere

    @property
    def is_building(self) -> bool:
        """Whether the build still goes on."""
        self._fetch()
        return self._growing.is_building

    def edition(self) -> Edition:
        """The edition; its manifest is read again only when it changed or another build took its place."""
        self._fetch()
        state = self._state()
        kept = self._read
        if state is not None and kept is not None and kept[0] == state:
            return kept[1]
        edition = self._growing.edition()
        if state is not None and state == self._state():
            self._read = (state, edition)
        return edition

    def facts(self, edition: Edition, path: str) -> FileFacts | None:
        """What the inventory says of the file; it is read once for each build."""
        if edition.manifest["status"] == "building":
            return None
        kept = self._inventory
        if kept is None or kept[0] != edition.build:
            kept = self._inventory = (edition.build, read_inventory(edition))
        return kept[1].get(path)

    def wait_for(self, path: str, seconds: float) -> Path | None:
        """The file, waited for while the build goes on; raises Busy where too many requests wait already."""
        found = self._growing.wait_for(path, 0)
        if found is None and self._elsewhere is not None and not self.is_building:
            found = self._elsewhere.fetch_file(path, self.facts(self.edition(), path))
        if found is None and seconds > 0 and self.is_building:
            with self._waiting():
                found = self._growing.wait_for(path, seconds)
        return found if found is not None and self._is_inside(found) else None

    def tile(self, page: int, width: int, column: int, row: int) -> Path | None:
        """A tile from the cache, else drawn now from the PDF in the folder; raises Busy, MastheadError."""
        edition = self.edition()
        source = self.wait_for(SOURCE, 0)
        if source is None or width not in TILE_WIDTHS or not 1 <= page <= edition.page_count:
            return None
        entry = edition.manifest["pages"][page - 1]
        box = tile_box(entry, width, column, row)
        if box is None:
            return None
        target = self._kept_tiles.place(edition.build, page, width, column, row)
        if not self._kept_tiles.holds(target):
            with self._waiting():
                self._renderer(edition.build, source).draw(place_of(entry), width, box, target)
            self._kept_tiles.added(target)
        return target

    def whole_edition(self) -> Edition:
        """The edition with every file of its folder; raises EditionInvalidError."""
        return self._elsewhere.whole_edition() if self._elsewhere is not None else self.edition()

    def _fetch(self) -> None:
        if self._elsewhere is not None:
            self._elsewhere.fetch_edition()

    @property
    def draws(self) -> bool:
        """Whether processes wait to draw tiles."""
        return self._tiles is not None

    def close(self) -> None:
        """End the processes that draw tiles; they are started again when they are wanted."""
        with self._tiles_lock:
            if self._tiles is not None:
                self._tiles[1].close()
            self._tiles = None

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """A place among the requests that may wait: the others always find a free thread."""
        if not self._patience.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._patience.release()

    def _renderer(self, build: str, source: Path) -> TileRenderer:
        with self._tiles_lock:
            if self._tiles is None or self._tiles[0] != build:
                if self._tiles is not None:
                    self._tiles[1].close()
                self._tiles = (build, TileRenderer(source))
            return self._tiles[1]

    def _state(self) -> tuple[str, int, int] | None:
        """Tells one state of the manifest on disk from another."""
        for root, manifest in self._manifests:
            try:
                found = manifest.stat()
            except OSError:
                continue
            return root, found.st_mtime_ns, found.st_ino
        return None

    def _is_inside(self, file: Path) -> bool:
        """Whether the file really lies in the edition's folder: a link in it may lead anywhere."""
        real = os.path.realpath(file)
        return any(real.startswith(os.path.realpath(root) + os.sep) for root in self._roots)


def tile_box(page: Mapping[str, Any], width: int, column: int, row: int) -> Box | None:
    """The part of a page (points) that a tile shows where the page is `width` pixels wide; None beside the page."""
    side = TILE * page["width"] / width  # points
    if column * side >= page["width"] or row * side >= page["height"]:
        return None
    right, bottom = min(page["width"], (column + 1) * side), min(page["height"], (row + 1) * side)
    return Box(column * side, row * side, right, bottom)
