"""Counts tries of passwords and codes, so that nobody can go through all of them."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from masthead.access.errors import TooManyTriesError

_SECONDS = 600


def try_once(*what: str, limit: int) -> None:
    """Count a try of this by these; raises TooManyTriesError where there were `limit` of them in ten minutes.

    Each try takes a place of its own, which only one can take: a number that is read and written again would let tries
    at the same moment count as one. Places hold hashes, no addresses.
    """
    places = _places(what, limit)
    taken = cache.get_many(places)
    if not any(cache.add(place, 1, _SECONDS) for place in places if place not in taken):
        raise TooManyTriesError(what[0])


def refuse_where_over(*what: str, limit: int) -> None:
    """Raise TooManyTriesError where `try_once` would, without counting: for what is counted only when it fails."""
    if len(cache.get_many(_places(what, limit))) == limit:
        raise TooManyTriesError(what[0])


def _places(what: tuple[str, ...], limit: int) -> list[str]:
    whose = hashlib.sha256("\n".join(what).encode()).hexdigest()
    return [f"tries:{whose}:{number}" for number in range(limit)]
