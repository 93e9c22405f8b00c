"""Months of readers made up by chance, the same each time: what the events of a real publication look like."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from masthead.library.selectors import Edition
from masthead.statistics.models import Day, Event
from masthead.statistics.totals import count_day

_DEVICES = ("phone", "phone", "phone", "computer", "computer", "tablet")
_COUNTRIES = ("DE", "DE", "DE", "AT", "CH", "GB", "EG", "US", "")
_REFERRERS = ("", "", "www.search.example", "news.harbour.example", "social.example")
_WORDS = ("lighthouse", "storm surge", "ferry timetable", "regatta", "lamp oil", "harbour dues", "tide tables 2027")
_LINKS = ("https://nordic-paints.example/offer", "https://ropes.example/", "mailto:office@harbour.example")


def read_editions(editions: Sequence[Edition], pages: int, slugs: Sequence[str], days: int, *, a_day: int) -> None:
    """Let some visitors a day read these editions, for so many days until today, and count the days."""
    chance = random.Random(7)
    today = timezone.now().astimezone(UTC).date()
    publisher = editions[0].publication.publisher_id
    rows: list[Event] = []
    for ago in range(days, -1, -1):
        day = today - timedelta(days=ago)
        wave = 0.6 + 0.4 * ((day.toordinal() % 30) / 30) + (0.5 if day.weekday() >= 5 else 0)
        for number in range(int(a_day * wave * chance.uniform(0.7, 1.3))):
            rows += _visit(chance, chance.choice(editions), day, f"{ago:04x}{number:08x}0000", pages, slugs)
        Day.objects.get_or_create(publisher=publisher, day=day, defaults={"version": 1})
    Event.objects.bulk_create(rows, batch_size=500)
    for row in Day.objects.filter(publisher=publisher):
        count_day(publisher, row.day, timezone.now())


def _visit(
    chance: random.Random, edition: Edition, day: date, visitor: str, pages: int, slugs: Sequence[str]
) -> Iterator[Event]:
    at = datetime.combine(day, time(chance.randint(6, 21), chance.randint(0, 29)), UTC)
    facts: dict[str, Any] = {
        "day": day,
        "publisher": edition.publication.publisher_id,
        "publication": edition.publication_id,
        "edition": edition.pk,
        "visitor": visitor,
        "device": chance.choice(_DEVICES),
        "country": chance.choice(_COUNTRIES),
        "referrer": chance.choice(_REFERRERS),
        "access": "free",
        "source": "reader",
    }

    def event(kind: str, **more: Any) -> Event:
        nonlocal at
        at += timedelta(seconds=chance.randint(5, 60))
        return Event(id=chance.getrandbits(63), at=at, kind=kind, **facts, **more)

    yield event("open")
    page = 1 if chance.random() < 0.7 else chance.randint(1, pages)
    for _ in range(min(pages - page + 1, 1 + int(chance.expovariate(0.12)))):
        items = slugs[page % len(slugs)] if slugs and page % 3 == 0 else ""
        yield event("page", page=page, number=chance.randint(2, 70), items=items)
        page += 1
    if slugs and chance.random() < 0.4:
        slug = chance.choice(slugs[: 1 + len(slugs) // 2])
        yield event("article", name=slug, number=chance.randint(20, 240), items=slug)
    if chance.random() < 0.15:
        yield event("search", name=chance.choice(_WORDS), number=chance.choice((0, 1, 2, 9)))
    if chance.random() < 0.1:
        yield event("link", page=chance.randint(1, pages), name=chance.choice(_LINKS))
    if chance.random() < 0.08:
        yield event("download", name=chance.choice(("pdf", "pdf", "epub")), items=" ".join(slugs))
    if chance.random() < 0.04:
        yield event("share", page=1, name=chance.choice(("link", "mail")))
