"""Brings the rows of an embedded database into the house's own, whatever kind that is: all in one transaction, or none.

Values go through the framework's fields, which know how each database writes them; what a field does by itself when
something is saved (a time, a file) is left out, so that a row comes as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, Model, QuerySet

from masthead.accounts.selectors import is_set_up
from masthead.safekeeping.errors import HouseNotEmptyError, MoveFailedError, OtherVersionError

_ALIAS = "moving"
_ROWS = 500  # that are written at once


def rows_bring(source: Path) -> dict[str, int]:
    """Copy every row of the SQLite file; how many there are in each table.

    The tables of the house are there, and hold nothing but what making them put there. Raises HouseNotEmptyError,
    OtherVersionError, and MoveFailedError where a row does not fit or is missing afterwards; then nothing has changed.
    """
    with _opened(source):
        models = _models()
        with transaction.atomic():
            if is_set_up():
                raise HouseNotEmptyError("")
            for model in models:
                _rows(model, "default")._raw_delete("default")
            found = {model._meta.db_table: _copy(model) for model in models}
            _compare(models, found)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), models):
                    cursor.execute(statement)
        ContentType.objects.clear_cache()
    return found


def copy_of(source: Path, target: Path) -> None:
    """All rows as they are at one moment, also while somebody writes."""
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as copy:
        old.backup(copy)


@contextmanager
def _opened(source: Path) -> Iterator[None]:
    """The file as a database of the framework; raises OtherVersionError where its tables are not of this version."""
    default = connections.settings["default"]
    here = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(source), "OPTIONS": {}, "HOST": "", "PORT": ""}
    connections.settings[_ALIAS] = {**default, **here, "CONN_MAX_AGE": 0}
    try:
        executor = MigrationExecutor(connections[_ALIAS])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
        if plan or any(app in apps.app_configs for app, _ in unknown):
            raise OtherVersionError("" if unknown else f"{len(plan)} changes of its tables are missing")
        yield
    finally:
        connections[_ALIAS].close()
        del connections[_ALIAS]
        del connections.settings[_ALIAS]


def _models() -> Sequence[type[Model]]:
    """All that have a table of their own, those between two others included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _rows(model: type[Model], alias: str) -> QuerySet[Model]:
    """Every row, also those that a model's own manager does not show."""
    return QuerySet(model, using=alias)


def _copy(model: type[Model]) -> int:
    fields: list[Field[Any, Any]] = [field for field in model._meta.local_concrete_fields if not field.generated]
    most = connection.ops.bulk_batch_size([field.attname for field in fields], range(_ROWS))
    count = 0
    try:
        for rows in _some_rows(model, min(_ROWS, most)):
            _rows(model, "default")._insert(rows, fields=fields, using="default", raw=True)  # type: ignore[attr-defined]
            count += len(rows)
    except (DatabaseError, ValueError) as error:
        raise MoveFailedError(f"{model._meta.db_table}: {str(error).splitlines()[0]}") from error
    return count


def _some_rows(model: type[Model], size: int) -> Iterator[list[Model]]:
    """So many of the old rows at a time."""
    rows = _rows(model, _ALIAS).order_by("pk").iterator(chunk_size=size)
    while some := [row for _, row in zip(range(size), rows, strict=False)]:
        yield some


def _compare(models: Sequence[type[Model]], found: dict[str, int]) -> None:
    """Count both sides again, table by table; and let the database judge what refers to what."""
    for model in models:
        table = model._meta.db_table
        counts = [_rows(model, alias).count() for alias in (_ALIAS, "default")]
        if counts != [found[table]] * 2:
            raise MoveFailedError(f"{table}: {counts[1]} of {counts[0]} rows came")
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise MoveFailedError(str(error).splitlines()[0]) from error
