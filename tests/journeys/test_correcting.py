"""Correcting an issue as staff do it: an article on the desk and with the keyboard alone, and what readers then get."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Look, serving_house, signed_in, until_gone

pytestmark = pytest.mark.journey
APPLIED_MS = 60_000  # on a machine that does other things too


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with the sample issue, which converts what it is asked to."""
    folder = tmp_path_factory.mktemp("correcting")
    with serving_house(folder, "correcting_seeding.py", MASTHEAD_CONVERSIONS="1") as address:
        yield address


def home_of(page: Page, house: str) -> str:
    """The address of the edition's home."""
    page.goto(f"{house}office/houses/harbour-press/editions")
    return house.rstrip("/") + str(page.get_by_role("link", name="No. 12").first.get_attribute("href"))


def apply(page: Page) -> None:
    """Press the button and wait until readers have it."""
    page.get_by_role("button", name="Apply the corrections").click()
    until_gone(page, ".pending", APPLIED_MS)


def has_words(page: Page, address: str, words: str) -> bool:
    """Whether readers have them by now; what waits to be applied is off the screen also while it is loaded anew."""
    page.goto(address)
    try:
        expect(page.locator("main, body").first).to_contain_text(words, timeout=4000)
    except AssertionError:
        return False
    return True


def test_an_article_is_corrected_and_readers_have_it(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        home = home_of(page, house)
        page.goto(home)
        page.get_by_role("link", name="Corrections").click()
        look(page, "nothing-yet")
        page.get_by_role("link", name="To the articles").click()
        look(page, "articles")
        page.get_by_role("link", name="A lamp left on").click()
        look(page, "article")
        page.get_by_label("Headline").fill("A lamp was left on")
        words = page.get_by_label(re.compile("^Words of block")).filter(has_text="power cut").first
        words.fill(words.input_value().replace("power cut", "failure of the power"))
        card = page.locator(".card").filter(has=words)
        card.get_by_label(re.compile("^Role of block")).select_option("quotation")
        expect(page.locator("[data-unsaved]")).to_have_text("Not kept yet.")
        page.get_by_role("button", name="Keep the changes").click()
        expect(page.get_by_role("status").first).to_contain_text("Kept.")
        expect(page.get_by_text("3 changes are not with readers yet.")).to_be_visible()
        page.get_by_role("link", name="Preview the article").click()
        expect(page.locator("article.preview blockquote")).to_contain_text("failure of the power")
        look(page, "preview")
        apply(page)
        page.goto(f"{home}corrections")
        look(page, "ledger")
        assert any(has_words(page, f"{house}fathom/no-12/page/4", "failure of the power") for _ in range(15))
        page.goto(f"{house}fathom/no-12/articles")
        expect(page.get_by_role("link", name="A lamp was left on").first).to_be_visible()


# Whether somebody sees what has the focus: the middle of it is not under something else.
IN_SIGHT = """() => {
    const { left, top, width, height } = document.activeElement.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return !!there && (document.activeElement.contains(there) || there.closest('label') !== null);
  }"""


def test_the_keyboard_alone_moves_a_block_and_undoes_it(house: str, browser: Browser) -> None:
    with signed_in(browser, house) as page:
        page.goto(f"{home_of(page, house)}text/4")
        third = page.get_by_label("Words of block 3", exact=True)
        said = third.input_value()
        third.focus()
        for _ in range(30):  # on the way down, past where the bar that stays would cover them
            page.keyboard.press("Tab")
            assert page.evaluate(IN_SIGHT), page.evaluate("document.activeElement.outerHTML")
        third.focus()
        page.keyboard.press("Alt+ArrowUp")
        expect(page.locator("[data-unsaved]")).to_contain_text("is now at place 2.")
        assert page.evaluate("document.activeElement.value") == said
        page.get_by_role("button", name="Keep the changes").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Kept.")
        assert page.get_by_label("Words of block 2", exact=True).input_value() == said
        page.get_by_role("button", name="Move block 2 down", exact=True).focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('.card').querySelector('textarea').value") == said
        page.goto(page.url.split("#")[0])  # the last move was not kept: the page asks before it leaves
        page.get_by_role("button", name="Undo the last one").click()
        expect(page.get_by_role("status").first).to_have_text("The change was taken back.")
        assert page.get_by_label("Words of block 3", exact=True).input_value() == said


def test_nothing_is_lost_when_the_server_is_away(house: str, browser: Browser) -> None:
    with signed_in(browser, house) as page:
        page.goto(f"{home_of(page, house)}contents")
        page.get_by_label("Entry 1", exact=True).fill("A title that must not get lost")
        page.route("**/contents", lambda route: route.abort())
        page.get_by_role("button", name="Keep the changes").click()
        expect(page.locator("[data-unsaved]")).to_contain_text("The server does not answer.")
        assert page.get_by_label("Entry 1", exact=True).input_value() == "A title that must not get lost"
        page.unroute("**/contents")
        page.get_by_role("button", name="Keep the changes").click()
        expect(page.get_by_role("status").first).to_contain_text("Kept.")


def test_two_findings_are_fixed_and_vanish(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        report = f"{home_of(page, house)}accessibility"
        page.goto(report)
        look(page, "findings")
        score = int(re.sub(r"\D.*", "", page.locator(".score .value").inner_text()))
        pictures = page.locator(".findings > li", has_text="Pictures without a description")
        levels = page.locator(".findings > li", has_text="Headings that skip a level")
        jumping = [str(link.get_attribute("href")) for link in levels.get_by_role("link").all()]
        mute = pictures.get_by_role("link").count()
        pictures.get_by_role("link").first.click()
        page.locator(".shots > li:target textarea").fill("An engraving of a lighthouse")
        for picture in page.locator(".shots > li").all():
            if not picture.locator("textarea").input_value():
                picture.get_by_label("Only decoration").check()
        page.get_by_role("button", name="Keep the changes").click()
        expect(page.get_by_role("status").first).to_contain_text("Kept.")
        look(page, "pictures")
        for place in jumping:
            page.goto(house.rstrip("/") + place)
            page.locator(".card:target select").select_option("heading-2")
            page.get_by_role("button", name="Keep the changes").click()
            expect(page.get_by_role("status").first).to_contain_text("Kept.")
        apply(page)
        page.goto(report)
        look(page, "fewer-findings")
        assert int(re.sub(r"\D.*", "", page.locator(".score .value").inner_text())) > score
        assert pictures.get_by_role("link").count() < mute
        assert [str(link.get_attribute("href")) for link in levels.get_by_role("link").all()] != jumping
        assert not set(jumping) & {str(link.get_attribute("href")) for link in levels.get_by_role("link").all()}


@pytest.mark.parametrize(("device", "scheme", "locale"), [("phone", "dark", "de"), ("desktop", "light", "ar")])
def test_every_screen_holds_in_the_dark_and_from_the_right(
    house: str, browser: Browser, look: Look, device: str, scheme: str, locale: str
) -> None:
    with signed_in(browser, house) as page:
        home = home_of(page, house)
        publication = house.rstrip("/") + str(
            page.goto(home) and page.locator(".crumbs a").nth(1).get_attribute("href")
        )
    with signed_in(browser, house, color_scheme=scheme, locale=locale) as page:
        for name in ("corrections", "articles", "articles/a2", "text/9", "pages", "pages/2/replace", "contents"):
            page.goto(f"{home}{name}")
            look(page, f"{name.replace('/', '-')}-{scheme}-{locale}", device)
        page.goto(f"{home}accessibility")
        look(page, f"accessibility-{scheme}-{locale}", device)
        for name in ("template", "accessibility"):
            page.goto(f"{publication}{name}")
            look(page, f"publication-{name}-{scheme}-{locale}", device)


def test_a_statement_is_written_and_read(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        page.goto(home_of(page, house))
        page.locator(".crumbs a").nth(1).click()
        page.get_by_role("link", name="Accessibility").click()
        page.get_by_label("Do the editions meet WCAG").select_option("partial")
        page.get_by_label("What not everybody can read").fill("Crosswords can only be solved on paper.")
        page.get_by_label("E-mail address").fill("access@harbour.example")
        page.get_by_label("Show it to readers").check()
        page.get_by_role("button", name="Save").click()
        look(page, "statement-form")
        page.goto(f"{house}fathom/")
        page.get_by_role("link", name="Accessibility").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility of Fathom")
        look(page, "statement")
