"""Reads a day as people write it in lists and spreadsheets."""

from __future__ import annotations

import re
from datetime import date

# As people write days: 2026-11-03, 3.11.2026, 3/11/2026 (day first, as all but one country have it), 2026-11.
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{4})")


def day_of(said: str) -> date | None:
    """The day that somebody wrote; a month alone is its first day; None where it is none."""
    if found := _YEAR_FIRST.fullmatch(said.strip()):
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    elif found := _DAY_FIRST.fullmatch(said.strip()):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
