"""Takes note of what happens: an event of the server or of a reader becomes a line of this process's file."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from masthead.accounts.selectors import Publisher
from masthead.statistics.countries import country_of
from masthead.statistics.devices import device_of
from masthead.statistics.kinds import Access, Kind, Source
from masthead.statistics.spool import append
from masthead.statistics.visitors import visitor_of

log = logging.getLogger("masthead.statistics")
FOLDER = "events"  # below the data folder
_NAME, _HOST = 300, 100  # characters that are kept
_LONGEST = 1800  # seconds that one event may tell of
_PERSONAL = re.compile(r"@|\d[\d ./()-]{6,}\d")  # in what was searched for: an address, a long number
HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who comes, as far as it is needed to tell visitors of one day apart; nothing of it is kept."""

    address: str
    agent: str
    referrer: str = ""  # host


@dataclass(frozen=True, slots=True)
class Place:
    """Whose statistics an event belongs to; an edition's also to its publication's, those to the house's."""

    publisher: Publisher
    publication: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened."""

    kind: Kind
    source: Source = Source.SERVER
    page: int | None = None
    name: str = ""
    number: int = 0
    items: tuple[str, ...] = ()
    access: Access = Access.FREE
    ago: float = 0.0  # seconds
    identity: str = ""  # the same for the same event, if it comes again


def record(place: Place, visitor: Visitor, told: Told, now: datetime) -> None:
    """Keep an event. Counting never stands in the way of reading: where it cannot be kept, the log says so."""
    try:
        append(settings.MASTHEAD.data / FOLDER, line_of(place, visitor, told, now))
    except OSError as error:
        log.error("an event could not be kept: %s", error)


def line_of(place: Place, visitor: Visitor, told: Told, now: datetime) -> dict[str, object]:
    """The event as it is written. It belongs to the day on which it is told, at the earliest to its first moment."""
    zone = ZoneInfo(place.publisher.time_zone)
    day = now.astimezone(zone).date()
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    at = max(midnight, now - timedelta(seconds=min(max(told.ago, 0.0), 3600.0)))
    who = visitor_of(place.publisher.pk, day, visitor.address, visitor.agent)
    name = _searched(told.name) if told.kind == Kind.SEARCH else told.name
    return {
        "id": _id(who, told.identity),
        "at": at.isoformat(timespec="milliseconds"),
        "day": day.isoformat(),
        "publisher": place.publisher.pk,
        "publication": place.publication,
        "edition": place.edition,
        "visitor": who,
        "kind": told.kind.value,
        "source": told.source.value,
        "page": told.page,
        "name": _clean(name)[:_NAME],
        "number": min(max(told.number, 0), _LONGEST if told.kind in _TIMED else 1_000_000),
        "items": " ".join(told.items),
        "access": told.access.value,
        "device": device_of(visitor.agent),
        "country": country_of(visitor.address),
        "referrer": _clean(visitor.referrer.lower())[:_HOST],
    }


_TIMED = (Kind.PAGE, Kind.ARTICLE, Kind.TIME)


def _id(visitor: str, identity: str) -> int:
    """A number of 63 bits: of what happened where it can come twice, else by chance."""
    if not identity:
        return secrets.randbits(63)
    return int.from_bytes(hashlib.blake2b(f"{visitor} {identity}".encode(), digest_size=8).digest()) >> 1


def _searched(words: str) -> str:
    """Words in small letters, each gap one space; what may name somebody is not kept."""
    plain = " ".join(words.lower().split())[:80]
    return HIDDEN if _PERSONAL.search(plain) else plain


def _clean(text: str) -> str:
    """Without what a database or a table cannot hold."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
