"""Times on the clock of a place: some do not exist and some come twice, where clocks are put forward or back."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from masthead.library.errors import TimeMissingError, TimeTwiceError

FIRST = "first"
SECOND = "second"


def moment(clock: datetime, zone: str, which: str = "") -> datetime:
    """The moment that a clock in the zone shows; `which` says which one is meant where it comes twice.

    Raises TimeMissingError where clocks jump over it, TimeTwiceError where it comes twice and `which` does not say.
    """
    place = ZoneInfo(zone)
    naive = clock.replace(tzinfo=None, fold=0)
    first, second = naive.replace(tzinfo=place), naive.replace(tzinfo=place, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(place).replace(tzinfo=None, fold=0) != naive:
        raise TimeMissingError(f"{naive.isoformat()} {zone}")
    if which not in (FIRST, SECOND):
        raise TimeTwiceError(f"{naive.isoformat()} {zone}")
    return (first if which == FIRST else second).astimezone(UTC)
