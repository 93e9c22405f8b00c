"""Links for recipients: staff make them, the recipient is asked, staff see what was agreed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Look, axe_violations, keep_screen, serving_house, signed_in, visitor

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with the sample issue."""
    folder: Path = tmp_path_factory.mktemp("recipients")
    with serving_house(folder, "comment_seeding.py") as address:
        yield address


def test_from_a_name_to_what_was_read(browser: Browser, house: str, look: Look) -> None:
    with signed_in(browser, house) as desk:
        desk.goto(f"{house}fathom/no-1/")
        desk.goto(f"{house}office/houses/harbour-press/editions")
        desk.get_by_role("link", name="No. 1").first.click()
        desk.get_by_role("link", name="Links for recipients").click()
        look(desk, "empty")
        desk.get_by_role("button", name="Make the links").click()
        expect(desk.locator("#id_names")).to_have_attribute("aria-invalid", "true")
        desk.locator("#id_names").fill("Nora of Nordic Paints\nدار الفنار للنشر")
        desk.get_by_role("button", name="Make the links").click()
        expect(desk.get_by_text("Links made: 2.")).to_be_visible()
        link = desk.locator("li", has_text="Nora").locator("code").inner_text()
        address = re.sub(r"^https?://[^/]+/", house, link)

        with visitor(browser) as page:
            _read(page, address, look)
        desk.reload()
        row = desk.locator("li", has_text="Nora")
        expect(row).to_contain_text("opened 1 time · 3 pages")
        row.locator("summary", has_text="What was read").click()
        expect(row.locator("tbody tr")).to_have_count(1)
        look(desk, "read")


def _read(page: Page, address: str, look: Look) -> None:
    """Asked, agreed, two pages read, left."""
    page.goto(address)
    expect(page.get_by_role("heading", name="A link for Nora of Nordic Paints")).to_be_visible()
    look(page, "asked")
    page.emulate_media(color_scheme="dark")
    keep_screen(page, "recipients-asked-dark")
    page.goto(f"{address}?lang=ar")
    look(page, "asked-arabic", "phone")
    page.goto(address)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="I agree, read on").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.wait_for_timeout(2500)
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".page:not(.is-away)[data-page='2']")
    page.wait_for_timeout(2500)
    page.goto(address)  # leaving the reader tells the rest
    expect(page.get_by_role("button", name="Stop it, and read on")).to_be_visible()
    assert axe_violations(page) == []
