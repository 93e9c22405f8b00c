"""In which country an address is, by the database that the operator gives; without one, nothing is known."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

import maxminddb
from django.conf import settings

log = logging.getLogger("masthead.statistics")
UNKNOWN = ""


def country_of(address: str) -> str:
    """The country's code of two letters (ISO 3166-1); "" where it is not known."""
    path = settings.MASTHEAD.countries
    if path is None:
        return UNKNOWN
    try:
        database = _opened(path, path.stat().st_mtime_ns)
        found = database.get(address) if database is not None else None
    except (OSError, ValueError, maxminddb.InvalidDatabaseError):
        return UNKNOWN
    country = found.get("country") if isinstance(found, dict) else None
    code = country.get("iso_code") if isinstance(country, dict) else None
    return code if isinstance(code, str) and len(code) == 2 else UNKNOWN


@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int) -> maxminddb.Reader | None:
    """The database, opened once for each state of its file."""
    try:
        return maxminddb.open_database(str(path))
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        log.error("the database of countries cannot be read: %s", error)
        return None
