"""Periods of days that are looked at, with the one before to compare, and the steps of a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = 3660  # days
_BY_DAY, _BY_WEEK = 92, 400  # days up to which a chart has a bar for each day, each week


class Step(StrEnum):
    """How much a bar of a chart holds."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to another, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.since).days + 1

    @property
    def before(self) -> Period:
        """As many days just before."""
        return Period(self.since - timedelta(days=self.days), self.since - timedelta(days=1))

    @property
    def step(self) -> Step:
        """What a bar of its chart holds."""
        if self.days <= _BY_DAY:
            return Step.DAY
        return Step.WEEK if self.days <= _BY_WEEK else Step.MONTH

    def parts(self, step: Step | None = None) -> Iterator[Period]:
        """Its days, weeks (from its first day on) or months, in order; the first and last may be shorter."""
        step, begin = step or self.step, self.since
        while begin <= self.until:
            if step == Step.MONTH:
                following = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
            else:
                following = begin + timedelta(days=1 if step == Step.DAY else 7)
            yield Period(begin, min(self.until, following - timedelta(days=1)))
            begin = following


def last_days(today: date, number: int) -> Period:
    """So many days, the last of them today."""
    return Period(today - timedelta(days=number - 1), today)


def between(since: date, until: date) -> Period:
    """The period of two days in either order; one that is too long loses its beginning."""
    first, last = min(since, until), max(since, until)
    return Period(max(first, last - timedelta(days=LONGEST - 1)), last)
