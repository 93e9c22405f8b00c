"""An order is never lost and never doubled: sent twice, torn off, killed at any moment; told, kept and mailed agree."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, ready_edition

from masthead.library.selectors import Edition
from masthead.orders.errors import OrderChangedError, OrderEmptyError, OrderKeyError
from masthead.orders.models import Order, Product
from masthead.orders.placing import order_offer, order_place
from masthead.orders.pricing import Line, Obstacle, taxes_of
from masthead.orders.services import product_change, product_create
from masthead.outbox.selectors import Message

MANY = int(os.environ.get("MASTHEAD_TEST_ORDERS", "40"))
AT_ONCE = 10  # orders that a process is given before it dies
RITA = {"name": "Rita", "email": "rita@reader.example"}
CUSTOMER = Path(__file__).with_name("customer.py")
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


class Box:
    """Counts the mails that a mail server took, by whom they were for."""

    def __init__(self) -> None:
        self.mails: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.mails.update(envelope.rcpt_tos)
        return "250 OK"


def run(deed: str, environment: dict[str, str], **more: Any) -> subprocess.Popen[str]:
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, **more}
    return subprocess.Popen([sys.executable, str(CUSTOMER), deed], env=environment, **pipes)


def ordered(keys: list[str], environment: dict[str, str], chance: random.Random) -> list[tuple[str, int]]:
    """Send orders to a process that is killed at a random moment; what it told before."""
    heard: list[tuple[str, int]] = []
    with run("place", environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{key}\n" for key in keys))
        process.stdin.flush()
        for line in process.stdout:
            if not heard:  # it works now: within the next moments it dies, wherever it is
                threading.Timer(chance.uniform(0, 0.05), process.kill).start()
            heard.append(tuple(json.loads(line)))
            if len(heard) == len(keys):
                process.kill()
    return heard


def test_orders_survive_kills_at_any_moment(tmp_path: Path) -> None:
    box, chance = Box(), random.Random()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(tmp_path),
        "MASTHEAD_SECRET_KEY": "only-for-the-test-of-orders-never-anywhere-else-at-all",
        "MASTHEAD_MAIL": f"smtp://127.0.0.1:{port}",
    }
    with run("seed", environment) as seeding:
        seeding.communicate()
    assert seeding.returncode == 0
    keys, heard, kills, start = (
        [f"order{number}" for number in range(MANY)],
        list[tuple[str, int]](),
        0,
        time.monotonic(),
    )
    while len({key for key, _ in heard}) < MANY:
        assert time.monotonic() - start < 400
        known = {key for key, _ in heard}
        # The customer who heard nothing sends again; so does one who pressed twice.
        twice = [key for key in keys if key in known][-2:]
        heard += ordered([*twice, *[key for key in keys if key not in known][:AT_ONCE]], environment, chance)
        kills += 1
    controller.start()
    with run("told", environment) as telling:
        found = json.loads(telling.communicate()[0])
    controller.stop()
    assert kills >= MANY // AT_ONCE
    assert dict(heard) == dict(map(tuple, found["orders"]))
    assert len(set(heard)) == len(found["orders"]) == MANY
    assert sorted(number for _, number in found["orders"]) == list(range(1, MANY + 1))
    assert found["lines"] == 2 * MANY
    assert found["taken"] == found["ordered"]
    assert box.mails == Counter({**{f"{key}@reader.example": 1 for key in keys}, "orders@harbour.example": MANY})
