"""From a line of a file to totals: every event once, whatever dies when; days by the publisher's clock."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.cast import Cast

from masthead.statistics import totals
from masthead.statistics.intake import take_in
from masthead.statistics.kinds import Kind, Source
from masthead.statistics.models import Day, Event, Salt, Total
from masthead.statistics.recording import HIDDEN, Place, Told, Visitor, line_of, record
from masthead.statistics.spool import append, finished, lines
from masthead.statistics.totals import count_again, count_day, count_due, events_forget
from masthead.statistics.visitors import salts_forget

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TODAY = NOW.date()
SOMEBODY = Visitor("192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "news.example")


@pytest.fixture
def place(cast: Cast, data: Path) -> Place:
    return Place(cast.harbour, cast.fathom.pk, "edition00001")


@pytest.fixture
def spool(data: Path) -> Path:
    return data / "events"


def seen(page: int = 1, **more: Any) -> Told:
    return Told(Kind.PAGE, Source.READER, page, number=5, **more)


def take(spool: Path, now: datetime = NOW) -> int:
    for path in spool.iterdir():
        path.rename(spool / f"{int(now.timestamp()) // 10 - 5}-{path.name.split('-', 1)[1]}")
    return take_in(spool, now, 90)


def number(measure: str, day: date = TODAY) -> int:
    return sum(Total.objects.filter(publication="", measure=measure, day=day).values_list("number", flat=True))


def test_events_become_totals(place: Place, spool: Path) -> None:
    for page in (1, 2, 3):
        record(place, SOMEBODY, seen(page), NOW)
    assert (take(spool), list(spool.iterdir())) == (3, [])
    assert count_due(NOW) == 1
    assert (number("pages"), number("visits"), number("seconds")) == (3, 1, 15)
    assert count_due(NOW) == 0


def test_no_address_and_no_browser_is_kept(place: Place, spool: Path) -> None:
    record(place, SOMEBODY, seen(), NOW)
    written = "".join(path.read_text() for path in spool.iterdir())
    assert "192.0.2" not in written
    assert "Mozilla" not in written
    assert json.loads(written)["visitor"] == line_of(place, SOMEBODY, seen(), NOW)["visitor"]


def test_a_visitor_is_another_one_tomorrow_and_at_another_publisher(place: Place, cast: Cast) -> None:
    def who(place: Place, now: datetime) -> object:
        return line_of(place, SOMEBODY, seen(), now)["visitor"]

    elsewhere = Place(cast.other, "p", "e")
    assert len({who(place, NOW), who(place, NOW + timedelta(days=1)), who(elsewhere, NOW)}) == 3
    assert who(place, NOW) == who(place, NOW + timedelta(hours=3))


def test_salts_are_thrown_away_when_the_day_is_over_by_the_publishers_clock(place: Place, cast: Cast) -> None:
    cast.harbour.time_zone = "Pacific/Auckland"  # thirteen hours ahead: the next day has begun there
    cast.harbour.save()
    line_of(place, SOMEBODY, seen(), NOW)
    assert [salt.day for salt in Salt.objects.all()] == [date(2026, 11, 29)]
    assert salts_forget(NOW + timedelta(hours=22)) == 0
    assert salts_forget(NOW + timedelta(hours=24)) == 1
    assert not Salt.objects.exists()


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "2026-11-28T23:59:59", "2026-11-28"),
        ("Europe/Berlin", "2026-11-28T23:00:00", "2026-11-29"),
        ("America/New_York", "2026-11-29T04:59:59", "2026-11-28"),
        ("America/New_York", "2026-11-01T05:30:00", "2026-11-01"),  # the hour that comes twice
        ("Europe/Berlin", "2026-03-29T01:30:00", "2026-03-29"),  # the night that lacks one
    ],
)
def test_days_are_the_publishers(place: Place, cast: Cast, zone: str, moment: str, day: str) -> None:
    cast.harbour.time_zone = zone
    assert line_of(place, SOMEBODY, seen(), datetime.fromisoformat(f"{moment}+00:00"))["day"] == day


def test_what_is_told_after_midnight_counts_for_the_new_day(place: Place) -> None:
    line = line_of(place, SOMEBODY, seen(ago=600.0), datetime(2026, 11, 28, 0, 1, tzinfo=UTC))
    assert (line["day"], line["at"]) == ("2026-11-28", "2026-11-28T00:00:00.000+00:00")


def test_searches_that_may_name_somebody_are_not_kept(place: Place) -> None:
    def words(said: str) -> object:
        return line_of(place, SOMEBODY, Told(Kind.SEARCH, name=said), NOW)["name"]

    assert words("  Light\n HOUSE ") == "light house"
    assert words("rita@reader.example") == words("+49 170 1234567") == HIDDEN
    assert words("1984") == "1984"


def test_a_batch_that_comes_twice_counts_once(place: Place, spool: Path) -> None:
    for _ in range(2):
        record(place, SOMEBODY, seen(identity="batch 0"), NOW)
    take(spool)
    assert Event.objects.count() == 1


def test_a_file_taken_twice_counts_once(place: Place, spool: Path) -> None:
    record(place, SOMEBODY, seen(), NOW)
    again = [(path.name, path.read_bytes()) for path in spool.iterdir()]
    take(spool)
    for name, content in again:  # killed after the events were safe, before the file was removed
        (spool / name).write_bytes(content)
    take(spool)
    count_due(NOW)
    assert (Event.objects.count(), number("pages")) == (1, 1)


def test_a_line_cut_off_by_a_death_and_lines_that_are_none_are_left_out(place: Place, spool: Path) -> None:
    record(place, SOMEBODY, seen(), NOW)
    path = next(spool.iterdir())
    line = json.loads(path.read_text())
    bad = [{**line, "kind": "nonsense"}, {**line, "at": "soon"}, [], {"id": 1}]
    path.write_text("".join(json.dumps(each) + "\n" for each in [line, *bad]) + path.read_text()[:40])
    take(spool)
    assert Event.objects.count() == 1


def test_a_file_that_may_still_grow_is_left_alone(spool: Path) -> None:
    append(spool, {"a": 1})
    (spool / "notes.txt").write_text("not ours")
    now = datetime.now(UTC).timestamp()
    assert finished(spool, now) == []
    assert [list(lines(path)) for path in finished(spool, now + 60)] == [[{"a": 1}]]


def test_writers_of_many_processes_do_not_cut_each_other(spool: Path) -> None:
    script = (
        "import sys, pathlib; from masthead.statistics.spool import append\n"
        "for n in range(200): append(pathlib.Path(sys.argv[1]), {'who': sys.argv[2], 'n': n, 'long': 'x' * 900})"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(spool), str(who)]) for who in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    read = [line for path in spool.iterdir() for line in lines(path)]
    assert len({(line["who"], line["n"]) for line in read}) == len(read) == 600


def test_a_count_that_saw_less_changes_nothing(place: Place, spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(place, SOMEBODY, seen(), NOW)
    take(spool)
    read = totals.events_of

    def while_more_comes(publisher: str, day: date) -> Any:
        found = list(read(publisher, day))
        monkeypatch.setattr(totals, "events_of", read)
        record(place, SOMEBODY, seen(2), NOW)
        take(spool)
        count_day(publisher, day, NOW)  # another process is quicker and saw both
        return iter(found)

    monkeypatch.setattr(totals, "events_of", while_more_comes)
    count_day(cast_id(place), TODAY, NOW)
    assert number("pages") == 2


def cast_id(place: Place) -> str:
    return place.publisher.pk


def test_a_count_that_dies_in_the_middle_leaves_the_totals_as_they_were(
    place: Place, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(place, SOMEBODY, seen(), NOW)
    take(spool)
    count_day(cast_id(place), TODAY, NOW)
    before = list(Total.objects.order_by("pk").values_list("measure", "name", "number"))
    record(place, SOMEBODY, seen(2), NOW)
    take(spool)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(Total.objects, "bulk_create", die)
        with pytest.raises(KeyboardInterrupt):
            count_day(cast_id(place), TODAY, NOW)
    assert list(Total.objects.order_by("pk").values_list("measure", "name", "number")) == before
    assert count_again(TODAY, TODAY, NOW) == 1
    assert number("pages") == 2
    count_again(TODAY, TODAY, NOW)
    assert number("pages") == 2


def test_old_events_are_removed_and_their_totals_stay(place: Place, spool: Path) -> None:
    record(place, SOMEBODY, seen(), NOW)
    take(spool)
    later = NOW + timedelta(days=91)
    assert events_forget(later, 90) == 0, "it was not counted yet"
    count_day(cast_id(place), TODAY, NOW)
    assert events_forget(later, 90) == 1
    assert not Event.objects.exists()
    assert Day.objects.get().is_closed
    record(place, SOMEBODY, seen(9), NOW)  # something very late
    take(spool, NOW)
    count_again(TODAY, TODAY, later)
    assert (number("pages"), Event.objects.count()) == (1, 0)


def test_a_file_that_the_database_refuses_is_laid_aside(
    place: Place, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DataError

    def refuse(*_: object, **__: object) -> None:
        raise DataError("value too long")

    record(place, SOMEBODY, seen(), NOW)
    with monkeypatch.context() as refusing:
        refusing.setattr(Event.objects, "bulk_create", refuse)
        assert take(spool) == 0
    assert [path.suffix for path in spool.iterdir()] == [".refused"]
    assert take_in(spool, NOW, 90) == 0


def test_a_full_disk_stops_nobody(place: Place, data: Path, caplog: pytest.LogCaptureFixture) -> None:
    (settings.MASTHEAD.data / "events").write_text("a file where the folder should be")
    record(place, SOMEBODY, seen(), NOW)
    assert "could not be kept" in caplog.text


def test_days_are_counted_again_by_the_command(place: Place, spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from masthead.command.counting import recount

    monkeypatch.setenv("MASTHEAD_DATA", str(spool.parent))
    record(place, SOMEBODY, seen(), NOW)
    take(spool)
    said = CliRunner().invoke(recount, ["--since", "2026-11-28", "--until", "2026-11-28"])
    assert said.output == "Days counted again: 1\n"
    assert number("pages") == 1
    assert CliRunner().invoke(recount, ["--since", "soon"]).exit_code == 2
