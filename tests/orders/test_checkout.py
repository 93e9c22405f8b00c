"""Carts that go on at a shop's own checkout and orders that are paid elsewhere, with the example shop as it runs."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.architecture.files import ROOT
from tests.cast import Cast, ready_edition, signed_in
from tests.orders.ordering import BELL, ROPE, placed

from masthead.accounts.errors import NotAllowedError
from masthead.library.selectors import Edition
from masthead.orders.checkout import (
    cart_hand_over,
    checkout_get,
    checkout_rotate,
    checkout_set,
    payment_address_of,
    payment_told,
    secret_of,
)
from masthead.orders.errors import CheckoutError, ProductAddressError
from masthead.orders.placing import order_offer
from masthead.orders.selectors import Checkout, Order
from masthead.orders.services import product_create
from masthead.orders.tokens import TokenWrongError, token_made, token_read

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BACK = "https://read.example/fathom/no-1/cart"


@pytest.fixture
def edition(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"feed_hosts": "127.0.0.1"})
    for said in (ROPE, {**BELL, "name": "Bell <b>"}):
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    return ready_edition(cast, data)


@contextmanager
def example_shop(secret: str) -> Iterator[str]:
    """The address of examples/shop as it is, in a process of its own."""
    environment = {**os.environ, "MASTHEAD_SECRET": secret}
    command = [sys.executable, str(ROOT / "examples/shop/shop.py"), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def led_to(address: str, said: dict[str, str]) -> str:
    """Where somebody is sent on who sends a form there."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Stays).open(address, urllib.parse.urlencode(said).encode(), timeout=10)
    with answer.value as told:
        return str(told.headers["Location"])


def ways(cast: Cast, shop: str, way: str = "post", pay: str = "") -> Checkout:
    said = {"shop_address": shop, "shop_way": way, "payment_address": pay}
    return checkout_set(by=cast.shop, publication=cast.fathom, **said)


def handed(checkout: Checkout, edition: Edition) -> str:
    offer = order_offer(edition=edition, wanted={"rope": 2, "bell": 2})
    return cart_hand_over(checkout=checkout, edition=edition, offer=offer, language="en", back=BACK)


def key_of(checkout: Checkout) -> bytes:
    return base64.b64decode(secret_of(checkout).removeprefix("whsec_"))


CLAIMS = st.dictionaries(st.text(min_size=4, max_size=9), st.text(max_size=9), max_size=5)  # none is "iat" or "exp"


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=64), CLAIMS)
def test_a_token_is_believed_as_it_was_made_and_no_other(key: bytes, claims: dict[str, str]) -> None:
    token = token_made(key, claims, NOW)
    told = token_read(key, token, NOW + timedelta(minutes=59))
    assert {name: told[name] for name in claims} == claims
    for wrong, moment in ((token, NOW + timedelta(hours=2)), (token[:-2], NOW), ("", NOW), ("..", NOW)):
        with pytest.raises(TokenWrongError):
            token_read(key, wrong, moment)
    with pytest.raises(TokenWrongError):
        token_read(key + b"x", token, NOW)


def test_a_token_that_names_no_algorithm_is_not_believed() -> None:
    packed = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b'{"alg":"none"}', b'{"exp":9e9}')]
    with pytest.raises(TokenWrongError):
        token_read(b"key", ".".join([*packed, ""]), NOW)


def test_the_server_hands_a_cart_to_the_shop(cast: Cast, edition: Edition) -> None:
    checkout = ways(cast, "")
    with example_shop(secret_of(checkout)) as shop:
        page = read(handed(ways(cast, f"{shop}carts"), edition))
        assert "Bell &lt;b&gt;" in page
        assert "206.40 EUR" in page
        assert BACK in page
        checkout_rotate(by=cast.shop, publication=cast.fathom)  # and the shop does not know it yet
        with pytest.raises(CheckoutError, match="403"):
            handed(Checkout.objects.get(), edition)
    with pytest.raises(CheckoutError):  # nobody is there any more
        handed(Checkout.objects.get(), edition)


def test_a_cart_goes_in_the_address(cast: Cast, edition: Edition) -> None:
    with example_shop(secret_of(ways(cast, ""))) as shop:
        address = handed(ways(cast, f"{shop}carts", "redirect"), edition)
        assert "206.40 EUR" in read(address)
        with pytest.raises(urllib.error.HTTPError) as wrong:
            read(address[:-3])
        wrong.value.close()


def test_what_cannot_be_ordered_is_not_handed_over(cast: Cast, edition: Edition) -> None:
    offer = order_offer(edition=edition, wanted={"anchor": 1})
    checkout = ways(cast, "http://127.0.0.1:9/carts")
    with pytest.raises(CheckoutError, match="nothing"):
        cart_hand_over(checkout=checkout, edition=edition, offer=offer, language="en", back=BACK)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"address": "javascript:alert(1)"}', b'{"address": 7}'])
def test_an_answer_that_leads_nowhere(
    cast: Cast, edition: Edition, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masthead.orders.checkout._posted", lambda *_: body)
    with pytest.raises(CheckoutError, match="no address"):
        handed(ways(cast, "http://127.0.0.1:9/"), edition)


def test_an_order_is_paid_at_the_providers_page(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 2})
    with example_shop(secret_of(ways(cast, ""))) as shop:
        checkout = ways(cast, "", pay=f"{shop}pay")
        address = payment_address_of(checkout=checkout, order=order, back="https://read.example/account/orders/payment")
        assert "Pay order 1" in read(address)
        asked = {"order": address.partition("order=")[2]}
        assert Order.objects.get().payment == "asked"
        failed = led_to(f"{shop}pay", {**asked, "payment": "failed"}).partition("token=")[2]
        paid = led_to(f"{shop}pay", {**asked, "payment": "paid"}).partition("token=")[2]
    payment_told(failed)
    assert Order.objects.get().payment == "failed"
    for token in (paid, paid, failed):
        payment_told(token)
    order.refresh_from_db()
    assert (order.payment, order.payment_reference) == ("paid", "demo-1")


def test_only_the_providers_word_counts(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 2})
    checkout = ways(cast, "", pay="http://127.0.0.1:9/pay")
    said = {"type": "payment", "order": order.pk, "currency": "EUR", "total": "6.40", "payment": "paid"}
    key, now = key_of(checkout), datetime.now(UTC)
    own = payment_address_of(checkout=checkout, order=order, back=BACK).partition("order=")[2]
    others = ({"total": "0.01"}, {"payment": "perhaps"}, {"order": "none"}, {"currency": "USD"}, {"type": "order"})
    wrong = ["", "a.b.c", own, *(token_made(key, {**said, **other}, now) for other in others)]
    wrong += [token_made(b"other", said, now), token_made(key, said, now - timedelta(hours=2))]
    for token in wrong:
        with pytest.raises(CheckoutError):
            payment_told(token)
    assert Order.objects.get().payment == "asked"
    payment_told(token_made(key, said, now))
    assert Order.objects.get().payment == "paid"


def test_addresses_lead_nowhere_inside(cast: Cast, edition: Edition) -> None:
    for address in ("http://10.0.0.1/", "http://shop.example/", "ftp://shop.example/", "https://shop.example/#a"):
        with pytest.raises(ProductAddressError):
            ways(cast, address)
    for person in (cast.editor, cast.outsider):
        with pytest.raises(NotAllowedError):
            checkout_get(person, cast.fathom)
        with pytest.raises(NotAllowedError):
            checkout_rotate(by=person, publication=cast.fathom)


def test_staff_say_where_it_goes_on(cast: Cast, edition: Edition) -> None:
    home, sara = f"/office/publications/{cast.fathom.pk}/checkout", signed_in(cast.shop)
    wrong = sara.post(home, {"shop_address": "http://10.0.0.1/", "shop_way": "post", "payment_address": ""})
    assert wrong.status_code == 422
    assert 'value="http://10.0.0.1/"' in wrong.content.decode()
    said = {"shop_address": "https://shop.example/carts", "shop_way": "redirect", "payment_address": ""}
    assert sara.post(home, said)["Location"] == home
    before = secret_of(Checkout.objects.get())
    assert before in sara.get(home).content.decode()
    assert sara.post(f"{home}/rotate")["Location"] == home
    assert before not in sara.get(home).content.decode()
    assert signed_in(cast.editor).get(home).status_code == 403


def test_the_shape_of_a_cart_is_as_documented(cast: Cast, edition: Edition) -> None:
    text = (ROOT / "docs/api/checkout.md").read_text(encoding="utf-8")
    documented = json.loads(text.partition("```json\n")[2].partition("```")[0])
    address = handed(ways(cast, "https://shop.example/", "redirect"), edition)
    told = token_read(key_of(Checkout.objects.get()), address.partition("cart=")[2], datetime.now(UTC))
    assert set(documented) == set(told) - {"iat", "exp"}
    assert set(documented["lines"][0]) == set(told["lines"][0])
