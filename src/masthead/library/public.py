"""Reads what the public site shows: live editions by year and category, in pages of a size that a screen can hold."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear

from masthead.library.models import Category, Edition, Publication
from masthead.library.states import State

_NEAR = 3


def live_editions() -> QuerySet[Edition]:
    """All that is live in the house, latest first, with what lists need of each."""
    rows = Edition.objects.filter(state=State.LIVE, build__isnull=False)
    return rows.select_related("build", "publication__publisher").prefetch_related("categories")


def live_of(publication: Publication, *, year: int | None = None, category: str = "") -> QuerySet[Edition]:
    """What is live of a publication, latest first; of a year or a category (its slug) if asked for."""
    rows = live_editions().filter(publication=publication)
    if year is not None:
        rows = rows.filter(date__year=year)
    return rows.filter(categories__slug=category).distinct() if category else rows


def current_editions() -> list[Edition]:
    """The current issue of each publication that has one: the latest that is live; by the publications' names."""
    latest = Edition.objects.filter(publication=OuterRef("pk"), state=State.LIVE, build__isnull=False)
    newest = Publication.objects.annotate(current=Subquery(latest.values("pk")[:1])).filter(current__isnull=False)
    return list(live_editions().filter(pk__in=newest.values("current")).order_by("publication__name"))


def years_of(publication: Publication) -> list[tuple[int, int]]:
    """The years in which something live appeared, latest first, with how many editions."""
    rows = Edition.objects.filter(publication=publication, state=State.LIVE).order_by()
    found = rows.annotate(year=ExtractYear("date")).values_list("year").annotate(number=Count("pk"))
    return sorted(((int(year), number) for year, number in found), reverse=True)


def categories_of(publication: Publication) -> list[Category]:
    """The categories that live editions of the publication stand in."""
    live = Q(editions__publication=publication, editions__state=State.LIVE)
    return list(Category.objects.filter(live).distinct())


def live_counts() -> dict[str, int]:
    """How many editions of each publication are live, by the publication's id."""
    rows = Edition.objects.filter(state=State.LIVE).order_by()
    return dict(rows.values_list("publication_id").annotate(number=Count("pk")))


def live_setting(name: str) -> QuerySet[Edition]:
    """Live editions for which a setting was set, whatever its value: of their own or by their publication."""
    return live_editions().filter(Q(overrides__has_key=name) | Q(publication__defaults__has_key=name))


def live_with_terms() -> QuerySet[Edition]:
    """Live editions that have terms of reading, of their own or by their publication."""
    rows = Edition.objects.filter(state=State.LIVE, build__isnull=False)
    rows = rows.exclude(Q(terms={}) & Q(publication__terms={}))
    return rows.select_related("build", "publication__publisher")


def live_search(words: str) -> QuerySet[Edition]:
    """Live editions whose label, description or publication has all of the words; for catalogues."""
    rows = live_editions()
    for word in words.split()[:8]:
        named = Q(label__icontains=word) | Q(description__icontains=word) | Q(publication__name__icontains=word)
        rows = rows.filter(named)
    return rows


def nearest(publication: Publication, slug: str) -> list[Edition]:
    """Live editions that somebody who asked for this address may have meant, else the latest."""
    rows = dict(Edition.objects.filter(publication=publication, state=State.LIVE).values_list("slug", "pk")[:2000])
    close: Sequence[str] = get_close_matches(slug, rows, n=_NEAR, cutoff=0.6)
    found = {edition.slug: edition for edition in live_of(publication).filter(slug__in=close)}
    return [found[name] for name in close if name in found] or list(live_of(publication)[:_NEAR])
