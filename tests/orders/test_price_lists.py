"""Price lists: who may use which, the lowest price, from a quantity on; in lists that are taken in and go out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, ready_edition, signed_in
from tests.orders.ordering import BELL, ROPE, placed
from tests.spreadsheets import workbook

from masthead.access.subscribing import period_give, subscription_create
from masthead.accounts.errors import NotAllowedError
from masthead.library.selectors import Edition
from masthead.orders.errors import PriceListInvalidError, ProductPriceError, ProductsUnreadableError
from masthead.orders.importing import Sums, products_import, read_products, sums_of
from masthead.orders.models import ListPrice, Product
from masthead.orders.placing import order_offer
from masthead.orders.price_lists import (
    list_price_set,
    price_list_change,
    price_list_create,
    price_list_remove,
    prices_for,
    prices_in,
    prices_replace,
)
from masthead.orders.pricing import price_of
from masthead.orders.selectors import PriceList
from masthead.orders.services import product_create


@pytest.fixture
def edition(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    for said in (ROPE, BELL):
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    return ready_edition(cast, data)


def make(cast: Cast, name: str = "Trade", price: str = "2.50", least: int = 1, **more: Any) -> PriceList:
    made = price_list_create(by=cast.shop, publication=cast.fathom, name=name, **more)
    list_price_set(by=cast.shop, price_list=made, code="ROPE", least=least, price=price)
    return made


def rope_for(edition: Edition, person: Any, quantity: int = 1) -> Decimal:
    return order_offer(edition=edition, wanted={"rope": quantity}, by=person).lines[0].price


AMOUNTS = st.integers(0, 20_000).map(lambda cents: Decimal(cents) / 100)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(AMOUNTS, st.lists(st.tuples(st.integers(1, 20), AMOUNTS), max_size=5), st.integers(1, 20), st.integers(0, 20))
def test_more_never_costs_more_each_and_lists_never_raise_a_price(
    own: Decimal, prices: list[tuple[int, Decimal]], few: int, more: int
) -> None:
    product = Product(pk="p", price=own, currency="EUR")
    at_few, at_many = (price_of(product, quantity, {"p": prices}) for quantity in (few, few + more))
    assert at_few is not None
    assert at_many is not None
    assert at_many <= at_few <= own
    assert at_few in {own, *(price for least, price in prices if least <= few)}


def test_a_price_on_request_stays_on_request() -> None:
    assert price_of(Product(pk="p", price=None), 5, {"p": [(1, Decimal(1))]}) is None


def test_a_list_is_for_those_with_a_running_period(cast: Cast, edition: Edition) -> None:
    trade = subscription_create(
        by=cast.owner, publisher=cast.harbour, name="Trade", kind="traditional", publications=[]
    )
    make(cast, subscriptions=[trade])
    assert rope_for(edition, None) == rope_for(edition, cast.reader) == Decimal("3.2")
    today = date.today()  # noqa: DTZ011
    before = today - timedelta(days=30)
    period_give(by=cast.owner, subscription=trade, user=cast.reader, starts=before, ends=today - timedelta(days=5))
    assert rope_for(edition, cast.reader) == Decimal("3.2")
    period_give(by=cast.owner, subscription=trade, user=cast.reader, starts=before, ends=today + timedelta(days=5))
    assert rope_for(edition, cast.reader) == Decimal("2.5")
    order = placed(edition, {"rope": 2}, by=cast.reader)
    assert (order.total, order.lines.get().price) == (Decimal(5), Decimal("2.5"))


def test_a_list_is_for_confirmed_addresses_of_its_domains(cast: Cast, edition: Edition) -> None:
    make(cast, domains=["@Reader.example", "ropes.example"])
    EmailAddress.objects.filter(user=cast.reader).update(verified=False)
    address = EmailAddress.objects.get(user=cast.reader)
    assert rope_for(edition, cast.reader) == Decimal("3.2")
    address.verified = True
    address.save()
    assert rope_for(edition, cast.reader) == Decimal("2.5")
    assert rope_for(edition, cast.editor) == Decimal("3.2")


def test_everybody_pays_less_from_a_quantity_on_and_the_lowest_counts(cast: Cast, edition: Edition) -> None:
    make(cast, "By quantity", "3.00", least=5, is_for_all=True)
    make(cast, "Autumn", "3.10", is_for_all=True)
    assert [rope_for(edition, None, quantity) for quantity in (1, 4, 5)] == [Decimal("3.1"), Decimal("3.1"), Decimal(3)]
    make(cast, "Nobody's", "0.01")
    assert rope_for(edition, cast.reader) == Decimal("3.1")


def test_what_was_agreed_at_another_price_is_not_ordered(cast: Cast, edition: Edition) -> None:
    made = make(cast, is_for_all=True)
    assert prices_for(None, cast.fathom.pk, [row.pk for row in Product.objects.all()])
    price_list_remove(by=cast.shop, price_list=made)
    assert rope_for(edition, None) == Decimal("3.2")
    assert not ListPrice.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "trade"}, "name"),
        ({"name": "A: B"}, "name"),
        ({"name": "B", "domains": ["not a domain"]}, "domains"),
    ],
)
def test_a_list_that_cannot_be_kept(cast: Cast, edition: Edition, said: dict[str, Any], field: str) -> None:
    make(cast)
    with pytest.raises(PriceListInvalidError) as wrong:
        price_list_create(by=cast.shop, publication=cast.fathom, **said)
    assert wrong.value.field == field


def test_only_the_shop_keeps_lists(cast: Cast, edition: Edition) -> None:
    made = make(cast)
    for person in (cast.editor, cast.outsider):
        with pytest.raises(NotAllowedError):
            price_list_create(by=person, publication=cast.fathom, name="Mine")
        with pytest.raises(NotAllowedError):
            list_price_set(by=person, price_list=made, code="Rope", price="0")
        with pytest.raises(NotAllowedError):
            prices_replace(by=person, price_list=made, prices=[])
    foreign = subscription_create(by=cast.outsider, publisher=cast.other, name="X", kind="traditional", publications=[])
    said = {"name": "Trade", "is_for_all": False, "domains": []}
    price_list_change(by=cast.shop, price_list=made, subscriptions=[foreign], **said)
    assert not made.subscriptions.exists()


def test_all_prices_are_replaced_or_none(cast: Cast, edition: Edition) -> None:
    made = make(cast)
    with pytest.raises(ProductPriceError):
        prices_replace(by=cast.shop, price_list=made, prices=[("Bell", 1, "90"), ("Rope", 1, "cheap")])
    with pytest.raises(PriceListInvalidError):
        prices_replace(by=cast.shop, price_list=made, prices=[("Bell", 1, "90"), ("Anchor", 1, "1")])
    assert [(row.product.code, row.price) for row in prices_in(made)] == [("Rope", Decimal("2.5"))]
    prices_replace(by=cast.shop, price_list=made, prices=[("bell", 1, "90"), ("Bell", 5, "80.00")])
    assert [(row.product.code, row.least) for row in prices_in(made, "bel")] == [("Bell", 1), ("Bell", 5)]


def test_prices_come_in_with_a_list_of_products_and_go_out_with_it(cast: Cast, edition: Edition) -> None:
    made = make(cast)
    head = ["Code", "Price: Trade", "Preis: trade 10+"]
    rows = read_products(cast.fathom, workbook([head, ["Rope", "", 2], ["Bell", "95,50", "cheap"], ["Bell2", 1, 2]]))
    assert [type(row.problem).__name__ for row in rows] == ["NoneType", "ProductPriceError", "ProductNameError"]
    assert sums_of(rows) == Sums(changed=1, problems=2)
    products_import(by=cast.shop, publication=cast.fathom, rows=rows)
    assert [(row.product.code, row.least, row.price) for row in prices_in(made)] == [("Rope", 10, Decimal(2))]
    out = signed_in(cast.shop).get(f"/office/publications/{cast.fathom.pk}/products.csv").content
    assert b"Price: Trade 10+" in out
    assert b",2.00\r\n" in out
    assert sums_of(read_products(cast.fathom, out)) == Sums(same=2)


def test_prices_for_a_list_that_there_is_not_are_not_lost_without_a_word(cast: Cast, edition: Edition) -> None:
    with pytest.raises(ProductsUnreadableError, match="no price list is called Trade"):
        read_products(cast.fathom, b"Code,Price: Trade\nRope,1\n")


def test_a_list_whose_name_ends_like_a_quantity(cast: Cast, edition: Edition) -> None:
    made = make(cast, "Over 10+")
    rows = read_products(cast.fathom, b"Code,Price: Over 10+\nRope,1.50\n")
    products_import(by=cast.shop, publication=cast.fathom, rows=rows)
    assert prices_in(made).get().price == Decimal("1.5")
