"""Takes the files of events into the database: each event once, however often a process dies in the middle."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from masthead.statistics.kinds import Kind
from masthead.statistics.models import Day, Event
from masthead.statistics.spool import finished, lines

log = logging.getLogger("masthead.statistics")
_BATCH = 500
_FIELDS = tuple(field.name for field in Event._meta.concrete_fields)


def take_in(folder: Path, now: datetime, kept_days: int) -> int:
    """Take in all finished files; answers how many events came.

    A file is removed after its events are safe. A process that dies in between takes it again: events have ids, and
    those that are there are left as they are.
    """
    taken = 0
    for path in finished(folder, now.timestamp()):
        rows = [row for row in map(_row, lines(path)) if row is not None and _is_young(row.day, now, kept_days)]
        try:
            _insert(rows)
        except (DataError, IntegrityError):  # it would stop all that come after it, for ever
            log.exception("the file of events %s is laid aside", path.name)
            path.rename(path.with_suffix(".refused"))
            continue
        path.unlink(missing_ok=True)
        taken += len(rows)
    return taken


def _insert(rows: list[Event]) -> None:
    with transaction.atomic():
        closed = set(Day.objects.filter(is_closed=True).values_list("publisher", "day"))
        fresh = [row for row in rows if (row.publisher, row.day) not in closed]
        Event.objects.bulk_create(fresh, batch_size=_BATCH, ignore_conflicts=True)
        _touch({(row.publisher, row.day) for row in fresh})


def _touch(days: Iterable[tuple[str, date]]) -> None:
    """Have these days counted again."""
    for publisher, day in sorted(days):
        Day.objects.get_or_create(publisher=publisher, day=day)
        Day.objects.filter(publisher=publisher, day=day).update(version=F("version") + 1)


def _row(line: dict[str, Any]) -> Event | None:
    """The event of a line; None for one that is none."""
    try:
        values = {name: line[name] for name in _FIELDS}
        values["at"] = datetime.fromisoformat(values["at"])
        values["day"] = date.fromisoformat(values["day"])
        Kind(values["kind"])
        return Event(**values)
    except (KeyError, ValueError, TypeError):
        log.warning("a line of a file of events is none")
        return None


def _is_young(day: date, now: datetime, kept_days: int) -> bool:
    return day >= (now - timedelta(days=kept_days)).date()
