"""A house moves to another database: every row as it was, all or none, and the files that they name."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from tests.cast import Cast, make_cast, ready_edition

from masthead.accounts.selectors import Publisher, User, is_set_up
from masthead.library.build_folders import folder_exists
from masthead.library.models import Publication
from masthead.library.selectors import Edition
from masthead.production.models import Upload
from masthead.safekeeping import database
from masthead.safekeeping.checking import house_findings
from masthead.safekeeping.errors import HouseNotEmptyError, MoveFailedError, NothingToMoveError, OtherVersionError
from masthead.safekeeping.moving import DATABASE, house_move

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the house that moves has SQLite; see tests/scale"),
]
PDF = b"%PDF-1.7 the keeper lit his lamp"
LONG_AGO = datetime(2011, 3, 4, 5, 6, 7, 890, tzinfo=UTC)


def all_rows() -> dict[str, list[Any]]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.db_table: list(QuerySet(model).order_by("pk").values()) for model in models}


@pytest.fixture(autouse=True)
def two_databases(transactional_db: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """The test's own database is guarded against others, and the old house's is one."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def old(cast: Cast, data: Path, tmp_path: Path) -> Path:
    """The data folder of a house; the house of the test is empty again."""
    upload = Upload(sha256=hashlib.sha256(PDF).hexdigest(), size=len(PDF), name="harbour.pdf")
    upload.publisher, upload.by = cast.harbour, cast.owner
    upload.save()
    storages["originals"].save(upload.path, ContentFile(PDF))
    ready_edition(cast, data)
    QuerySet(Edition).update(created_at=LONG_AGO, deleted_at=LONG_AGO)  # set by itself when saved, and not shown
    folder = tmp_path / "old"
    shutil.copytree(data, folder, ignore=lambda _, names: [name for name in names if name.startswith("masthead.")])
    database.write_database(folder / DATABASE)
    call_command("flush", interactive=False, verbosity=0)
    for name in ("originals", "editions"):
        shutil.rmtree(data / name)
    return folder


def changed(old: Path, statement: str) -> None:
    with closing(sqlite3.connect(old / DATABASE)) as table:
        table.execute(statement)
        table.commit()


def test_every_row_and_file_comes_as_it_was_and_new_rows_get_new_numbers(old: Path, data: Path) -> None:
    assert not is_set_up()
    moved = house_move(old)
    here = all_rows()
    assert moved.rows == {table: len(rows) for table, rows in here.items()}
    with closing(sqlite3.connect(old / DATABASE)) as table:
        for name, count in moved.rows.items():
            assert table.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] == count
    edition = QuerySet(Edition).get()
    assert edition.created_at == edition.deleted_at == LONG_AGO
    assert not list(house_findings())
    assert moved.files > 3
    before = set(Publisher.objects.values_list("pk", flat=True))
    assert Publisher.objects.create(name="Another", slug="another").pk not in before


def test_what_was_brought_is_not_brought_again_and_what_was_cut_off_is(old: Path, data: Path) -> None:
    changed(old, "UPDATE library_edition SET publication_id = '-' || substr(publication_id, 2)")  # refers to nothing
    with pytest.raises(MoveFailedError):
        house_move(old)
    assert not is_set_up(), "of the rows nothing may stay"
    assert not QuerySet(Publication).exists()
    changed(old, "UPDATE library_edition SET publication_id = (SELECT id FROM library_publication)")
    (picture,) = data.glob("editions/*/*/pictures/240/1.webp")
    picture.write_bytes(b"cut off")
    assert house_move(old).files == 1
    assert not list(house_findings())


def test_nothing_is_written_over_a_house(old: Path) -> None:
    make_cast()
    before = all_rows()
    with pytest.raises(HouseNotEmptyError):
        house_move(old)
    assert all_rows() == before


def test_tables_of_another_version_are_refused(old: Path) -> None:
    changed(old, "DELETE FROM django_migrations WHERE app = 'library'")
    with pytest.raises(OtherVersionError):
        house_move(old)
    assert not User.objects.exists()


def test_a_folder_without_a_house_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NothingToMoveError):
        house_move(tmp_path)


def test_a_house_on_the_same_folder_keeps_its_files(old: Path, data: Path) -> None:
    for path in old.iterdir():
        if path.is_dir():
            shutil.copytree(path, data / path.name, dirs_exist_ok=True)
    shutil.copy(old / DATABASE, data / DATABASE)
    assert house_move(data).files == 0
    assert folder_exists(QuerySet(Edition).get().build.folder)  # type: ignore[union-attr]
