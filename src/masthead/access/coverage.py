"""Whether a period of a subscription covers an issue on a day. Dates only: no rows, no clock.

All days are days of the publisher's calendar. A period's first and last day belong to it; days of grace follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Cover(StrEnum):
    """What a period says of an issue."""

    COVERED = "covered"
    NOT_STARTED = "not_started"  # it will begin
    OVER = "over"  # it ended, and what it opened went with it
    NOT_DATED = "not_dated"  # the issue is dated outside of it


@dataclass(frozen=True, slots=True)
class Run:
    """A period as dates: from `starts` to `ends`, both included; None goes on for ever."""

    kind: str  # traditional, club, whole
    starts: date
    ends: date | None = None
    grace_days: int = 0

    @property
    def last_day(self) -> date:
        """The last day on which it counts, with its days of grace."""
        if self.ends is None or self.ends > date.max - timedelta(days=self.grace_days):
            return date.max
        return self.ends + timedelta(days=self.grace_days)


def cover_of(run: Run, issue: date, today: date) -> Cover:
    """What the period says of an issue with this date on this day.

    Traditional: issues dated within it, which are kept. Club: every issue while it runs. Whole: every issue while it
    runs, and of those dated up to its end none is lost.
    """
    is_dated = run.starts <= issue <= run.last_day
    if run.kind == "traditional":
        return Cover.COVERED if is_dated else Cover.NOT_DATED
    if today < run.starts:
        return Cover.NOT_STARTED
    if today <= run.last_day:
        return Cover.COVERED
    return Cover.COVERED if run.kind == "whole" and issue <= run.last_day else Cover.OVER
