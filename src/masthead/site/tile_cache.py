"""Keeps drawn tiles on disk, up to a number of bytes: what was not looked at longest goes first.

The file's access time, set by hand, says when it was last wanted: it outlives the process, several may share the
folder, and the modification time stays that of the drawing. A folder that is over its limit is swept to four fifths.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_AFTER_SWEEP = 0.8
_ABANDONED_SECONDS = 3600  # a file that was begun so long ago will not be finished


class TileCache:
    """Tiles below `folder`, at most `limit` bytes of them (for a moment a tile more)."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = threading.Lock()
        self._size: int | None = None  # bytes, as far as this process knows

    def place(self, build: str, page: int, width: int, column: int, row: int) -> Path:
        """Where the tile lies, or would."""
        return self._folder / build / f"{page}-{width}-{column}-{row}.webp"

    def holds(self, tile: Path) -> bool:
        """Whether the tile is there; then it counts as wanted now."""
        try:
            os.utime(tile, ns=(time.time_ns(), tile.stat().st_mtime_ns))
        except OSError:
            return False
        return True

    def added(self, tile: Path) -> None:
        """A tile was written: make room if there are too many bytes now."""
        with self._lock:
            if self._size is None:
                self._size = sum(size for _, size, _ in self._files())
            else:
                with suppress(OSError):
                    self._size += tile.stat().st_size
            if self._size > self._limit:
                self._size = self._sweep(tile)

    def _sweep(self, newest: Path) -> int:
        """Remove what was wanted longest ago, never the newest; the bytes that stay."""
        files = sorted(self._files())
        size = sum(entry[1] for entry in files)
        for _, bytes_of_file, path in files:
            if size <= self._limit * _AFTER_SWEEP:
                break
            if path != newest:
                with suppress(OSError):
                    path.unlink()
                    size -= bytes_of_file
        for folder in self._folder.iterdir():
            with suppress(OSError):  # those that hold something stay
                folder.rmdir()
        return size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Each tile's last use (seconds since 1970), bytes and path; half-written ones only if given up."""
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                state = path.stat()
                if not path.name.startswith(".") or time.time() - state.st_mtime > _ABANDONED_SECONDS:
                    yield state.st_atime, state.st_size, path
