"""Hands everything of a publisher out to its owners: asked for, made in the background, fetched as a file."""

from __future__ import annotations

import json
import logging
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, IntegrityError, close_old_connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError
from masthead.safekeeping.models import Leaving

log = logging.getLogger("masthead.safekeeping")
KEPT_DAYS: Final = 7
_TRIES: Final = 3
_HELD: Final = timedelta(minutes=2)
_HOLD_AGAIN_SECONDS: Final = 30.0
_LOOK_SECONDS: Final = 5.0
_FORGET_SECONDS: Final = 3600.0
READY_SUBJECT_WORDS = "Everything of {name} is ready"
READY_WORDS = (
    "You asked for everything of {name} as one file. It is ready, and can be fetched for {days} days:\n\n{link}\n\n"
    "It has names, addresses and what readers pay for: keep it to yourself."
)
FAILED_SUBJECT_WORDS = "Everything of {name} could not be taken out"
FAILED_WORDS = (
    "You asked for everything of {name} as one file. That did not work, and we have written down why.\n\n"
    "Try it again:\n\n{link}\n\nIf it fails again, tell whoever runs the house this number: {number}"
)

TakeOut = Callable[[str, Path], bool]  # of the publisher with this name in addresses into this file; whether it worked


def leaving_ask(*, by: User, publisher: Publisher, address: str) -> Leaving:
    """Want everything of the publisher; whoever asks while it is made gets that. Raises NotAllowedError.

    `address` is where the screen stands on which it is fetched, for the mail.
    """
    require(by, Action.TAKE_OUT, publisher.pk)
    try:
        with transaction.atomic():
            made = Leaving.objects.create(publisher=publisher, by=by, address=address)
            _log(by, "publisher.take_out", publisher)
    except IntegrityError:
        return Leaving.objects.get(publisher=publisher, state__in=(Leaving.State.WAITING, Leaving.State.RUNNING))
    return made


def leaving_list(person: User, publisher: Publisher) -> QuerySet[Leaving]:
    """Those of the publisher, the latest first. Raises NotAllowedError."""
    require(person, Action.TAKE_OUT, publisher.pk)
    return Leaving.objects.filter(publisher=publisher)


def leaving_file(*, by: User, publisher: Publisher, leaving: str) -> tuple[str, File[bytes]]:
    """Its name for people and the file, which the caller closes. Raises NotAllowedError, NotFoundError."""
    row = leaving_list(by, publisher).filter(pk=leaving, state=Leaving.State.READY).first()
    if row is None or not default_storage.exists(row.path):
        raise NotFoundError(leaving)
    _log(by, "publisher.taken_out", publisher)
    day = (row.ended_at or row.asked_at).date().isoformat()
    return f"{publisher.slug}-{day}.zip", default_storage.open(row.path)


def keep_leaving(stop: threading.Event, take_out: TakeOut) -> None:
    """Make what waits, one after the other, and remove what is over, until told to stop."""
    next_forgetting = timezone.now()
    while not stop.is_set():
        try:
            close_old_connections()
            now = timezone.now()
            if now >= next_forgetting:
                next_forgetting = now + timedelta(seconds=_FORGET_SECONDS)
                leavings_forget(now)
            row = take(now)
            if row is not None:
                make(row, take_out, stop)
                continue
        except Exception:  # whatever a storage's library raises: the next file must not wait for a restart
            log.exception("nothing could be taken out just now")
        stop.wait(_LOOK_SECONDS)


def take(now: datetime) -> Leaving | None:
    """Hold one that waits, or whose maker is gone; None where there is none. One that failed too often is over."""
    lost = Q(state=Leaving.State.RUNNING, held_until__lt=now)
    free = Q(state=Leaving.State.WAITING) | lost
    for row in Leaving.objects.filter(lost, attempts__gte=_TRIES).select_related("publisher", "by"):
        _end_failed(row)
    for row in Leaving.objects.filter(free, attempts__lt=_TRIES).order_by("asked_at")[:10]:
        held = Leaving.objects.filter(free, pk=row.pk, attempts=row.attempts)
        if held.update(state=Leaving.State.RUNNING, held_until=now + _HELD, attempts=F("attempts") + 1):
            return Leaving.objects.select_related("publisher", "by").get(pk=row.pk)
    return None


def make(row: Leaving, take_out: TakeOut, stop: threading.Event) -> None:
    """Make the file and put it into the storage; who asked is told by mail. Where the house stops, it waits again."""
    place: Path = settings.MASTHEAD.cache
    place.mkdir(parents=True, exist_ok=True)
    over = threading.Event()
    holder = threading.Thread(target=_hold, args=(row.pk, over), name="holder")
    holder.start()
    try:
        with TemporaryDirectory(dir=place, prefix="leaving-") as folder:
            file = Path(folder) / "everything.zip"
            is_there = take_out(row.publisher.slug, file)
            if is_there:
                missing = _missing_in(file)
                size = file.stat().st_size
                _keep(row, file)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        log.exception("everything of %s (%s)", row.publisher.slug, row.pk)
        is_there = False
    finally:
        over.set()
        holder.join()
    if is_there:
        _end_ready(row, size, missing)
    elif stop.is_set():
        going = Leaving.objects.filter(pk=row.pk, state=Leaving.State.RUNNING)
        going.update(state=Leaving.State.WAITING, held_until=None, attempts=F("attempts") - 1)
    else:
        _end_failed(row)


def leavings_forget(now: datetime) -> int:
    """Remove those that were there long enough, file and row, and those that failed; answers how many."""
    rows = Leaving.objects.filter(expires_at__lt=now)
    for row in rows:
        default_storage.delete(row.path)
    return rows.delete()[0]


def _hold(row_id: str, over: threading.Event) -> None:
    """Say again and again that somebody is at it."""
    while not over.wait(_HOLD_AGAIN_SECONDS):
        with suppress(DatabaseError):
            Leaving.objects.filter(pk=row_id).update(held_until=timezone.now() + _HELD)
    close_old_connections()


def _missing_in(file: Path) -> int:
    with zipfile.ZipFile(file) as packed:
        return len(json.loads(packed.read("contents.json"))["missing"])


def _keep(row: Leaving, file: Path) -> None:
    default_storage.delete(row.path)  # what an attempt left that was lost
    with closing(File(file.open("rb"), name=row.path)) as content:
        default_storage.save(row.path, content)


def _end_ready(row: Leaving, size: int, missing: int) -> None:
    now = timezone.now()
    kept = {"size": size, "missing": missing, "expires_at": now + timedelta(days=KEPT_DAYS)}
    _end(row, Leaving.State.READY, now, READY_SUBJECT_WORDS, READY_WORDS, **kept)


def _end_failed(row: Leaving) -> None:
    now = timezone.now()
    kept = {"expires_at": now + timedelta(days=KEPT_DAYS)}
    _end(row, Leaving.State.FAILED, now, FAILED_SUBJECT_WORDS, FAILED_WORDS, **kept)


def _end(row: Leaving, state: str, now: datetime, subject: str, said: str, **kept: object) -> None:
    """Write down how it ended, once, and mail whoever asked."""
    with transaction.atomic():
        going = Leaving.objects.filter(pk=row.pk, state=Leaving.State.RUNNING)
        if not going.update(state=state, ended_at=now, held_until=None, **kept):
            return
        if row.by is None or not row.by.is_active or not row.by.is_reachable:
            return
        words = wording.translator(row.by.language or row.publisher.language)
        about = {"name": row.publisher.name, "link": row.address, "days": KEPT_DAYS, "number": row.pk}
        subject = " ".join(words.text(subject, name=row.publisher.name).split())
        EmailMultiAlternatives(
            subject=subject,
            body=words.text(said, **about),
            to=[row.by.email],
            headers={"Content-Language": words.language},
        ).send()


def _log(by: User, action: str, publisher: Publisher) -> None:
    log_write(by=by, publisher_id=publisher.pk, action=action, subject_id=publisher.pk, subject_name=publisher.name)
