"""Takes files in piece by piece: begun, gone on with after any interruption, given up, cleared away when forgotten."""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, publisher_list
from masthead.library.selectors import can_do, publication_list
from masthead.production.errors import (
    UploadBusyError,
    UploadChecksumError,
    UploadGoneError,
    UploadOffsetError,
    UploadTooLargeError,
)
from masthead.production.models import Arrival

CHECKSUMS = ("sha1", "sha256", "md5")
_FOLDER = "arrivals"
_PIECE = 1 << 18  # bytes


def may_hand_over(person: User, publisher: Publisher) -> bool:
    """Whether there is a publication of the publisher for which the person may hand over files."""
    return any(can_do(person, Action.EDIT, one) for one in publication_list(person, publisher))


def arrival_begin(*, by: User, publisher: Publisher, name: str, size: int) -> Arrival:
    """Announce a file of `size` bytes. Raises NotAllowedError, UploadTooLargeError."""
    if not may_hand_over(by, publisher):
        raise NotAllowedError(Action.EDIT.value)
    if size > settings.MASTHEAD.upload_mb << 20:
        raise UploadTooLargeError(f"{size >> 20} MB; the limit is {settings.MASTHEAD.upload_mb} MB")
    arrival = Arrival.objects.create(publisher=publisher, by=by, name=name[-255:], size=size, expires_at=_expiry())
    place_of(arrival).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place_of(arrival).touch(mode=0o600)
    return arrival


def arrival_take(*, by: User, publisher: Publisher, name: str, stream: IO[bytes], password: str = "") -> Arrival:
    """A file that is already here as a whole, with its PDF's password. Raises NotAllowedError, UploadTooLargeError."""
    size = stream.seek(0, 2)
    stream.seek(0)
    arrival = arrival_begin(by=by, publisher=publisher, name=name, size=size)
    if password:
        arrival.password = password[:200]
        arrival.save(update_fields=["password"])
    arrival_append(arrival=arrival, offset=0, read=stream.read)
    arrival.refresh_from_db()
    return arrival


def arrival_append(*, arrival: Arrival, offset: int, read: Callable[[int], bytes], checksum: str = "") -> int:
    """Add what `read` gives after the first `offset` bytes, and say how many there are then.

    Raises UploadGoneError, UploadBusyError, UploadOffsetError, UploadTooLargeError, UploadChecksumError. What came
    before a connection broke stays, unless a checksum was given for the whole piece.
    """
    with _held(arrival) as file:
        if os.fstat(file.fileno()).st_size != offset:
            raise UploadOffsetError(f"{os.fstat(file.fileno()).st_size} bytes have arrived")
        digest, wanted = _digest(checksum)
        file.seek(offset)
        end = offset
        for piece in _pieces(read):
            end += len(piece)
            if end > arrival.size:
                file.truncate(offset)
                raise UploadTooLargeError(f"more than the {arrival.size} bytes that were announced")
            file.write(piece)
            digest.update(piece)
        file.flush()
        if checksum and digest.digest() != wanted:
            file.truncate(offset)
            raise UploadChecksumError(checksum.split(maxsplit=1)[0])
        os.fsync(file.fileno())
    waiting = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.COMING)
    if end == arrival.size:
        waiting.update(state=Arrival.State.HERE, expires_at=_expiry())
    else:
        waiting.update(expires_at=_expiry())
    return end


def arrival_mark_whole(*, arrival: Arrival, password: str = "") -> Arrival:
    """All its bytes were put in place by other means."""
    arrival.state, arrival.password = Arrival.State.HERE, password[:200]
    arrival.save(update_fields=["state", "password"])
    return arrival


def arrived_bytes(arrival: Arrival) -> int:
    """How many bytes are there: the size of the file, whatever else was written down. Raises UploadGoneError."""
    if arrival.state != Arrival.State.COMING:
        return arrival.size
    try:
        return place_of(arrival).stat().st_size
    except FileNotFoundError as error:
        raise UploadGoneError(arrival.pk) from error


def arrival_of(person: User, arrival_id: str) -> Arrival:
    """Somebody's own upload; raises UploadGoneError, also where it is somebody else's."""
    rows = Arrival.objects.select_related("publisher", "upload").filter(publisher__in=publisher_list(person))
    found = rows.filter(pk=arrival_id, by=person).first()
    if found is None:
        raise UploadGoneError(arrival_id)
    return found


def arrival_list(person: User, publisher: Publisher) -> QuerySet[Arrival]:
    """What the person has uploaded for the publisher, or is uploading, and made no edition of yet."""
    rows = Arrival.objects.filter(by=person, publisher=publisher).exclude(state=Arrival.State.USED)
    return rows.select_related("upload")


def arrival_remove(*, arrival: Arrival) -> None:
    """Give it up. The PDF stays in the storage of originals while another edition needs it."""
    place_of(arrival).unlink(missing_ok=True)
    arrival.delete()


def forget_expired() -> int:
    """Remove what nobody went on with, and files without a row; says how many."""
    now = timezone.now()
    expired = list(Arrival.objects.filter(expires_at__lt=now))
    for arrival in expired:
        arrival_remove(arrival=arrival)
    folder = Path(settings.MASTHEAD.data) / _FOLDER
    known = set(Arrival.objects.values_list("pk", flat=True))
    old = (now - timedelta(hours=1)).timestamp()  # a row may be written a moment after its file
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name not in known and file.stat().st_mtime < old:
            file.unlink(missing_ok=True)
    return len(expired)


def place_of(arrival: Arrival) -> Path:
    """Where its bytes lie."""
    return Path(settings.MASTHEAD.data) / _FOLDER / arrival.pk


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


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
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


def _expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.MASTHEAD.upload_hours)
