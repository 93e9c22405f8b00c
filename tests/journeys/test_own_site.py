"""A publisher makes a key for its shop, and the shop's readers read at once; and what a spent link looks like."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import PHONE, Look, axe_violations, serving_house, signed_in
from tests.journeys.test_office import HOUSE

from masthead.access.identity.site_links import link_signed

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house."""
    with serving_house(tmp_path_factory.mktemp("site"), "seeding.py") as address:
        yield address


def connected(page: Page, house: str, look: Look) -> tuple[str, str, str]:
    """Address, key and secret of a site that is made and switched on."""
    page.goto(f"{house}{HOUSE}/identity")
    form = page.get_by_role("region", name="Let readers in from your own site")
    form.get_by_label("Name", exact=True).fill("Harbour Shop")
    form.get_by_role("button", name="Connect it").click()
    expect(page.get_by_role("heading", name="Harbour Shop", level=1)).to_be_visible()
    look(page, "site-new")
    page.get_by_label("A new key for").fill("Shop")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_role("heading", name="“Shop” is made")).to_be_visible()
    look(page, "site-key")
    secret = page.locator("code", has_text="mhk_").inner_text()
    key = page.locator(".once code").first.inner_text()
    address = page.locator("code", has_text="/link").inner_text()
    page.get_by_label("Readers can sign in with it").check()
    page.get_by_label("Where readers sign in on your site").fill("https://shop.example/read")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    return address, key, secret


def link(address: str, key: str, secret: str, nonce: str, **said: str) -> str:
    """A link as the shop makes it."""
    fields = {"key": key, "expires": str(int(time.time()) + 300), "nonce": f"a-nonce-of-the-shop-{nonce}"}
    return f"{address}?{link_signed(secret, {**fields, **said})}"


def test_from_a_key_to_readers(browser: Browser, house: str, look: Look) -> None:
    with signed_in(browser, house) as page:
        site = connected(page, house, look)
        page.get_by_label("Link", exact=True).fill(link(*site, "look", reader="4711", opens="all", name="Nora North"))
        page.get_by_role("button", name="Look into it").click()
        expect(page.get_by_text("The link is good.")).to_be_visible()
        look(page, "site-look")
        assert axe_violations(page) == []
        page.get_by_label("Link", exact=True).fill(link(*site, "look", reader="4711").replace("4711", "4712"))
        page.get_by_role("button", name="Look into it").click()
        expect(page.get_by_text("The link was not made by this site")).to_be_visible()
        office, state = page.url, page.context.storage_state()
        arabic = browser.new_context(color_scheme="dark", locale="ar", storage_state=state)
        dark = arabic.new_page()
        dark.goto(office)
        look(dark, "site-dark-arabic", "phone")
        assert axe_violations(dark) == []
        arabic.close()
        page.goto(link(*site, "other", reader="4711"))
        expect(page.get_by_role("heading", name="Somebody else is signed in")).to_be_visible()
        look(page, "site-other")
        assert axe_violations(page) == []
    context = browser.new_context(**PHONE)
    reader = context.new_page()
    once = link(*site, "once", reader="4711", name="Nora North", opens="all", to="/account/data")
    reader.goto(once)
    reader.wait_for_url("**/account/data")
    expect(reader.get_by_text("Your name here: Nora North")).to_be_visible()
    look(reader, "site-reader")
    assert axe_violations(reader) == []
    reader.goto(once)
    expect(reader.get_by_role("heading", name="Authentication failed")).to_be_visible()
    expect(reader.get_by_text("The link was used before.")).to_be_visible()
    look(reader, "site-used")
    assert axe_violations(reader) == []
    assert re.search(
        r"/account/identity/\w+/start", reader.get_by_role("link", name="Try again").get_attribute("href") or ""
    )
    context.close()
