"""Ordering in special ways: options of a product, a customer's own prices, the publisher's shop, payment elsewhere."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.cast import Cast, signed_in
from tests.house.test_ordering import HOME, add, text
from tests.orders.selling import filled, selling_edition
from tests.production.overlays.laying import lay

from masthead.document.overlays import OverlayKind
from masthead.library.selectors import Edition
from masthead.orders.checkout import checkout_set, secret_of
from masthead.orders.price_lists import list_price_set, price_list_create
from masthead.orders.selectors import Order
from masthead.orders.services import product_create
from masthead.orders.tokens import token_made, token_read


@pytest.fixture
def live(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"feed_hosts": "shop.example"})
    return selling_edition(cast, data)


def key_of(cast: Cast, **said: str) -> bytes:
    wanted = {"shop_address": "", "shop_way": "redirect", "payment_address": "", **said}
    checkout = checkout_set(by=cast.shop, publication=cast.fathom, **wanted)
    return base64.b64decode(secret_of(checkout).removeprefix("whsec_"))


def test_an_option_is_chosen(cast: Cast, live: Edition) -> None:
    coat = {"name": "Coat", "price": "90", "currency": "EUR", "group": "coat"}
    others = (("C-L", "L", {"price": "95", "minimum": "2"}), ("C-X", "XL", {"stock": "0"}))
    for code, option, more in (("C-M", "M", {}), *others):
        product_create(by=cast.shop, publication=cast.fathom, said={**coat, "code": code, "option": option, **more})
    lay(cast, live, OverlayKind.PRODUCT, page=1, code="C-M")
    client = Client()
    page = text(client, "product?code=C-M")
    assert all(f'href="?code={code}"' in page for code in ("C-M", "C-L", "C-X"))
    entry = next(one for one in client.get(f"{HOME}/overlays.json").json()["overlays"] if one.get("code") == "C-M")
    assert [(one["option"], one["price"], one.get("minimum")) for one in entry["options"]] == [
        ("L", "95.00", 2),
        ("M", "90.00", None),
        ("XL", "90.00", None),
    ]
    assert add(client, "C-L", "2").status_code == 303, "it lies on no page itself, but is an option of what does"
    assert "Coat, L" in text(client, "cart")
    client.post(f"{HOME}/order", filled(text(client, "order")))
    line = Order.objects.get().lines.get()
    assert (line.code, line.name, str(line.amount)) == ("C-L", "Coat, L", "190.000")


def test_a_customer_orders_at_their_own_prices(cast: Cast, live: Edition) -> None:
    trade = price_list_create(by=cast.shop, publication=cast.fathom, name="Trade", domains=["reader.example"])
    list_price_set(by=cast.shop, price_list=trade, code="RO-1", least=5, price="2.00")
    trader, stranger = signed_in(cast.reader), Client()
    for client in (trader, stranger):
        add(client, "RO-1", "5")
    shown = text(trader, "cart")
    if "€10.00" not in shown:  # the address has to be confirmed before its domain counts
        from tests.access.people import confirm

        confirm(cast.reader)
        shown = text(trader, "cart")
    assert ("€2.00" in shown, "€10.00" in shown) == (True, True)
    assert "€16.00" in text(stranger, "cart")
    trader.post(f"{HOME}/order", filled(text(trader, "order")))
    assert str(Order.objects.get().total) == "10.000"


def test_the_cart_goes_on_at_the_publishers_shop(cast: Cast, live: Edition) -> None:
    key = key_of(cast, shop_address="https://shop.example/carts")
    client = Client()
    add(client, "RO-1", "2")
    page = text(client, "order")
    assert "Go on to shop.example" in page
    assert 'name="email"' not in page
    answer = client.get(f"{HOME}/cart/shop")
    assert answer.status_code == 303
    address = urlsplit(answer["Location"])
    assert address.netloc == "shop.example"
    cart = token_read(key, parse_qs(address.query)["cart"][0], datetime.now(UTC))
    assert [(line["code"], line["quantity"]) for line in cart["lines"]] == [("RO-1", 2)]
    assert cart["back"].endswith(f"{HOME}/cart")
    assert client.post(f"{HOME}/order", filled(page)).status_code == 200
    assert not Order.objects.exists()
    assert Client().get(f"{HOME}/cart/shop")["Location"] == f"{HOME}/cart", "nothing is in it"


def test_an_order_is_paid_elsewhere(cast: Cast, live: Edition) -> None:
    key = key_of(cast, payment_address="https://shop.example/pay")
    client = Client()
    add(client, "RO-1", "2")
    sent = client.post(f"{HOME}/order", filled(text(client, "order")))["Location"]
    assert "Pay now" in client.get(sent).content.decode()
    out = client.get(f"{sent}/pay")
    asked = token_read(key, parse_qs(urlsplit(out["Location"]).query)["order"][0], datetime.now(UTC))
    assert (asked["total"], asked["currency"]) == ("6.40", "EUR")
    assert "Not paid yet" in client.get(sent).content.decode()
    back = urlsplit(asked["back"]).path
    said = {"type": "payment", "order": asked["order"], "currency": "EUR", "total": "6.40", "payment": "paid"}
    token = token_made(key, {**said, "reference": "ch_1"}, datetime.now(UTC))
    assert client.get(back, {"token": f"{token[:-3]}AAA"}).status_code == 409
    provider = Client(enforce_csrf_checks=True)
    assert provider.post(back, {"token": token}).status_code == 204
    assert client.get(back, {"token": token})["Location"] == sent
    page = client.get(sent).content.decode()
    assert ("Paid" in page, "Pay now" in page) == (True, False)
    assert client.get(f"{sent}/pay")["Location"] == sent
    assert Order.objects.get().payment_reference == "ch_1"
    for address in (f"{HOME}/orders/guessed/pay", f"{sent}x/pay"):
        assert client.get(address).status_code == 404


def test_an_order_without_its_person_still_shows(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    add(client, "RO-1", "2")
    sent = client.post(f"{HOME}/order", filled(text(client, "order")))["Location"]
    Order.objects.update(particulars={}, person=None)
    page = client.get(sent).content.decode()
    assert ("Rope" in page, "rita@" in page) == (True, False)


def test_a_cart_from_a_frame_is_brought_along_once(cast: Cast, live: Edition) -> None:
    client = Client()
    add(client, "BE-2", "2")
    lines = json.dumps([["RO-1", 3]])
    page = client.get(f"{HOME}/cart", {"cart": "d-frame", "lines": lines}).content.decode()
    assert "€9.60" in page
    assert "Rope" not in text(client, "cart"), "a link alone puts nothing in"
    for _ in range(2):
        answer = client.post(f"{HOME}/cart", {"bring": "yes", "cart": "d-frame", "lines": lines})
        assert answer["Location"] == f"{HOME}/cart"
    assert 'value="3"' in text(client, "cart")
    for wrong in ("", "[", "[1]", json.dumps([["RO-1", -2]])):
        assert b"There are no items in your cart" in client.get(f"{HOME}/cart", {"lines": wrong}).content
