"""Orders in the back office: found, worked on one by one and several at once, and as files that are safe to open."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.cast import Cast, ready_edition, signed_in
from tests.orders.ordering import BELL, ROPE, placed

from masthead.library.selectors import Edition
from masthead.orders.selectors import Order
from masthead.orders.services import product_create

HOME = "/office/houses/harbour-press/orders"


@pytest.fixture
def sara(cast: Cast) -> Client:
    return signed_in(cast.shop)


@pytest.fixture
def edition(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    for said in (ROPE, BELL):
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    return ready_edition(cast, data)


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_orders_are_listed_filtered_and_paged(sara: Client, edition: Edition) -> None:
    assert "No orders yet" in sara.get(HOME).content.decode()
    for number in range(52):
        placed(edition, {"bell": 2}, key=f"k{number}", name=f"Customer {number}")
    page = sara.get(HOME).content.decode()
    assert "52 orders<" in page
    assert page.count('type="checkbox" name="order"') == 50
    assert sara.get(f"{HOME}?page=2").content.decode().count('name="order"') == 2
    assert "2 orders<" in sara.get(f"{HOME}?words=customer+17").content.decode()
    assert "No order fits" in sara.get(f"{HOME}?status=sent").content.decode()


def test_nobody_but_the_shop_sees_orders(cast: Cast, edition: Edition) -> None:
    order = placed(edition, {"rope": 1})
    for path in (HOME, f"{HOME}/{order.pk}", f"{HOME}.csv", f"{HOME}.json", f"{HOME}.xlsx"):
        assert signed_in(cast.editor).get(path).status_code == 403, path
        assert signed_in(cast.outsider).get(path).status_code == 404, path
        answer = signed_in(cast.shop).get(path)
        assert answer.status_code == 200, path
        answer.close()
    emil = signed_in(cast.editor)
    assert emil.post(f"{HOME}/{order.pk}", {"what": "status", "status": "sent"}).status_code == 403
    assert HOME not in emil.get("/office/houses/harbour-press/").content.decode()
    assert HOME in signed_in(cast.shop).get("/office/houses/harbour-press/").content.decode()


def test_an_order_is_looked_at_and_worked_on(sara: Client, edition: Edition) -> None:
    order = placed(edition, {"rope": 4, "bell": 2}, information="<b>Ring</b> twice")
    home = f"{HOME}/{order.pk}"
    page = sara.get(home).content.decode()
    for said in ("€212.80", "€12.80", "Bergen", "&lt;b&gt;Ring&lt;/b&gt; twice", "rita@reader.example", "Waiting"):
        assert said in page, said
    assert sara.post(home, {"what": "status", "status": "in_work", "seen": "new"})["Location"] == home
    late = sara.post(home, {"what": "status", "status": "sent", "seen": "new", "message": "Parcel 12", "tell": "on"})
    assert late.status_code == 422
    assert "cannot get this status now" in late.content.decode()
    assert "Parcel 12" in late.content.decode()  # nothing typed is lost
    sara.post(home, {"what": "note", "note": "Calls on Monday"})
    page = sara.get(home).content.decode()
    assert "Calls on Monday</textarea>" in page
    assert "Status changed" in page
    assert "<bdi>In work</bdi></ins>" in page
    assert sara.post(home, {"what": "nonsense"}).status_code == 404
    sara.post(home, {"what": "status", "status": "cancelled", "seen": "in_work"})
    sara.post(home, {"what": "erase"})
    page = sara.get(home).content.decode()
    assert "Rita" not in page
    assert "€212.80" in page


def test_several_orders_get_a_status_after_a_question(sara: Client, edition: Edition) -> None:
    rows = [placed(edition, {"rope": 1}, key=f"k{number}") for number in range(3)]
    sara.post(f"{HOME}/{rows[0].pk}", {"what": "status", "status": "done"})
    chosen = {"order": [row.pk for row in rows], "status": "in_work", "query": "status=new"}
    asked = sara.post(f"{HOME}/change", chosen).content.decode()
    assert "Yes, 2 orders" in asked
    assert "Left as they are" in asked
    assert not Order.objects.filter(status="in_work").exists()
    answer = sara.post(f"{HOME}/change", {**chosen, "sure": "yes"})
    assert answer["Location"] == f"{HOME}?status=new"
    assert Order.objects.filter(status="in_work").count() == 2
    erase = {"order": [row.pk for row in rows], "status": "erase", "query": "words=rita"}
    assert "Take out who sent these orders?" in sara.post(f"{HOME}/change", erase).content.decode()
    assert Order.objects.filter(erase_asked_at__isnull=True).count() == 3
    sara.post(f"{HOME}/change", {**erase, "sure": "yes"})
    assert [row.erased_at is not None for row in Order.objects.order_by("number")] == [True, False, False]
    assert not Order.objects.filter(erase_asked_at__isnull=True).exists()
    assert "Left as they are:" in sara.post(f"{HOME}/change", erase).content.decode()
    assert sara.post(f"{HOME}/change", {"status": "eaten"}).status_code == 404
    assert "No order was chosen." in sara.post(f"{HOME}/change", {"status": "sent"}).content.decode()


def test_files_have_what_the_list_shows_and_calculate_nothing(sara: Client, edition: Edition) -> None:
    placed(edition, {"rope": 4, "bell": 2}, name="=HYPERLINK(1)", gate="South")
    placed(edition, {"rope": 1}, key="k2", name="Anna", email="anna@ropes.example")
    answer = sara.get(f"{HOME}.csv?words=rita")
    assert answer["Content-Disposition"] == 'attachment; filename="harbour-press-orders.csv"'
    table = list(csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig"))))
    assert [(row["Number"], row["Code"], row["Amount"]) for row in table] == [
        ("1", "Rope", "12.80"),
        ("1", "Bell", "200.00"),
    ]
    assert table[0]["Name"] == "'=HYPERLINK(1)"
    assert table[0]["Company"] == "'=Rope & Sons"
    assert table[0]["Other particulars"] == "gate: South"
    told = json.loads(content(sara.get(f"{HOME}.json")))
    assert [row["number"] for row in told] == [2, 1]
    assert told[1]["particulars"]["name"] == "=HYPERLINK(1)"
    assert told[1]["total"] == "212.80"
    assert json.loads(content(sara.get(f"{HOME}.json?words=nobody"))) == []
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(sara.get(f"{HOME}.xlsx"))))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][head.index("Name")] == "=HYPERLINK(1)"
    assert rows[1][head.index("Amount")] == 12.8
    assert len(rows) == 3
    assert sara.get(f"{HOME}.pdf").status_code == 404


@pytest.mark.parametrize("path", [HOME, f"{HOME}.csv", f"{HOME}.json"])
def test_more_orders_take_no_more_queries(sara: Client, edition: Edition, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            answer = sara.get(path)
            content(answer) if answer.streaming else answer.content
        return len(context)

    placed(edition, {"bell": 2})
    asked()
    one = asked()
    for number in range(20):
        placed(edition, {"bell": 2}, key=f"k{number}x")
    assert asked() == one
