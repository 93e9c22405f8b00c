"""Feeds of products: read in every shape, fetched from a real server, written down; a broken one changes nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.cast import Cast, signed_in
from tests.orders.ordering import ROPE
from tests.orders.shops import Shop, opened
from tests.spreadsheets import workbook

from masthead.accounts.errors import NotAllowedError
from masthead.orders.errors import FeedUnreadableError, ProductAddressError
from masthead.orders.feed_reading import feed_rows
from masthead.orders.feeds import feed_ask, feed_fetch, feed_of, feed_remove, feed_set, feeds_fetch_due, runs_of
from masthead.orders.picture_fetching import pictures_fetch_due
from masthead.orders.selectors import FeedRun, Product, ProductFeed
from masthead.orders.services import product_create

GOOGLE = b"""<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Harbour shop</title>
<item><g:id>L-1</g:id><title>Lantern &amp; wick</title><g:price>24.50 EUR</g:price>
<g:sale_price>19.90 EUR</g:sale_price>
<link>https://shop.example/l-1</link><g:image_link>https://shop.example/l-1.jpg</g:image_link>
<g:item_group_id>L</g:item_group_id><g:size>Large</g:size><g:color>blue</g:color>
<g:availability>in_stock</g:availability></item>
<item><g:id>L-2</g:id><g:title>Bell</g:title><g:price>1,234.00 USD</g:price>
<g:availability>out_of_stock</g:availability></item>
</channel></rss>"""
LANTERN = {
    "code": "L-1",
    "name": "Lantern & wick",
    "price": "19.90",
    "currency": "EUR",
    "stock": "",
    "address": "https://shop.example/l-1",
    "picture_address": "https://shop.example/l-1.jpg",
    "group": "L",
    "option": "Large, blue",
}
BELL = {"code": "L-2", "name": "Bell", "price": "1,234.00", "currency": "USD", "stock": "0"}
SHEET = b"id\ttitle\tprice\tavailability\nL-1\tLantern\t19.90 EUR\tin stock\nL-2\tBell\tEUR 3\tout of stock\n"


@pytest.fixture
def shop(settings: Any) -> Iterator[Shop]:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"feed_hosts": "127.0.0.1"})
    with opened() as shop:
        yield shop


def fed(cast: Cast, address: str) -> ProductFeed:
    return feed_set(by=cast.shop, publication=cast.fathom, address=address, hours=6, is_on=True)


def sheet(*codes: str) -> bytes:
    return "\n".join(["code,name,price,currency", *(f"{code},Product {code},5,EUR" for code in codes)]).encode()


def offered() -> list[str]:
    return [row.code for row in Product.objects.filter(is_offered=True)]


def test_google_merchant_is_read() -> None:
    assert feed_rows(GOOGLE) == [(1, LANTERN), (2, BELL)]
    atom = GOOGLE.replace(b"<item>", b"<entry>").replace(b"</item>", b"</entry>")
    assert feed_rows(atom) == [(1, LANTERN), (2, BELL)]


def test_sheets_and_json_are_read() -> None:
    table = [{"code": "L-1", "name": "Lantern", "price": "19.90", "currency": "EUR", "stock": ""}]
    table += [{"code": "L-2", "name": "Bell", "price": "3", "currency": "EUR", "stock": "0"}]
    assert [said for _, said in feed_rows(SHEET)] == table
    cells = [line.split("\t") for line in SHEET.decode().splitlines()]
    assert [said for _, said in feed_rows(workbook(cells))] == table
    told = [{"code": "L-1", "title": "Lantern", "price": 19.9, "currency": "EUR", "stock": 3, "tags": ["x"]}]
    row = (1, {"code": "L-1", "name": "Lantern", "price": "19.9", "currency": "EUR", "stock": "3"})
    assert feed_rows(json.dumps(told).encode()) == [row]
    assert feed_rows(json.dumps({"version": 1, "products": told}).encode()) == [row]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<rss><channel/></rss>",
        b"<rss><item>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><rss><item><id>&a;</id></item></rss>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><rss><item><id>1</id></item></rss>',
        b"{",
        b"[1, 2]",
        b'{"orders": []}',
        b"[" * 100_000,
        b"name,price\nLantern,3\n",
        b"PK\x03\x04",
        b"\x00\x01\x02",
    ],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(FeedUnreadableError):
        feed_rows(data)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(), st.text().map(str.encode), st.binary().map(lambda data: GOOGLE[:200] + data)))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    with suppress(FeedUnreadableError):
        assert feed_rows(data)


def test_a_feed_is_asked_at_its_time_and_written_down(cast: Cast, shop: Shop) -> None:
    own = product_create(by=cast.shop, publication=cast.fathom, said=ROPE)
    feed = fed(cast, shop.put("/feed.xml", GOOGLE.replace(b"1,234.00", b"dear")))
    assert feeds_fetch_due(timezone.now()) == 1
    run = FeedRun.objects.get()
    assert (run.new, run.changed, run.gone, run.problems, run.problem) == (1, 0, 0, 1, "")
    assert run.rows[0] | {"sentence": ""} == {
        "row": 2,
        "code": "L-2",
        "field": "price",
        "written": "dear",
        "sentence": "",
    }
    row = Product.objects.get(key="l-1")
    assert (row.price, row.option, row.is_fed) == (Decimal("19.9"), "Large, blue", True)
    feed.refresh_from_db()
    assert feed.due_at is not None
    assert timedelta(hours=5) < feed.due_at - timezone.now() < timedelta(hours=7)
    assert feeds_fetch_due(timezone.now()) == 0
    assert Product.objects.get(pk=own.pk).is_fed is False


def test_what_the_feed_has_no_more_goes_and_comes_back(cast: Cast, shop: Shop) -> None:
    product_create(by=cast.shop, publication=cast.fathom, said=ROPE)
    address = shop.put("/feed.csv", sheet("A", "B", "C"))
    feed = fed(cast, address)
    feed_fetch(feed)
    shop.put("/feed.csv", sheet("A", "C"))
    assert feed_fetch(feed).gone == 1
    assert offered() == ["A", "C", "Rope"]
    assert feed_fetch(feed).gone == 0
    Product.objects.filter(key="c").update(is_offered=False)  # by hand: the feed does not offer it again
    shop.put("/feed.csv", sheet("A", "B", "C"))
    assert feed_fetch(feed).same == 3
    assert offered() == ["A", "B", "Rope"]


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 500), (b"<html>Down</html>", 200), (b"code,name\n", 200), (b"code,name\nA,\n", 200)]
)
def test_a_broken_feed_changes_nothing(cast: Cast, shop: Shop, body: bytes, status: int) -> None:
    address = shop.put("/feed.csv", sheet("A", "B"))
    feed = fed(cast, address)
    feed_fetch(feed)
    Product.objects.filter(key="a").update(name="")
    before = list(Product.objects.order_by("key").values())
    shop.put("/feed.csv", body, status)
    assert feed_fetch(feed).problem in ("feed_unreadable", "")
    Product.objects.filter(key="a").update(name="")
    assert [row["is_offered"] for row in before] == list(
        Product.objects.order_by("key").values_list("is_offered", flat=True)
    )


def test_a_feed_that_lost_half_is_taken_only_on_request(cast: Cast, shop: Shop) -> None:
    codes = [f"P{number}" for number in range(30)]
    address = shop.put("/feed.csv", sheet(*codes))
    feed = fed(cast, address)
    feeds_fetch_due(timezone.now())
    shop.put("/feed.csv", sheet(*codes[:5]))
    ProductFeed.objects.update(due_at=timezone.now())
    feeds_fetch_due(timezone.now())
    run = runs_of(feed)[0]
    assert (run.problem, run.gone) == ("feed_unreadable", 0)
    assert "25 products would go" in run.detail
    assert len(offered()) == 30
    feed_ask(by=cast.shop, publication=cast.fathom)
    feeds_fetch_due(timezone.now())
    run = runs_of(feed)[0]
    assert (run.gone, run.by) == (25, cast.shop)
    assert len(offered()) == 5


def test_feeds_lead_nowhere_inside(cast: Cast, shop: Shop, settings: Any) -> None:
    for address in ("http://127.0.0.1/feed", "http://[::1]/", "ftp://shop.example/", "file:///etc/passwd", "shop"):
        settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"feed_hosts": ""})
        with pytest.raises(ProductAddressError):
            fed(cast, address)
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"feed_hosts": "127.0.0.1"})
    feed = fed(cast, shop.put("/moved", b"", 302, Location="http://169.254.169.254/latest/meta-data"))
    run = feed_fetch(feed)
    assert run.problem == "feed_unreadable"
    assert "refused" in run.detail
    assert shop.asked == ["/moved"]


def test_only_the_shop_sees_to_the_feed(cast: Cast, shop: Shop) -> None:
    address = shop.put("/feed.csv", sheet("A"))
    with pytest.raises(NotAllowedError):
        feed_set(by=cast.editor, publication=cast.fathom, address=address, hours=6, is_on=True)
    fed(cast, address)
    with pytest.raises(NotAllowedError):
        feed_of(cast.editor, cast.fathom)
    feeds_fetch_due(timezone.now())
    feed_remove(by=cast.shop, publication=cast.fathom)
    assert Product.objects.get().is_fed is False
    assert offered() == ["A"]


def test_pictures_are_fetched_once_for_each_address(cast: Cast, shop: Shop, data: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(stream, "JPEG")
    good, bad = shop.put("/good.jpg", stream.getvalue()), shop.put("/bad.jpg", b"<svg/>")
    row = product_create(by=cast.shop, publication=cast.fathom, said={**ROPE, "picture_address": good})
    other = product_create(by=cast.shop, publication=cast.fathom, said={**ROPE, "code": "R2", "picture_address": bad})
    assert pictures_fetch_due() == 1
    assert pictures_fetch_due() == 0
    assert sorted(shop.asked) == ["/bad.jpg", "/good.jpg"]
    row.refresh_from_db()
    other.refresh_from_db()
    assert row.picture.endswith(".webp")
    assert other.picture == ""


def test_staff_set_a_feed_and_read_its_log(cast: Cast, shop: Shop) -> None:
    home = f"/office/publications/{cast.fathom.pk}/products/feed"
    sara = signed_in(cast.shop)
    wrong = sara.post(home, {"address": "http://10.0.0.1/feed", "hours": "24"})
    assert wrong.status_code == 422
    assert 'value="http://10.0.0.1/feed"' in wrong.content.decode()
    said = {"address": shop.put("/f.csv", sheet("A") + b"\nB,Bell,dear,EUR"), "hours": "24", "is_on": "on"}
    assert sara.post(home, said)["Location"] == home
    assert "It was not asked yet" in sara.get(home).content.decode()
    feeds_fetch_due(timezone.now())
    shop.put("/f.csv", b"", 503)
    assert sara.post(f"{home}/fetch")["Location"] == home
    feeds_fetch_due(timezone.now())
    page = sara.get(home).content.decode()
    assert "New: 1. Changed: 0. As before: 0. Gone: 0. Not taken: 1." in page
    assert "status 503" in page
    assert '<td dir="auto">dear</td>' in page
    assert signed_in(cast.editor).get(home).status_code == 403
    sara.post(f"{home}/remove")
    assert not ProductFeed.objects.exists()
