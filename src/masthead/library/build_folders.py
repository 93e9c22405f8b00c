"""Where the edition folders of builds lie: in the data folder, or in a storage of which this machine keeps copies.

A folder is named by its build's row, such as `editions/EDITION/CONVERSION-1`; where that is on this machine is known
here alone. With a storage, folders grow among the copies and are put up when they are whole.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from masthead.edition.build import growing_folder
from masthead.edition.folder import Edition, FileFacts, is_edition, read_edition, read_inventory
from masthead.edition.kept import kept_path
from masthead.library import stored_folders

COPIES = "copies"
_ROOT = "editions"
_USED_SECONDS = 60  # a copy says no oftener than this that it is used


def is_stored() -> bool:
    """Whether builds lie in a storage, and folders here are copies."""
    return bool(settings.MASTHEAD.storage)


def place_here(folder: str) -> Path:
    """Where the folder of a build is on this machine, or would be; its growing folder lies beside it."""
    root: Path = settings.MASTHEAD.cache / COPIES if is_stored() else settings.MASTHEAD.data
    return root / folder


def folder_here(folder: str) -> Path:
    """The folder on this machine with all of its files but page pictures and the PDF, which may come later.

    A build that is in no storage, because it is still being made or gone, is as it is here: perhaps not at all.
    """
    place = place_here(folder)
    if is_stored():
        if is_edition(place):
            _use(place)
        elif not is_edition(growing_folder(place)):
            stored_folders.fetch_small(_name(folder), place)
    return place


def read_build(folder: str) -> Edition:
    """The edition folder of a build, read; raises EditionInvalidError."""
    return read_edition(folder_here(folder))


def file_here(folder: str, path: str, facts: FileFacts | None) -> Path | None:
    """A file of a finished build on this machine, fetched if need be; None where there is none.

    `facts` are what the build's inventory says of it: nothing else is asked of the storage.
    """
    place = place_here(folder) / path
    if place.is_file():
        return place
    if not is_stored() or facts is None:
        return None
    return stored_folders.fetch_file(f"{_name(folder)}/{path}", place, facts)


def whole_build(folder: str) -> Edition:
    """The edition folder of a build with every file; raises EditionInvalidError where one cannot be had."""
    edition = read_build(folder)
    if is_stored() and edition.manifest["status"] == "complete":
        stored_folders.fetch_all(_name(folder), edition.path, read_inventory(edition))
    return edition


def reading_here(folder: str) -> Path | None:
    """What was read for a build before corrections (`edition.kept`), on this machine, fetched if need be; else None."""
    place = kept_path(place_here(folder))
    if place.is_file() or (
        is_stored() and stored_folders.fetch_known(kept_path(Path(_name(folder))).as_posix(), place)
    ):
        return place
    return None


def put_up(folder: str, known: Collection[str] = (), forgotten: Iterable[str] = ()) -> None:
    """Hand a finished folder to the storage, if there is one; those `known` are there, those `forgotten` go."""
    if is_stored():
        place, name = place_here(folder), _name(folder)
        edition = read_edition(place)
        if kept_path(place).is_file():  # before the manifest: whoever finds the folder whole finds it too
            stored_folders.put_file(kept_path(Path(name)).as_posix(), kept_path(place))
        stored_folders.put_up(name, edition, read_inventory(edition), known, forgotten)


def put_up_growing(folder: str, path: str) -> None:
    """Hand a file of a folder that still grows to the storage."""
    stored_folders.put_file(f"{_name(folder)}/{path}", growing_folder(place_here(folder)) / path)


def take_over(folder: str, path: str, other: str) -> bool:
    """Bring a file of a folder that another machine did not finish into one that grows here; False if there is none."""
    return stored_folders.fetch_known(f"{_name(folder)}/{path}", growing_folder(place_here(other)) / path)


def sizes_of_build(folder: str) -> dict[str, int]:
    """Bytes of the files of a build's folder by their path, where the builds lie."""
    if is_stored():
        return stored_folders.sizes(_name(folder))
    place = place_here(folder)
    return {file.relative_to(place).as_posix(): file.stat().st_size for file in place.rglob("*") if file.is_file()}


def folder_exists(folder: str) -> bool:
    """Whether the finished folder of a build is there, wherever they lie."""
    return is_edition(place_here(folder)) or (is_stored() and stored_folders.exists(_name(folder)))


def can_be_read_here(folder: str) -> bool:
    """Whether there is something of a build that can be read on this machine, also while it grows."""
    return is_edition(growing_folder(place_here(folder))) or folder_exists(folder)


def folder_remove(folder: str) -> None:
    """Remove the folder of a build, with what grows and what is kept beside it."""
    place = place_here(folder)
    for leftover in (place, growing_folder(place)):
        shutil.rmtree(leftover, ignore_errors=True)
    kept_path(place).unlink(missing_ok=True)
    if is_stored():
        stored_folders.remove(_name(folder))
        stored_folders.remove_file(kept_path(Path(_name(folder))).as_posix())


def folders_remove(edition_id: str) -> None:
    """Remove all folders of an edition."""
    shutil.rmtree(place_here(f"{_ROOT}/{edition_id}"), ignore_errors=True)
    if is_stored():
        stored_folders.remove(edition_id)


def editions_here() -> Path:
    """The folder that holds a folder for each edition with builds on this machine."""
    return place_here(_ROOT)


def _name(folder: str) -> str:
    """Its name in the storage of editions."""
    return folder.removeprefix(f"{_ROOT}/")


def _use(place: Path) -> None:
    """Say that a copy is used, so that others make room first; whole copies go, and only unused ones."""
    with suppress(OSError):
        if time.time() - place.stat().st_mtime > _USED_SECONDS:
            os.utime(place)
