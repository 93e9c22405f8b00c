"""The index follows the library by itself, can be made anew while people search, and says what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cast import Cast
from tests.search.archive import add_build, block, live_edition

from masthead.library.selectors import Edition
from masthead.library.services import edition_withdraw
from masthead.search import places, services
from masthead.search.asking import understood
from masthead.search.engine import Scope
from masthead.search.errors import IndexBusyError
from masthead.search.selectors import find


def found(words: str) -> int:
    return len(find(understood(words), Scope()).hits)


def test_an_edition_is_found_while_it_is_live_and_in_its_current_build(cast: Cast, data: Path) -> None:
    edition = live_edition(cast, data, [[block("p1-b1", "the keeper lit his lamp")]])
    assert found("lamp") == 0
    assert services.catch_up() == 1
    assert found("lamps") == 1
    assert services.catch_up() == 0  # nothing is done twice
    add_build(edition, data, [[block("p1-b1", "the sailor saw it")]])
    assert services.check() == ["Fathom: No. 1: behind"]
    services.catch_up()
    assert (found("lamp"), found("sailors")) == (0, 1)
    Edition.objects.filter(pk=edition.pk).update(date=date(2020, 1, 1))
    assert services.catch_up() == 1
    edition_withdraw(by=cast.owner, edition=Edition.objects.get(pk=edition.pk))
    services.catch_up()
    assert found("sailor") == 0
    assert services.check() == []


def test_an_edition_that_cannot_be_read_keeps_no_other_out(cast: Cast, data: Path) -> None:
    broken = live_edition(cast, data, [[block("p1-b1", "gone")]], "No. 1")
    live_edition(cast, data, [[block("p1-b1", "here")]], "No. 2")
    (data / broken.build.folder / "manifest.json").write_text("{")  # type: ignore[union-attr]
    services.catch_up()
    assert (found("gone"), found("here")) == (0, 1)
    assert services.check() == ["Fathom: No. 1: missing"]


def test_a_new_index_takes_the_place_of_the_old_one(cast: Cast, data: Path) -> None:
    live_edition(cast, data, [[block("p1-b1", "the keeper")]])
    services.catch_up()
    before = places.current()
    assert before is not None
    said: list[int] = []
    assert services.rebuild(lambda edition, number, count: said.append(number)) == 1
    assert said == [1]
    assert found("keeper") == 1
    if not places.is_on_server():
        files = {path.name for path in (data / "search").glob("index-*.sqlite3")}
        assert len(files) == 1, "the old one is removed"


def test_an_index_that_was_half_written_is_finished(cast: Cast, data: Path) -> None:
    first = live_edition(cast, data, [[block("p1-b1", "one")]], "No. 1")
    live_edition(cast, data, [[block("p1-b1", "two")]], "No. 2")
    places.adopt(places.begin())
    index = places.current()
    assert index is not None
    services.index_edition(index, first)  # and then the process was killed
    assert services.check() == ["Fathom: No. 2: missing"]
    assert services.catch_up() == 1
    assert services.check() == []


def test_one_process_writes_at_a_time(cast: Cast, data: Path) -> None:
    if places.is_on_server():
        pytest.skip("the lock of a server belongs to a connection, and this test has one")
    with places.writing(wait=False), pytest.raises(IndexBusyError):
        services.catch_up()


def test_a_damaged_index_is_noticed(cast: Cast, data: Path) -> None:
    live_edition(cast, data, [[block("p1-b1", "one")], [block("p2-b1", "two")]])
    services.catch_up()
    index = places.current()
    assert index is not None
    rows = "page" if not places.is_on_server() else f"{index.schema}.page"  # type: ignore[union-attr]
    key = "rowid" if not places.is_on_server() else "key"
    run = index._db.execute if not places.is_on_server() else index._run  # type: ignore[union-attr]
    run(f"DELETE FROM {rows} WHERE {key} = (SELECT MAX({key}) FROM {rows})")
    assert any("1 of 2 pages" in finding for finding in services.check())
