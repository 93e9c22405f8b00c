"""Where the bytes of a file on its way in lie: in a growing file of the data folder, or in pieces in the storage.

On a disk the size of the file says how many have come. In a storage each request's bytes are a piece, and the row says
which pieces there are: any machine may take the next one, and of two that take the same one wins.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from masthead.production.errors import (
    UploadBusyError,
    UploadChecksumError,
    UploadGoneError,
    UploadOffsetError,
    UploadTooLargeError,
)
from masthead.production.models import Arrival

CHECKSUMS = ("sha1", "sha256", "md5")
FOLDER = "arrivals"
_PIECE = 1 << 18  # bytes
Read = Callable[[int], bytes]


def is_stored() -> bool:
    """Whether the bytes lie in the storage."""
    return bool(settings.MASTHEAD.storage)


def place_of(arrival: Arrival) -> Path:
    """Where its bytes lie on a disk."""
    return Path(settings.MASTHEAD.data) / FOLDER / arrival.pk


def bytes_begin(arrival: Arrival) -> None:
    """Nothing has come yet."""
    if not is_stored():
        place_of(arrival).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place_of(arrival).touch(mode=0o600)


def bytes_count(arrival: Arrival) -> int:
    """How many have come, whatever else was written down. Raises UploadGoneError."""
    if is_stored():
        return arrival.received
    try:
        return place_of(arrival).stat().st_size
    except FileNotFoundError as error:
        raise UploadGoneError(arrival.pk) from error


def bytes_append(arrival: Arrival, offset: int, read: Read, checksum: str) -> int:
    """Add what `read` gives after the first `offset` bytes, and say how many there are then.

    Raises UploadGoneError, UploadBusyError, UploadOffsetError, UploadTooLargeError, UploadChecksumError.
    """
    if is_stored():
        return _append_piece(arrival, offset, read, checksum)
    with _held(arrival) as file:
        there = os.fstat(file.fileno()).st_size
        if there != offset:
            raise UploadOffsetError(f"{there} bytes have arrived")
        file.seek(offset)
        try:
            end = offset + _receive(file, arrival.size - offset, read, checksum)
        except (UploadTooLargeError, UploadChecksumError):
            file.truncate(offset)
            raise
        os.fsync(file.fileno())
    return end


def bytes_put(arrival: Arrival, file: Path) -> None:
    """All bytes at once, from a file of this machine; raises OSError where that cannot be read."""
    if not is_stored():
        shutil.copyfile(file, place_of(arrival))
        return
    with file.open("rb") as stream:
        _save_piece(arrival, 0, stream, file.stat().st_size)


def bytes_remove(arrival: Arrival) -> None:
    """They are not needed any more."""
    if not is_stored():
        place_of(arrival).unlink(missing_ok=True)
        return
    for piece in arrival.pieces:
        storages["arrivals"].delete(piece)


@contextmanager
def bytes_as_file(arrival: Arrival) -> Iterator[Path]:
    """The whole file on this machine; raises UploadGoneError."""
    if not is_stored():
        if not place_of(arrival).is_file():
            raise UploadGoneError(arrival.pk)
        yield place_of(arrival)
        return
    with NamedTemporaryFile(dir=_spool(), suffix=".pdf", delete=False) as whole:
        try:
            for piece in arrival.pieces:
                try:
                    with storages["arrivals"].open(piece) as stream:
                        shutil.copyfileobj(stream, whole, _PIECE)
                except FileNotFoundError as error:
                    raise UploadGoneError(arrival.pk) from error
            whole.flush()
            yield Path(whole.name)
        finally:
            Path(whole.name).unlink(missing_ok=True)  # unless it was moved to the originals


def _append_piece(arrival: Arrival, offset: int, read: Read, checksum: str) -> int:
    if arrival.received != offset:
        raise UploadOffsetError(f"{arrival.received} bytes have arrived")
    with NamedTemporaryFile(dir=_spool()) as piece:
        length = _receive(piece, arrival.size - offset, read, checksum)
        if length:
            piece.seek(0)
            _save_piece(arrival, offset, piece, length)
    return offset + length


def _save_piece(arrival: Arrival, offset: int, stream: IO[bytes], length: int) -> None:
    name = f"{arrival.pk}/{offset:015d}-{secrets.token_hex(4)}"
    storages["arrivals"].save(name, File(stream))
    pieces = [*arrival.pieces, name]
    row = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.COMING, received=offset)
    if not row.update(received=offset + length, pieces=pieces):
        storages["arrivals"].delete(name)
        raise UploadOffsetError("another request has sent these bytes")
    arrival.received, arrival.pieces = offset + length, pieces


def _spool() -> str:
    return str(settings.FILE_UPLOAD_TEMP_DIR)


def _receive(target: IO[bytes], most: int, read: Read, checksum: str) -> int:
    """Write what comes, and say how much that was; raises UploadTooLargeError, UploadChecksumError."""
    digest, wanted = _digest(checksum)
    length = 0
    for piece in _pieces(read):
        length += len(piece)
        if length > most:
            raise UploadTooLargeError(f"more than the {most} bytes that were missing")
        target.write(piece)
        digest.update(piece)
    target.flush()
    if checksum and digest.digest() != wanted:
        raise UploadChecksumError(checksum.split(maxsplit=1)[0])
    return length


@contextmanager
def _held(arrival: Arrival) -> Iterator[IO[bytes]]:
    """The file, open for this process alone; the lock goes with the process, however that ends."""
    try:
        file = place_of(arrival).open("r+b")
    except FileNotFoundError as error:
        raise UploadGoneError(arrival.pk) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadBusyError(arrival.pk) from error
        yield file


def _pieces(read: Read) -> Iterator[bytes]:
    """What comes, until it ends or the connection breaks."""
    while True:
        try:
            piece = read(_PIECE)
        except OSError:
            return
        if not piece:
            return
        yield piece


def _digest(checksum: str) -> tuple[hashlib._Hash, bytes]:
    """The sum to make and the one that was promised (`sha256 base64…`, as tus 1.0 writes it)."""
    if not checksum:
        return hashlib.md5(usedforsecurity=False), b""
    name, _, value = checksum.strip().partition(" ")
    try:
        wanted = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise UploadChecksumError(checksum[:80]) from error
    if name not in CHECKSUMS:
        raise UploadChecksumError(name[:20])
    return hashlib.new(name, usedforsecurity=False), wanted
