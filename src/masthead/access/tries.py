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
    whose = hashlib.sha256("\n".join(what).encode()).hexdigest()
    places = [f"tries:{whose}:{number}" for number in range(limit)]
    taken = cache.get_many(places)
    if not any(cache.add(place, 1, _SECONDS) for place in places if place not in taken):
        raise TooManyTriesError(what[0])
