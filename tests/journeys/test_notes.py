"""Bookmarks, highlights, drawings and notes of somebody without an account: by mouse, finger and keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import PHONE, OpenReader, axe_violations

pytestmark = pytest.mark.journey
Screen = Callable[[Page, str], None]
FOG = "page/12"
WORD = ".page[data-page='12'] .text-block[data-block='p12-b9'] .word"


def ready(page: Page, number: int = 12) -> Page:
    page.wait_for_selector(f".page[data-page='{number}'][data-text='ready']")
    return page


def word(page: Page, text: str) -> Locator:
    return page.locator(WORD, has_text=text).first


def choose(page: Page, text: str) -> None:
    """A double click selects a word."""
    box = word(page, text).bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2)
    page.wait_for_selector(".selection-bar")


def kept(page: Page) -> list[Any]:
    """What the browser's own database holds."""
    found: list[Any] = page.evaluate(
        """() => new Promise((done) => {
            const asked = indexedDB.open('masthead-notes');
            asked.onsuccess = () => {
                const all = asked.result.transaction('ledgers').objectStore('ledgers').getAll();
                all.onsuccess = () => { asked.result.close(); done(all.result.map((entry) => entry.ledger.local)); };
            };
        })"""
    )
    return found


def test_words_are_highlighted_kept_and_shown_in_the_article_too(open_reader: OpenReader, screen: Screen) -> None:
    page = ready(open_reader(FOG))
    choose(page, "diaphone")
    assert axe_violations(page) == []
    page.get_by_role("button", name="One word more").click()
    page.get_by_role("button", name="Highlight: Green").click()
    expect(page.locator(".page-highlight[data-colour='green']")).to_have_count(1)
    (mark,) = kept(page)
    assert mark["locator"]["quote"]["exact"] == "diaphone, a"
    assert mark["locator"]["quote"]["prefix"].endswith("grandest was the ")
    assert mark["locator"]["article"]
    page.reload()
    page.wait_for_selector(".page-highlight[data-colour='green']")
    page.keyboard.press("a")
    page.wait_for_selector(".article-notes [data-kind='highlight']", state="attached")
    painted = page.evaluate("[...CSS.highlights.get('masthead-mark-green')].map(range => range.toString())")
    assert painted == ["diaphone, a"]
    page.locator(".article-notes [data-kind='highlight']").evaluate("part => part.scrollIntoView({block: 'center'})")
    screen(page, "notes-article")


def test_the_whole_paragraph_and_a_note_on_it(open_reader: OpenReader) -> None:
    page = ready(open_reader(FOG))
    choose(page, "diaphone")
    page.get_by_role("button", name="The whole paragraph").click()
    page.get_by_role("button", name="Highlight and write a note").click()
    page.get_by_label("Your note on these words").fill("Is one still working?")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Note: Is one still working?").click()
    expect(page.get_by_label("Your note on these words")).to_have_value("Is one still working?")
    page.get_by_role("button", name="Highlight: Pink").click()
    page.get_by_role("button", name="Done").click()
    (mark,) = kept(page)
    assert mark["colour"] == "pink"
    assert mark["locator"]["quote"]["exact"].startswith("The grandest was the diaphone")


def test_a_note_is_put_down_written_moved_deleted_and_brought_back(open_reader: OpenReader, screen: Screen) -> None:
    page = ready(open_reader(FOG))
    page.keyboard.press("n")
    expect(page.locator(".catcher-hint")).to_contain_text("Tap to add note")
    box = page.locator(".page[data-page='13']").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    page.get_by_label("Your note", exact=True).fill("Ask Tomasz about the recording.")
    screen(page, "notes-card")
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    pin = page.locator(".note-pin")
    before = pin.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 10, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] + 90, before["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "x => document.querySelector('.note-pin').getBoundingClientRect().x > x + 60", arg=before["x"]
    )
    assert page.locator(".note-card").count() == 0  # it was moved, not opened
    pin.click()
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Delete this note?")
    expect(dialog).to_contain_text("Ask Tomasz")
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(pin).to_have_count(1)
    page.get_by_role("button", name="Delete").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(pin).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(pin).to_have_count(1)


def test_a_note_left_empty_is_none(open_reader: OpenReader) -> None:
    page = ready(open_reader(FOG))
    page.keyboard.press("n")
    page.wait_for_selector(".notes-catcher")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note-card")
    page.keyboard.press("Escape")
    expect(page.locator(".note-pin")).to_have_count(0)


def test_drawing_erasing_undoing_and_clearing(open_reader: OpenReader, screen: Screen) -> None:
    page = ready(open_reader(FOG))
    page.keyboard.press("d")
    page.wait_for_selector(".notes-catcher")
    box = page.locator(".page[data-page='13']").bounding_box()
    assert box is not None

    def line(top: float) -> None:
        y = box["y"] + box["height"] * top
        page.mouse.move(box["x"] + 60, y)
        page.mouse.down()
        page.mouse.move(box["x"] + 300, y + 20, steps=8)
        page.mouse.up()

    strokes = page.locator(".page[data-page='13'] .page-drawing:not(.is-growing) .page-stroke")
    line(0.3)
    expect(strokes).to_have_count(1)
    page.get_by_role("button", name="Blue").click()
    page.get_by_role("button", name="Bold line").click()
    line(0.6)
    expect(strokes).to_have_count(2)
    screen(page, "notes-drawing")
    assert axe_violations(page) == []
    page.keyboard.press("Control+z")
    expect(strokes).to_have_count(1)
    page.get_by_role("button", name="Redo").click()
    expect(strokes).to_have_count(2)
    page.get_by_role("button", name="Eraser").click()
    x, y = box["x"] + 180, box["y"] + box["height"] * 0.3 + 10
    page.mouse.move(x, y - 30)
    page.mouse.down()
    page.mouse.move(x, y + 30, steps=6)
    page.mouse.up()
    expect(strokes).to_have_count(1)
    page.get_by_role("button", name="Clear the page").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear").click()
    expect(strokes).to_have_count(0)
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".notes-catcher")).to_have_count(0)


def test_everything_by_keys_alone(open_reader: OpenReader, screen: Screen) -> None:
    page = ready(open_reader(FOG))
    page.keyboard.press("b")
    expect(page.locator(".page-ribbon")).to_have_count(1)
    page.keyboard.press("h")
    page.wait_for_selector(".choosing")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    chosen = page.locator(".choosing-words")
    page.wait_for_function("document.querySelector('.choosing-words').textContent.split(' ').length > 3")
    words = chosen.text_content() or ""
    screen(page, "notes-choosing")
    assert axe_violations(page) == []
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(page.locator(".page-highlight[data-colour='blue']").first).to_be_attached()
    page.get_by_role("button", name="Next page").last.focus()
    page.keyboard.press("n")
    expect(page.locator(".reader-stage")).to_be_focused()  # Enter presses no tool that had the focus before
    page.keyboard.press("Enter")
    page.keyboard.type("Written without a mouse.")
    page.keyboard.press("Control+Enter")
    pin = page.locator(".note-pin")
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move the note").press("Enter")
    before = pin.bounding_box()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".catcher-bar")).to_have_count(0)
    after = pin.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] > before["x"]
    assert after["y"] > before["y"] + 20
    page.keyboard.press("m")
    page.wait_for_selector(".panel .annotation-entry")
    page.get_by_role("tab", name="Notes").press("ArrowLeft")
    page.keyboard.press("Enter")
    entry = page.locator(".annotation-entry").first
    expect(entry).to_contain_text(words.split()[0])
    assert len(kept(page)) == 3


@pytest.mark.parametrize("device", ["desktop", "dark-phone", "arabic"])
def test_no_violation_in_any_list(open_reader: OpenReader, screen: Screen, device: str) -> None:
    options = {**PHONE, "color_scheme": "dark"} if device == "dark-phone" else {}
    page = ready(open_reader(f"{FOG}?lang=ar" if device == "arabic" else FOG, **options))
    page.keyboard.press("b")
    page.wait_for_selector(".page-ribbon", state="attached")
    page.keyboard.press("h")
    page.wait_for_selector(".choosing")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_selector(".page-highlight", state="attached")
    page.keyboard.press("m")
    page.wait_for_selector(".tab-row")
    for tab in ("bookmarks", "highlights", "notes", "pages"):
        page.locator(f".tab[data-tab='{tab}']").click()
        page.wait_for_timeout(300)
        if tab in ("bookmarks", "highlights"):
            expect(page.locator(".annotation-entry")).to_have_count(1)
        screen(page, f"notes-{tab}-{device}")
        assert axe_violations(page) == [], tab


def test_small_pictures_say_what_was_added(open_reader: OpenReader) -> None:
    page = ready(open_reader(FOG))
    page.keyboard.press("b")
    page.wait_for_selector(".page-ribbon")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Page 12, bookmarked")).to_be_visible()


def test_files_go_out_and_come_in(open_reader: OpenReader, tmp_path: Path) -> None:
    page = ready(open_reader(FOG))
    choose(page, "diaphone")
    page.get_by_role("button", name="Highlight: Yellow").click()
    page.keyboard.press("m")
    page.get_by_text("Export and import").click()
    with page.expect_download() as json_file:
        page.get_by_role("button", name="Web Annotation (JSON)").click()
    with page.expect_download() as markdown_file:
        page.get_by_role("button", name="Markdown").click()
    path = tmp_path / "notes.jsonld"
    json_file.value.save_as(path)
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["first"]["items"][0]["target"]["selector"][0]["exact"] == "diaphone,"
    assert "> diaphone," in Path(markdown_file.value.path()).read_text(encoding="utf-8")
    assert "PDF with notes" not in (page.locator(".keeping").text_content() or "")  # nobody makes it here
    other = ready(open_reader(FOG))
    other.keyboard.press("m")
    other.wait_for_selector(".keeping")
    other.locator(".keeping input[type='file']").set_input_files(path)
    expect(other.locator(".keeping")).to_contain_text("1 item was imported.")
    expect(other.locator(".page-highlight")).to_have_count(1)
    other.locator(".keeping input[type='file']").set_input_files(path)
    expect(other.locator(".keeping")).to_contain_text("1 item was here already.")
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    other.locator(".keeping input[type='file']").set_input_files(wrong)
    expect(other.locator(".keeping")).to_contain_text("There are no annotations in this file.")


def test_a_browser_that_keeps_nothing_says_so(open_reader: OpenReader) -> None:
    script = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
    page = ready(open_reader(FOG, script=script))
    page.keyboard.press("b")
    expect(page.locator(".page-ribbon")).to_have_count(1)
    page.keyboard.press("m")
    expect(page.locator(".keeping")).to_contain_text("This browser keeps nothing here")


def test_on_a_phone_a_tap_adds_a_note_in_the_article(open_reader: OpenReader, screen: Screen) -> None:
    page = open_reader("article/how-to-hear-fog", ready=False, **PHONE)
    page.wait_for_selector(".article-view .article-text")
    page.get_by_role("button", name="Highlight and write").tap()
    page.get_by_role("menuitem", name="Add a note").tap()
    page.wait_for_selector(".notes-catcher")
    page.touchscreen.tap(180, 300)
    page.get_by_label("Your note", exact=True).fill("On the phone.")
    screen(page, "notes-phone-article")
    page.get_by_role("button", name="Done").tap()
    expect(page.locator(".article-pin")).to_have_count(1)
    assert axe_violations(page) == []
    (note,) = kept(page)
    assert note["locator"]["quote"]["exact"]
