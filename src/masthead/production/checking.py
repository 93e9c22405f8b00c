"""Looks at every file that has arrived, before a conversion costs anything, and writes its verdict down."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from masthead.document.errors import MastheadError
from masthead.edition.look import Look, look
from masthead.edition.options import BuildOptions
from masthead.pdf.sandbox import Limits
from masthead.production.arrival_bytes import bytes_as_file, bytes_remove
from masthead.production.models import Arrival, Conversion, Upload
from masthead.production.originals import original_keep

log = logging.getLogger("masthead.production")
_HOLD = timedelta(minutes=3)  # longer than any look may take
_PAUSE_SECONDS = 0.4
_PATIENCE_SECONDS = 70.0


def check_arrivals(stop: threading.Event) -> None:
    """Look at one file after the other until told to stop. Several processes may: each file is held by one."""
    while not stop.is_set():
        try:
            close_old_connections()
            arrival = _claim()
        except DatabaseError:
            log.exception("the database does not answer")
            stop.wait(5)
            continue
        if arrival is None:
            stop.wait(_PAUSE_SECONDS)
            continue
        try:
            check(arrival)
        except Exception:
            log.exception("upload %s could not be looked at", arrival.pk)  # its hold ends, and it is tried again
            stop.wait(5)


def check(arrival: Arrival) -> Arrival:
    """Open the file in the sandboxed process and write down what was found, or why it is refused."""
    try:
        with bytes_as_file(arrival) as file:
            return _welcome(arrival, file, look(file, _options(arrival)))
    except MastheadError as error:
        fields = {"error_code": error.code, "error_sentence": error.sentence, "error_hint": error.hint}
        return _write(arrival, state=Arrival.State.REFUSED, **fields)


def _welcome(arrival: Arrival, file: Path, seen: Look) -> Arrival:
    """It can be converted: move it to the originals."""
    with transaction.atomic():
        upload = original_keep(by=arrival.by, publisher=arrival.publisher, file=file, name=arrival.name)
        report = asdict(seen) | {"seen_before": _seen_before(arrival, upload)}
        none = {"error_code": "", "error_sentence": "", "error_hint": ""}
        welcomed = _write(arrival, state=Arrival.State.GOOD, upload=upload, report=report, **none)
    bytes_remove(arrival)
    return welcomed


def check_now(arrival: Arrival) -> Arrival:
    """Its verdict, at once: made here unless another process is at it, and then waited for."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while arrival.state == Arrival.State.HERE and time.monotonic() < end:
        held = _claim(arrival.pk)
        if held is not None:
            return check(held)
        time.sleep(0.1)
        arrival.refresh_from_db()
    return arrival


def arrival_unlock(*, arrival: Arrival, password: str) -> None:
    """Look at it again with a password."""
    Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.REFUSED).update(
        state=Arrival.State.HERE, password=password[:200], held_until=None
    )


def findings(report: dict[str, object]) -> Sequence[str]:
    """The names of what the look found that its publisher should know, worst first."""
    names = (
        ("no_text", not report.get("has_text", True)),
        ("partly_text", bool(report.get("is_partly_text"))),
        ("fonts_missing", bool(report.get("fonts_missing"))),
        ("repaired", bool(report.get("repaired"))),
        ("odd_sizes", bool(report.get("odd_sizes"))),
        ("encrypted", bool(report.get("encrypted"))),
        ("seen_before", bool(report.get("seen_before"))),
    )
    return [name for name, is_so in names if is_so]


def _claim(only: str = "") -> Arrival | None:
    """The oldest file that nobody looks at, or this one, held for this process."""
    now = timezone.now()
    free = Arrival.objects.filter(Q(held_until__isnull=True) | Q(held_until__lt=now), state=Arrival.State.HERE)
    if only:
        free = free.filter(pk=only)
    for identity in free.values_list("pk", flat=True)[:5]:
        if free.filter(pk=identity).update(held_until=now + _HOLD):
            return Arrival.objects.select_related("publisher", "by").get(pk=identity)
    return None


def _write(arrival: Arrival, **fields: object) -> Arrival:
    for name, value in fields.items():
        setattr(arrival, name, value)
    arrival.held_until = None
    arrival.save(update_fields=[*fields, "held_until"])
    return arrival


def _seen_before(arrival: Arrival, upload: Upload) -> str:
    """The edition that was made of the same PDF, else the file that waits beside it; "" for none."""
    rows = Conversion.objects.filter(upload__sha256=upload.sha256, publisher=upload.publisher_id)
    found = rows.filter(edition__deleted_at__isnull=True).select_related("edition__publication").first()
    if found is not None:
        return str(found.edition)
    waiting = Arrival.objects.filter(by=arrival.by_id, publisher=arrival.publisher_id, state=Arrival.State.GOOD)
    beside = waiting.filter(upload__sha256=upload.sha256).exclude(pk=arrival.pk).first()
    return beside.name if beside else ""


def _options(arrival: Arrival) -> BuildOptions:
    house = settings.MASTHEAD
    return BuildOptions(
        password=arrival.password,
        workers=1,
        max_file_mb=house.max_file_mb,
        max_pages=house.max_pages,
        limits=replace(Limits(), memory_mb=house.memory_mb),
    )
