"""Gathers what COUNTER reports tell: usage by title or by item, from the totals of days."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from django.urls import reverse

from masthead.accounts.selectors import Publisher
from masthead.document.errors import EditionInvalidError
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition
from masthead.statistics.counter_report import METRICS, Heading, Item, Report, Title, Usage
from masthead.statistics.kinds import Access, Measure
from masthead.statistics.periods import Period, Step
from masthead.statistics.selectors import Scope, counter_rows

_MOST_MONTHS = 36


def usage_of(house: Publisher, scope: Scope, heading: Heading, origin: str) -> list[Usage]:
    """What was used in the period, by title or by item; also of editions that were deleted since."""
    rows = list(counter_rows(scope, heading.period, METRICS))
    editions = {
        edition.pk: edition
        for edition in Edition.with_deleted.filter(
            publication__publisher=house, pk__in={row[1] for row in rows}
        ).select_related("publication", "build")
    }
    found: dict[tuple[str, str, int, str], Usage] = {}
    named: dict[str, Mapping[str, str]] = {}
    for _, edition_id, day, measure, name, number in rows:
        edition = editions.get(edition_id)
        if edition is None:
            continue  # removed for good: nothing tells any more which title it belonged to
        access, _, slug = name.partition(" ")
        title = _title(edition, origin)
        item = None
        if heading.report == Report.ITEM:
            if edition_id not in named:
                named[edition_id] = _titles_of(edition)
            item = _item(edition, slug, named[edition_id], origin)
        key = (title.identity, item.identity if item else "", edition.date.year, access)
        used = found.setdefault(key, Usage(title, item, edition.date.year, Access(access)))
        used.add(Measure(measure), day, number)
    return [found[key] for key in sorted(found)]


def _title(edition: Edition, origin: str) -> Title:
    publication = edition.publication
    home = origin + reverse("publication", args=[publication.slug])
    return Title(publication.name, publication.pk, publication.issn, home)


def _item(edition: Edition, slug: str, titles: Mapping[str, str], origin: str) -> Item:
    place = [edition.publication.slug, edition.slug]
    if not slug:
        return Item(edition.label, edition.pk, origin + reverse("edition", args=place), edition.date)
    uri = origin + reverse("edition-article", args=[*place, slug])
    return Item(titles.get(slug, slug), f"{edition.pk}/{slug}", uri, edition.date)


def _titles_of(edition: Edition) -> dict[str, str]:
    if edition.build is not None:
        with suppress(EditionInvalidError):
            manifest = read_build(edition.build.folder).manifest
            return {entry["slug"]: entry["title"] for entry in manifest["articles"]}
    return {}


def full_months(first: date | None, today: date) -> list[Period]:
    """The full months since counting began, latest first."""
    last = today.replace(day=1) - timedelta(days=1)
    if first is None or first.replace(day=1) > last:
        return []
    return list(Period(first.replace(day=1), last).parts(Step.MONTH))[::-1][:_MOST_MONTHS]
