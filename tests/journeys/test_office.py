"""The back office as staff see it: each screen on a desk and a phone, by day and in the dark, and in Arabic."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import PHONE, Look, serving_house, signed_in
from tests.library.fonts import woff2

pytestmark = pytest.mark.journey
HOUSE = "office/houses/harbour-press"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house that has been at work for some months."""
    with serving_house(tmp_path_factory.mktemp("office"), "seeding.py") as address:
        yield address


def screens(page: Page, house: str) -> dict[str, str]:
    """Every screen by name, found as a person finds it: by following links."""
    page.goto(f"{house}{HOUSE}/")
    edition = page.get_by_role("link", name="Fathom: No. 5").first.get_attribute("href") or ""
    publication = page.get_by_role("link", name="Fathom", exact=True).get_attribute("href") or ""
    of_house = ("", "/editions", "/statistics", "/counter", "/shelves", "/staff", "/log", "/settings", "/leaving")
    return {
        **{f"house{path.replace('/', '-')}": f"/{HOUSE}{path or '/'}" for path in of_house},
        **{
            f"publication-{part}": f"{publication}{part}"
            for part in ("particulars", "reading", "look", "words", "domain", "statistics")
        },
        "publication": publication,
        **{f"edition-{part}": f"{edition}{part}" for part in ("particulars", "reading", "share", "statistics")},
        "edition": edition,
        "you": "/office/you",
        "two-steps": "/account/2fa/",
        "sessions": "/account/sessions/",
    }


def test_every_screen_holds(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        for name, path in screens(page, house).items():
            page.goto(house.rstrip("/") + path)
            look(page, name)


def test_every_screen_holds_in_the_dark_and_from_the_right(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        found = screens(page, house)
    with signed_in(browser, house, color_scheme="dark", locale="ar") as page:
        for name, path in found.items():
            page.goto(house.rstrip("/") + path)
            if not name.startswith(("two", "sessions")):
                assert page.locator("html").get_attribute("dir") == "rtl"
            look(page, f"{name}-dark-arabic", "phone")


def test_a_day_at_the_desk(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        page.get_by_role("link", name="Harbour Press").first.click()
        page.get_by_role("link", name="Editions", exact=True).click()
        page.get_by_label("State").select_option("ready")
        page.get_by_role("button", name="Show").click()
        page.get_by_label("All on this page").check()
        page.get_by_role("button", name="Go on").click()
        look(page, "bulk")
        page.get_by_role("button", name="Yes, 1 edition").click()
        expect(page.get_by_role("status").first).to_have_text("1 of 1 editions changed.")

        page.get_by_role("link", name="Show all").first.click()
        page.get_by_label("Choose Autumn 2026").check()
        page.get_by_label("Choose No. 4").check()  # is live
        page.get_by_label("With those chosen").select_option(label="Publish at a time")
        page.get_by_role("button", name="Go on").click()
        look(page, "bulk-time")
        page.get_by_label("Goes live").fill("2031-01-05T07:30")
        page.get_by_role("button", name="Yes, 1 edition").click()
        expect(page.get_by_role("status").first).to_have_text("1 of 1 editions changed.")
        page.get_by_label("Choose No. 4").check()
        page.get_by_label("With those chosen").select_option(label="Delete")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Yes, 1 edition").click()
        look(page, "bulk-deleted")
        page.get_by_role("button", name="Restore the 1 edition that was deleted").click()
        expect(page.get_by_role("status").first).to_have_text("1 of 1 editions are back as they were.")
        page.get_by_role("link", name="No. 5").click()
        page.get_by_role("link", name="Share and proof").click()
        page.get_by_label("For whom").fill("The author")
        page.get_by_role("button", name="Make the link").click()
        address = page.locator("li", has_text="The author").locator("code").inner_text()
        stranger = browser.new_context(**PHONE).new_page()
        stranger.goto(address)
        expect(stranger).to_have_url(re.compile(r"/fathom/no-5/"))
        stranger.wait_for_selector("masthead-reader[data-ready]")
        stranger.context.close()


def test_colours_are_judged_while_they_are_typed_and_show_in_public(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        page.goto(house.rstrip("/") + screens(page, house)["publication-look"])
        page.get_by_label("Colour of links and buttons").fill("#ffd000")
        expect(page.locator('[data-told="accent"]')).to_contain_text("too faint to read")
        page.get_by_role("button", name="Save").click()
        look(page, "look-refused")
        assert page.get_by_label("Colour of links and buttons").input_value() == "#ffd000"
        page.get_by_label("Colour of links and buttons").fill("#0b5d4e")
        expect(page.locator('[data-told="accent"]')).to_contain_text("it can be read well")
        page.get_by_role("button", name="Save").click()
        page.goto(f"{house}fathom/")
        colour = "getComputedStyle(document.querySelector('.button.main')).backgroundColor"
        assert page.evaluate(colour) == "rgb(11, 93, 78)"
        look(page, "public-branded")
        page.goto(f"{house}fathom/no-4/")
        page.wait_for_selector("masthead-reader[data-ready] .reader-toolbar button")
        accent = "getComputedStyle(document.querySelector('masthead-reader')).getPropertyValue('--accent')"
        assert "#0b5d4e" in page.evaluate(accent)


def test_an_owner_takes_everything_out(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        page.goto(f"{house}{HOUSE}/")
        page.get_by_text("More", exact=True).click()
        page.get_by_role("link", name="Export everything").click()
        page.get_by_role("button", name="Prepare the file").click()
        expect(page.get_by_text("You get a mail when it is ready.")).to_be_visible()
        fetch = page.get_by_role("link", name="Fetch everything as of")
        expect(fetch).to_be_visible(timeout=120_000)
        look(page, "leaving")
        with page.expect_download() as kept:
            fetch.click()
        assert re.fullmatch(r"harbour-press-[\d-]{10}\.zip", kept.value.suggested_filename)
        with zipfile.ZipFile(kept.value.path()) as packed:
            names = packed.namelist()
            listed = json.loads(packed.read("contents.json"))
        assert {*names} == {*listed["files"], "contents.json"}
        assert listed["missing"] == []
        assert {"index.html", "private/tables/library.Edition.csv"} <= {*names}
        assert [name for name in names if re.fullmatch(r"public/[\w-]+/[\w-]+/issue\.epub", name)]


def test_a_typeface_is_handed_over_and_worn_in_public(house: str, browser: Browser, look: Look, tmp_path: Path) -> None:
    font = tmp_path / "display.woff2"
    font.write_bytes(woff2("Lantern Display"))
    with signed_in(browser, house) as page:
        page.goto(house.rstrip("/") + screens(page, house)["publication-look"])
        headings = page.get_by_role("group", name="For headings")
        headings.get_by_label("WOFF2 files").set_input_files(font)
        headings.get_by_role("button", name="Hand over").press("Enter")
        expect(headings).to_contain_text("Lantern Display")
        look(page, "typefaces")
        page.get_by_role("link", name="See the public page").click()
        expect(page.get_by_role("heading", level=1)).to_have_css("font-family", re.compile("^.Publication Headings"))
        page.wait_for_function("[...document.fonts].some((one) => one.status === 'loaded')")
        page.go_back()
        headings.get_by_role("button", name="Take away").press("Enter")
        expect(headings).to_contain_text("None. Headings are set as the text is.")
