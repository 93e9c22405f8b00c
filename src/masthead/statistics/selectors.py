"""Reads totals. The person comes first: only who may see reports of it sees any number of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q, QuerySet, Sum

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, can
from masthead.library.selectors import Edition, Publication, can_do
from masthead.statistics.kinds import Measure
from masthead.statistics.models import Day, Total
from masthead.statistics.periods import Period

_ORDER = list(Measure)
WHOLES = tuple(_ORDER[: _ORDER.index(Measure.DEVICE)])
_PARTS = tuple(_ORDER[_ORDER.index(Measure.DEVICE) : _ORDER.index(Measure.TOTAL_INVESTIGATIONS)])
Breakdown = defaultdict[str, list[tuple[str, int]]]
Seen = dict[str, dict[tuple[Measure, str], int]]
"""By the id of an edition: numbers by measure and name."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose numbers: a publisher's, those of one publication, or of one edition."""

    publisher: str
    publication: str = ""
    edition: str = ""


def may_see(person: Person, of: Publisher | Publication | Edition) -> bool:
    """Whether the person may see its statistics."""
    if isinstance(of, Publisher):
        return can(person, Action.VIEW_REPORTS, of.pk)
    return can_do(person, Action.VIEW_REPORTS, of)


def may_see_sales(person: Person, of: Publisher | Publication | Edition) -> bool:
    """Whether the person may see what is sold there, which whoever sees to the shop may."""
    if isinstance(of, Publisher):
        return can(person, Action.VIEW_SALES, of.pk)
    return can_do(person, Action.VIEW_SALES, of)


def scope_of(person: Person, of: Publisher | Publication | Edition, *, takes_sales: bool = False) -> Scope:
    """What the person asks for; raises NotAllowedError where they may not see it, nor, if that will do, its sales."""
    if not may_see(person, of) and not (takes_sales and may_see_sales(person, of)):
        raise NotAllowedError(Action.VIEW_REPORTS.value)
    if isinstance(of, Publisher):
        return Scope(of.pk)
    if isinstance(of, Publication):
        return Scope(of.publisher_id, of.pk)
    return Scope(of.publication.publisher_id, of.publication_id, of.pk)


def sums(scope: Scope, period: Period) -> dict[str, int]:
    """The totals of the period by their measures; those that are nothing are left out."""
    rows = _of(scope, period).filter(measure__in=WHOLES).values_list("measure").annotate(all=Sum("number"))
    return {measure: int(number) for measure, number in rows}


def by_day(scope: Scope, period: Period) -> dict[date, dict[str, int]]:
    """The totals of each day on which something was counted."""
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for day, measure, number in _of(scope, period).filter(measure__in=WHOLES).values_list("day", "measure", "number"):
        found[day][measure] = number
    return dict(found)


def breakdown(scope: Scope, period: Period) -> Breakdown:
    """What numbers are made of, by measure, largest first, such as visits by country; by page only of editions."""
    rows = _of(scope, period).filter(measure__in=_PARTS).values_list("measure", "name").annotate(all=Sum("number"))
    found: Breakdown = defaultdict(list)
    for measure, name, number in rows.order_by("-all", "name"):
        found[measure].append((str(name), int(number)))
    return found


def links(scope: Scope, period: Period, limit: int | None = None) -> list[tuple[str, str, int, int]]:
    """Edition, address, page and number of the links that were followed, most followed first; also of whole houses."""
    rows = Total.objects.filter(publisher=scope.publisher, day__gte=period.since, day__lte=period.until)
    rows = rows.filter(measure=Measure.LINK)
    if scope.publication:
        rows = rows.filter(publication=scope.publication)
    if scope.edition:
        rows = rows.filter(edition=scope.edition)
    found = rows.values_list("edition", "name").annotate(all=Sum("number")).order_by("-all", "edition", "name")
    told = []
    for edition, name, number in found[:limit]:
        page, _, address = name.partition(" ")
        told.append((edition, address, int(page), int(number)))
    return told


def below(scope: Scope, period: Period) -> dict[str, dict[str, int]]:
    """The totals of what belongs to it, by ids: of a publisher's publications, of a publication's editions."""
    rows = Total.objects.filter(publisher=scope.publisher, day__gte=period.since, day__lte=period.until)
    key = "publication"
    if scope.publication:
        rows, key = rows.filter(publication=scope.publication).exclude(edition=""), "edition"
    else:
        rows = rows.filter(edition="").exclude(publication="")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for identity, measure, number in (
        rows.filter(measure__in=WHOLES).values_list(key, "measure").annotate(all=Sum("number"))
    ):
        found[identity][measure] = int(number)
    return dict(found)


_PLACED = (Measure.LINK, Measure.OVERLAY)


def on_pages(person: Person, of: Publisher | Publication, pages: Mapping[str, Collection[int]], period: Period) -> Seen:
    """How often pages of editions were seen, the seconds on them, what was followed from and opened on them.

    `pages` are those of each edition, by its id. Raises NotAllowedError where the person may see no reports of it.
    """
    scope = scope_of(person, of)
    numbers = {str(page) for wanted in pages.values() for page in wanted}
    rows = Total.objects.filter(
        Q(measure__in=(Measure.PAGE, Measure.PAGE_SECONDS), name__in=numbers) | Q(measure__in=_PLACED),
        publisher=scope.publisher,
        edition__in=list(pages),
        day__gte=period.since,
        day__lte=period.until,
    )
    if scope.publication:
        rows = rows.filter(publication=scope.publication)
    found: Seen = defaultdict(dict)
    for edition, measure, name, number in rows.values_list("edition", "measure", "name").annotate(all=Sum("number")):
        found[edition][Measure(measure), str(name)] = int(number)
    return dict(found)


def counter_rows(
    scope: Scope, period: Period, measures: Collection[Measure]
) -> QuerySet[Total, tuple[str, str, date, str, str, int]]:
    """Publication, edition, day, measure, name and number of what was counted by COUNTER's rules."""
    rows = Total.objects.filter(publisher=scope.publisher, day__gte=period.since, day__lte=period.until)
    if scope.publication:
        rows = rows.filter(publication=scope.publication)
    found = rows.filter(measure__in=list(measures)).order_by("publication", "edition", "name", "measure", "day")
    return found.values_list("publication", "edition", "day", "measure", "name", "number")


def first_day(scope: Scope) -> date | None:
    """The first day on which anything was counted; None where nothing was."""
    rows = Total.objects.filter(publisher=scope.publisher, publication=scope.publication, edition=scope.edition)
    found: date | None = rows.aggregate(first=Min("day"))["first"]
    return found


def counted_at(scope: Scope) -> datetime | None:
    """When the publisher's numbers were counted last."""
    newest = Day.objects.filter(publisher=scope.publisher, counted_at__isnull=False).order_by("-counted_at").first()
    return newest.counted_at if newest else None


def _of(scope: Scope, period: Period) -> QuerySet[Total]:
    return Total.objects.filter(
        publisher=scope.publisher,
        publication=scope.publication,
        edition=scope.edition,
        day__gte=period.since,
        day__lte=period.until,
    )
