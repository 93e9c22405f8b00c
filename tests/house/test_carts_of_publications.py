"""One cart for all editions of a publication: each line is ordered from where it was chosen, if that may be read."""

from __future__ import annotations

import importlib
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.access.people import set_terms
from tests.cast import Cast, signed_in
from tests.orders.selling import filled, selling_edition
from tests.production.overlays.laying import edition_with_words, lay

from masthead.document.overlays import OverlayKind
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw
from masthead.orders.asking import asked_change
from masthead.orders.carts import Kept, cart_change, cart_of, carts_forget, changes_read
from masthead.orders.models import Cart
from masthead.orders.selectors import Order
from masthead.orders.services import product_create

ONE, TWO = "/fathom/no-1", "/fathom/no-2"


@pytest.fixture
def editions(cast: Cast, data: Path, settings: Any) -> tuple[Edition, Edition]:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    first = selling_edition(cast, data)
    second = edition_with_words(cast, data, "No. 2")
    sail = {"code": "SA-4", "name": "Sail", "price": "50", "currency": "EUR"}
    product_create(by=cast.shop, publication=cast.fathom, said=sail)
    lay(cast, second, OverlayKind.PRODUCT, page=3, code="SA-4")
    return first, edition_publish(by=cast.owner, edition=second)


def add(client: Client, home: str, code: str, quantity: int = 1) -> None:
    assert client.post(f"{home}/product?code={code}", {"quantity": str(quantity)}).status_code == 303


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_two_editions_share_a_cart_and_one_order_takes_both(cast: Cast, editions: tuple[Edition, Edition]) -> None:
    client = Client()
    add(client, ONE, "RO-1", 2)
    add(client, TWO, "SA-4")
    for home in (ONE, TWO):
        cart = text(client, f"{home}/cart")
        assert ("Rope" in cart, "Sail" in cart, "€56.40" in cart) == (True, True, True), home
    lines = {line["key"]: line for line in client.get(f"{ONE}/cart.json").json()["lines"]}
    assert "edition" not in lines["ro-1"], "what lies here needs no word about where"
    assert lines["sa-4"] | {"from": "no-2", "edition": "No. 2", "address": f"{TWO}/page/3"} == lines["sa-4"]
    assert "SA-4,Sail,1,50.00,50.00,EUR" in text(client, f"{ONE}/cart.csv")
    answer = client.post(f"{ONE}/order", filled(text(client, f"{ONE}/order")))
    assert answer.status_code == 303
    order = Order.objects.get()
    assert (order.edition_id, str(order.total)) == (editions[0].pk, "56.400")
    assert {line.code: line.edition_id for line in order.lines.all()} == {
        "RO-1": editions[0].pk,
        "SA-4": editions[1].pk,
    }
    for home in (ONE, TWO):
        assert "There are no items in your cart" in text(client, f"{home}/cart")


def test_what_lies_in_an_edition_that_may_not_be_read_is_not_sold_from_another(
    cast: Cast, editions: tuple[Edition, Edition]
) -> None:
    client = Client()
    add(client, ONE, "RO-1")
    add(client, TWO, "SA-4")
    form = filled(text(client, f"{ONE}/order"))

    def closed() -> bool:
        cart = client.get(f"{ONE}/cart.json").json()
        line = next(line for line in cart["lines"] if line["key"] == "sa-4")
        return "name" not in line and "price" not in line and bool(line["trouble"])

    set_terms(cast, editions[1], ways=["subscription"])
    assert closed()
    assert client.post(f"{ONE}/order", form).status_code == 409
    set_terms(cast, editions[1], ways=[])
    asked_change(by=cast.shop, of=editions[1], said={"ordering": "no"})
    assert closed(), "no orders are taken from there"
    asked_change(by=cast.shop, of=editions[1], said={})
    assert not closed()
    edition_withdraw(by=cast.owner, edition=editions[1])
    assert closed()
    assert not Order.objects.exists()
    told = {"lines": [["BE-2", 2, "no-2"], ["SA-4", 1, "../.."], ["RO-1", 1, "nowhere"]], "cart": "d-guess"}
    answer = Client().post(f"{ONE}/cart.json", json.dumps(told), content_type="application/json").json()
    assert [line.get("name", "") for line in answer["lines"]] == ["Bell", "", "Rope"], "what is here is here"


def test_a_wish_from_one_edition_told_at_another_keeps_where_it_was_chosen(
    cast: Cast, editions: tuple[Edition, Edition]
) -> None:
    reader = signed_in(cast.reader)
    change = {"id": "change-one", "deed": "add", "code": "SA-4", "quantity": 2, "from": "no-2"}
    later = {"id": "change-two", "deed": "set", "code": "SA-4", "quantity": 3, "from": "no-1"}
    for said in (change, later):
        body = json.dumps({"changes": [said]})
        answer = reader.post(f"{ONE}/cart.json", body, content_type="application/json").json()
    assert [(line["name"], line["quantity"], line["from"]) for line in answer["lines"]] == [("Sail", 3, "no-2")]
    kept = cart_of(cast.reader, cast.fathom.pk)
    assert kept is not None
    assert dict(kept.sources) == {"sa-4": "no-2"}
    assert Kept.read(kept.written()) == kept
    assert dict(kept.without({"sa-4": 3}).sources) == {}


def test_carts_that_nobody_touches_are_forgotten(cast: Cast) -> None:
    change = changes_read([{"id": "change-one", "deed": "add", "code": "SA-4", "quantity": 2}])
    cart_change(by=cast.reader, publication_id=cast.fathom.pk, changes=change)
    assert carts_forget(before=timezone.now() - timedelta(days=1)) == 0
    Cart.objects.update(changed_at=timezone.now() - timedelta(days=2))
    assert carts_forget(before=timezone.now() - timedelta(days=1)) == 1
    assert cart_of(cast.reader, cast.fathom.pk) is None


def test_carts_of_editions_come_together() -> None:
    """The step that upgrades a house, on rows as they were."""
    step = importlib.import_module("masthead.orders.migrations.0004_carts_of_publications")
    kept: list[Any] = []

    def row(slug: str, person: int, *lines: list[Any]) -> SimpleNamespace:
        made = SimpleNamespace(
            edition=SimpleNamespace(slug=slug, publication_id="p"), person_id=person, publication_id=None
        )
        made.kept = {"name": slug, "lines": list(lines), "taken": ["a"], "joined": []}
        made.save, made.delete = lambda: None, lambda: kept.remove(made)
        kept.append(made)
        return made

    row("no-1", 1, ["rope", 2], ["bell", 1]), row("no-2", 1, ["rope", 1], ["sail", 4]), row("no-2", 2, ["sail", 1])
    rows = SimpleNamespace(select_related=lambda _: SimpleNamespace(order_by=lambda *_: list(kept)))
    step.come_together(SimpleNamespace(get_model=lambda *_: SimpleNamespace(objects=rows)), None)
    assert [(one.person_id, one.publication_id, one.kept["lines"]) for one in kept] == [
        (1, "p", [["rope", 3, "no-1"], ["bell", 1, "no-1"], ["sail", 4, "no-2"]]),
        (2, "p", [["sail", 1, "no-2"]]),
    ]
    assert dict(Kept.read(kept[0].kept).lines) == {"rope": 3, "bell": 1, "sail": 4}
