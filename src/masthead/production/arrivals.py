"""Takes files in piece by piece: begun, gone on with after any interruption, given up, cleared away when forgotten."""

from __future__ import annotations

from collections.abc import Callable
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
from masthead.production.arrival_bytes import (
    FOLDER,
    bytes_append,
    bytes_begin,
    bytes_count,
    bytes_put,
    bytes_remove,
)
from masthead.production.errors import UploadGoneError, UploadTooLargeError
from masthead.production.models import Arrival


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
    bytes_begin(arrival)
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
    end = bytes_append(arrival, offset, read, checksum)
    waiting = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.COMING)
    if end == arrival.size:
        waiting.update(state=Arrival.State.HERE, expires_at=_expiry())
    else:
        waiting.update(expires_at=_expiry())
    return end


def arrival_take_file(*, arrival: Arrival, file: Path, password: str = "") -> Arrival:
    """All its bytes, from a file of this machine that stays; raises OSError where that cannot be read."""
    bytes_put(arrival, file)
    arrival.state, arrival.password = Arrival.State.HERE, password[:200]
    arrival.save(update_fields=["state", "password"])
    return arrival


def arrived_bytes(arrival: Arrival) -> int:
    """How many bytes are there: whatever else was written down. Raises UploadGoneError."""
    if arrival.state != Arrival.State.COMING:
        return arrival.size
    return bytes_count(arrival)


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
    bytes_remove(arrival)
    arrival.delete()


def forget_expired() -> int:
    """Remove what nobody went on with, and files without a row; says how many."""
    now = timezone.now()
    expired = list(Arrival.objects.filter(expires_at__lt=now))
    for arrival in expired:
        arrival_remove(arrival=arrival)
    folder = Path(settings.MASTHEAD.data) / FOLDER
    known = set(Arrival.objects.values_list("pk", flat=True))
    old = (now - timedelta(hours=1)).timestamp()  # a row may be written a moment after its file
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name not in known and file.stat().st_mtime < old:
            file.unlink(missing_ok=True)
    return len(expired)


def _expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.MASTHEAD.upload_hours)
