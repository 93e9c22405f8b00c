"""What belongs to the page and not to the text: running heads and folios, and what only looks like them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.setting import BOLD, FONTS, HEIGHT, SANS, WIDTH, line

from masthead.document.text import Line, PageLines, Role
from masthead.layout.furniture import furniture_role
from masthead.layout.habits import learn

LEFT, RIGHT = 50.0, 550.0


def _pages(*tops: Sequence[Line], body: float = 120.0) -> list[PageLines]:
    """Pages of running text with these lines added to each."""
    return [
        PageLines(number, WIDTH, HEIGHT, (*lines, *_text(number, body)), FONTS, ())
        for number, lines in enumerate(tops, start=1)
    ]


def _text(number: int, top: float) -> list[Line]:
    said = f"line of page {number} that goes on until it comes to the other edge of the column of running text and so"
    return [line(said, LEFT, top + 12 * row, 10.2) for row in range(20)]


def _right(text: str, y: float, size: float = 8.0, font: int = SANS) -> Line:
    edge = max(part.box.x1 for part in _text(1, 100))
    return line(text, edge - line(text, 0, y, size, font).box.x1, y, size, font)


def _roles(pages: Sequence[PageLines], said: str) -> list[Role | None]:
    furniture = learn(pages).furniture
    return [
        furniture_role(part, page, furniture)
        for page in pages
        for part in page.lines
        if " ".join(word.text for word in part.words).startswith(said)
    ]


def test_what_a_heading_is_followed_by_on_every_page_is_read() -> None:
    names = ("Daily", "Weekly", "Monthly", "Yearly", "Weekly again")
    pages = _pages(*[[line(name, 250, 40, 14, BOLD), line("Wages paid in 2013", 250, 58, 9)] for name in names])
    assert _roles(pages, "Wages") == [None] * 5


def test_the_same_words_on_every_page_are_a_running_head_below_another_one() -> None:
    head = [line("The Journal of Harbours", 240, 30, 9, BOLD), line("Number 12", 250, 42, 8)]
    pages = _pages(*[head] * 4)
    assert _roles(pages, "The Journal") == [Role.RUNNING_HEAD] * 4
    assert _roles(pages, "Number") == [Role.RUNNING_HEAD] * 4


@pytest.mark.parametrize("folio", ["12", "7-45", "A-3", "7–45", "Page 12"])
@pytest.mark.parametrize("y", [30.0, 760.0])
def test_what_stands_beside_a_folio_apart_from_the_text_is_no_text(folio: str, y: float) -> None:
    pages = _pages([line(folio, LEFT, y, 8, SANS), _right("The Journal of Harbours, June", y)])
    assert _roles(pages, folio) == [Role.FOLIO]
    assert _roles(pages, "The Journal") == [Role.RUNNING_HEAD]


def test_a_sentence_beside_a_number_is_text() -> None:
    pages = _pages([line("7", LEFT, 106, 10), line("the first line of an item that has a number", 70, 106, 10)])
    assert _roles(pages, "the first line") == [None]


def test_a_running_head_of_two_parts_is_known_without_another_page_like_it() -> None:
    head = [line("Seventh Symposium, Berlin", LEFT, 50, 8, SANS), _right("A. Author and B. Author", 50)]
    pages = _pages([], head)
    assert _roles(pages, "Seventh") == [Role.RUNNING_HEAD]
    assert _roles(pages, "A. Author") == [Role.RUNNING_HEAD]


def test_two_parts_on_the_first_page_or_close_to_the_text_are_read() -> None:
    said = [line("Seventh Symposium, Berlin", LEFT, 50, 8, SANS), _right("A. Author and B. Author", 50)]
    assert _roles(_pages(said, []), "Seventh") == [None]
    assert _roles(_pages([], said, body=61), "Seventh") == [None]
    heads = [line("Arrivals", LEFT, 50, 8, SANS), line("Departures", 310, 50, 8, SANS)]
    assert _roles(_pages([], heads), "Arrivals") == [None]


def _feet(*names: str, y: float = 740.0) -> list[list[Line]]:
    """A foot on each page, at the outer edge: left on even pages, right on odd ones."""
    return [[line(name, LEFT, y, 10.2) if at % 2 else _right(name, y, 10.2, 0)] for at, name in enumerate(names)]


def test_a_foot_at_the_outer_edge_of_the_pages_of_a_short_document_is_furniture() -> None:
    names = ("Ann Lee and Bob Roe", "The lamp is on", "Ann Lee and Bob Roe", "The lamp is on")
    pages = _pages(*_feet(*names))
    assert _roles(pages, "Ann") + _roles(pages, "The lamp") == [Role.RUNNING_HEAD] * 4
    assert _roles(_pages(*_feet(*names[:2]), []), "The lamp") == [None]  # on two pages only
    said = _feet(*(f"{name}." for name in names))
    assert _roles(_pages(*said), "Ann") == [None] * 2  # sentences
    assert _roles(_pages(*_feet(*names, y=355)), "Ann") == [None] * 2  # in the middle of the page
