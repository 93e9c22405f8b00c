"""Every file that the house cannot make again, wherever they lie: PDFs, editions, logos, the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import Storage, default_storage, storages

from masthead.document.errors import EditionInvalidError
from masthead.edition.folder import MANIFEST, FileFacts, read_inventory
from masthead.library.build_folders import file_here, read_build
from masthead.library.selectors import Build
from masthead.production.selectors import Upload

LEAVING = "leaving"  # in the storage of files
ORIGINALS, EDITIONS, FILES, KEY = "originals", "editions", "files", "secret-key"


@dataclass(frozen=True, slots=True)
class HouseFile:
    """A file by its name in a backup. `facts` are what is known of it before it is read."""

    name: str
    open: Callable[[], IO[Any]]  # raises OSError where it is gone
    size: int  # bytes
    facts: FileFacts | None = None


def originals() -> Iterator[HouseFile]:
    """The PDFs, each content once."""
    seen: set[str] = set()
    for upload in Upload.objects.order_by("created_at").iterator():
        if upload.path not in seen:
            seen.add(upload.path)
            name = f"{ORIGINALS}/{upload.path}"
            facts = FileFacts(upload.sha256, upload.size)
            yield HouseFile(name, partial(storages["originals"].open, upload.path), upload.size, facts)


def build_folders() -> list[str]:
    """The folders of all builds, as their rows name them."""
    return list(Build.objects.order_by("created_at").values_list("folder", flat=True))


def build_files(folder: str) -> Iterator[HouseFile]:
    """The files of a build, its manifest last; raises EditionInvalidError."""
    edition = read_build(folder)
    inventory = read_inventory(edition)
    if not inventory:
        raise EditionInvalidError(f"{folder}: the inventory cannot be read")
    for path, facts in inventory.items():
        yield HouseFile(f"{folder}/{path}", partial(_open, folder, path, facts), facts.size, facts)
    manifest = edition.path / MANIFEST
    yield HouseFile(f"{folder}/{MANIFEST}", partial(manifest.open, "rb"), manifest.stat().st_size)


def looks() -> Iterator[HouseFile]:
    """Logos, icons, pictures and what lies on pages. What was taken out for owners can be taken out again."""
    for name in _below(default_storage, ""):
        if name.startswith(f"{LEAVING}/"):
            continue
        yield HouseFile(f"{FILES}/{name}", partial(default_storage.open, name), default_storage.size(name))


def key() -> Iterator[HouseFile]:
    """The key that signs cookies and links, where it is kept in the data folder."""
    file = Path(settings.MASTHEAD.data) / KEY
    if file.is_file() and not settings.MASTHEAD.secret_key:
        yield HouseFile(KEY, partial(file.open, "rb"), file.stat().st_size)


def _open(folder: str, path: str, facts: FileFacts) -> IO[bytes]:
    file = file_here(folder, path, facts)
    if file is None:
        raise FileNotFoundError(f"{folder}/{path}")
    return file.open("rb")


def _below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{file}" for file in files if file)
    for below in filter(None, folders):
        yield from _below(storage, f"{prefix}{below}")
