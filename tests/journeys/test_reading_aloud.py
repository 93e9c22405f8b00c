"""Somebody listens to an article: sentences are marked as they are spoken, in the text and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, OpenReader, axe_violations, serving
from tests.stories import english_edition

pytestmark = pytest.mark.journey
SPEAKING = (Path(__file__).parent / "speaking.js").read_text(encoding="utf-8")
SILENT = "Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [], addEventListener() {} } })"
LIGHT = "article/the-light-on-the-reef"


@pytest.fixture(scope="module")
def reefs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(english_edition(tmp_path_factory.mktemp("reefs") / "edition").path) as address:
        yield address


def listening(open_reader: OpenReader, path: str, at: str, **options: Any) -> Page:
    page = open_reader(path, at=at, ready=False, script=SPEAKING, **options)
    page.wait_for_selector(".article-view:not([hidden]) .article-text h1")
    page.wait_for_timeout(400)
    page.keyboard.press("l")
    page.wait_for_function("() => device.log.length > 0")
    return page


def marked(page: Page, name: str) -> str:
    found: str = page.evaluate(
        "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString()).join('|')", name
    )
    return found


def test_it_begins_at_the_place_and_marks_sentence_and_word(open_reader: OpenReader, reefs: str, screen: Any) -> None:
    page = listening(open_reader, f"{LIGHT}#p2-b7", reefs)
    assert page.evaluate("device.texts()") == ["The shape was borrowed."]
    assert page.evaluate("device.log[0].voice") == "Ada"
    assert marked(page, "masthead-sentence") == "The shape was borrowed."
    page.evaluate("device.word(3)")
    assert marked(page, "masthead-word") == "borrowed."
    screen(page, "aloud-desktop")
    page.evaluate("device.end()")
    across = "It is broad at the foot, and slender above."
    assert marked(page, "masthead-sentence") == across, "a sentence goes on over the page"
    assert axe_violations(page) == []


def test_pause_goes_on_at_the_word_and_sentences_can_be_stepped(open_reader: OpenReader, reefs: str) -> None:
    page = listening(open_reader, f"{LIGHT}#p2-b7", reefs)
    page.evaluate("device.word(2)")
    page.keyboard.press("l")
    page.wait_for_function("() => !device.speaks()")
    page.get_by_role("button", name="Go on reading aloud").click()
    assert page.evaluate("device.texts().at(-1)") == "was borrowed."
    page.keyboard.press(".")
    assert marked(page, "masthead-sentence").startswith("It is broad")
    page.keyboard.press(",")
    page.keyboard.press(",")
    assert marked(page, "masthead-sentence") == "A tower like an oak"
    page.get_by_role("button", name="Speed: 1×").click()
    page.get_by_role("menuitemradio", name="1.5×").click()
    assert page.evaluate("device.log.at(-1).rate") == 1.5
    page.get_by_role("button", name="Voice").click()
    expect(page.get_by_role("menuitemradio")).to_have_text(["Ada", "Bert"])
    page.get_by_role("menuitemradio", name="Bert").click()
    assert page.evaluate("device.log.at(-1).voice") == "Bert"
    page.keyboard.press("Shift+L")
    expect(page.locator(".player")).to_have_count(0)
    assert not page.evaluate("device.speaks()")
    assert marked(page, "masthead-sentence") == ""
    page.keyboard.press("l")
    page.wait_for_function("() => device.speaks()")
    assert page.evaluate("[device.log.at(-1).rate, device.log.at(-1).voice]") == [1.5, "Bert"]


def test_the_text_scrolls_along_unless_somebody_looks_elsewhere(open_reader: OpenReader, reefs: str) -> None:
    page = listening(open_reader, LIGHT, reefs, **PHONE)
    seen = """() => {
      const box = [...CSS.highlights.get('masthead-sentence')][0].getBoundingClientRect();
      return box.bottom > 44 && box.top < innerHeight - 56;
    }"""
    for _ in range(30):
        page.evaluate("device.end()")
    page.wait_for_timeout(900)
    assert page.evaluate(seen)
    page.mouse.move(200, 400)
    page.mouse.wheel(0, -4000)
    page.wait_for_timeout(400)
    top = page.evaluate("document.querySelector('.article-scroll').scrollTop")
    page.evaluate("device.end()")
    page.wait_for_timeout(900)
    assert page.evaluate("document.querySelector('.article-scroll').scrollTop") == top


def test_on_the_page_the_sentence_is_marked_and_pages_follow(open_reader: OpenReader, reefs: str, screen: Any) -> None:
    page = listening(open_reader, f"{LIGHT}#p3-b3", reefs, **PHONE)
    page.keyboard.press("Escape")
    page.wait_for_selector(".page[data-page='3']:not(.is-away) .page-mark-spoken")
    screen(page, "aloud-page-phone")
    first = page.locator(".page-mark-spoken").first.bounding_box()
    page.evaluate("device.end()")
    page.wait_for_timeout(300)
    assert page.locator(".page-mark-spoken").first.bounding_box() != first
    for _ in range(7):
        page.evaluate("device.end()")
    page.wait_for_selector(".page[data-page='4']:not(.is-away) .page-mark-spoken")
    page.keyboard.press("Shift+L")
    expect(page.locator(".page-mark-spoken")).to_have_count(0)


def test_a_device_without_voices_is_told_so_kindly(open_reader: OpenReader, reefs: str, screen: Any) -> None:
    page = open_reader(LIGHT, at=reefs, ready=False, script=SILENT)
    page.wait_for_selector(".article-view:not([hidden]) .article-text h1")
    page.get_by_role("button", name="Read aloud").click()
    expect(page.locator(".player-status")).to_contain_text("no voice for reading aloud")
    assert axe_violations(page) == []
    screen(page, "aloud-no-voice")
    page.get_by_role("button", name="Stop reading aloud").click()
    expect(page.locator(".player")).to_have_count(0)


def test_it_ends_with_the_article(open_reader: OpenReader, reefs: str) -> None:
    page = listening(open_reader, "article/how-to-hear-fog", reefs)
    for _ in range(40):
        page.evaluate("device.end()")
    expect(page.locator(".player")).to_have_count(0)
    assert page.evaluate("device.log.length") == 13
