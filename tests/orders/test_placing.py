"""An order is written whole, once for each key, at the prices that the person saw; `test_sending` says how it lasts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import Cast, ready_edition

from masthead.library.selectors import Edition
from masthead.orders.errors import OrderChangedError, OrderEmptyError, OrderKeyError
from masthead.orders.models import Order, Product
from masthead.orders.placing import order_offer, order_place
from masthead.orders.pricing import Line, Obstacle, taxes_of
from masthead.orders.services import product_change, product_create
from masthead.outbox.selectors import Message

RITA = {"name": "Rita", "email": "rita@reader.example"}
ROPE = {"code": "Rope", "name": "Rope", "price": "3.20", "currency": "EUR", "tax": "19", "stock": "10"}
BELL = {"code": "Bell", "name": "Bell", "price": "100", "currency": "EUR", "minimum": "2", "step": "3"}


@pytest.fixture
def edition(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    for said in (ROPE, BELL):
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    return ready_edition(cast, data)


def place(edition: Edition, wanted: dict[str, int], key: str = "k1", seal: str = "", **more: Any) -> Order:
    agreed = seal or order_offer(edition=edition, wanted=wanted).seal
    said = {"by": None, "particulars": RITA, "orders_to": "orders@harbour.example", **more}
    return order_place(edition=edition, wanted=wanted, seal=agreed, key=key, **said)


def test_an_order_is_written_whole(edition: Edition) -> None:
    order = place(edition, {"rope": 4, "BELL": 5})
    assert (order.number, order.total, order.currency) == (1, Decimal("512.80"), "EUR")
    assert [(line.code, line.quantity, line.amount) for line in order.lines.all()] == [
        ("Rope", 4, Decimal("12.8")),
        ("Bell", 5, Decimal(500)),
    ]
    assert Product.objects.get(code="Rope").stock == 6
    mails = [json.loads(one.body) for one in Message.objects.filter(kind="mail")]
    assert {mail["to"][0] for mail in mails} == {"rita@reader.example", "orders@harbour.example"}
    assert all("4 × Rope Rope: €12.80" in mail["body"] and "€512.80" in mail["body"] for mail in mails)
    assert place(edition, {"rope": 1}, "k2").number == 2


def test_the_same_key_places_one_order_however_often_it_is_sent(edition: Edition) -> None:
    seal = order_offer(edition=edition, wanted={"rope": 10}).seal
    first = place(edition, {"rope": 10}, seal=seal)
    again = place(edition, {"rope": 10}, seal=seal)  # now it would be sold out; it was ordered before
    assert first.pk == again.pk
    assert (Order.objects.count(), Message.objects.count()) == (1, 2)
    with pytest.raises(OrderKeyError):
        place(edition, {"bell": 2})


def test_what_has_changed_since_it_was_seen_is_not_ordered(cast: Cast, edition: Edition) -> None:
    seen = order_offer(edition=edition, wanted={"rope": 2}).seal
    rope = Product.objects.get(code="Rope")
    rope.publication = cast.fathom
    product_change(by=cast.shop, product=rope, said={**ROPE, "price": "3.30"}, is_offered=True)
    with pytest.raises(OrderChangedError):
        place(edition, {"rope": 2}, seal=seen)
    with pytest.raises(OrderEmptyError):
        place(edition, {})
    assert not Order.objects.exists()
    assert not Message.objects.exists()
    assert Product.objects.get(code="Rope").stock == 10


@pytest.mark.parametrize(
    ("code", "quantity", "obstacle"),
    [
        ("none", 1, Obstacle.GONE),
        ("chart", 1, Obstacle.ON_REQUEST),
        ("wick", 1, Obstacle.SOLD_OUT),
        ("rope", 11, Obstacle.TOO_MANY),
        ("rope", 0, Obstacle.QUANTITY),
        ("bell", 3, Obstacle.QUANTITY),
        ("bell", 1, Obstacle.QUANTITY),
        ("oil", 1, Obstacle.CURRENCY),
    ],
)
def test_what_keeps_a_line_from_being_ordered(
    cast: Cast, edition: Edition, code: str, quantity: int, obstacle: Obstacle
) -> None:
    more = ({"code": "Chart", "price": ""}, {"code": "Wick", "stock": "0"}, {"code": "Oil", "currency": "USD"})
    for said in more:
        product_create(by=cast.shop, publication=cast.fathom, said={**ROPE, **said})
    offer = order_offer(edition=edition, wanted={"rope": 1, code: quantity})
    assert offer.lines[-1].obstacle is obstacle
    with pytest.raises(OrderChangedError):
        place(edition, {"rope": 1, code: quantity})
    assert not Order.objects.exists()


@settings(deadline=None)  # slow machines round as well
@given(st.lists(st.tuples(st.integers(1, 99), st.decimals("0", "9999", places=2), st.sampled_from(["7", "19", "5.5"]))))
def test_tax_is_rounded_once_for_each_rate(lines: list[tuple[int, Decimal, str]]) -> None:
    made = [
        Line(str(at), number, Product(code=str(at), tax=Decimal(rate)), price * number, Obstacle.NONE)
        for at, (number, price, rate) in enumerate(lines)
    ]
    for rate, tax in taxes_of(made, "EUR").items():
        gross = sum(line.amount for line in made if line.product and line.product.tax == rate)
        assert abs(tax - gross * rate / (100 + rate)) <= Decimal("0.005")
        assert tax == round(tax, 2)
