"""Fills an empty house with the sample issue, read for weeks, some of its advertisements laid; run by itself first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.journeys.laying import first_edition
from tests.journeys.stocking import run

NORTHING, ROW = "https://northing-oilskins.example", "https://guernsey-row.example"
WEEKS = 45  # days
OILSKINS, BOATS, INN = 2, 21, 5  # pages of the sample


def seed() -> None:
    """Two advertisements laid of those that the build has found; the link of one of them is dead."""
    from django.utils import timezone
    from tests.statistics.readers import read_editions

    from masthead.document.overlays import Area, OverlayKind
    from masthead.library.selectors import Edition
    from masthead.production.links.asking import Answer
    from masthead.production.links.checking import round_begin, settle
    from masthead.production.models import LinkCheck
    from masthead.production.overlays.services import overlay_create

    owner, edition = first_edition()
    whole = Area(0.0, 0.0, 1.0, 1.0)
    for page, advertiser, title, booking in (
        (OILSKINS, "Northing Oilskins", "Dry to the bone, autumn", "NO-2026-118"),
        (BOATS, "Guernsey Row", "A jumper is a small house", ""),
    ):
        overlay_create(
            by=owner,
            edition=edition,
            kind=OverlayKind.ADVERTISEMENT,
            page=page,
            area=whole,
            title=title,
            said={"advertiser": advertiser, "booking": booking, "note": "Pays by the year."},
        )
    read_editions([edition], 28, [], WEEKS, a_day=25)
    _follow(edition, {(OILSKINS, f"{NORTHING}/"): 31, (BOATS, f"{ROW}/"): 9, (BOATS, "tel:+441632960771"): 4})
    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now() - timedelta(days=WEEKS))
    round_begin(edition, timezone.now())
    for row in LinkCheck.objects.filter(edition=edition):
        settle(row, Answer("dead", 404) if row.address == ROW else Answer("alive", 200), timezone.now())


def _follow(edition: Any, links: dict[tuple[int, str], int]) -> None:
    """Let visitors of the last days follow links."""
    from datetime import UTC, datetime

    from django.utils import timezone

    from masthead.statistics.models import Day, Event
    from masthead.statistics.totals import count_day

    publisher, today = edition.publication.publisher_id, timezone.now().date()
    number = 0
    for (page, address), times in links.items():
        for _ in range(times):
            number += 1
            day: date = today - timedelta(days=1 + number % 20)
            Event.objects.create(
                id=number,
                at=datetime(day.year, day.month, day.day, 12, number % 60, tzinfo=UTC),
                day=day,
                publisher=publisher,
                publication=edition.publication_id,
                edition=edition.pk,
                visitor=f"f{number}",
                kind="link",
                source="reader",
                access="free",
                device="phone",
                page=page,
                name=address,
            )
    for row in Day.objects.filter(publisher=publisher):
        count_day(publisher, row.day, timezone.now())


if __name__ == "__main__":
    run(seed)
