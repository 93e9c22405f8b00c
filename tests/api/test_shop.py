"""Products, price lists and orders by programs: written, read, many at once, and refused at the field that is wrong."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.api.calling import Program, program
from tests.cast import Cast, ready_edition
from tests.orders.ordering import placed

from masthead.access.subscribing import subscription_create
from masthead.library.selectors import Edition
from masthead.orders.selectors import Product

LANTERN = {"code": "4711", "name": "Lantern", "price": "24.50", "currency": "EUR", "tax": "19", "stock": 3}


@pytest.fixture
def call(cast: Cast) -> Program:
    return program(cast)


@pytest.fixture
def edition(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    return ready_edition(cast, data)


def home(cast: Cast, part: str = "products") -> str:
    return f"publications/{cast.fathom.pk}/{part}"


def test_a_product_is_made_read_changed_and_removed(cast: Cast, call: Program) -> None:
    made = call("POST", home(cast), {**LANTERN, "group": "Lantern", "option": "Brass"})
    assert made.status_code == 201
    told = made.json()
    assert {name: told[name] for name in LANTERN} == LANTERN
    wrong = call("POST", home(cast), {**LANTERN, "price": "24.505"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "product_price")
    assert wrong.json()["errors"][0]["field"] == "price"
    assert call("POST", home(cast), LANTERN).json()["code"] == "product_taken"
    place = f"{home(cast)}/{told['id']}"
    tag = call("GET", place)["ETag"]
    assert call("PUT", place, {**LANTERN, "name": "Lamp"}, If_Match=tag).json()["name"] == "Lamp"
    assert call("PUT", place, {**LANTERN, "name": "Torch"}, If_Match=tag).status_code == 412
    assert [row["id"] for row in call.told(f"{home(cast)}?code=4711")["items"]] == [told["id"]]
    assert call.told(f"{home(cast)}?state=sold_out")["items"] == []
    assert call("DELETE", place).status_code == 204
    assert not Product.objects.exists()


def test_many_products_at_once(cast: Cast, call: Program) -> None:
    call("POST", home(cast), LANTERN)
    rows = [
        {"code": "4711", "stock": 7},
        {"code": "4712", "name": "Wick", "price": "3", "currency": "EUR"},
        {"code": "4713", "price": "3", "currency": "EUR"},
        {"code": "4714", "name": "Rope", "price": "dear", "currency": "EUR"},
        {"code": "4712", "name": "Wick again"},
    ]
    told = call("PATCH", home(cast), {"items": rows}).json()
    assert (told["new"], told["changed"], told["same"]) == (1, 1, 0)
    problems = [(row["row"], row["code"], row["field"]) for row in told["problems"]]
    assert problems == [(2, "4713", "name"), (3, "4714", "price"), (4, "4712", "code")]
    kept = Product.objects.get(key="4711")
    assert (kept.name, kept.stock) == ("Lantern", 7)
    assert call("PATCH", home(cast), {"items": rows[:2]}).json()["same"] == 2


def test_a_picture_is_handed_over(cast: Cast, call: Program, data: Path) -> None:
    identity = call("POST", home(cast), LANTERN).json()["id"]
    stream = io.BytesIO()
    Image.new("RGB", (20, 10), "teal").save(stream, "PNG")
    place = f"/api/v1/{home(cast)}/{identity}/picture"
    address = call.send_file(place, stream.getvalue()).json()["picture"]
    assert call.client.get(address)["Content-Type"] == "image/webp"
    wrong = call.send_file(place, b"<svg/>")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "product_picture")
    assert call("DELETE", f"{home(cast)}/{identity}/picture").status_code == 204
    assert call.told(f"{home(cast)}/{identity}")["picture"] is None


def test_price_lists(cast: Cast, call: Program) -> None:
    call("POST", home(cast), LANTERN)
    said = {"name": "Trade", "kind": "traditional", "publications": []}
    trade = subscription_create(by=cast.owner, publisher=cast.harbour, **said)
    foreign = subscription_create(by=cast.outsider, publisher=cast.other, **said)
    lists = home(cast, "price_lists")
    assert call("POST", lists, {"name": "Trade", "subscriptions": [foreign.pk]}).status_code == 404
    wrong = call("POST", lists, {"name": "Trade", "domains": ["?"]})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "domains")
    made = call("POST", lists, {"name": "Trade", "subscriptions": [trade.pk]}).json()
    place = f"{lists}/{made['id']}"
    prices = [{"code": "4711", "price": "20"}, {"code": "4711", "least": 10, "price": "18.00"}]
    assert call("PUT", f"{place}/prices", {"items": prices}).json()["prices"] == 2
    refused = call("PUT", f"{place}/prices", {"items": [{"code": "4799", "price": "1"}]})
    assert refused.status_code == 422
    told = call.told(f"{place}/prices?limit=1")
    assert told["items"] == [{"code": "4711", "least": 1, "price": "20.00", "currency": "EUR"}]
    assert call.told(f"{place}/prices?limit=1&cursor={told['next']}")["items"][0]["least"] == 10
    assert call("PUT", place, {"name": "All", "is_for_all": True}).json()["subscriptions"] == []
    assert call.told(lists)["items"][0]["prices"] == 2
    assert call("DELETE", place).status_code == 204


def test_the_feed_and_the_checkout(cast: Cast, call: Program) -> None:
    feed = home(cast, "feed")
    assert call("GET", feed).status_code == 404
    refused = call("PUT", feed, {"address": "http://10.0.0.1/feed"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "address")
    made = call("PUT", feed, {"address": "https://shop.example/feed.xml", "hours": 6}).json()
    assert (made["hours"], made["is_on"], made["runs"]) == (6, True, [])
    assert call("POST", f"{feed}/fetch", {}).json()["due_at"]
    assert call("DELETE", feed).status_code == 204
    checkout = home(cast, "checkout")
    before = call.told(checkout)
    assert (before["shop_address"], before["secret"][:6]) == ("", "whsec_")
    said = {"shop_address": "https://shop.example/carts", "shop_way": "redirect"}
    assert call("PUT", checkout, said).json()["shop_way"] == "redirect"
    assert call("POST", f"{checkout}/rotate", {}).json()["secret"] != before["secret"]
    assert program(cast, scopes=["products:read"])("GET", checkout).status_code == 403


def test_orders_are_read_and_worked_on(cast: Cast, call: Program, edition: Edition) -> None:
    call("POST", home(cast), LANTERN)
    order = placed(edition, {"4711": 2}, billing_line1="Strandgaten 12", same="yes")
    (told,) = call.told("orders?words=rita&status=new")["items"]
    assert (told["id"], told["total"], told["lines"][0]["price"]) == (order.pk, "49.00", "24.50")
    assert told["particulars"]["delivery_line1"] == "Strandgaten 12"
    assert call.told("orders?until=2001-01-01")["items"] == []
    place = f"orders/{order.pk}"
    assert call("PUT", f"{place}/status", {"status": "sent", "seen": "new"}).json()["status"] == "sent"
    late = call("PUT", f"{place}/status", {"status": "done", "seen": "new"})
    assert (late.status_code, late.json()["code"]) == (409, "order_status")
    assert call("POST", f"{place}/erase", {}).json()["erased_at"] is None
    assert call("PUT", f"{place}/status", {"status": "done"}).json()["particulars"] == {"billing_country": "NO"}
    assert call("PUT", f"{place}/note", {"note": "Parcel 12"}).json()["note"] == "Parcel 12"
    reading = program(cast, scopes=["orders:read"])
    assert reading("PUT", f"{place}/note", {"note": ""}).status_code == 403
    elsewhere = program(cast, scopes=["orders:read"], publications=["none"])
    assert elsewhere("GET", place).status_code in (403, 404)


def test_how_orders_are_taken_is_said_for_a_publication_and_otherwise_for_an_edition(
    cast: Cast, call: Program, edition: Edition
) -> None:
    place, own = home(cast, "ordering"), f"editions/{edition.pk}/ordering"
    assert not call.told(place)["is_on"]
    refused = call("PUT", place, {"ordering": True})
    assert (refused.status_code, refused.json()["code"]) == (422, "orders_to")
    assert refused.json()["errors"][0]["field"] == "orders_to"
    told = call("PUT", place, {"ordering": True, "orders_to": "a@harbour.example", "parts": {"phone": "required"}})
    assert told.json()["own"] == ["ordering", "orders_to", "phone"]
    inherited = call.told(own)
    assert (inherited["is_on"], inherited["own"], inherited["parts"]["phone"]) == (True, [], "required")
    assert call("PUT", own, {"parts": {"phone": "left_out"}}).json()["parts"]["phone"] == "left_out"
    assert call("PUT", own, {"ordering": False}).json()["own"] == ["ordering"]
    assert call("PUT", own, {"parts": {"shoe_size": "required"}}).status_code == 422
    assert program(cast, by=cast.editor, scopes=["publications:read"])("GET", place).status_code == 403
