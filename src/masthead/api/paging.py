"""Lists in parts: each goes on exactly where the one before ended, whatever was added or removed meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import reduce
from typing import Annotated, Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field as Column
from django.db.models import Model, Q, QuerySet
from pydantic import Field

from masthead.api.errors import CursorInvalidError
from masthead.api.shapes import Page

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
Cursor = Annotated[str, Field(max_length=500)]
Limit = Annotated[int, Field(ge=1, le=200)]
Place = Annotated[str, Field(pattern="^[0-9]{0,6}$")]
"""The cursor of a list that is made anew each time it is asked for."""


def page_of(
    rows: QuerySet[Row],
    order: Sequence[str],
    cursor: str,
    limit: int,
    shape: Callable[[list[Row]], list[Item]],
) -> Page[Item]:
    """The part of the rows after the cursor, in an order of fields that end with a unique one.

    Fields must never be null. The cursor holds their values in the last row of the part before.
    Raises CursorInvalidError.
    """
    rows = rows.order_by(*order)
    if cursor:
        rows = rows.filter(_after(rows.model, order, _read(cursor, order)))
    found = list(rows[: limit + 1])
    following = _cursor(found[limit - 1], order) if len(found) > limit else None
    return Page(items=shape(found[:limit]), next=following)


def part_of(rows: Sequence[Item], cursor: str, limit: int) -> tuple[list[Item], str | None]:
    """The part of a list that is no table of rows, from a place on, and the place after it; None: it is the last."""
    at = int(cursor or 0)
    return list(rows[at : at + limit]), str(at + limit) if len(rows) > at + limit else None


def _after(model: type[Model], order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come later: equal in the first fields, beyond in the next."""
    found, equal = [], Q()
    for name, raw in zip(order, values, strict=True):
        field = name.removeprefix("-")
        try:
            value = _column(model, field).to_python(raw)
        except (ValidationError, TypeError, ValueError, OverflowError) as error:
            raise CursorInvalidError(str(error)) from error
        beyond = "lt" if name.startswith("-") else "gt"
        found.append(equal & Q(**{f"{field}__{beyond}": value}))
        equal &= Q(**{field: value})
    return reduce(lambda one, other: one | other, found)


def _column(model: type[Model], path: str) -> Column[Any, Any]:
    *parents, last = path.split("__")
    for parent in parents:
        related = model._meta.get_field(parent).related_model
        if not isinstance(related, type):
            raise FieldDoesNotExist(path)
        model = related
    column = model._meta.pk if last == "pk" else model._meta.get_field(last)
    assert isinstance(column, Column)
    return column


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for part in path.removeprefix("-").split("__"):
        value = getattr(value, part)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _cursor(row: Model, order: Sequence[str]) -> str:
    told = json.dumps([list(order), [_value(row, name) for name in order]], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read(cursor: str, order: Sequence[str]) -> list[Any]:
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        kept, values = told  # raises where it is no pair
    except (binascii.Error, ValueError, TypeError) as error:
        raise CursorInvalidError(cursor[:80]) from error
    is_fine = kept == list(order) and isinstance(values, list) and len(values) == len(order)
    if not is_fine or not all(isinstance(value, str | int) and "\x00" not in str(value) for value in values):
        raise CursorInvalidError(cursor[:80])
    return list(values)
