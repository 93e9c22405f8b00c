"""Restores a house into an empty place: files first, each checked by its hash, and the rows that name them last."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, default_storage, storages

from masthead.library.build_folders import place_here, put_up
from masthead.safekeeping import database
from masthead.safekeeping.contents import Contents
from masthead.safekeeping.errors import BackupUnreadableError, HouseNotEmptyError
from masthead.safekeeping.house_files import EDITIONS, FILES, KEY, ORIGINALS
from masthead.safekeeping.places import Source

Said = Callable[[str], object]
_PIECE = 1 << 20  # bytes


def house_restore(place: Path, said: Said = lambda _: None) -> Contents:
    """Restore a backup; its list. An interrupted restore can be begun again, since the rows come last.

    Raises BackupUnreadableError, HouseNotEmptyError, ProgramMissingError.
    """
    source = Source(place)
    try:
        name = database.NAMES.get(source.contents.database, "")
        if source.contents.database != database.kind():
            raise BackupUnreadableError(f"it is of {source.contents.database}, this house has {database.kind()}")
        if name not in source.contents.files:
            raise BackupUnreadableError("it has no database")
        if not database.is_empty():
            raise HouseNotEmptyError("")
        said("PDFs and logos")
        _into_storage(source, ORIGINALS, storages["originals"])
        _into_storage(source, FILES, default_storage)
        _editions(source, said)
        _key(source)
        said("the database")
        with TemporaryDirectory(dir=settings.MASTHEAD.cache) as folder:
            copy = Path(folder) / name
            _copy(source, name, copy)
            database.read_database(copy)
        return source.contents
    finally:
        source.close()


def _into_storage(source: Source, below: str, storage: Storage) -> None:
    for name in source.names(below):
        with NamedTemporaryFile(dir=settings.MASTHEAD.cache) as whole:
            with source.open(name) as stream:
                shutil.copyfileobj(stream, whole, _PIECE)
            whole.seek(0)
            path = name.removeprefix(f"{below}/")
            storage.delete(path)  # what an interrupted restore left
            storage.save(path, File(whole))


def _editions(source: Source, said: Said) -> None:
    folders: dict[str, list[str]] = {}
    for name in source.names(EDITIONS):
        folders.setdefault("/".join(name.split("/")[:3]), []).append(name)
    for number, (folder, names) in enumerate(folders.items(), start=1):
        said(f"build {number} of {len(folders)}")
        for name in names:
            _copy(source, name, place_here(folder) / name.removeprefix(f"{folder}/"))
        put_up(folder)


def _key(source: Source) -> None:
    """The key of the backup, unless the settings name another one: links and sessions stay what they were."""
    if KEY in source.contents.files and not settings.MASTHEAD.secret_key:
        _copy(source, KEY, settings.MASTHEAD.data / KEY)


def _copy(source: Source, name: str, target: Path) -> None:
    """A file, which appears when it is whole and what it should be."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    growing = target.with_name(f".{target.name}.part")
    try:
        with source.open(name) as stream, growing.open("wb") as written:
            growing.chmod(0o600)
            shutil.copyfileobj(stream, written, _PIECE)
            written.flush()
            os.fsync(written.fileno())
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)
