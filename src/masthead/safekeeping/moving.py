"""Moves a house with an embedded database to where the settings say: files first, and the rows that name them last.

What an interrupted move has brought is not brought again. Without rows nothing of it counts, so a move can be begun as
often as it takes. The old house is only read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, default_storage, storages

from masthead.edition.folder import MANIFEST, read_edition
from masthead.edition.kept import kept_path
from masthead.library.build_folders import place_here, put_up, sizes_of_build
from masthead.safekeeping.errors import NothingToMoveError
from masthead.safekeeping.house_files import EDITIONS, FILES, KEY, ORIGINALS
from masthead.safekeeping.rows import copy_of, rows_bring

Said = Callable[[str], object]
DATABASE = "masthead.sqlite3"
_EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Moved:
    """What came: rows by table, files that were not there yet."""

    rows: dict[str, int]
    files: int


def house_move(old: Path, said: Said = lambda _: None) -> Moved:
    """Move the house of the data folder `old`, which is stopped, into this one's database and storage.

    The tables are there, and empty. Raises NothingToMoveError, HouseNotEmptyError, OtherVersionError, MoveFailedError;
    OSError where a file cannot be read or written.
    """
    if not (old / DATABASE).is_file():
        raise NothingToMoveError(str(old))
    settings.MASTHEAD.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.MASTHEAD.cache) as folder:
        said("files")
        files = _Files(old, said)
        files.bring()
        said("rows")
        copy = Path(folder) / DATABASE
        copy_of(old / DATABASE, copy)
        return Moved(rows_bring(copy), files.brought)


class _Files:
    """The files of the old house, and which of them are where they should be."""

    def __init__(self, old: Path, said: Said) -> None:
        self._old, self._said = old, said
        self._is_elsewhere = old.resolve() != Path(settings.MASTHEAD.data).resolve()
        self.brought = 0

    def bring(self) -> None:
        """Bring those that are missing: to another folder, a storage, or, if neither has changed, none."""
        if self._is_elsewhere or settings.MASTHEAD.storage:
            self._into_storage(ORIGINALS, storages["originals"])
            self._into_storage(FILES, default_storage)
            self._editions()
        if self._is_elsewhere:
            for file in _files_below(self._old / _EVENTS):
                self._copy(file, settings.MASTHEAD.data / _EVENTS / file.relative_to(self._old / _EVENTS))
            if (self._old / KEY).is_file() and not settings.MASTHEAD.secret_key:
                self._copy(self._old / KEY, settings.MASTHEAD.data / KEY)

    def _into_storage(self, below: str, storage: Storage) -> None:
        for file in _files_below(self._old / below):
            name, size = file.relative_to(self._old / below).as_posix(), file.stat().st_size
            with suppress(FileNotFoundError):
                if storage.exists(name) and storage.size(name) == size:
                    continue
                storage.delete(name)  # what an interrupted move left
            with file.open("rb") as stream:
                storage.save(name, File(stream))
            self.brought += 1

    def _editions(self) -> None:
        folders = sorted(path.parent for path in (self._old / EDITIONS).glob(f"*/[!.]*/{MANIFEST}"))
        for number, folder in enumerate(folders, start=1):
            self._said(f"build {number} of {len(folders)}")
            self._build(folder, folder.relative_to(self._old).as_posix())

    def _build(self, folder: Path, name: str) -> None:
        wanted = {file.relative_to(folder).as_posix(): file.stat().st_size for file in _files_below(folder)}
        if self._is_there(name, wanted):
            return
        place = place_here(name)
        for path in sorted(wanted, key=lambda path: path == MANIFEST):  # whoever finds it finds a whole folder
            self._copy(folder / path, place / path)
        if kept_path(folder).is_file():
            self._copy(kept_path(folder), kept_path(place))
        read_edition(place)
        put_up(name)

    @staticmethod
    def _is_there(name: str, wanted: dict[str, int]) -> bool:
        try:
            return sizes_of_build(name) == wanted
        except OSError:
            return False

    def _copy(self, file: Path, target: Path) -> None:
        """A file, which appears when it is whole."""
        if target.is_file() and target.stat().st_size == file.stat().st_size:
            return
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        growing = target.with_name(f".{target.name}.part")
        with file.open("rb") as stream, growing.open("wb") as written:
            growing.chmod(0o600)
            shutil.copyfileobj(stream, written, 1 << 20)
            written.flush()
            os.fsync(written.fileno())
        growing.replace(target)
        self.brought += 1


def _files_below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
