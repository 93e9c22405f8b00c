"""Which pages are read from their pictures, and why."""

from __future__ import annotations

from dataclasses import replace

from tests.recognition.test_letters import ENGLISH
from tests.setting import HEIGHT, WIDTH, Sheet

from masthead.document.geometry import Box
from masthead.document.text import Font, PageLines, Shape, Word
from masthead.recognition.letters import NO_MEANING, WRONG_LETTERS
from masthead.recognition.need import NO_TEXT, PICTURE, Need, needs_of

WHOLE = Shape("picture", Box(0, 0, WIDTH, HEIGHT), 0)


def page(number: int, *lines: str, shapes: tuple[Shape, ...] = ()) -> PageLines:
    sheet = Sheet(number, shapes=list(shapes))
    for text in lines:
        sheet.put(text)
    return sheet.page()


def prose(number: int, shapes: tuple[Shape, ...] = ()) -> PageLines:
    return page(number, *ENGLISH.split("\n"), shapes=shapes)


def test_a_page_with_text_is_left_alone_even_over_a_picture() -> None:
    assert needs_of([prose(1), prose(2, (WHOLE,))]) == []


def test_a_page_without_text_is_read() -> None:
    assert needs_of([prose(1), page(2)]) == [Need(2, NO_TEXT, replaces=False)]


def test_running_heads_and_folios_are_no_text_of_a_page() -> None:
    pages = []
    for number in range(1, 9):
        sheet = Sheet(number, y=10).put("Harbour Quarterly, downloaded from the library of the port", gap=0)
        if number != 5:
            sheet.column(50, 200).prose("story", lines=12)
        sheet.column(300, 780).put(str(number), gap=0)
        pages.append(sheet.page())
    assert needs_of(pages) == [Need(5, NO_TEXT, replaces=False)]


def test_a_few_words_on_a_picture_of_the_whole_page_are_not_all() -> None:
    cover = page(1, "Harbour Quarterly", "Spring", shapes=(WHOLE,))
    assert needs_of([cover]) == [Need(1, PICTURE, replaces=False)]
    assert needs_of([replace(cover, shapes=())]) == []


def test_rubbish_is_replaced() -> None:
    moved = "".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c for c in ENGLISH)
    assert needs_of([prose(1), page(2, *moved.split("\n"))]) == [Need(2, WRONG_LETTERS, replaces=True)]


def test_a_font_that_is_rubbish_in_the_document_is_so_on_a_page_with_few_of_its_words() -> None:
    broken = Font("Broken", False, False, False, False)

    def with_broken(source: PageLines, words: int) -> PageLines:
        number = len(source.fonts)
        extra = [Word("\ue012\ue013\ue014", Box(300, 700, 340, 710), 10, number) for _ in range(words)]
        last = source.lines[-1]
        lines = (*source.lines[:-1], replace(last, words=(*last.words, *extra)))
        return replace(source, lines=lines, fonts=(*source.fonts, broken))

    pages = [with_broken(prose(1), 200), with_broken(page(2, "A few words that can be read"), 4), prose(3)]
    assert needs_of(pages) == [Need(1, NO_MEANING, replaces=True), Need(2, NO_MEANING, replaces=True)]
