"""What a day's events come to: the same in every order and however often they are told; visits, time, midnight."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.days import days, event

from masthead.statistics.counting import PAUSE, Happened, Key, Numbers, count
from masthead.statistics.kinds import Measure


def counted(*happened: Happened) -> Numbers:
    return count(sorted(happened, key=lambda one: one.visitor))


def of_edition(numbers: Numbers, measure: str, name: str = "") -> int:
    return numbers[Key("fathom", "no1", measure, name)]


@given(days, st.randoms())
def test_the_order_in_which_events_come_changes_nothing(happened: Sequence[Happened], chance: random.Random) -> None:
    mixed = list(happened)
    chance.shuffle(mixed)
    assert counted(*mixed) == counted(*happened)


@given(days)
def test_what_comes_twice_counts_once(happened: Sequence[Happened]) -> None:
    assert counted(*happened, *happened) == counted(*happened)


@given(days)
def test_every_visit_has_a_device_a_country_and_a_way_here(happened: Sequence[Happened]) -> None:
    numbers = counted(*happened)
    for scope in {(key.publication, key.edition) for key in numbers}:
        visits = numbers[Key(*scope, Measure.VISITS)]
        for measure in (Measure.DEVICE, Measure.COUNTRY, Measure.REFERRER):
            parts = [number for key, number in numbers.items() if key[:3] == (*scope, measure)]
            assert sum(parts) == visits
        assert numbers[Key(*scope, Measure.VISITORS)] <= visits


@given(days)
def test_parts_come_to_the_whole(happened: Sequence[Happened]) -> None:
    numbers = counted(*happened)
    pairs = ((Measure.PAGES, Measure.PAGE), (Measure.LINKS, Measure.LINK), (Measure.DOWNLOADS, Measure.FORMAT))
    for edition in ("no1", "no2"):
        for whole, part in pairs:
            parts = sum(number for key, number in numbers.items() if key[:3] == ("fathom", edition, part))
            assert parts == numbers[Key("fathom", edition, whole)]


@given(days)
def test_unique_items_are_never_more_than_all_nor_requests_more_than_investigations(days: Sequence[Happened]) -> None:
    numbers = counted(*days)
    for key, number in numbers.items():
        if key.measure == Measure.UNIQUE_REQUESTS:
            assert 0 < number <= numbers[key._replace(measure=Measure.TOTAL_REQUESTS)]
            assert number <= numbers[key._replace(measure=Measure.UNIQUE_INVESTIGATIONS)]


def test_a_pause_of_half_an_hour_ends_a_visit() -> None:
    one = counted(event(seconds=0), event(seconds=PAUSE), event(seconds=2 * PAUSE))
    assert of_edition(one, Measure.VISITS) == 1
    two = counted(event(seconds=0), event(seconds=PAUSE + 1))
    assert (of_edition(two, Measure.VISITS), of_edition(two, Measure.VISITORS)) == (2, 1)
    assert two[Key("", "", Measure.VISITORS)] == 1


def test_two_editions_in_one_sitting_are_one_visit_to_the_house_and_one_to_each() -> None:
    numbers = counted(event(), event(seconds=60, edition="no2"))
    assert numbers[Key("", "", Measure.VISITS)] == numbers[Key("fathom", "", Measure.VISITS)] == 1
    assert of_edition(numbers, Measure.VISITS) == numbers[Key("fathom", "no2", Measure.VISITS)] == 1


def test_a_page_that_the_server_sent_counts_where_no_script_tells_of_it() -> None:
    alone = counted(event(source="server"), event(source="server", seconds=9, page=2))
    assert of_edition(alone, Measure.PAGES) == 2
    both = counted(event(source="server"), event("open", 1), event(seconds=9, number=8), event(seconds=30, page=2))
    assert of_edition(both, Measure.PAGES) == 2
    passed_by = counted(event(source="server"), event("open", 1))
    assert (of_edition(passed_by, Measure.PAGES), of_edition(passed_by, Measure.VISITS)) == (0, 1)
    another_day = counted(event(source="server"), event("open", PAUSE * 2))
    assert of_edition(another_day, Measure.PAGES) == 1


def test_time_is_added_up_and_belongs_to_its_page() -> None:
    numbers = counted(event(number=8), event("time", 60, number=20), event("article", 90, name="boats", number=30))
    assert of_edition(numbers, Measure.SECONDS) == 58
    assert of_edition(numbers, Measure.PAGE_SECONDS, "1") == 28
    assert of_edition(numbers, Measure.PAGES) == of_edition(numbers, Measure.ARTICLES) == 1


def test_words_that_are_still_typed_are_no_search() -> None:
    typed = [event("search", at, name=words, number=0) for at, words in enumerate(["la", "lamp", "lamps"])]
    numbers = counted(*typed, event("search", 100, name="boats", number=3))
    assert of_edition(numbers, Measure.SEARCHES) == 2
    assert numbers[Key("fathom", "no1", Measure.SEARCHED_EMPTY, "lamps")] == 1
    assert of_edition(numbers, Measure.SEARCHES_EMPTY) == 1


def test_the_same_link_pressed_again_at_once_counts_once() -> None:
    link = {"name": "https://example.org/", "page": 3}
    numbers = counted(event("link", 0, **link), event("link", 29, **link), event("link", 90, **link))
    assert of_edition(numbers, Measure.LINKS) == 2
    assert of_edition(numbers, Measure.LINK, "3 https://example.org/") == 2


def test_what_is_opened_on_a_page_counts_once_in_half_a_minute_and_belongs_to_its_edition() -> None:
    film = {"name": "film", "page": 2}
    numbers = counted(event("overlay", 0, **film), event("overlay", 29, **film), event("overlay", 90, **film))
    assert of_edition(numbers, Measure.OVERLAYS) == 2
    assert of_edition(numbers, Measure.OVERLAY, "2 film") == 2
    assert Key("fathom", "", Measure.OVERLAY, "2 film") not in numbers


def test_programs_that_fetch_feeds_are_no_visitors() -> None:
    numbers = counted(event("feed", edition="", page=None), event("feed", 5, edition="", page=None))
    assert numbers == {Key("", "", Measure.FEEDS): 2, Key("fathom", "", Measure.FEEDS): 2}
