"""The search of the archive, from the box on the home page to the marked words on the page; desk, phone, Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, Look, OpenReader, serving_house, watched

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with two publications and three issues."""
    with serving_house(tmp_path_factory.mktemp("archive"), "archive_seeding.py") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor's."""
    context = browser.new_context(**DESKTOP)
    context.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
    page = context.new_page()
    problems = watched(page)
    yield page
    context.close()
    assert problems == []


def hits(page: Page) -> Locator:
    return page.locator(".hits > .hit")


def ask(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")


def test_a_phrase_is_found_narrowed_down_and_opened_with_its_marks(house: str, page: Page, look: Look) -> None:
    page.goto(house)
    ask(page, "fog horn keeper")
    page.wait_for_url("**/search?**")
    look(page, "some-words")
    ask(page, '"speak low"')
    expect(page).to_have_title(re.compile("speak low"))
    expect(hits(page)).to_have_count(3)
    expect(hits(page).first.locator("mark").first).to_have_text(re.compile("speak", re.IGNORECASE))
    look(page, "phrase")
    for hit in hits(page).all():
        _is_clipped_to_its_words(hit)
    ask(page, '"low speak"')
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    look(page, "nothing")
    ask(page, '"speak low"')
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Publication").select_option("beacon")
    expect(hits(page)).to_have_count(1)
    expect(hits(page)).to_contain_text("Beacon, Spring 2026")
    look(page, "one-publication")
    page.get_by_label("Issues from").fill("2026-01-01")
    page.get_by_label("Order").select_option("date")
    expect(page).to_have_url(re.compile("from=2026-01-01.*sort=date"))
    page.get_by_label("Publication").select_option("")
    expect(hits(page)).to_have_count(2)
    assert [hit.locator("time").get_attribute("datetime") for hit in hits(page).all()] == ["2026-11-01", "2026-03-20"]
    hits(page).first.get_by_role("link").last.click()
    page.wait_for_url("**/fathom/no-12/page/12?**")
    expect(page.locator(".page:not(.is-away)[data-page='12'] .page-mark")).not_to_have_count(0)
    look(page, "page-with-marks")


def _is_clipped_to_its_words(hit: Locator) -> None:
    """The piece of the page has come, and its marks lie within it."""
    picture = hit.locator(".clipping img")
    picture.scroll_into_view_if_needed()
    picture.evaluate("one => one.decode()")
    assert picture.evaluate("one => one.naturalWidth") > 100
    box = picture.bounding_box()
    assert box is not None
    assert hit.locator(".clipping rect").count() > 0
    for mark in hit.locator(".clipping rect").all():
        place = mark.bounding_box()
        assert place is not None
        assert place["width"] > 0
        assert box["x"] - 2 <= place["x"]
        assert place["x"] + place["width"] <= box["x"] + box["width"] + 2
        assert box["y"] - 2 <= place["y"]
        assert place["y"] + place["height"] <= box["y"] + box["height"] + 2


def test_articles_of_one_publication_open_with_their_marks(house: str, page: Page, look: Look) -> None:
    page.goto(f"{house}fathom/")
    ask(page, "diaphone")
    page.get_by_role("navigation", name="What is looked for").get_by_role("link", name="Articles").click()
    expect(hits(page)).to_have_count(2)
    expect(hits(page).first).to_contain_text("How to hear fog")
    look(page, "articles")
    page.goto(f"{house}fathom/search?q=diaphone&from=2026-12-01&to=2026-01-01")
    expect(page.get_by_text("The end is before the beginning.")).to_be_visible()
    look(page, "mistake")
    page.goto(f"{house}search?q=diaphonne")
    page.locator("a.instead").click()
    expect(hits(page).first.locator("mark").first).to_have_text(re.compile("diaphone", re.IGNORECASE))


@pytest.mark.parametrize(("device", "scheme", "locale"), [("phone", "dark", "de"), ("desktop", "light", "ar")])
def test_it_holds_in_the_dark_and_from_the_right(
    house: str, browser: Browser, look: Look, device: str, scheme: str, locale: str
) -> None:
    context = browser.new_context(**{**DESKTOP, "color_scheme": scheme, "locale": locale})
    page = context.new_page()
    page.goto(f"{house}search?q=lighthouse+lamp&sort=date")
    expect(hits(page).first).to_be_visible()
    look(page, f"{scheme}-{locale}", device)
    context.close()


def test_on_a_phone_a_hit_opens_on_its_page(house: str, open_reader: OpenReader) -> None:
    page = open_reader('search?q="power cut"', at=house, ready=False, **PHONE)
    expect(hits(page)).to_have_count(2)
    hits(page).first.get_by_role("link").last.click()
    page.wait_for_url(re.compile(r"/fathom/no-1[12]/page/4\?"))
    expect(page.locator(".page:not(.is-away)[data-page='4'] .page-mark")).not_to_have_count(0)
