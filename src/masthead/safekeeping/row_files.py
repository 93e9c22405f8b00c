"""Rows as files that any program reads: JSON Lines with every value as it is, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, QuerySet

from masthead.library.sheets import harmless

_AT_ONCE = 500  # rows
_MARK = "\ufeff"  # without it spreadsheet programs take the bytes for another encoding


def rows_write(rows: QuerySet[Any], folder: Path, name: str, *, hidden: Collection[str] = ()) -> int:
    """Write `NAME.jsonl` and `NAME.csv`, a line for each row; how many there are. What refers to a row says its id."""
    fields = [field for field in rows.model._meta.concrete_fields if field.name not in hidden]
    names = [field.name for field in fields]
    count = 0
    with (
        (folder / f"{name}.jsonl").open("w", encoding="utf-8") as lines,
        (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as table,
    ):
        table.write(_MARK)
        writer = csv.writer(table)
        writer.writerow([harmless(name) for name in names])
        for values in _values(rows, fields):
            said = dict(zip(names, values, strict=True))
            lines.write(json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")
            writer.writerow([harmless(_cell(value)) for value in values])
            count += 1
    return count


def _values(rows: QuerySet[Any], fields: list[Field[Any, Any]]) -> Iterator[list[Any]]:
    row: Model
    for row in rows.order_by("pk").iterator(_AT_ONCE):
        yield [getattr(row, field.attname) for field in fields]


def _cell(value: Any) -> object:
    """Times in ISO 8601, numbers as they are, and what has parts as JSON."""
    if isinstance(value, datetime.date):  # a time is a date too
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | Decimal):
        return value
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
