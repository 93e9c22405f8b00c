"""The edition at an address, made of its rows anew only when one of them changed: readers ask for it all the time.

Every request reads the rows, by one statement that the framework has put together once; what was made of them before
is given again where all values are still the same. So nothing that was withdrawn, closed or deleted outlives its row,
whoever changed that and how: there is no counter to forget and no time to wait for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import Aggregate, CharField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from masthead.library.errors import NotFoundError
from masthead.library.models import Edition

_KEPT = 512  # editions in memory
_HERE: Final = ("«publication»", "«edition»")  # where the statement takes an address: no slug can be one
State = tuple[Any, ...]


class Strung(Aggregate):
    """The values of a group in one text."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The server's name for it, which wants to be told what stands between."""
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')", **more
        )


class Addressed:
    """Editions by their addresses, each with the values of the rows that it was made of."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], tuple[State, Edition]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, publication_slug: str, edition_slug: str) -> Edition:
        """The edition, the same object while nothing has changed: nobody may change it. Raises NotFoundError."""
        address = publication_slug, edition_slug
        state = state_at(*address)
        with self._lock:
            kept = self._kept.get(address)
            if kept is not None and kept[0] == state:
                self._kept.move_to_end(address)
                return kept[1]
            self._kept.pop(address, None)
        found = _rows(*address).prefetch_related("categories").first() if state is not None else None
        if found is None or state is None:
            raise NotFoundError("/".join(address))
        if state == state_at(*address):  # else somebody changed it just now, and nobody knows what was read
            with self._lock:
                self._kept[address] = state, found
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return found


def state_at(publication_slug: str, edition_slug: str) -> State | None:
    """Every value of the rows that an edition at an address is made of; None where there is none. One query."""
    sql, parameters = _statement(connection.vendor)
    given = dict(zip(_HERE, (publication_slug, edition_slug), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(value, value) for value in parameters])
        found: State | None = cursor.fetchone()
    return found


def _rows(publication_slug: str, edition_slug: str) -> QuerySet[Edition]:
    rows = Edition.objects.select_related("publication__publisher", "build").order_by()
    return rows.filter(publication__slug=publication_slug, slug=edition_slug)


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The question with its parameters, as this database wants it."""
    through = Edition.categories.through.objects.filter(edition=OuterRef("pk")).order_by()
    said = Concat(
        Cast("category_id", CharField()), Value(" "), "category__slug", Value(" "), "category__name",
        output_field=TextField(),
    )  # fmt: skip
    categories = through.values("edition").annotate(strung=Strung(said)).values_list("strung")  # type: ignore[misc]
    rows = _rows(*_HERE).annotate(categories_strung=Subquery(categories, output_field=TextField()))
    sql, parameters = rows[:1].query.sql_with_params()
    return sql, tuple(parameters)


_ADDRESSED = Addressed(_KEPT)


def edition_at(publication_slug: str, edition_slug: str) -> Edition:
    """The edition at an address, whatever its state: whether it may be read is for `access` to say.

    It is shared by all who ask while its rows are the same, with its publication, publisher, build and categories:
    who changes an edition takes one by its id. Raises NotFoundError.
    """
    return _ADDRESSED.get(publication_slug, edition_slug)
