"""What a customer pays is on the card before the cart; what everybody pays is on the pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from tests.access.people import set_terms
from tests.cast import Cast, signed_in
from tests.orders.selling import selling_edition

from masthead.access.subscribing import period_give, subscription_create
from masthead.library.selectors import Edition
from masthead.orders.price_lists import list_price_set, price_list_create, price_list_remove
from masthead.orders.selectors import PriceList

HOME = "/fathom/no-1"


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return selling_edition(cast, data)


def trade(cast: Cast) -> PriceList:
    """A list of the reader's own, by a subscription that they hold."""
    held = subscription_create(by=cast.owner, publisher=cast.harbour, name="Trade", kind="traditional", publications=[])
    period_give(by=cast.owner, subscription=held, user=cast.reader, starts=date(2020, 1, 1), ends=None)
    made = price_list_create(by=cast.shop, publication=cast.fathom, name="Trade", subscriptions=[held])
    list_price_set(by=cast.shop, price_list=made, code="RO-1", price="2.90")
    list_price_set(by=cast.shop, price_list=made, code="RO-1", least=10, price="2.50")
    return made


def priced(client: Client, code: str = "ro-1") -> list[dict[str, object]]:
    answer = client.get(f"{HOME}/product.json?code={code}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    found: list[dict[str, object]] = answer.json()["products"]
    return found


def test_a_customer_sees_their_own_price_before_the_cart(cast: Cast, live: Edition) -> None:
    trade(cast)
    own = {"price": "2.90", "scale": [{"least": 10, "price": "2.50"}], "usual": "3.20"}
    assert priced(signed_in(cast.reader)) == [{"code": "RO-1", "currency": "EUR", **own}]
    for other in (Client(), signed_in(cast.outsider)):
        assert priced(other) == [{"code": "RO-1", "currency": "EUR", "price": "3.20", "scale": []}]
    page = signed_in(cast.reader).get(f"{HOME}/product?code=RO-1").content.decode()
    assert all(words in page for words in ("Your price", "€2.90", "instead of €3.20", "From 10", "€2.50"))
    assert "Your price" not in Client().get(f"{HOME}/product?code=RO-1").content.decode()
    for client in (Client(), signed_in(cast.reader)):
        laid = client.get(f"{HOME}/overlays.json").content
        assert b"2.90" not in laid, "nobody's own price is in what caches keep"


def test_what_everybody_pays_is_on_the_pages_and_follows_the_list(cast: Cast, live: Edition) -> None:
    def laid() -> dict[str, object]:
        rows = Client().get(f"{HOME}/overlays.json").json()["overlays"]
        return {name: value for name, value in rows[0].items() if name in ("code", "price", "scale")}

    assert laid() == {"code": "RO-1", "price": "3.20"}
    made = price_list_create(by=cast.shop, publication=cast.fathom, name="Summer", is_for_all=True)
    list_price_set(by=cast.shop, price_list=made, code="RO-1", price="3.00")
    list_price_set(by=cast.shop, price_list=made, code="RO-1", least=5, price="2.80")
    assert laid() == {"code": "RO-1", "price": "3.00", "scale": [{"least": 5, "price": "2.80"}]}
    page = Client().get(f"{HOME}/page/1").content.decode()
    assert ("€3.00" in page, "From 5" in page, "€2.80" in page) == (True, True, True)
    price_list_remove(by=cast.shop, price_list=made)
    assert laid() == {"code": "RO-1", "price": "3.20"}


def test_prices_of_closed_pages_are_told_to_nobody(cast: Cast, live: Edition) -> None:
    trade(cast)
    assert priced(signed_in(cast.reader), "be-2")
    set_terms(cast, live, ways=["subscription"], free="1")
    stranger = Client()
    assert priced(stranger, "be-2") == []
    assert priced(stranger, "none") == []
    assert priced(stranger)
    set_terms(cast, live, ways=["subscription"])
    assert stranger.get(f"{HOME}/product.json?code=RO-1").status_code == 403
