"""Addresses are written as their country writes them, and nothing that was typed is left out."""

from __future__ import annotations

import pytest

from masthead.orders.addressing import address_lines


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (("GB", "12 Quay Street", "", "Harwick", "", "SW1A 1AA"), ["12 Quay Street", "Harwick", "SW1A 1AA"]),
        (("US", "1 Main Street", "Apt 2", "Boston", "MA", "02101"), ["1 Main Street", "Apt 2", "Boston, MA 02101"]),
        (("US", "1 Main Street", "", "Boston", "", ""), ["1 Main Street", "Boston"]),
        (("DE", "Am Kai 1", "", "Hamburg", "", "20457"), ["Am Kai 1", "20457 Hamburg"]),
        (("DE", "Am Kai 1", "", "Hamburg", "Hamburg State", "20457"), ["Am Kai 1", "20457 Hamburg", "Hamburg State"]),
        (("JP", "1-2-3 Kai", "", "Minato", "Tokyo", "105-0001"), ["〒105-0001", "Tokyo Minato", "1-2-3 Kai"]),
        (("ZZ", "Somewhere 1", "", "Nowhere", "", "1"), ["Somewhere 1", "1 Nowhere"]),
    ],
)
def test_each_country_in_its_order(typed: tuple[str, ...], written: list[str]) -> None:
    said = dict(zip(("country", "line1", "line2", "city", "state", "postcode"), typed, strict=True))
    assert address_lines(said, "en")[: len(written)] == written


def test_the_country_is_named_in_the_language_of_the_order() -> None:
    assert address_lines({"country": "NO", "line1": "Kai 1", "city": "Bergen"}, "de")[-1] == "Norwegen"
    assert address_lines({}, "en") == []
