"""The edition folders that this process has open: the last ones asked for, few of them with processes for tiles."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cache
from pathlib import Path

from django.conf import settings

from masthead.edition.folder import Edition, FileFacts
from masthead.library.build_folders import file_here, folder_here, is_stored, place_here, whole_build
from masthead.site.source import PATIENT, FolderSource
from masthead.site.tile_cache import TileCache

_OPEN = 128  # manifests in memory
_DRAWING = 3  # PDFs open for tiles, in up to two processes each


class Sources:
    """Sources by their folder; what was not asked for longest is let go."""

    def __init__(self, cache_folder: Path, tile_bytes: int) -> None:
        self._cache = cache_folder
        self._kept_tiles = TileCache(cache_folder / "tiles", tile_bytes)
        self._patience = threading.BoundedSemaphore(PATIENT)
        self._open: OrderedDict[str, FolderSource] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, folder: str) -> FolderSource:
        """The source of the folder of a build."""
        with self._lock:
            source = self._open.get(folder)
            if source is None:
                source = self._open[folder] = FolderSource(
                    place_here(folder),
                    self._cache,
                    kept_tiles=self._kept_tiles,
                    patience=self._patience,
                    elsewhere=_Stored(folder) if is_stored() else None,
                )
            self._open.move_to_end(folder)
            idle = self._to_let_go(source)
        for other in idle:
            other.close()
        return source

    def _to_let_go(self, current: FolderSource) -> list[FolderSource]:
        idle = []
        while len(self._open) > _OPEN:
            idle.append(self._open.popitem(last=False)[1])
        drawing = [source for source in self._open.values() if source.draws and source is not current]
        return idle + drawing[: max(0, len(drawing) - _DRAWING + 1)]


class _Stored:
    """A build that lies in the storage."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def fetch_edition(self) -> None:
        folder_here(self._folder)

    def fetch_file(self, path: str, facts: FileFacts | None) -> Path | None:
        return file_here(self._folder, path, facts)

    def whole_edition(self) -> Edition:
        return whole_build(self._folder)


@cache
def _sources(root: Path, cache_folder: Path, tile_bytes: int) -> Sources:
    return Sources(cache_folder, tile_bytes)


def source_of(folder: str) -> FolderSource:
    """The source of an edition folder of the house."""
    house = settings.MASTHEAD
    return _sources(place_here(""), house.cache, house.tile_cache_mb << 20).of(folder)
