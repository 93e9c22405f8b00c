"""Notes of somebody who has signed in: two browsers, no network for a while, what was made before, the PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import OpenReader, axe_violations, serving_house
from tests.journeys.stocking import PASSWORD

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house with the sample issue and a reader who has an account."""
    with serving_house(tmp_path_factory.mktemp("house"), "notes_seeding.py") as address:
        yield address


def sign_in(page: Page, house: str) -> None:
    page.goto(f"{house}account/login/?next=/fathom/no-12/page/12")
    page.locator("input[name='login']").fill("rita@reader.example")
    page.locator("input[name='password']").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("masthead-reader[data-ready] .page[data-page='12'][data-text='ready']")


def write(page: Page, words: str) -> None:
    page.keyboard.press("n")
    page.wait_for_selector(".notes-catcher")
    page.keyboard.press("Enter")
    page.get_by_label("Your note", exact=True).fill(words)
    page.get_by_role("button", name="Done").click()


def rewrite(page: Page, words: str) -> None:
    page.locator(".annotation-entry .entry-open").click()
    page.get_by_label("Your note", exact=True).fill(words)
    page.get_by_role("button", name="Done").click()


def agreed(page: Page) -> None:
    """Open the list and wait until it says that devices agree."""
    if page.locator(".panel .keeping").count() == 0:
        page.keyboard.press("m")
    expect(page.locator(".keeping")).to_contain_text("Synchronised with the account of Rita.", timeout=15_000)


def test_two_browsers_no_network_and_what_was_there_before(house: str, open_reader: OpenReader) -> None:
    phone = open_reader("fathom/no-12/page/12", at=house)
    phone.wait_for_selector(".page[data-page='12'][data-text='ready']")
    write(phone, "Before I had an account")
    phone.keyboard.press("m")
    expect(phone.locator(".keeping")).to_contain_text("Kept on this device.")
    expect(phone.get_by_role("link", name="Sign in to have them on all your devices")).to_be_visible()
    sign_in(phone, house)
    phone.keyboard.press("m")
    expect(phone.locator(".keeping-offer")).to_contain_text("1 item was made on this device without an account.")
    assert axe_violations(phone) == []
    expect(phone.locator(".annotation-entry")).to_have_count(0)
    phone.get_by_role("button", name="Add to my account").click()
    expect(phone.locator(".annotation-entry")).to_have_count(1)
    agreed(phone)

    desk = open_reader("fathom/no-12/page/12", at=house)
    sign_in(desk, house)
    expect(desk.locator(".note-pin")).to_have_count(1, timeout=15_000)
    agreed(desk)

    # Both write on the same note, one of them without a network.
    phone.context.set_offline(True)
    rewrite(phone, "From the train")
    with desk.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("annotations")):
        rewrite(desk, "From the desk")
    expect(phone.locator(".keeping")).to_contain_text("No connection.", timeout=15_000)
    phone.context.set_offline(False)
    expect(phone.locator(".annotation-entry")).to_contain_text("From the desk From the train", timeout=30_000)
    agreed(phone)
    desk.reload()
    desk.wait_for_selector(".note-pin")
    desk.keyboard.press("m")
    expect(desk.locator(".annotation-entry")).to_contain_text("From the desk From the train", timeout=15_000)


def test_signing_out_takes_them_from_the_device(house: str, open_reader: OpenReader) -> None:
    page = open_reader("fathom/no-12/page/12", at=house)
    sign_in(page, house)
    page.wait_for_selector(".page[data-page='12'][data-text='ready']")
    write(page, "Private")
    agreed(page)
    page.context.clear_cookies(name="session")
    page.reload()
    page.wait_for_selector(".page[data-page='12'][data-text='ready']")
    page.keyboard.press("m")
    expect(page.locator(".keeping")).to_contain_text("Kept on this device.", timeout=15_000)
    expect(page.locator(".note-pin")).to_have_count(0)


def test_the_pdf_has_the_notes_in_it(house: str, open_reader: OpenReader, tmp_path: Path) -> None:
    page = open_reader("fathom/no-12/page/12", at=house)
    page.wait_for_selector(".page[data-page='12'][data-text='ready']")
    write(page, "In the margin")
    page.keyboard.press("m")
    page.get_by_text("Export and import").click()
    with page.expect_download(timeout=60_000) as file:
        page.get_by_role("button", name="PDF with notes").click()
    pdf = pikepdf.open(io.BytesIO(Path(file.value.path()).read_bytes()))
    found = [str(each["/Contents"]) for each in pdf.pages[11].obj["/Annots"] if str(each["/Subtype"]) == "/Text"]
    assert found == ["In the margin"]
