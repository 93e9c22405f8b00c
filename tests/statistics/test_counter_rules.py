"""COUNTER's examples and rules: double clicks, unique items in a session of an hour, whole files."""

from __future__ import annotations

import pytest
from tests.statistics.days import event

from masthead.statistics.counter_rules import counter_numbers
from masthead.statistics.counting import Happened


def numbers(*happened: Happened) -> dict[tuple[str, str], int]:
    return {(measure, name): number for measure, name, number in counter_numbers(happened)}


@pytest.mark.parametrize(("seconds", "actions"), [(29, 1), (30, 1), (35, 2)])
def test_a_double_click_is_one_action(seconds: int, actions: int) -> None:
    """10:01:00 and 10:01:29 are a double click, 10:01:00 and 10:01:35 are two actions."""
    found = numbers(
        event("article", 60, name="boats", items="boats"), event("article", 60 + seconds, name="boats", items="boats")
    )
    assert found["total_requests", "free boats"] == actions
    assert found["unique_requests", "free boats"] == 1


def test_of_a_chain_of_clicks_the_last_remains() -> None:
    chain = [event("article", at, name="boats", items="boats") for at in (0, 20, 40, 60)]
    assert numbers(*chain)["total_requests", "free boats"] == 1


def test_two_formats_within_thirty_seconds_are_two_requests_of_one_item() -> None:
    found = numbers(event("page", 0, items="boats"), event("article", 10, name="boats", items="boats"))
    assert (found["total_requests", "free boats"], found["unique_requests", "free boats"]) == (2, 1)


def test_the_next_hour_is_another_session() -> None:
    found = numbers(event("page", 0, items="boats"), event("page", 3600, items="boats"))
    assert found["unique_requests", "free boats"] == 2


def test_a_file_of_the_whole_holds_every_item() -> None:
    found = numbers(event("download", name="pdf", items="boats lamps storms"))
    assert [key for key in found if key[0] == "unique_requests"] == [
        ("unique_requests", f"free {item}") for item in ("boats", "lamps", "storms")
    ]


def test_an_edition_without_articles_is_one_item() -> None:
    assert numbers(event("page", items="-"), event("page", 90, page=2, items="-"))["unique_requests", "free "] == 1


def test_a_page_on_which_no_article_begins_is_no_item() -> None:
    assert numbers(event("page")) == {}


def test_sharing_is_an_investigation_but_no_request() -> None:
    found = numbers(event("share", name="mail", items="boats"))
    assert set(found) == {("total_investigations", "free boats"), ("unique_investigations", "free boats")}


def test_free_and_controlled_are_told_apart() -> None:
    found = numbers(event("page", items="boats"), event("page", 60, items="boats", access="controlled"))
    assert found["total_requests", "free boats"] == found["total_requests", "controlled boats"] == 1
