"""Writes production: takes an upload, asks for its conversion, cancels, tries again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.errors import StateError
from masthead.library.selectors import Edition, require
from masthead.library.services import edition_converting, edition_failed
from masthead.library.telling import tell
from masthead.production.errors import UploadNotPdfError, UploadTooLargeError
from masthead.production.models import Conversion, Upload
from masthead.production.waking import wake

_PIECE = 1 << 20  # bytes
_HEAD = 1024  # bytes in which the mark of a PDF may stand (ISO 32000-1, annex H, note 13)


def upload_store(*, by: User, edition: Edition, stream: IO[bytes], name: str) -> Upload:
    """Keep a PDF under its content. Raises NotAllowedError, UploadTooLargeError, UploadNotPdfError.

    Whether it can be read is found out in the sandboxed process alone; here only its first bytes are looked at.
    """
    require(by, Action.EDIT, edition)
    size = stream.seek(0, 2)
    if size > settings.MASTHEAD.upload_mb << 20:
        raise UploadTooLargeError(f"{size >> 20} MB; the limit is {settings.MASTHEAD.upload_mb} MB")
    stream.seek(0)
    if b"%PDF-" not in stream.read(_HEAD):
        raise UploadNotPdfError(name)
    file, digest = File(stream), hashlib.sha256()
    for piece in file.chunks(_PIECE):
        digest.update(piece)
    sha256 = digest.hexdigest()
    stream.seek(0)
    upload = Upload(publisher_id=edition.publication.publisher_id, sha256=sha256, size=size, name=name[-255:], by=by)
    originals = storages["originals"]
    if not originals.exists(upload.path) or originals.size(upload.path) != size:
        originals.delete(upload.path)  # what an interrupted upload left
        originals.save(upload.path, file)
    upload.save()
    return upload


def conversion_start(
    *, by: User, edition: Edition, upload: Upload, priority: int = 0, options: Mapping[str, str] | None = None
) -> Conversion:
    """Ask for a build of the upload; what still waits or runs for the edition is cancelled. Raises NotAllowedError."""
    with transaction.atomic():
        edition_converting(by=by, edition=edition)
        Conversion.objects.filter(edition=edition, state=Conversion.State.WAITING).update(
            state=Conversion.State.CANCELLED, ended_at=timezone.now()
        )
        Conversion.objects.filter(edition=edition, state=Conversion.State.RUNNING).update(cancel_asked=True)
        started = Conversion.objects.create(
            publisher_id=edition.publication.publisher_id,
            edition=edition,
            upload=upload,
            priority=priority,
            options=dict(options or {}),
            by=by,
        )
        wake(started.pk)
        return started


def conversion_cancel(*, by: User, conversion: Conversion) -> None:
    """Stop it: at once if it waits, else within a page. Raises NotAllowedError."""
    require(by, Action.EDIT, conversion.edition)
    with transaction.atomic():
        waiting = Conversion.objects.filter(pk=conversion.pk, state=Conversion.State.WAITING)
        if waiting.update(state=Conversion.State.CANCELLED, ended_at=timezone.now()):
            _settle(conversion)
        else:
            Conversion.objects.filter(pk=conversion.pk, state=Conversion.State.RUNNING).update(cancel_asked=True)


def conversion_retry(*, by: User, conversion: Conversion) -> Conversion:
    """A new conversion of the same upload. Raises NotAllowedError, StateError where the old one still goes on."""
    if not conversion.is_over:
        raise StateError(conversion.state)
    return conversion_start(
        by=by,
        edition=conversion.edition,
        upload=conversion.upload,
        priority=conversion.priority,
        options=conversion.options,
    )


def conversion_ended(*, conversion: Conversion, worker: str, **fields: object) -> bool:
    """Write the end of a conversion that `worker` still holds; False where it does not, and then nothing is written."""
    with transaction.atomic():
        held = Conversion.objects.filter(pk=conversion.pk, worker=worker, state=Conversion.State.RUNNING)
        changed = held.update(worker="", lease_until=None, seconds_left=None, ended_at=timezone.now(), **fields)
        if changed and fields["state"] != Conversion.State.DONE:
            _settle(conversion)
        if changed and fields["state"] == Conversion.State.FAILED:
            failure = {name: str(fields.get(f"error_{name}", "")) for name in ("code", "sentence", "hint")}
            tell("edition.conversion_failed", conversion.edition, conversion={"id": conversion.pk, "failure": failure})
    return bool(changed)


def conversion_handed_back(*, conversion: Conversion, worker: str) -> bool:
    """Let another worker go on; False where `worker` does not hold it any more, or nobody shall go on."""
    held = Conversion.objects.filter(
        pk=conversion.pk, worker=worker, state=Conversion.State.RUNNING, cancel_asked=False
    )
    changed = held.update(state=Conversion.State.WAITING, worker="", lease_until=None, seconds_left=None)
    if changed:
        wake(conversion.pk)
    return bool(changed)


def _settle(conversion: Conversion) -> None:
    """Take the edition back to a draft, unless another conversion of it is under way."""
    others = Conversion.objects.filter(
        edition_id=conversion.edition_id, state__in=[Conversion.State.WAITING, Conversion.State.RUNNING]
    ).exclude(pk=conversion.pk)
    if not others.exists():
        edition_failed(edition_id=conversion.edition_id)
