"""Counts days from their events, again whenever more came, and removes events that are old enough."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from masthead.statistics.counting import Happened, Numbers, count
from masthead.statistics.models import Day, Event, Total

log = logging.getLogger("masthead.statistics")
_BATCH = 500
_SOONEST = 60.0  # seconds between two times that the same day is counted
_SHARE = 20  # and at least so many times as long as counting it took
_REMOVED = 2000  # events in one statement: others write in between
_NEXT: dict[tuple[str, date], float] = {}  # of this process: when a day may be counted again


def count_due(now: datetime) -> int:
    """Count the days that events came to since; a day of which much came waits longer. Answers how many."""
    done = 0
    for row in Day.objects.filter(is_closed=False).exclude(counted=F("version")).order_by("day"):
        if _NEXT.get((row.publisher, row.day), 0.0) > time.monotonic():
            continue
        begin = time.monotonic()
        count_day(row.publisher, row.day, now)
        spent = time.monotonic() - begin
        _NEXT[row.publisher, row.day] = time.monotonic() + max(_SOONEST, spent * _SHARE)
        done += 1
    return done


def count_day(publisher: str, day: date, now: datetime) -> None:
    """Count a day from its events; counted twice, the numbers are the same. A closed day stays as it is.

    Events are read before the transaction, so that nobody waits for the counting; what comes meanwhile makes the day
    due again. Of two who count at once, the one who saw less changes nothing.
    """
    seen = Day.objects.filter(publisher=publisher, day=day, is_closed=False).first()
    if seen is None:
        return
    numbers = count(events_of(publisher, day))
    with transaction.atomic():
        row = Day.objects.select_for_update().get(pk=seen.pk)
        if row.is_closed or row.counted > seen.version:
            return
        Total.objects.filter(publisher=publisher, day=day).delete()
        Total.objects.bulk_create(_rows(publisher, day, numbers), batch_size=_BATCH)
        row.counted, row.counted_at = seen.version, now
        row.save(update_fields=["counted", "counted_at"])


def count_again(since: date, until: date, now: datetime) -> int:
    """Count all days of a period again from the events that are kept; answers how many days."""
    days = list(Day.objects.filter(day__gte=since, day__lte=until, is_closed=False).order_by("day"))
    for row in days:
        count_day(row.publisher, row.day, now)
    return len(days)


def events_forget(now: datetime, kept_days: int) -> int:
    """Close the days that are older and were counted, and remove their events; answers how many events."""
    last = (now - timedelta(days=kept_days)).date()
    old = Day.objects.filter(day__lt=last, counted=F("version"))
    old.filter(is_closed=False).update(is_closed=True)
    removed = 0
    for row in Day.objects.filter(day__lt=last, is_closed=True, day__gte=_oldest()):
        removed += _remove(row.publisher, row.day)
    return removed


def events_of(publisher: str, day: date) -> Iterator[Happened]:
    """The events of a day, those of each visitor together."""
    rows = Event.objects.filter(publisher=publisher, day=day).order_by("visitor", "at", "id")
    return (Happened(*row) for row in rows.values_list(*Happened._fields).iterator(chunk_size=_BATCH))


def _rows(publisher: str, day: date, numbers: Numbers) -> list[Total]:
    return [
        Total(
            publisher=publisher,
            publication=key.publication,
            edition=key.edition,
            day=day,
            measure=key.measure,
            name=key.name,
            number=number,
        )
        for key, number in sorted(numbers.items())
        if number
    ]


def _oldest() -> date:
    first = Event.objects.order_by("day").values_list("day", flat=True).first()
    return first or date.max


def _remove(publisher: str, day: date) -> int:
    removed = 0
    while ids := list(Event.objects.filter(publisher=publisher, day=day).values_list("pk", flat=True)[:_REMOVED]):
        removed += Event.objects.filter(pk__in=ids).delete()[0]
    return removed
