"""Words are selected with the mouse from wherever a hand would begin: at their very edge, or a hair before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.editions import write_edition
from tests.journeys.conftest import OpenReader, serving

pytestmark = pytest.mark.journey

# Each word with its box, its column's line, and whether it begins one.
WORDS = """number => [...document.querySelectorAll(`.page[data-page='${number}'] .word`)].map(word => {
  const range = document.createRange(), text = word.firstChild;
  range.setStart(text, 0);
  range.setEnd(text, text.data.trimEnd().length);
  const box = range.getBoundingClientRect(), line = word.closest('.text-line');
  return {text: text.data.trim(), left: box.left, right: box.right, y: (box.top + box.bottom) / 2,
    isFirst: !!line && line.firstElementChild === word, block: word.closest('.text-block').dataset.block,
    join: word.dataset.join || ''};
})"""
COPIED = """() => {
  const data = new DataTransfer();
  document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
  return data.getData('text/plain');
}"""
# What is offered at selected words lies where the next drag may begin, and goes only when the selection has rested.
NOTHING_OFFERED = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync('.selection-bar { display: none }');
  document.adoptedStyleSheets.push(style);
}"""


def words_of(page: Page, number: int) -> list[dict[str, Any]]:
    page.wait_for_selector(f".page[data-page='{number}'][data-text='ready']")
    page.evaluate(NOTHING_OFFERED)
    found: list[dict[str, Any]] = page.evaluate(WORDS, number)
    return found


def dragged(page: Page, start: tuple[float, float], end: tuple[float, float]) -> str:
    """What is copied after dragging from one place to the other."""
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end, steps=3)
    page.mouse.up()
    copied: str = page.evaluate(COPIED)
    return copied


@pytest.mark.parametrize("before", [0.0, 1.0, 2.5])
def test_a_drag_from_a_words_left_edge_selects_it(open_reader: OpenReader, before: float) -> None:
    page = open_reader("page/12")
    words = words_of(page, 12)
    long = [word for word in words if len(word["text"]) > 3 and not word["join"]]
    chosen = [*[word for word in long if word["isFirst"]][:8], *[word for word in long if not word["isFirst"]][::11]]
    assert len(chosen) > 20
    assert len({round(word["left"] / 60) for word in chosen}) > 4  # in all columns
    wrong = []
    for word in chosen:
        copied = dragged(page, (word["left"] - before, word["y"]), (word["right"] + 0.5, word["y"]))
        if copied != word["text"]:
            wrong.append((word["text"], copied[:60]))
    assert wrong == [], str(wrong)


def test_a_drag_over_lines_copies_them_as_one_paragraph(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    words = words_of(page, 12)
    for block in dict.fromkeys(word["block"] for word in words):
        own = [word for word in words if word["block"] == block]
        if len(own) < 30:
            continue
        start, end = own[3], own[-4]
        copied = dragged(page, (start["left"], start["y"]), (end["right"] - 0.5, end["y"]))
        assert copied.startswith(start["text"]), block
        assert copied.endswith(end["text"].rstrip("-")), block
        assert "\n" not in copied, block
        assert "- " not in copied, block


def test_a_drag_from_one_column_to_the_next_takes_what_is_between(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    words = words_of(page, 12)
    # A word that stands further up and to the right than the one before it begins another column of the same text.
    at = next(
        index
        for index in range(13, len(words) - 10)
        if words[index]["y"] < words[index - 1]["y"] - 60 and words[index]["left"] > words[index - 1]["left"] + 20
    )
    start, end = words[at - 12], words[at + 9]
    copied = dragged(page, (start["left"], start["y"]), (end["right"] - 0.5, end["y"]))
    assert copied.startswith(start["text"])
    assert copied.endswith(end["text"])
    between = sum(len(word["text"]) for word in words[at - 12 : at + 10])
    assert 0.8 * between < len(copied.replace(" ", "").replace("\n", "")) <= between


def arabic_pages(folder: Path) -> Path:
    """A page of lines that run from the right, as a build of an Arabic PDF has them."""
    lines = []
    for at, said in enumerate(("كان الحارس يكتب كل مساء", "قبل أن يضيء المصباح فوق", "البحر الهادئ الذي لا ينام")):
        words: list[list[Any]] = []
        right, top = 360.0, 60.0 + 30 * at
        for word in said.split():
            words.append([word, right - 9 * len(word), top, right, top + 16])
            right -= 9 * len(word) + 5
        lines.append({"box": [right, top, 360, top + 16], "rtl": True, "words": words})
    block = {"id": "p1-b1", "role": "paragraph", "box": [20, 60, 360, 140], "lines": lines}
    return write_edition(folder, 1, blocks={1: [block]}, language="ar", direction="rtl").path


def test_in_arabic_a_drag_begins_at_the_right_edge(open_reader: OpenReader, tmp_path: Path) -> None:
    with serving(arabic_pages(tmp_path / "manar")) as address:
        page = open_reader("page/1", at=address)
        words = words_of(page, 1)
        chosen = [word for word in words if len(word["text"]) > 2]
        assert len(chosen) > 8
        wrong = []
        for word in chosen:
            copied = dragged(page, (word["right"] - 0.01, word["y"]), (word["left"] + 0.5, word["y"]))
            if copied != word["text"]:
                wrong.append((word["text"], copied[:60]))
        assert wrong == [], str(wrong)
        first, last = words[0], words[-1]
        copied = dragged(page, (first["right"] + 1, first["y"]), (last["left"] + 0.5, last["y"]))
        assert copied == " ".join(word["text"] for word in words)
