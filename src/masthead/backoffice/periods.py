"""The period that somebody looks at: what the address says, and the ones that are offered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.dateparse import parse_date

from masthead.statistics.periods import Period, between, last_days

PRESETS = (7, 30, 90, 365)


def asked_period(request: HttpRequest, first: date | None, today: date, usual: Period) -> Period:
    """The period of the address, which may name one of its days only; without any the usual one."""
    since, until = _day(request.GET.get("since", "")), _day(request.GET.get("until", ""))
    if since is None and until is None:
        return usual
    return between(since or first or today, until or today)


def query_of(period: Period) -> str:
    """What an address says of a period."""
    return urlencode({"since": period.since.isoformat(), "until": period.until.isoformat()})


def presets(
    first: date | None, today: date, period: Period, more: Iterable[tuple[str, str]] = ()
) -> list[tuple[int, str, bool]]:
    """Periods that end today: their days, query, and whether it is the one on show; 0 days: since the beginning.

    `more` is what else the address says and shall go on saying.
    """
    wanted = [(number, last_days(today, number)) for number in PRESETS]
    if first is not None:
        wanted.append((0, between(first, today)))
    kept = urlencode([(name, value) for name, value in more if value])
    return [(number, query_of(each) + (f"&{kept}" if kept else ""), each == period) for number, each in wanted]


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None
