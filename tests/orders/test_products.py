"""Products: what can be kept, lists taken in row by row, and pages that show what is offered now."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast
from tests.production.overlays.laying import edition_with_words, lay
from tests.spreadsheets import workbook

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import log_list
from masthead.document.overlays import OverlayKind
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.library.services import publication_create
from masthead.orders.checking import amount_of, amount_text, currencies, key_of, product_checked
from masthead.orders.errors import ProductChangedError, ProductInvalidError, ProductsUnreadableError, ProductTakenError
from masthead.orders.importing import Sums, products_import, read_products, sums_of, template
from masthead.orders.selectors import Product, product_get, product_list
from masthead.orders.services import product_change, product_create, product_remove, version_of
from masthead.production.overlays.selectors import laid_of

LANTERN = {"code": "FA-4711", "name": "Lantern", "price": "24.50", "currency": "EUR", "tax": "19"}


def make(cast: Cast, **said: str) -> Product:
    return product_create(by=cast.shop, publication=cast.fathom, said={**LANTERN, **said})


@given(st.decimals(min_value=0, max_value=999_999_999, places=2))
def test_an_amount_is_read_however_its_thousands_are_set(amount: Decimal) -> None:
    assert amount_of(f"{amount:,.2f}") == amount
    assert amount_of(f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))) == amount
    assert amount_of(f"{amount:.2f}".replace(".", ",")) == amount
    assert amount_of(f"{amount:.2f}".translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"))) == amount


@given(st.sampled_from(sorted(currencies())), st.decimals(min_value=0, max_value=999_999, places=3))
def test_a_price_has_the_digits_of_its_currency_or_is_refused(currency: str, amount: Decimal) -> None:
    said = {**LANTERN, "price": f"{amount:f}", "currency": currency}
    if amount != round(amount, get_currency_precision(currency)):
        with pytest.raises(ProductInvalidError) as refused:
            product_checked(said)
        assert refused.value.field == "price"
    else:
        kept = product_checked(said)
        assert kept["price"] == amount
        assert Decimal(amount_text(kept["price"], currency)) == amount


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *(("code", typed) for typed in ("", "  ", "x" * 61)),
        *(("name", typed) for typed in ("", "x" * 201)),
        *(("price", typed) for typed in ("cheap", "-1", "1.234", "NaN", "1e99", "Infinity")),
        *(("currency", typed) for typed in ("", "EURO", "XQQ")),
        *(("tax", typed) for typed in ("100", "-1", "x", "1.234")),
        *(("pack_size", typed) for typed in ("0", "1.5", "many")),
        *(("stock", typed) for typed in ("-1", "x")),
        *(("address", typed) for typed in ("javascript:alert(1)", "mailto:a@b.example", "https://" + "x" * 2000)),
        ("description", "x" * 2001),
    ],
)
def test_each_mistake_is_named_at_its_field(field: str, typed: str) -> None:
    with pytest.raises(ProductInvalidError) as refused:
        product_checked({**LANTERN, field: typed})
    assert refused.value.field == field


def test_a_product_is_made_changed_and_removed_and_the_log_says_so(cast: Cast) -> None:
    made = make(cast, stock="3")
    with pytest.raises(ProductTakenError):
        make(cast, code=" fa-4711 ")
    seen = version_of(made)
    said = {**LANTERN, "price": "19,90", "stock": "0"}
    product_change(by=cast.shop, product=made, said=said, is_offered=True, seen=seen)
    with pytest.raises(ProductChangedError):
        product_change(by=cast.owner, product=made, said=LANTERN, is_offered=True, seen=seen)
    changed = Product.objects.get()
    assert (changed.price, changed.stock, changed.tax) == (Decimal("19.9"), 0, 19)
    product_remove(by=cast.shop, product=changed)
    assert not Product.objects.exists()
    told = {row.action: row for row in log_list(cast.owner, cast.harbour) if row.action.startswith("product.")}
    assert set(told) == {"product.create", "product.change", "product.remove"}
    assert told["product.change"].before == {"price": "24.5", "stock": 3}


def test_only_those_who_see_to_the_shop_may(cast: Cast) -> None:
    made = make(cast)
    for person in (cast.editor, cast.outsider, cast.reader):
        with pytest.raises(NotAllowedError):
            product_create(by=person, publication=cast.fathom, said={**LANTERN, "code": "2"})
        with pytest.raises(NotAllowedError):
            product_change(by=person, product=made, said=LANTERN, is_offered=False)
        with pytest.raises(NotAllowedError):
            product_remove(by=person, product=made)
        with pytest.raises(NotAllowedError):
            products_import(by=person, publication=cast.fathom, rows=[])
        with pytest.raises(NotAllowedError):
            product_list(person, cast.fathom)
    elsewhere = publication_create(by=cast.owner, publisher=cast.harbour, name="Leeward")
    with pytest.raises(NotFoundError):
        product_get(cast.shop, elsewhere, made.pk)


LIST = """Code;Name;Price;Currency;Stock;Colour
FA-4711;Lantern;19,90;EUR;5;red
fa-4712;Wick;"1.200,00";EUR;;
FA-4713;;5;EUR;;
;Nameless;5;EUR;;
FA-4714;Rope;five;EUR;;
FA-4715;Cleat;5;;;
fa-4712;Wick again;5;EUR;;

'=4716;'Oil;1;JPY;;
"""


def problems(rows: Any) -> dict[int, tuple[str, str]]:
    return {row.number: (row.problem.code, row.problem.field) for row in rows if row.problem}


def test_a_list_is_looked_at_row_by_row_and_then_kept(cast: Cast) -> None:
    make(cast, description="Brass", pack_size="6")
    rows = read_products(cast.fathom, LIST.encode())
    assert problems(rows) == {
        4: ("product_name", "name"),
        5: ("product_code", "code"),
        6: ("product_price", "price"),
        7: ("product_currency", "currency"),
        8: ("product_twice", "code"),
    }
    assert sums_of(rows) == Sums(new=2, changed=1, same=0, problems=5)
    assert Product.objects.count() == 1
    products_import(by=cast.shop, publication=cast.fathom, rows=rows)
    kept = {row.code: row for row in Product.objects.all()}
    assert set(kept) == {"FA-4711", "fa-4712", "=4716"}
    lantern = kept["FA-4711"]
    assert (lantern.price, lantern.stock, lantern.description, lantern.pack_size) == (Decimal("19.9"), 5, "Brass", 6)
    assert kept["fa-4712"].price == 1200
    again = read_products(cast.fathom, LIST.encode())
    assert sums_of(again) == Sums(new=0, changed=0, same=3, problems=5)


def test_a_workbook_reads_as_the_same_list(cast: Cast) -> None:
    data = workbook([["Artikel", "Name", "Preis", "Währung"], ["x", "y", 1, "EUR"]])
    with pytest.raises(ProductsUnreadableError):
        read_products(cast.fathom, data)
    data = workbook([["code", "Name", "Preis", "Währung", "Bestand"], [4711, "Lantern", 24.5, "EUR", 3]])
    [row] = read_products(cast.fathom, data)
    assert row.problem is None
    assert (row.kept["code"], row.kept["price"], row.kept["stock"]) == ("4711", Decimal("24.50"), 3)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_list_to_fill_in_can_be_taken_in(cast: Cast, language: str) -> None:
    [row] = read_products(cast.fathom, template(language))
    assert row.problem is None
    assert row.kept["price"] == Decimal("24.50")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_are_refused(data: bytes) -> None:
    for start in (b"PK\x03\x04", b"Description\n", b""):
        with pytest.raises(ProductsUnreadableError):
            read_products(None, start + data)  # type: ignore[arg-type]


def product_on(edition: Edition) -> list[dict[str, Any]]:
    current = Edition.objects.get(pk=edition.pk)
    return [dict(one.particulars) for one in laid_of(current).overlays]


def test_pages_show_a_product_as_it_is_now(cast: Cast, data: Path) -> None:
    edition = edition_with_words(cast, data)
    made = make(cast, pack_size="6")
    lay(cast, edition, OverlayKind.PRODUCT, code="fa-4711")
    lay(cast, edition, OverlayKind.PRODUCT, page=2, code="9", name="Not in the list", price="5", currency="EUR")
    first, typed = product_on(edition)
    assert (first["name"], first["price"], first["currency"], first["pack"]) == ("Lantern", "24.50", "EUR", 6)
    assert typed["price"] == "5.00"
    made = product_change(by=cast.shop, product=made, said={**LANTERN, "price": "20", "stock": "0"}, is_offered=True)
    assert (product_on(edition)[0]["price"], product_on(edition)[0]["sold_out"]) == ("20.00", True)
    rows = read_products(cast.fathom, b"code,price,currency,stock\nFA-4711,18,EUR,4\n9,4,EUR,\n")
    assert problems(rows) == {3: ("product_name", "name")}
    products_import(by=cast.shop, publication=cast.fathom, rows=rows)
    assert product_on(edition)[0]["price"] == "18.00"
    product_change(by=cast.shop, product=made, said=LANTERN, is_offered=False)
    assert [one["name"] for one in product_on(edition)] == ["Not in the list"]
    product_change(by=cast.shop, product=made, said=LANTERN, is_offered=True)
    product_remove(by=cast.shop, product=made)
    assert [one["name"] for one in product_on(edition)] == ["Not in the list"]


def test_products_of_another_publication_are_not_shown(cast: Cast, data: Path) -> None:
    elsewhere = publication_create(by=cast.owner, publisher=cast.harbour, name="Leeward")
    product_create(by=cast.owner, publication=elsewhere, said=LANTERN)
    edition = edition_with_words(cast, data)
    lay(cast, edition, OverlayKind.PRODUCT, code="FA-4711", name="As it was typed")
    assert [one["name"] for one in product_on(edition)] == ["As it was typed"]


def test_codes_are_compared_without_their_capitals_and_spaces() -> None:
    assert key_of(" Fa  4711 ") == key_of("FA 4711")
