"""Keeps what can be made or fetched again below its limits: copies of editions, and books made for downloading.

Whole folders go, those first that were not used longest. A folder's modification time says when it was used last.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from masthead.edition.kept import kept_path
from masthead.library.build_folders import editions_here, is_stored

log = logging.getLogger("masthead.production")
EXPORTS = "exports"
_AFTER_SWEEP = 0.8
_IN_USE_SECONDS = 900  # whoever has it open has asked for something of it since
_SWEEP_SECONDS = 600.0
_last = [0.0]


class _Kept(NamedTuple):
    used: float  # seconds since 1970
    size: int  # bytes
    folder: Path


def sweep() -> int:
    """Make room on this machine; says how many folders went."""
    house = settings.MASTHEAD
    removed = _sweep(house.cache / EXPORTS, "*", house.exports_mb << 20)
    if is_stored():
        removed += _sweep(editions_here(), "*/*", house.copies_mb << 20)
    return removed


def sweep_sometimes() -> None:
    """The same where no clock runs, at most every ten minutes."""
    if time.monotonic() - _last[0] > _SWEEP_SECONDS:
        _last[0] = time.monotonic()
        sweep()


def _sweep(root: Path, pattern: str, limit: int) -> int:
    kept = sorted(_kept(root, pattern))
    size, removed = sum(entry.size for entry in kept), 0
    if size <= limit:
        return 0
    for entry in kept:
        if size <= limit * _AFTER_SWEEP or entry.used > time.time() - _IN_USE_SECONDS:
            break
        gone = entry.folder.with_name(f".gone-{secrets.token_hex(4)}")
        with suppress(OSError):
            entry.folder.rename(gone)  # at once, so that nobody finds half of it
            shutil.rmtree(gone, ignore_errors=True)
            kept_path(entry.folder).unlink(missing_ok=True)  # it lies in the storage too
            size -= entry.size
            removed += 1
    log.info("%s: %s folders made room, %s MB are kept", root, removed, size >> 20)
    return removed


def _kept(root: Path, pattern: str) -> Iterator[_Kept]:
    """The folders, but those that are just being written."""
    for folder in root.glob(pattern):
        with suppress(OSError):
            if folder.is_dir() and not folder.name.startswith("."):
                size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
                yield _Kept(folder.stat().st_mtime, size, folder)
