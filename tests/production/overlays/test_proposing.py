"""Products that are found on pages by their codes: whole codes only, with the price that is printed behind them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.cast import Cast, signed_in
from tests.production.overlays.laying import edition_with_words, words

from masthead.document.overlays import Area
from masthead.library.selectors import Edition
from masthead.orders.services import product_create
from masthead.production.overlays.placing import PlacedWord
from masthead.production.overlays.proposing import codes_in, price_behind, proposals_of
from masthead.production.overlays.selectors import Overlay
from masthead.production.overlays.services import words_of

PAGES = {
    1: [words("Storm lantern (FA-4711), brass, 24,50 EUR", "Wick FA-4712 3.20 and wick FA-4712 again")],
    2: [words("FA-47110 is none of ours, nor XFA-4711", "A coil of rope lies here, 42 of them")],
    3: [words("Order the chart under NO 77 12 today", "and rope 180.00 too")],
}


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    for code, price in (("fa-4711", "24.50"), ("FA-4712", "3.50"), ("rope", "180"), ("42", "1"), ("No 77 12", "")):
        said = {"code": code, "name": f"Product {code}", "price": price, "currency": "EUR"}
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    product_create(
        by=cast.shop, publication=cast.fathom, said={"code": "brass", "name": "Not offered"}, is_offered=False
    )
    return edition_with_words(cast, data, pages=PAGES)


def test_codes_are_found_whole_with_their_printed_prices(edition: Edition) -> None:
    pages = words_of(edition)
    assert pages is not None
    found = [
        (one.page, one.product.code, one.printed, one.is_sure, one.has_changed) for one in proposals_of(edition, pages)
    ]
    assert found == [
        (1, "fa-4711", Decimal("24.50"), True, False),
        (1, "FA-4712", Decimal("3.20"), True, True),
        (2, "rope", None, False, False),
        (2, "42", None, False, False),
        (3, "No 77 12", Decimal("180.00"), True, False),  # "rope" may be just a word: it ends nothing
        (3, "rope", Decimal("180.00"), True, False),
    ]


def test_staff_lay_what_is_ticked_in_one_sweep(cast: Cast, edition: Edition) -> None:
    emil, home = signed_in(cast.editor), f"/office/editions/{edition.pk}/overlays/"
    assert b"Find products in the text" in emil.get(home).content
    page = emil.get(f"{home}products").content.decode()
    assert page.count('name="place"') == 6
    assert page.count(" checked>") == 4
    assert "The price has changed since it was printed." in page
    pages = words_of(edition)
    assert pages is not None
    names = [one.name for one in proposals_of(edition, pages) if one.is_sure]
    assert emil.post(f"{home}products", {"place": [*names, "9-nothing"]})["Location"] == home
    laid = list(Overlay.objects.all())
    assert [(row.page, row.particulars["code"]) for row in laid] == [
        (1, "fa-4711"),
        (1, "FA-4712"),
        (3, "No 77 12"),
        (3, "rope"),
    ]
    assert laid[0].anchor["exact"] == "(FA-4711),"
    assert emil.get(f"{home}products").content.count(b'name="place"') == 2
    shown = emil.get("/fathom/no-1/page/1").content.decode()
    assert "€24.50" in shown
    assert signed_in(cast.shop).get(f"{home}products").status_code == 403


@pytest.mark.parametrize(
    ("text", "price"),
    [
        (" brass, 24,50 EUR", "24.50"),
        (" 1.234,50 €", "1234.50"),
        (" £1,234.50", "1234.50"),
        (" 12 mm, 30 cm", None),
        (" 19.05.2026", None),
        (" 12.50 % off", None),
        (" " * 130 + "3.20", None),
        (" Adirondack Chair ** $ 859 $ 1,161", "859"),
        (" Sofa €1.200 or 1.250,00", "1200"),
        (" Dining Table 2,005 52 Dia. 29.5", None),
    ],
)
def test_the_price_behind_a_code(text: str, price: str | None) -> None:
    assert price_behind(text) == (Decimal(price) if price else None)


@pytest.mark.parametrize(
    ("text", "own", "price"),
    [
        (" Dining Table 2,005 52 Dia. 29.5", "2005", "2005"),
        (" Ottoman CUS100 405 559 574 24", "405", "405"),
        (" Ottoman CUS100 405 559 574 24", "406", None),
        (' 52" Rd. Dining Table 2,005', "52", None),  # inches
        (" Coffee Table, $ 910, was 859", "859", "910"),
        (" Pack of 2", "2", None),
        (" 12.5 mm", "12", None),
    ],
)
def test_a_whole_number_is_a_price_only_where_it_is_the_product_s_own(text: str, own: str, price: str | None) -> None:
    assert price_behind(text, Decimal(own)) == (Decimal(price) if price else None)


def test_the_longest_code_is_taken() -> None:
    text = "AB 12 34"
    placed = [PlacedWord(at, at + 2, 1, Area(0.1, 0.1, 0.1, 0.1)) for at in (0, 3, 6)]
    assert [key for key, _ in codes_in(text, placed, {"ab": 1, "ab 12": 1, "34": 1})] == ["ab 12", "34"]


def test_marks_of_footnotes_do_not_belong_to_a_code() -> None:
    text = "GV14*† BO77*§‡"
    placed = [PlacedWord(start, end, 1, Area(0.1, 0.1, 0.1, 0.1)) for start, end in ((0, 6), (7, 14))]
    assert [key for key, _ in codes_in(text, placed, {"gv14": 1, "bo77": 1})] == ["gv14", "bo77"]
