"""Work on orders: statuses, stock that comes back, mails, webhooks, and people who are taken out of what stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, ready_edition
from tests.orders.ordering import BELL, ROPE, placed

from masthead.access.erasing import reader_erase
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Role
from masthead.accounts.selectors import User, history
from masthead.accounts.services import staff_add, user_create
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.library.services import publication_create
from masthead.orders.errors import OrderStatusError
from masthead.orders.exporting import orders_data
from masthead.orders.finding import Asked, order_get, order_list, sells_in
from masthead.orders.models import Order, Product
from masthead.orders.services import product_create
from masthead.orders.working import (
    Status,
    order_erase,
    order_note_set,
    order_payment_set,
    order_status_set,
    orders_erase_of,
    orders_status_set,
    statuses_after,
)
from masthead.outbox.selectors import Message, messages_to
from masthead.webhooks.services import webhook_create


@pytest.fixture
def edition(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    for said in (ROPE, BELL):
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    return ready_edition(cast, data)


def stock() -> int | None:
    return Product.objects.get(key="rope").stock


def test_a_status_goes_on_is_logged_and_told(cast: Cast, edition: Edition) -> None:
    address = "https://hooks.example.com/in"
    webhook = webhook_create(by=cast.owner, publisher=cast.harbour, name="ERP", address=address)
    order = placed(edition, {"rope": 4})
    order = order_status_set(by=cast.shop, order=order, status="confirmed", seen="new", tell=True, message="On Monday.")
    assert order.status == Status.CONFIRMED
    entry = history(cast.owner, cast.harbour, order.pk).get()
    assert (entry.action, entry.before, entry.after) == ("order.status", {"status": "new"}, {"status": "confirmed"})
    told = [json.loads(row.body) for row in messages_to(webhook.pk).order_by("created_at")]
    assert [row["type"] for row in told] == ["order.placed", "order.changed"]
    assert told[1]["data"]["order"]["status"] == "confirmed"
    assert told[0]["data"]["order"]["lines"][0] == {
        "position": 1,
        "edition": edition.pk,
        "code": "Rope",
        "name": "Rope",
        "quantity": 4,
        "price": "3.20",
        "amount": "12.80",
        "tax": "19",
    }
    assert "rita" not in json.dumps(told).casefold()  # what was ordered, not by whom
    mail = json.loads(messages_to(order.pk).get(subject="rita@reader.example", body__contains="Monday").body)
    assert mail["subject"] == "Order 1: Confirmed"
    assert "X-Masthead-About" not in mail["headers"]
    assert messages_to(order.pk).count() == 3


def test_what_was_seen_must_still_be_so(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 1})
    order_status_set(by=cast.shop, order=order, status="sent")
    with pytest.raises(OrderStatusError):
        order_status_set(by=cast.shop, order=order, status="cancelled", seen="new")
    with pytest.raises(OrderStatusError):
        order_status_set(by=cast.shop, order=order, status="new")
    assert Order.objects.get().status == "sent"


def test_every_status_can_be_left_again() -> None:
    for status in Status:
        assert statuses_after(status)
        assert status not in statuses_after(status)
        assert Status.NEW not in statuses_after(status)


def test_a_cancelled_order_gives_its_stock_back_and_takes_it_again(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 4})
    assert stock() == 6
    order_status_set(by=cast.shop, order=order, status="cancelled")
    assert stock() == 10
    placed(edition, {"rope": 8}, key="k2")
    with pytest.raises(OrderStatusError):
        order_status_set(by=cast.shop, order=order, status="confirmed")
    assert (stock(), Order.objects.get(number=1).status) == (2, "cancelled")
    Product.objects.filter(key="rope").update(stock=5)
    order_status_set(by=cast.shop, order=order, status="confirmed")
    assert stock() == 1


def test_several_at_once_and_those_that_cannot(cast: Cast, edition: Edition) -> None:
    rows = [placed(edition, {"rope": 1}, key=f"k{number}") for number in range(3)]
    order_status_set(by=cast.shop, order=rows[1], status="cancelled")
    done, left = orders_status_set(by=cast.shop, orders=order_list(cast.shop, cast.harbour), status="sent")
    assert ([row.number for row in done], [row.number for row in left]) == ([3, 1], [2])


def test_only_the_shop_works_on_orders_and_only_its_own(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 1})
    with pytest.raises(NotAllowedError):
        order_status_set(by=cast.editor, order=order, status="sent")
    with pytest.raises(NotAllowedError):
        order_note_set(by=cast.outsider, order=order, note="Mine")
    with pytest.raises(NotAllowedError):
        order_list(cast.editor, cast.harbour)
    assert not sells_in(cast.editor, cast.harbour)
    tide = publication_create(by=cast.owner, publisher=cast.harbour, name="Tide")
    timo = user_create(email="timo@harbour.example", password="lantern over water", name="Timo")
    staff_add(by=cast.owner, publisher=cast.harbour, user=timo, role=Role.SHOP, scope="publication", scope_id=tide.pk)
    assert sells_in(timo, cast.harbour)
    assert not order_list(timo, cast.harbour).exists()
    with pytest.raises(NotFoundError):
        order_get(timo, cast.harbour, order.pk)
    with pytest.raises(NotAllowedError):
        order_status_set(by=timo, order=order, status="sent")


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [3, 2, 1]),
        ({"sort": "oldest"}, [1, 2, 3]),
        ({"sort": "most"}, [2, 3, 1]),
        ({"sort": "name"}, [3, 2, 1]),
        ({"words": "bell"}, [2]),
        ({"words": "RITA@"}, [2, 1]),
        ({"words": "anna"}, [3]),
        ({"words": "3"}, [3]),
        ({"words": "rita bell"}, [2]),
        ({"words": "1 % _"}, []),
        ({"status": "sent"}, [1]),
        ({"publication": "none"}, []),
        ({"since": "2000-01-01", "until": "2000-01-02"}, []),
        ({"since": "2000-01-01"}, [3, 2, 1]),
        ({"since": "9999-12-31", "until": "9999-12-31"}, []),
        ({"since": "yesterday", "until": "2026-02-31", "sort": "nonsense"}, [3, 2, 1]),
    ],
)
def test_orders_are_found(cast: Cast, edition: Edition, asked: dict[str, str], numbers: list[int]) -> None:
    first = placed(edition, {"rope": 1})
    placed(edition, {"bell": 2}, key="k2")
    placed(edition, {"rope": 3}, key="k3", name="Anna", email="anna@ropes.example")
    order_status_set(by=cast.shop, order=first, status="sent")
    assert [row.number for row in order_list(cast.shop, cast.harbour, Asked.of(asked))] == numbers


def test_a_note_is_kept_and_its_words_are_not_in_the_log(cast: Cast, edition: Edition) -> None:
    order = order_note_set(by=cast.shop, order=placed(edition, {"rope": 1}), note=" She calls\r\non Monday ")
    order_note_set(by=cast.shop, order=order, note="She calls\non Monday")
    assert order.note == "She calls\non Monday"
    entry = history(cast.owner, cast.harbour, order.pk).get()
    assert (entry.action, entry.after) == ("order.note", {})


def test_who_ordered_goes_and_what_bookkeepers_need_stays(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 4}, by=cast.reader)
    erased = order_erase(by=cast.shop, order=order)
    assert (erased.erased_at, erased.particulars["name"]) == (None, "Rita")  # the parcel is still to be sent
    order_status_set(by=cast.shop, order=order, status="sent")
    done = order_status_set(by=cast.shop, order=order, status="done", tell=True)
    assert done.erased_at is not None
    assert done.particulars == {"billing_country": "NO"}
    assert (done.person, done.number, done.lines.get().code) == (None, 1, "Rope")
    assert not messages_to(order.pk).exists()
    assert "rita" not in repr(Order.objects.values().get()).casefold()


def test_an_erased_account_takes_the_person_out_of_its_orders(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 1}, by=cast.reader)
    placed(edition, {"rope": 1}, key="k2")
    (own,) = orders_data(cast.reader)
    assert (own["number"], own["particulars"]["email"]) == (1, "rita@reader.example")
    order_status_set(by=cast.shop, order=order, status="done")
    assert orders_erase_of(user=cast.reader) == 1
    reader_erase(user=cast.reader)
    assert not User.objects.filter(pk=cast.reader.pk).exists()
    kept = Order.objects.get(number=1)
    assert (kept.particulars, kept.total) == ({"billing_country": "NO"}, order.total)
    assert Order.objects.get(number=2).particulars["name"] == "Rita"


def test_a_payment_is_said_twice_and_told_once(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 1})
    for _ in range(2):
        order_payment_set(by=None, order=order, payment="paid", reference="ch_1")
    assert history(cast.owner, cast.harbour, order.pk).count() == 1
    assert Message.objects.filter(event="order.changed").count() == 0  # nobody listens
    assert Order.objects.get().payment_reference == "ch_1"
