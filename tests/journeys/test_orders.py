"""Orders and price lists as staff work with them: on desk and phone, in the dark, in Arabic, with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Look, serving_house, signed_in
from tests.journeys.test_office import HOUSE

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house to which orders have come."""
    with serving_house(tmp_path_factory.mktemp("shop"), "seeding_orders.py") as address:
        yield address


def test_an_order_is_found_worked_on_and_forgotten(shop: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, shop, "sara@harbour.example") as page:
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Orders").click()
        expect(page.get_by_role("status")).to_contain_text("6 orders")
        look(page, "orders")
        page.get_by_label("Number, name, e-mail address or product code").fill("featherstone")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("status")).to_contain_text("1 order")
        page.get_by_label("Number, name, e-mail address or product code").fill("nobody")
        page.get_by_label("Number, name, e-mail address or product code").press("Enter")
        look(page, "orders-none-fits")
        page.get_by_role("link", name="Show all").first.click()
        page.get_by_role("link", name="Order 1", exact=True).click()
        look(page, "order")
        page.get_by_label("New status").select_option(label="Sent")
        page.get_by_label("Tell the customer by mail").check()
        page.get_by_label("What the mail says besides").fill("Parcel 12")
        page.get_by_role("button", name="Set the status").press("Enter")
        expect(page.locator("h1 + p .state")).to_have_text("Sent")
        look(page, "order-sent")
        page.get_by_role("button", name="Take out who ordered").click()
        expect(page.get_by_text("To be taken out as soon as")).to_be_visible()


def test_whoever_sees_to_the_shop_sees_what_is_sold(shop: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, shop, "sara@harbour.example") as page:
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Statistics").click()
        expect(page.get_by_role("heading", name="Orders by day")).to_be_visible()
        expect(page.get_by_text("Order value", exact=True)).to_be_visible()
        expect(page.get_by_text("Visits", exact=True)).to_have_count(0)
        look(page, "statistics-of-the-shop")
        with page.expect_download() as kept:
            page.get_by_role("link", name="CSV").first.click()
        assert "Orders" in kept.value.path().read_text(encoding="utf-8-sig")
        page.goto(f"{shop}{HOUSE}/statistics?since=2020-01-01&until=2020-01-07")
        expect(page.get_by_role("heading", name="Nothing was sold in these days")).to_be_visible()
        look(page, "statistics-of-the-shop-none")


def test_several_orders_get_a_status(shop: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, shop, "sara@harbour.example") as page:
        page.goto(f"{shop}{HOUSE}/orders")
        page.get_by_label("All on this page").check()
        page.get_by_label("With those chosen").select_option(label="Status: In work")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="Give these orders the status")).to_be_visible()
        look(page, "orders-change")
        page.get_by_role("button", name="Yes").click()
        expect(page.get_by_role("status").first).to_contain_text("orders changed")


def test_price_lists_and_options(shop: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, shop, "sara@harbour.example") as page:
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Tide").first.click()
        page.get_by_role("link", name="Price lists").click()
        look(page, "price-lists-empty")
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Fathom").first.click()
        page.get_by_role("link", name="Price lists").click()
        look(page, "price-lists")
        page.get_by_role("link", name="Trade").click()
        page.get_by_label("Code", exact=True).fill("FA-4712")
        page.get_by_label("Price", exact=True).fill("18,50")
        page.get_by_role("button", name="Set the price").click()
        expect(page.get_by_role("table")).to_contain_text("€18.50")
        look(page, "price-list")
        page.get_by_role("link", name="Products", exact=True).click()
        page.get_by_role("link", name="FA-4711").click()
        look(page, "product-with-options")


def test_a_feed_and_the_checkout(shop: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, shop, "sara@harbour.example") as page:
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Tide").first.click()
        page.get_by_role("link", name="Products", exact=True).click()
        page.get_by_role("link", name="Product feed").click()
        page.get_by_label("Address", exact=True).fill("http://10.0.0.1/feed.xml")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#id_address-mistake")).to_be_visible()
        look(page, "feed-refused")
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Fathom").first.click()
        home = page.url
        page.goto(f"{home}products/feed")
        page.get_by_text("Rows that cannot be taken").first.click()
        look(page, "feed")
        page.get_by_role("link", name="Checkout").click()
        page.get_by_label("Your shop's checkout").fill("https://shop.harbour.example/carts")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status")).to_contain_text("Saved.")
        page.get_by_text("Show the secret").click()
        look(page, "checkout")
    with signed_in(browser, shop, color_scheme="dark", locale="ar") as page:
        page.goto(f"{home}products/feed")
        look(page, "feed-dark-arabic", "phone")
        page.goto(f"{home}checkout")
        look(page, "checkout-dark-arabic", "phone")


def test_orders_in_the_dark_from_the_right_and_closed_to_editors(shop: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, shop, color_scheme="dark", locale="ar") as page:
        page.goto(f"{shop}{HOUSE}/orders")
        look(page, "orders-dark-arabic", "phone")
        page.locator("tbody th a").nth(4).click()
        look(page, "order-dark-arabic", "phone")
        page.goto(f"{shop}{HOUSE}/")
        page.get_by_role("link", name="Fathom").first.click()
        page.goto(f"{page.url}prices")
        page.get_by_role("link", name="Trade").click()
        look(page, "price-list-dark-arabic", "phone")
    with signed_in(browser, shop, "emil@harbour.example") as page:
        page.goto(f"{shop}{HOUSE}/orders")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look(page, "orders-not-allowed")
