"""Ordering as people do it: from a page, on a phone, in Arabic, by keys, offline, on two devices, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, Look, OpenReader, axe_violations, serving_house, watched
from tests.journeys.selling_seeding import READER
from tests.journeys.stocking import PASSWORD

pytestmark = pytest.mark.journey
Keep = Callable[[Page, str], None]
EDITION = "fathom/no-7/"
SHOP = f"{EDITION}page/22"
RITA = {
    "name": "Rita Reader",
    "email": "rita@reader.example",
    "phone": "+49 40 1234567",
    "billing_line1": "Am Kai 1",
    "billing_city": "Hamburg",
    "billing_postcode": "20457",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("shop")
    with serving_house(folder, "selling_seeding.py") as address:
        yield address


def open_product(page: Page, name: str) -> None:
    page.locator(f".page .page-overlay[aria-label*='{name}']").first.click()
    page.wait_for_selector(".overlay-dialog .adding")


def fill_in(page: Page) -> None:
    for name, value in RITA.items():
        page.fill(f"#order-{name}", value)
    page.select_option("#order-billing_country", "DE")


def in_cart(page: Page) -> str:
    count = page.locator(".reader-toolbar .cart-count")
    count.wait_for(timeout=60_000)
    return count.inner_text()


@pytest.mark.parametrize(
    ("name", "window", "language"),
    [("desktop", DESKTOP, "en"), ("phone", {**PHONE, "color_scheme": "dark"}, "de"), ("arabic", DESKTOP, "ar")],
)
def test_from_a_page_to_an_order(
    house: str, open_reader: OpenReader, screen: Keep, name: str, window: dict[str, Any], language: str
) -> None:
    page = open_reader(f"{SHOP}?lang={language}", at=house, **window, locale=language)
    bar = ".reader-footer" if name == "phone" else ".reader-toolbar"
    page.locator(f"{bar} .cart-tool").click()
    page.wait_for_selector(".cart-empty")
    screen(page, f"order-cart-empty-{name}")
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    open_product(page, "Enamel mug")
    page.locator(".adding .quantity-field").fill("5")
    page.locator(".adding .button-solid").click()
    expect(page.locator(".adding-said")).to_have_class("adding-said is-wrong")
    page.locator(".adding .quantity-field").fill("6")
    page.locator(".adding .button-solid").click()
    expect(page.locator(".adding > .button-outline")).to_be_visible()
    screen(page, f"order-card-{name}")
    assert axe_violations(page) == []
    page.locator(".adding > .button-outline").click()
    page.wait_for_selector(".cart-amount bdi")
    page.locator(".cart .quantity button").last.click()
    expect(page.locator(".cart-total bdi")).to_contain_text("112")
    screen(page, f"order-cart-{name}")
    assert axe_violations(page) == []
    page.locator(".cart-order").click()
    page.wait_for_selector(".order-form")
    fill_in(page)
    page.locator(".order-form button[type=submit]").click()
    page.wait_for_url("**/orders/**")
    screen(page, f"order-sent-{name}")
    assert axe_violations(page) == []
    page.goto(f"{house}{SHOP}?lang={language}")
    page.wait_for_function("() => !Object.values(localStorage).some((kept) => kept.includes('HB-3005'))")


def test_with_keys_alone_from_the_article_view(house: str, open_reader: OpenReader) -> None:
    page = open_reader(SHOP, at=house)
    page.wait_for_selector(".reader-toolbar .tools")
    page.keyboard.press("a")
    thing = page.locator(".article-overlays button", has_text="Spyglass")
    thing.wait_for()
    thing.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".adding")
    page.locator(".adding .quantity-field").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".adding-said")).to_contain_text("Spyglass")
    page.keyboard.press("Escape")
    expect(thing).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_selector(".cart-amount bdi")
    more = page.get_by_role("button", name="More of Spyglass")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cart-total bdi")).to_contain_text("420")
    expect(page.get_by_role("button", name="More of Spyglass")).to_be_focused()
    page.get_by_role("button", name="Remove Spyglass").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cart-empty")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)


def test_without_a_connection_the_cart_stays_on_the_device(house: str, open_reader: OpenReader, screen: Keep) -> None:
    page = open_reader(SHOP, at=house)
    open_product(page, "Dinner bell")
    page.locator(".adding .button-solid").click()
    page.locator(".adding > .button-outline").click()
    page.wait_for_selector(".cart-total bdi")
    page.context.set_offline(True)
    page.get_by_role("button", name="More of Dinner bell").click()
    expect(page.locator(".cart-notice")).to_contain_text("stays on this device")
    screen(page, "order-cart-offline")
    assert axe_violations(page) == []
    assert page.locator(".cart-order").count() == 0
    page.context.set_offline(False)
    expect(page.locator(".cart-total bdi")).to_contain_text("117.50")


def signed_in(context: BrowserContext, house: str) -> Page:
    page = context.new_page()
    page.goto(f"{house}account/login/")
    page.locator("[name=login]").fill(READER)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda address: "login" not in address)
    return page


def test_two_devices_and_an_account_have_one_cart(
    house: str, open_reader: OpenReader, browser: Browser, screen: Keep
) -> None:
    phone = open_reader(SHOP, at=house, **PHONE)
    open_product(phone, "Chart bag")
    phone.locator(".adding .button-solid").click()
    expect(phone.locator(".reader-footer .cart-count")).to_have_text("1")
    signed_in(phone.context, house).close()
    phone.reload()
    phone.locator(".reader-footer .cart-tool").click()
    expect(phone.locator(".cart-total bdi")).to_contain_text("39.00")
    desk = browser.new_context(**DESKTOP)
    desk.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
    page = signed_in(desk, house)
    page.goto(f"{house}{SHOP}")
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    assert in_cart(page) == "1", "the other device's cart is here without being asked for"
    open_product(page, "Chart bag")
    page.locator(".adding .button-solid").click()
    page.locator(".adding > .button-outline").click()
    expect(page.locator(".cart-total bdi")).to_contain_text("78.00")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator(".cart-total bdi")).to_contain_text("78.00")
    page.locator(".cart-order").click()
    assert page.input_value("#order-name") == "Rita Reader"
    fill_in(page)
    page.locator(".order-form button[type=submit]").click()
    page.get_by_role("link", name="Your orders").click()
    expect(page.get_by_role("heading", name="Your orders")).to_be_visible()
    screen(page, "order-my-orders")
    assert axe_violations(page) == []
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator(".cart-empty")).to_be_visible()
    desk.close()


def test_without_scripts_all_of_it_works(house: str, browser: Browser) -> None:
    context = browser.new_context(**{**PHONE, "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"{house}{SHOP}")
    page.locator("[data-kind=product]", has_text="Sardines").get_by_role("link", name="Order it").click()
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Add to the cart").click()
    page.get_by_label("Quantity of Sardines").fill("3")
    page.get_by_role("button", name="Go on to the order form").click()
    page.get_by_role("button", name="Send the order").click()
    expect(page.locator("#order-name-mistake")).to_be_visible()
    fill_in(page)
    page.get_by_role("button", name="Send the order").click()
    assert page.get_by_role("status").inner_text().startswith("Your order has arrived.")
    assert "£18.60" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize(
    ("name", "options"), [("light", {}), ("dark-arabic", {"color_scheme": "dark", "locale": "ar"})]
)
def test_every_page_in_every_state(
    house: str, browser: Browser, look: Look, name: str, options: dict[str, Any]
) -> None:
    context = browser.new_context(**{**DESKTOP, **options})
    page = context.new_page()
    problems = watched(page)
    page.goto(f"{house}{EDITION}cart")
    look(page, f"cart-empty-{name}")
    for code, number in (("HB-3005", "5"), ("HB-1077", "2")):
        page.goto(f"{house}{EDITION}product?code={code}")
        page.fill("#quantity", number)
        look(page, f"product-{name}")
        page.locator(".adding .main").click()
    look(page, f"cart-{name}")
    page.locator("#quantity-1").fill("6")
    page.locator("[name=order]").click()
    page.locator(".order-form button[type=submit]").click()
    expect(page.locator(".mistakes")).to_be_focused()
    look(page, f"order-mistakes-{name}")
    fill_in(page)
    page.locator("[name=same]").uncheck()
    look(page, f"order-{name}")
    page.locator("[name=same]").check()
    page.locator(".order-form button[type=submit]").click()
    page.wait_for_url("**/orders/**")
    look(page, f"sent-{name}")
    context.close()
    assert problems == []


@pytest.mark.parametrize("width", [320, 390, 700, 1000, 1100, 1280])
def test_the_tools_still_fit(house: str, open_reader: OpenReader, width: int) -> None:
    page = open_reader(SHOP, at=house, viewport={"width": width, "height": 800})
    page.wait_for_selector(".cart-tool", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.querySelector('.reader-toolbar').scrollWidth - innerWidth") <= 0
    shown = page.locator(".cart-tool:visible")
    assert shown.count() == 1
    box = shown.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("a")
    tools = page.locator(".article-bar .tools")
    tools.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(tools.locator("button[data-panel=share]")).to_be_visible(visible=width >= 700)
    if width < 700:  # what has no room there is in the menu
        tools.locator(".article-more > .button").click()
        expect(tools.get_by_role("menuitem", name="Share")).to_be_visible()
