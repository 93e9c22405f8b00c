"""Carts agree: wishes count once, carts that join bring only what is more, whatever the order and however often."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead import wording
from masthead.orders.addressing import address_mistakes, countries
from masthead.orders.carts import MOST_LINES, Change, Deed, Kept, changes_read, lines_read
from masthead.orders.errors import CartFullError, CartUnreadableError

CODES = st.sampled_from(["Rope", "bell", "CHART"])
CHANGES = st.builds(Change, st.uuids().map(str), st.sampled_from(Deed), CODES, st.integers(0, 9))
LINES = st.dictionaries(st.sampled_from(["rope", "bell", "chart"]), st.integers(1, 9))
ENGLISH = wording.translator("en")


@settings(deadline=None)
@given(st.lists(CHANGES, max_size=12), st.data())
def test_a_change_counts_once_however_often_it_is_sent(changes: list[Change], data: st.DataObject) -> None:
    once = Kept(name="a").with_changes(changes)
    kept, sent = Kept(name="a"), 0
    while sent < len(changes):  # some are sent again together with those that follow
        start = data.draw(st.integers(max(0, sent - 3), sent))
        more = data.draw(st.integers(1, 4))
        kept = kept.with_changes(changes[start : sent + more])
        sent += more
    assert dict(kept.lines) == dict(once.lines)
    assert Kept.read(kept.written()) == kept
    assert all(number > 0 for number in kept.lines.values())


@settings(deadline=None)
@given(LINES, st.lists(LINES, min_size=1, max_size=5))
def test_a_cart_that_joins_again_brings_only_what_is_more(own: dict[str, int], times: list[dict[str, int]]) -> None:
    kept = Kept(name="a", lines=own)
    for brought in times:
        kept = kept.with_cart("b", brought).with_cart("b", brought)
    for key in ("rope", "bell", "chart"):
        most = max(brought.get(key, 0) for brought in times)
        assert kept.lines.get(key, 0) == own.get(key, 0) + most
    assert kept.with_cart("a", {"rope": 5}) == kept, "a cart does not join itself"


def test_what_was_ordered_does_not_come_back() -> None:
    kept = Kept(name="a").with_cart("b", {"rope": 2}).without({"rope": 2})
    assert dict(kept.with_cart("b", {"rope": 2}).lines) == {}
    assert dict(kept.with_cart("b", {"rope": 3}).lines) == {"rope": 1}
    assert dict(Kept(lines={"rope": 5, "bell": 1}).without({"rope": 2, "bell": 1}).lines) == {"rope": 3}


def test_a_cart_holds_only_so_much() -> None:
    changes = [Change(f"change{at}", Deed.ADD, f"X{at}", 1) for at in range(MOST_LINES + 1)]
    assert len(Kept().with_changes(changes[:-1]).lines) == MOST_LINES
    with pytest.raises(CartFullError):
        Kept().with_changes(changes)
    with pytest.raises(CartFullError):
        lines_read([[f"X{at}", 1] for at in range(MOST_LINES + 1)])
    assert lines_read([["Rope ", "2"], ["rope", 1], ["bell", -1], ["", 3]]) == {"rope": 1}
    for wrong in (3, [3], [["rope"]], [["rope", "many"]], None):
        with pytest.raises(CartUnreadableError):
            lines_read(wrong)
    for wrong in (3, [{}], [{"id": "long-enough", "deed": "steal", "code": "a", "quantity": 1}]):
        with pytest.raises(CartUnreadableError):
            changes_read(wrong)


@pytest.mark.parametrize(
    ("country", "wrong", "right"),
    [
        ("DE", {"postcode": "2045"}, {"line1": "Am Kai 1", "postcode": "20457", "city": "Hamburg"}),
        ("GB", {"postcode": "E1"}, {"line1": "1 Quay", "postcode": "e1 6an", "city": "London"}),
        ("US", {"state": "Californa"}, {"line1": "1 Way", "postcode": "94043", "city": "X", "state": "CA"}),
        ("IE", {"city": ""}, {"line1": "1 Quay", "city": "Cork"}),
        ("AE", {"state": ""}, {"line1": "1 Street", "state": "دبي"}),
        ("HK", {"line1": ""}, {"line1": "1 Road", "state": "Kowloon", "city": "Mong Kok"}),
    ],
)
def test_each_country_has_its_rules(country: str, wrong: dict[str, str], right: dict[str, str]) -> None:
    whole = {"country": country, **right}
    assert address_mistakes(whole, ENGLISH) == {}
    assert list(address_mistakes({**whole, **wrong}, ENGLISH)) == list(wrong)


def test_an_address_can_be_written_for_every_country() -> None:
    """No country asks for what the form has no field for, or for what nobody can know."""
    for code, _ in countries("en"):
        found = address_mistakes({"country": code}, ENGLISH)
        assert set(found) <= {"line1", "city", "state", "postcode"}, code
    assert list(address_mistakes({"country": "XX"}, ENGLISH)) == ["country"]
    assert list(address_mistakes({}, ENGLISH)) == ["country"]
