"""What `bin/demo` shows whoever tries it: the issue with its shop, its form and its comments, and the back office."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import DESKTOP, OpenReader, axe_violations, house_settings, keep_screen, started_house
from tests.journeys.stocking import EDITION, ROOT

pytestmark = pytest.mark.journey
ISSUE = "fathom/no-12/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[str]:
    """The house that `bin/demo` serves, made by the same script."""
    environment = house_settings(folder, MASTHEAD_CONVERSIONS="0", MASTHEAD_WEB_PROCESSES="1")
    del environment["MASTHEAD_SECRET_KEY"]  # it makes one
    script = [sys.executable, str(ROOT / "sample/house.py")]
    subprocess.run([*script, str(folder / "data"), str(EDITION), str(ROOT / "build/sample-issue.pdf")], check=True)
    with started_house(folder, environment, r"http://[\w.:]+/") as address:
        yield address


def test_a_visitor_finds_the_shop_the_form_and_what_others_say(house: str, open_reader: OpenReader) -> None:
    page = open_reader(f"{ISSUE}page/22", at=house, **DESKTOP)
    page.get_by_role("button", name="Product: Enamel mug").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("img")).to_be_visible()
    dialog.get_by_role("button", name="Add to the cart").click()
    expect(dialog.get_by_role("status")).not_to_be_empty()
    keep_screen(page, "demonstration-product")
    page.keyboard.press("Escape")
    expect(page.locator(".reader-toolbar .cart-count")).to_have_text("1")

    page = open_reader(f"{ISSUE}page/26", at=house, **DESKTOP)
    page.get_by_role("link", name="Form: Fill in the form").click()
    expect(page.get_by_role("dialog").get_by_role("group", name="How do you read Fathom?")).to_be_visible()
    assert axe_violations(page) == []

    page = open_reader(f"{ISSUE}page/8", at=house, **DESKTOP)
    page.keyboard.press("k")
    expect(page.locator(".panel-comments .comment")).to_have_count(3)
    keep_screen(page, "demonstration-comments")


def test_a_visitor_takes_bookmarked_and_chosen_pages_along_as_a_pdf(house: str, open_reader: OpenReader) -> None:
    page = open_reader(f"{ISSUE}page/5", at=house, **DESKTOP)
    page.keyboard.press("b")
    expect(page.get_by_text("Page 5: bookmarked")).to_be_visible()
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_role("menuitem", name="Download chosen pages").click()
    page.get_by_label("Bookmarked pages").check()
    for choose, pages in ((None, 1), ("2-3, 9", 3)):
        if choose:
            page.get_by_role("textbox", name="Pages, such as").fill(choose)
        with page.expect_download() as started:
            page.get_by_role("button", name="Download as PDF").click()
        with pikepdf.open(started.value.path()) as pdf:
            assert len(pdf.pages) == pages
    assert axe_violations(page) == []
    assert page.url.endswith("/page/5"), "the reader stays where it is"


def test_staff_sign_in_as_it_says_and_may_do_everything(house: str, folder: Path, browser: Browser) -> None:
    email, password = (folder / "data/sign-in").read_text("utf-8").split()
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.goto(f"{house}office/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="No. 12").first.click()
    page.get_by_role("link", name="Corrections", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("main").inner_text().count("error") == 0
    page.goto(f"{house}office/houses/fathom-quarterly/orders")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()
