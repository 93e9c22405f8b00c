"""Lines become blocks with roles in reading order."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.document.geometry import Box, union_of
from masthead.document.structure import LinkKind, PageShape
from masthead.document.text import Block, Font, Line, PageLines, ReadText, Role, Word
from masthead.layout import reading
from masthead.layout.contents import contents_from_headings
from masthead.layout.links import text_links
from masthead.layout.measures import text_of
from masthead.layout.ordering import Stretch, stretches_of
from masthead.layout.reading import read

_FONTS = (Font("Garamond", False, False, False, False), Font("Garamond-Bold", True, False, False, False))


def _line(text: str, x: float, y: float, size: float = 10.0, width: float | None = None, font: int = 0) -> Line:
    words = text.split()
    step = (width or len(text) * size * 0.5) / max(1, len(text))
    made, at = [], x
    for word in words:
        made.append(Word(word, Box(at, y, at + len(word) * step, y + size), size, font))
        at += (len(word) + 1) * step
    return Line(union_of(word.box for word in made), tuple(made))


def _page(lines: list[Line], number: int = 1) -> PageLines:
    return PageLines(number, 600, 800, tuple(lines), _FONTS, ())


def _texts(text: ReadText, page: int = 1) -> list[str]:
    return [block.text for block in text.blocks[page]]


def _columns() -> list[Line]:
    left = [_line(f"left{index} words of a story told", 50, 150 + index * 12, width=230) for index in range(20)]
    right = [_line(f"right{index} words of a story told", 310, 150 + index * 12, width=230) for index in range(20)]
    return [_line("A headline over both columns", 50, 100, 30, width=490), *left, *right]


def _order(text: ReadText) -> list[str]:
    return re.findall(r"headline|left\d+|right\d+", " ".join(_texts(text)))


_EXPECTED = ["headline", *(f"left{index}" for index in range(20)), *(f"right{index}" for index in range(20))]


def test_columns_are_read_one_after_the_other_below_their_headline() -> None:
    text = read([_page(_columns())])
    assert _order(text) == _EXPECTED
    assert text.blocks[1][0].role is Role.HEADING
    assert text.blocks[1][0].level == 1
    assert [block.id for block in text.blocks[1]] == [f"p1-b{index + 1}" for index in range(len(text.blocks[1]))]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_order_does_not_hang_on_the_content_stream(seed: int) -> None:
    lines = _columns()
    random.Random(seed).shuffle(lines)
    assert _order(read([_page(lines)])) == _EXPECTED


@pytest.mark.parametrize(
    ("head", "tail", "elsewhere", "expected"),
    [
        ("har-", "bour", "", "harbour"),
        ("person-", "centred", "a person-centred plan", "person-centred"),
        ("self-", "help", "", "self-help"),
        ("Anglo-", "Irish", "", "Anglo-Irish"),
    ],
)
def test_hyphens_at_line_ends(head: str, tail: str, elsewhere: str, expected: str) -> None:
    lines = [_line(f"the people of the {head}", 50, 150, width=230), _line(f"{tail} came home", 50, 162)]
    if elsewhere:
        lines.append(_line(f"{elsewhere} again", 50, 400))
    assert f"the people of the {expected} came home" in _texts(read([_page(lines)], language="en"))


def test_running_heads_and_folios_come_last_and_are_named() -> None:
    pages = []
    for number in range(1, 7):
        body = [_line(f"line {index} of the text on page {number}", 50, 150 + 12 * index) for index in range(10)]
        pages.append(_page([_line("The Harbour Review", 50, 20), _line(str(number), 300, 770), *body], number))
    for row in read(pages).blocks.values():
        assert {block.role for block in row[-2:]} == {Role.RUNNING_HEAD, Role.FOLIO}
        assert not any(block.role.is_furniture for block in row[:-2])


def test_list_items_keep_their_marker_apart() -> None:
    lines = [_line("• Care workers", 50, 150), _line("• Nurses", 50, 162)]
    blocks = read([_page(lines)]).blocks[1]
    assert [(block.role, block.marker, block.text) for block in blocks] == [
        (Role.LIST_ITEM, "•", "Care workers"),
        (Role.LIST_ITEM, "•", "Nurses"),
    ]


def test_articles_have_unique_slugs_and_make_contents() -> None:
    pages = []
    for number, title in enumerate(("Überfahrt", "Heimkehr", "Überfahrt"), start=1):
        body = [_line(f"line {index} of a story that goes on", 50, 150 + 12 * index) for index in range(20)]
        pages.append(_page([_line(title, 50, 100, 30), *body], number))
    text = read(pages)
    assert [article.slug for article in text.articles] == ["überfahrt", "heimkehr", "überfahrt-2"]
    shapes = [PageShape(number, str(number), 600, 800, 0) for number in (1, 2, 3)]
    entries = contents_from_headings(text, shapes)
    assert [(entry.title, entry.page) for entry in entries] == [("Überfahrt", 1), ("Heimkehr", 2), ("Überfahrt", 3)]


def _block(*texts: str) -> Block:
    lines = tuple(_line(text, 50, 100 + 12 * index) for index, text in enumerate(texts))
    return Block("p1-b1", 1, Role.PARAGRAPH, union_of(line.box for line in lines), lines, " ".join(texts))


@pytest.mark.parametrize(
    ("texts", "kind", "target"),
    [
        (("see www.example.org, then",), LinkKind.WEB, "https://www.example.org"),
        (("see https://example.org/", "deep/path now"), LinkKind.WEB, "https://example.org/deep/path"),
        (("write to desk@example.org.",), LinkKind.MAIL, "mailto:desk@example.org"),
        (("Tel: 030 1234567",), LinkKind.PHONE, "tel:0301234567"),
        (("continued on page 9",), LinkKind.PAGE, "11"),
        (("weiter auf Seite 9",), LinkKind.PAGE, "11"),
    ],
)
def test_links_in_text(texts: tuple[str, ...], kind: LinkKind, target: str) -> None:
    links = text_links({1: [_block(*texts)]}, {"9": 11})
    assert {(link.kind, link.target) for link in links} == {(kind, target)}


def test_plain_numbers_are_no_phone_numbers() -> None:
    assert text_links({1: [_block("In 1984 there were 12 500 000 readers, 030 1234567")]}, {}) == ()


def test_a_line_of_contents_leads_to_the_page_at_its_end_not_to_its_chapter() -> None:
    lines = [f"{chapter} The chapter {page}" for chapter, page in enumerate((11, 14, 19, 25, 30, 38), start=3)]
    links = text_links({1: [_block(*lines)]}, {str(page): page for page in range(1, 41)})
    assert [link.target for link in links] == ["11", "14", "19", "25", "30", "38"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("ab. -•1", min_size=1, max_size=12), st.floats(0, 550), st.floats(0, 780), st.floats(4, 60)),
        max_size=25,
    )
)
def test_no_line_is_lost_or_doubled(items: list[tuple[str, float, float, float]]) -> None:
    lines = [_line(text, x, y, size) for text, x, y, size in items if text.split()]
    blocks = read([_page(lines)]).blocks[1]
    kept = sorted(word.text for block in blocks for line in block.lines for word in line.words)
    assert kept == sorted(word.text for line in lines for word in line.words)


@pytest.mark.parametrize("error", [RecursionError, ZeroDivisionError, KeyError, ValueError])
def test_a_page_that_cannot_be_ordered_is_read_as_the_file_has_it_and_says_so(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [_page([_line(f"Line {row} of a short text.", 50, 60 + 12 * row) for row in range(9)], n) for n in (1, 2)]

    def stretches(page: PageLines, *rest: Any, **options: Any) -> list[Stretch]:
        if page.number == 2:
            raise error("beyond us")
        return stretches_of(page, *rest, **options)

    monkeypatch.setattr(reading, "stretches_of", stretches)
    text = read(pages, language="en")
    assert text.warnings == (f"Page 2: its order is that of the file ({error.__name__}).",)
    assert " ".join(_texts(text, 2)) == " ".join(_texts(text, 1)) == " ".join(map(text_of, pages[1].lines))
