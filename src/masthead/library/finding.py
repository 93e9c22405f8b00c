"""Finds editions for staff: by words, publication, state, year, category, shelf; in the order they like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from masthead.accounts.selectors import Person, Publisher
from masthead.library.models import Edition, Shelf
from masthead.library.selectors import edition_list

ORDERS = {
    "date": ("-date", "-created_at"),
    "oldest": ("date", "created_at"),
    "changed": ("-changed_at",),
    "label": ("label", "-date"),
    "publication": ("publication__name", "-date"),
    "pages": ("-build__pages", "-date"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; "" stands for any."""

    words: str = ""
    publication: str = ""
    state: str = ""
    year: str = ""
    category: str = ""
    shelf: str = ""
    order: str = "date"


def find_editions(person: Person, publisher: Publisher, wanted: Wanted) -> QuerySet[Edition]:
    """The editions that fit, of those that the person sees."""
    rows = edition_list(person, publisher)
    for word in wanted.words.split()[:8]:
        fields = ("label", "slug", "description", "publication__name")
        rows = rows.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)))
    if wanted.publication:
        rows = rows.filter(publication_id=wanted.publication)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.year.isdecimal() and len(wanted.year) == 4 and wanted.year != "0000":
        rows = rows.filter(date__year=int(wanted.year))
    if wanted.category:
        rows = rows.filter(categories=wanted.category)
    if wanted.shelf:
        rows = rows.filter(publication__shelves__in=_with_those_below(publisher, wanted.shelf))
    return rows.distinct().order_by(*ORDERS.get(wanted.order, ORDERS["date"]))


def years(person: Person, publisher: Publisher) -> list[int]:
    """The years of the editions that the person sees, latest first."""
    rows = edition_list(person, publisher).order_by().annotate(year=ExtractYear("date"))
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def coming(person: Person, publisher: Publisher) -> QuerySet[Edition]:
    """What goes live or is withdrawn by itself: first what comes first."""
    rows = edition_list(person, publisher)
    return rows.filter(Q(state="scheduled") | Q(state="live", withdraw_at__isnull=False))


def _with_those_below(publisher: Publisher, shelf: str) -> set[str]:
    parents = dict(Shelf.objects.filter(publisher=publisher).values_list("pk", "parent_id"))
    found = {shelf} & set(parents)
    while True:
        more = {pk for pk, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more
