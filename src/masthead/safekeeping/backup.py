"""Backs the house up while it goes on: first the rows as they are at one moment, then the files that they name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone

from masthead.document.errors import EditionInvalidError
from masthead.edition.folder import FileFacts
from masthead.production.keeping import hold_order
from masthead.safekeeping import database
from masthead.safekeeping.contents import Contents
from masthead.safekeeping.house_files import HouseFile, build_files, build_folders, key, looks, originals
from masthead.safekeeping.places import Target, target_at

Said = Callable[[str], object]
_HOLD_SECONDS = 600  # in which nothing is removed; said again and again while the backup goes on
_SAY_AGAIN_SECONDS = 60


def house_back_up(place: Path, said: Said = lambda _: None) -> Contents:
    """Write a backup to a folder, or to a file whose name ends with `.tar`.

    What the house lacks is named in the list that is given back; all else is in the backup. Raises ProgramMissingError,
    BackupIncompleteError where a TAR file could not go on, OSError where nothing can be written.
    """
    hold_order(_HOLD_SECONDS)
    try:
        with target_at(place) as target:
            going = _Backup(target)
            said("the database")
            going.add_database()
            said("PDFs and logos")
            going.add(chain(key(), originals(), looks()))
            folders = build_folders()
            for number, folder in enumerate(folders, start=1):
                said(f"build {number} of {len(folders)}")
                going.add_build(folder)
            contents = Contents(
                timezone.now().isoformat(timespec="seconds"), database.kind(), going.files, tuple(going.missing)
            )
            target.finish(contents)
    finally:
        hold_order(0)
    return contents


class _Backup:
    """One backup as it grows."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._held = time.monotonic()
        self.files: dict[str, FileFacts] = {}
        self.missing: list[str] = []

    def add_database(self) -> None:
        cache: Path = settings.MASTHEAD.cache
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache) as folder:
            copy = Path(folder) / database.NAMES[database.kind()]
            database.write_database(copy)
            self.add([HouseFile(copy.name, partial(copy.open, "rb"), copy.stat().st_size)])

    def add(self, files: Iterable[HouseFile]) -> None:
        for file in files:
            self._go_on_holding()
            if file.facts is not None and self._target.known.get(file.name) == file.facts:
                self.files[file.name] = file.facts
                continue
            try:
                stream = file.open()
            except OSError:
                self.missing.append(file.name)
                continue
            with stream:
                found = self._target.put(file.name, stream, file.size)
            self.files[file.name] = found
            if file.facts is not None and found != file.facts:
                self.missing.append(f"{file.name} (damaged)")

    def add_build(self, folder: str) -> None:
        try:
            self.add(build_files(folder))
        except EditionInvalidError as error:
            self.missing.append(f"{folder}: {error.detail}")

    def _go_on_holding(self) -> None:
        if time.monotonic() - self._held > _SAY_AGAIN_SECONDS:
            self._held = time.monotonic()
            hold_order(_HOLD_SECONDS)
