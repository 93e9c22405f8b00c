"""From the cart to a shop's own checkout, and from an order to the page where it is paid: with the example shop."""

from __future__ import annotations

import io
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from PIL import Image
from tests.cast import Cast, signed_in
from tests.orders.selling import ROPE, filled, selling_edition
from tests.orders.test_checkout import example_shop, led_to, read

from masthead.library.selectors import Edition
from masthead.orders.checkout import checkout_set, secret_of
from masthead.orders.pictures import product_picture_set
from masthead.orders.price_lists import list_price_set, price_list_create
from masthead.orders.selectors import Checkout, Order, Product
from masthead.orders.services import product_change, product_create
from masthead.orders.working import order_erase, order_status_set

HOME = "/fathom/no-1"


@pytest.fixture
def live(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"feed_hosts": "127.0.0.1"})
    return selling_edition(cast, data)


def ways(cast: Cast, shop: str = "", way: str = "post", pay: str = "") -> Checkout:
    said = {"shop_address": shop, "shop_way": way, "payment_address": pay}
    return checkout_set(by=cast.shop, publication=cast.fathom, **said)


def with_a_cart(client: Client, quantity: int = 4) -> Client:
    client.post(f"{HOME}/product?code=RO-1", {"quantity": str(quantity), "change": "once"})
    return client


@pytest.mark.parametrize("way", ["post", "redirect"])
def test_a_cart_goes_on_at_the_shop(cast: Cast, live: Edition, way: str) -> None:
    client = with_a_cart(Client())
    with example_shop(secret_of(ways(cast))) as shop:
        ways(cast, f"{shop}carts", way)
        answer = client.get(f"{HOME}/order")
        assert answer.status_code == 200
        leads = answer["Refresh"].partition("url=")[2]
        assert leads.startswith(f"{shop}carts")
        assert leads in answer.content.decode()
        page = read(leads)
        assert "12.80 EUR" in page
        assert f"http://testserver{HOME}/cart" in page
    assert client.post(f"{HOME}/order", {"order": "k"}).status_code in (200, 502)
    assert not Order.objects.exists()  # orders are taken at the shop


def test_a_shop_that_is_away_keeps_the_cart(cast: Cast, live: Edition) -> None:
    client = with_a_cart(Client())
    ways(cast, "http://127.0.0.1:9/carts")
    answer = client.get(f"{HOME}/order")
    assert answer.status_code == 502
    assert "cannot go on at the shop now" in answer.content.decode()
    assert "Refresh" not in answer
    assert "€12.80" in client.get(f"{HOME}/cart").content.decode()
    assert Client().get(f"{HOME}/order")["Location"] == f"{HOME}/cart"


def test_an_order_is_paid_and_shows_it(cast: Cast, live: Edition) -> None:
    client = with_a_cart(Client())
    with example_shop(secret_of(ways(cast))) as shop:
        ways(cast, pay=f"{shop}pay")
        page = client.get(f"{HOME}/order").content.decode()
        sent = client.post(f"{HOME}/order", filled(page))["Location"]
        assert "Pay €12.80 now" in client.get(sent).content.decode()
        address = client.get(f"{sent}/pay")["Location"]
        asked = {"order": address.partition("order=")[2]}
        failed = led_to(f"{shop}pay", {**asked, "payment": "failed"})
        paid = led_to(f"{shop}pay", {**asked, "payment": "paid"})
    assert failed.startswith("http://testserver/account/orders/payment?token=")
    assert client.get(failed)["Location"] == sent
    assert "The payment has not arrived." in client.get(sent).content.decode()
    token = urllib.parse.urlsplit(paid).query.removeprefix("token=")
    server = Client(enforce_csrf_checks=True)
    assert server.post("/account/orders/payment", {"token": token}).status_code == 204
    assert "The payment has arrived." in client.get(sent).content.decode()
    assert client.get(f"{sent}/pay")["Location"] == sent
    assert server.get("/account/orders/payment?token=guessed").status_code == 403


def test_what_is_shown_in_the_cart_is_the_customers_own_price(cast: Cast, live: Edition) -> None:
    EmailAddress.objects.filter(user=cast.reader).update(verified=True)
    made = price_list_create(by=cast.shop, publication=cast.fathom, name="Readers", domains=["reader.example"])
    list_price_set(by=cast.shop, price_list=made, code="RO-1", least=4, price="3")
    own, other = with_a_cart(signed_in(cast.reader)), with_a_cart(Client())
    assert "€12.80" in other.get(f"{HOME}/cart").content.decode()
    cart = own.get(f"{HOME}/cart").content.decode()
    assert "€3.00" in cart
    assert "€12.00" in cart
    assert own.post(f"{HOME}/order", filled(own.get(f"{HOME}/order").content.decode())).status_code == 303
    assert str(Order.objects.get().total) == "12.000"


def test_another_option_of_what_lies_on_a_page_can_be_ordered(cast: Cast, live: Edition) -> None:
    rope = Product.objects.get(key="ro-1")
    rope.publication = cast.fathom
    product_change(by=cast.shop, product=rope, said={**ROPE, "group": "Rope", "option": "10 m"}, is_offered=True)
    long = {**ROPE, "code": "RO-9", "price": "6", "group": "Rope", "option": "20 m"}
    product_create(by=cast.shop, publication=cast.fathom, said=long)
    product_create(by=cast.shop, publication=cast.fathom, said={**ROPE, "code": "RO-7"})
    client = Client()
    page = client.get(f"{HOME}/product?code=RO-1").content.decode()
    assert f'href="{HOME}/product?code=RO-9"' in page
    assert "20 m" in page
    assert client.get(f"{HOME}/product?code=RO-7").status_code == 404  # lies on no page, and is no option of one
    client.post(f"{HOME}/product?code=RO-9", {"quantity": "2", "change": "once"})
    client.post(f"{HOME}/order", filled(client.get(f"{HOME}/order").content.decode()))
    assert Order.objects.get().lines.get().name == "Rope, 20 m"


def test_a_products_picture_stands_on_its_card(cast: Cast, live: Edition) -> None:
    rope = Product.objects.get(key="ro-1")
    rope.publication = cast.fathom
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "PNG")
    product_picture_set(by=cast.shop, product=rope, data=stream.getvalue())
    address = f"/brand/{cast.fathom.pk}/products/{rope.picture}"
    for path in ("page/1", "product?code=RO-1"):
        assert address in Client().get(f"{HOME}/{path}").content.decode(), path
    assert 'width="40" height="30"' in Client().get(f"{HOME}/page/1").content.decode()
    assert Client().get(address).status_code == 200


def test_an_order_whose_person_was_taken_out_is_nobodys(cast: Cast, live: Edition) -> None:
    client = with_a_cart(Client())
    sent = client.post(f"{HOME}/order", filled(client.get(f"{HOME}/order").content.decode()))["Location"]
    assert client.get(sent).status_code == 200
    order_erase(by=cast.shop, order=order_status_set(by=cast.shop, order=Order.objects.get(), status="done"))
    assert client.get(sent).status_code == 404
