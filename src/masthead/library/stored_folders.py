"""Edition folders in a storage without paths, such as S3: put up whole, fetched as they are wanted, verified by hash.

A folder lies there file by file, as it would on a disk, and its manifest comes last: what has a manifest is whole.
Beside it lie its small files in one archive, because a storage takes its time for each file that is asked for.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from masthead.document.errors import EditionInvalidError
from masthead.edition.folder import INVENTORY, MANIFEST, SOURCE, Edition, FileFacts, read_edition, read_inventory
from masthead.library.errors import StorageAwayError

_ARCHIVE = ".small.zip"
_AT_ONCE = 8  # files on their way at the same time
_PIECE = 1 << 20  # bytes
_LIBRARIES = frozenset({"boto3", "botocore", "s3transfer", "urllib3"})  # whose exceptions tell of the storage
_P = ParamSpec("_P")
_R = TypeVar("_R")


def is_of_storage(error: BaseException) -> bool:
    """Whether an exception is how the storage's library says that it does not answer, or refuses the house."""
    return type(error).__module__.partition(".")[0] in _LIBRARIES


def _asked(act: Callable[_P, _R]) -> Callable[_P, _R]:
    """A storage that does not answer is one expected failure, by whatever name its library calls it."""

    @wraps(act)
    def ask(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return act(*args, **kwargs)
        except Exception as error:
            if is_of_storage(error):
                raise StorageAwayError(f"{type(error).__name__}: {error}"[:200]) from error
            raise

    return ask


@_asked
def put_up(
    name: str,
    edition: Edition,
    inventory: Mapping[str, FileFacts],
    known: Collection[str] = (),
    forgotten: Iterable[str] = (),
) -> None:
    """Save the folder's files under `name`, but for those `known` to be there; the manifest last.

    What a growing folder had and the finished one has not is `forgotten`.
    """
    storage = _storage()

    def save(path: str) -> None:
        with (edition.path / path).open("rb") as stream:
            storage.save(f"{name}/{path}", File(stream))

    _each(save, [path for path in inventory if path not in known])
    _each(storage.delete, [f"{name}/{path}" for path in forgotten])
    storage.save(f"{name}{_ARCHIVE}", ContentFile(_packed(edition.path, inventory)))
    save(MANIFEST)


@_asked
def put_file(key: str, place: Path) -> None:
    """Save one file of a folder that still grows, or one that lies beside a folder."""
    with place.open("rb") as stream:
        _storage().save(key, File(stream))


@_asked
def fetch_small(name: str, place: Path) -> bool:
    """Bring the small files to the folder `place`, which appears whole; False where the storage has no such folder.

    Raises EditionInvalidError where what came is not what the inventory says.
    """
    coming = place.parent / f".{place.name}.coming-{secrets.token_hex(4)}"
    try:
        coming.mkdir(parents=True)
        if not (_unpack(f"{name}{_ARCHIVE}", coming) or _fetch_one_by_one(name, coming)):
            return False
        _verify(coming)
        with suppress(OSError):  # another one was quicker
            coming.rename(place)
        return True
    finally:
        shutil.rmtree(coming, ignore_errors=True)


@_asked
def fetch_file(key: str, place: Path, facts: FileFacts) -> Path | None:
    """Bring one file; None where it is not there or not what it should be."""
    growing = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _storage().open(key) as stream, growing.open("wb") as target:
            shutil.copyfileobj(stream, target, _PIECE)
        if FileFacts(_hash(growing), growing.stat().st_size) != facts:
            return None
        growing.replace(place)
    except FileNotFoundError:
        return None
    finally:
        growing.unlink(missing_ok=True)
    return place


@_asked
def fetch_all(name: str, place: Path, inventory: Mapping[str, FileFacts]) -> None:
    """Bring all files that are missing in `place`; raises EditionInvalidError where one cannot be had."""

    def fetch(path: str) -> None:
        if fetch_file(f"{name}/{path}", place / path, inventory[path]) is None:
            raise EditionInvalidError(f"{name}/{path} is missing in the storage, or damaged")

    _each(fetch, [path for path in inventory if not (place / path).is_file()])


@_asked
def fetch_known(key: str, place: Path) -> bool:
    """Bring a file of which no inventory tells, in a folder never finished or beside one; False: it is not there."""
    try:
        with _storage().open(key) as stream:
            data = stream.read()
    except FileNotFoundError:
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    growing = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    growing.write_bytes(data)
    growing.replace(place)
    return True


@_asked
def exists(name: str) -> bool:
    """Whether a whole folder of this name is there."""
    return _storage().exists(f"{name}/{MANIFEST}")


@_asked
def remove(name: str) -> None:
    """Remove everything below `name`; the manifest first, so that no half folder seems whole."""
    storage = _storage()
    storage.delete(f"{name}/{MANIFEST}")
    storage.delete(f"{name}{_ARCHIVE}")
    _each(storage.delete, list(_below(storage, name)))


@_asked
def remove_file(key: str) -> None:
    """Remove one file that lies beside a folder; where there is none, nothing happens."""
    _storage().delete(key)


@_asked
def sizes(name: str) -> dict[str, int]:
    """Bytes of the files that lie below `name`, by their path."""
    storage = _storage()
    found = list(_below(storage, name))
    return dict(zip((key[len(name) + 1 :] for key in found), _hands().map(storage.size, found), strict=True))


def names() -> list[str]:
    """The editions of which something is there."""
    with suppress(FileNotFoundError):
        return sorted(_storage().listdir("")[0])
    return []


def _storage() -> Storage:
    return storages["editions"]


@cache
def _hands() -> ThreadPoolExecutor:
    """Threads that live as long as the process: each opens its own connections, which takes a while."""
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="storage")


def _each(act: Callable[[str], object], keys: Iterable[str]) -> None:
    for _ in _hands().map(act, keys):
        pass


def _is_small(path: str) -> bool:
    return not path.startswith("pictures/") and path != SOURCE


def _packed(folder: Path, inventory: Iterable[str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in (MANIFEST, *filter(_is_small, inventory)):
            archive.write(folder / path, path)
    return target.getvalue()


def _unpack(key: str, target: Path) -> bool:
    try:
        with _storage().open(key) as stream, zipfile.ZipFile(io.BytesIO(stream.read())) as archive:
            archive.extractall(target)  # nothing leaves the folder: `ZipFile` takes such parts out of names
    except (FileNotFoundError, zipfile.BadZipFile):
        return False
    return (target / MANIFEST).is_file()


def _fetch_one_by_one(name: str, target: Path) -> bool:
    """Where the archive is missing: a folder that something else has put there."""
    if not fetch_known(f"{name}/{MANIFEST}", target / MANIFEST):
        return False
    fetch_known(f"{name}/{INVENTORY}", target / INVENTORY)
    inventory = read_inventory(read_edition(target))
    _each(lambda path: fetch_known(f"{name}/{path}", target / path), filter(_is_small, inventory))
    return True


def _verify(folder: Path) -> None:
    """Raise EditionInvalidError where a small file is missing or not what the inventory says."""
    inventory = read_inventory(read_edition(folder))
    if not inventory:
        raise EditionInvalidError(f"{INVENTORY} cannot be read")
    for path, facts in inventory.items():
        file = folder / path
        if _is_small(path) and (not file.is_file() or _hash(file) != facts.sha256):
            raise EditionInvalidError(f"{path} is missing in the storage, or damaged")


def _below(storage: Storage, name: str) -> Iterable[str]:
    try:
        folders, files = storage.listdir(name)
    except FileNotFoundError:
        return
    yield from (f"{name}/{file}" for file in files if file)
    for folder in filter(None, folders):
        yield from _below(storage, f"{name}/{folder}")


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
