"""Counts tries of passwords and codes, so that nobody can go through all of them."""

from __future__ import annotations

from django.core.cache import cache

from masthead.access.errors import TooManyTriesError

_SECONDS = 600


def try_once(*what: str, limit: int) -> None:
    """Count a try of this by these; raises TooManyTriesError where there were `limit` of them in ten minutes."""
    key = "tries:" + ":".join(what)
    cache.add(key, 0, _SECONDS)
    try:
        number = cache.incr(key)
    except ValueError:  # it was forgotten in this very moment
        number = 1
    if number > limit:
        raise TooManyTriesError(what[0])
