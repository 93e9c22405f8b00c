"""One cart for all editions of a publication, from pages of other sites too; and what staff see of it in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import BROWSER, DESKTOP, PHONE, OpenReader, axe_violations, serving_files, serving_house
from tests.journeys.conftest import signed_in as staff_signed_in
from tests.journeys.test_ordering import fill_in, in_cart, open_product

pytestmark = pytest.mark.journey
Keep = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("shops")
    with serving_house(folder, "selling_twice_seeding.py") as address:
        yield address


def test_one_order_takes_what_was_chosen_in_two_editions(
    house: str, open_reader: OpenReader, browser: Browser, screen: Keep
) -> None:
    page = open_reader("fathom/no-7/page/22", at=house, user_agent=BROWSER, **DESKTOP)
    open_product(page, "Enamel mug")
    page.locator(".adding .button-solid").click()
    expect(page.locator(".reader-toolbar .cart-count")).to_have_text("1")
    page.keyboard.press("Escape")
    page.goto(f"{house}fathom/no-8/page/8")
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    assert in_cart(page) == "1", "what was chosen in the other edition"
    open_product(page, "Spyglass")
    page.locator(".adding .button-solid").click()
    page.locator(".adding > .button-outline").click()
    lines = page.locator(".cart-line")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="Enamel mug")).to_contain_text("No. 7")
    expect(lines.filter(has_text="Spyglass")).to_contain_text("£210.00")
    expect(page.locator(".cart-total bdi")).to_have_text("£266.00")
    screen(page, "order-cart-of-two-editions")
    assert axe_violations(page) == []
    page.locator(".cart-order").click()
    fill_in(page)
    page.get_by_role("button", name="Send the order").click()
    page.wait_for_url("**/orders/**")
    expect(page.locator("main")).to_contain_text("£266.00")

    with staff_signed_in(browser, house) as office:
        office.goto(f"{house}office/houses/harbour-press/orders")
        office.locator("main table a, main .rows a").first.click()
        for said in ("Enamel mug", "Spyglass", "No. 7", "No. 8", "£266.00"):
            expect(office.locator("main")).to_contain_text(said)
        office.goto(f"{house}office/houses/harbour-press/statistics")
        expect(office.locator(".tile", has_text="Order value")).to_contain_text("£266.00")
        office.locator("[data-table=orders-parts] a", has_text="Fathom").click()
        parts = office.locator("[data-table=orders-parts] tbody tr")
        expect(parts.filter(has_text="No. 7")).to_contain_text("56")
        expect(parts.filter(has_text="No. 8")).to_contain_text("210")
        products = office.locator("[data-table=products] tbody tr")
        expect(products.filter(has_text="HB-1130")).to_be_visible()
        assert axe_violations(office) == []
        screen(office, "order-statistics")


@pytest.mark.parametrize(("name", "window"), [("desktop", DESKTOP), ("phone", {**PHONE, "color_scheme": "dark"})])
def test_from_a_page_of_another_site_the_cart_comes_along(
    house: str, browser: Browser, screen: Keep, tmp_path: Path, name: str, window: dict[str, object]
) -> None:
    lines = f'<iframe src="{house}fathom/no-7/embed?page=22" title="Fathom" style="width:100%;height:700px"></iframe>'
    head = '<!doctype html><meta name="viewport" content="width=device-width"><title>News</title>'
    (tmp_path / "index.html").write_text(head + lines, encoding="utf-8")
    with serving_files(tmp_path) as other:
        context = browser.new_context(**window)
        context.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
        page = context.new_page()
        # Another name is another site, whose frames get no cookie of the house.
        page.goto(other.replace("127.0.0.1", "localhost"))
        frame = page.frame_locator("iframe")
        frame.locator("masthead-reader[data-ready] .page .page-picture").first.wait_for()
        frame.locator(".page .page-overlay[aria-label*='Spyglass']").first.click()
        frame.locator(".overlay-dialog .adding .button-solid").click()
        frame.locator(".adding > .button-outline").click()
        expect(frame.locator(".cart-notice")).to_contain_text("stays on this device")
        expect(frame.locator(".cart-order")).to_have_count(0)
        screen(page, f"order-in-a-frame-{name}")
        with context.expect_page() as opened:
            frame.get_by_role("link", name="Order in a window of its own").click()
        own = opened.value
        expect(own.locator(".order-what")).to_contain_text("Spyglass")
        screen(own, f"order-out-of-a-frame-{name}")
        assert axe_violations(own) == []
        own.get_by_role("button", name="Put it into the cart").click()
        own.get_by_role("button", name="Go on to the order form").click()
        fill_in(own)
        own.get_by_role("button", name="Send the order").click()
        expect(own.get_by_role("status")).to_contain_text("Your order has arrived.")
        context.close()
