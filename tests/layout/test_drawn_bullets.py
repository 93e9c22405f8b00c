"""Bullets that no font knows of: drawn before their lines, or set in a font whose name says nothing."""

from __future__ import annotations

from masthead.document.geometry import Box
from masthead.document.text import Font, Glyph, Line, PageText, Role, Shape
from masthead.layout.lines import page_lines
from masthead.layout.measures import text_of
from masthead.layout.reading import read

_FONTS = (Font("Garamond", False, False, False, False), Font("F7", False, False, False, False))
_ENTRIES = ("Lanterns for the harbour", "Ropes and a new anchor", "Tea for the keeper", "Paint, white and red")


def _glyphs(text: str, x: float, y: float, run: int, font: int = 0) -> list[Glyph]:
    return [
        Glyph(char, Box(x + 5 * at, y, x + 5 * at + 5, y + 10), 10, font, run, 0.0, 0, True)
        for at, char in enumerate(text)
    ]


def _marks(x: float, gap: float = 14, kind: str = "mark", colours: tuple[int, ...] = (0,) * len(_ENTRIES)) -> PageText:
    """The entries one below the other at `x`, and a square of four points `gap` points before each."""
    glyphs = [glyph for at, text in enumerate(_ENTRIES) for glyph in _glyphs(text, x, 100 + 14 * at, at)]
    shapes = [
        Shape(kind, Box(x - gap, 103.0 + 14 * at, x - gap + 4, 107.0 + 14 * at), colour)
        for at, colour in enumerate(colours)
    ]
    return PageText(1, 600, 800, tuple(glyphs), _FONTS, tuple(shapes))


def _lines(page: PageText) -> list[str]:
    return [text_of(line) for line in page_lines(page).lines]


def test_a_drawn_square_before_each_line_is_its_bullet() -> None:
    assert _lines(_marks(60)) == [f"• {text}" for text in _ENTRIES]
    assert _lines(_marks(60, kind="picture")) == [f"• {text}" for text in _ENTRIES]
    assert _lines(_marks(60, gap=24)) == [f"• {text}" for text in _ENTRIES]  # over a wide tab


def test_entries_with_drawn_bullets_are_items_of_a_list() -> None:
    blocks = read([page_lines(_marks(60))]).blocks[1]
    assert [(block.role, block.marker, block.text) for block in blocks] == [
        (Role.LIST_ITEM, "•", text) for text in _ENTRIES
    ]


def test_the_marks_of_a_legend_are_no_bullets() -> None:
    assert _lines(_marks(60, colours=(0x102030, 0x905020, 0x308040, 0x803080))) == list(_ENTRIES)


def test_what_stands_between_words_or_in_a_row_of_dots_is_no_bullet() -> None:
    page = _marks(60)
    before = [glyph for at in range(4) for glyph in _glyphs("left", 20, 100 + 14 * at, 10 + at)]
    between = PageText(1, 600, 800, (*page.glyphs, *before), _FONTS, page.shapes)
    assert not any("•" in line for line in _lines(between))
    dots = [shape._replace(box=shape.box._replace(x0=x, x1=x + 4.0)) for shape in page.shapes for x in (36, 41, 46)]
    row = PageText(1, 600, 800, page.glyphs, _FONTS, tuple(dots))
    assert _lines(row) == list(_ENTRIES)


def test_what_is_drawn_in_a_box_without_the_line_is_no_bullet() -> None:
    page = _marks(60)
    picture = Shape("frame", Box(20, 90, 56, 180), 0)
    assert _lines(PageText(1, 600, 800, page.glyphs, _FONTS, (*page.shapes, picture))) == list(_ENTRIES)
    ground = Shape("fill", Box(20, 90, 300, 180), 0xEEEEEE)
    inside = PageText(1, 600, 800, page.glyphs, _FONTS, (*page.shapes, ground))
    assert _lines(inside) == [f"• {text}" for text in _ENTRIES]


def test_marks_are_used_up() -> None:
    assert page_lines(_marks(60)).shapes == ()
    assert [shape.kind for shape in page_lines(_marks(60, kind="picture")).shapes] == ["picture"] * 4


def test_lines_that_are_read_from_the_right_have_their_bullets_there() -> None:
    rows = ("فنار الميناء", "حبال ومرساة", "شاي للحارس")
    glyphs = [glyph for at, text in enumerate(rows) for glyph in _glyphs(text[::-1], 200, 100 + 14 * at, at)]
    shapes = [
        Shape("mark", Box(214.0 + 5 * len(text), 103.0 + 14 * at, 218.0 + 5 * len(text), 107.0 + 14 * at), 0)
        for at, text in enumerate(rows)
    ]
    lines = page_lines(PageText(1, 600, 800, tuple(glyphs), _FONTS, tuple(shapes))).lines
    assert [line.words[0].text for line in lines] == ["•"] * 3


def _lettered(letter: str, *more: Line) -> list[Line]:
    """The entries with a letter of the nameless font before each, as a document of one page has them."""
    glyphs = [
        glyph
        for at, text in enumerate(_ENTRIES)
        for glyph in (
            *_glyphs(letter, 46, 100 + 14 * at, 2 * at, font=1),
            *_glyphs(text, 60, 100 + 14 * at, 2 * at + 1),
        )
    ]
    return [*page_lines(PageText(1, 600, 800, tuple(glyphs), _FONTS, ())).lines, *more]


def _markers(lines: list[Line]) -> list[str]:
    page = page_lines(PageText(1, 600, 800, (), _FONTS, ()))
    blocks = read([type(page)(1, 600, 800, tuple(lines), _FONTS, ())]).blocks[1]
    return [block.marker for block in blocks if block.role is Role.LIST_ITEM]


def test_a_font_that_is_used_for_nothing_but_one_letter_before_lines_has_bullets() -> None:
    assert _markers(_lettered("n")) == ["•"] * 4
    assert _markers(_lettered("\ue042")) == ["•"] * 4


def test_capitals_and_letters_of_fonts_that_set_words_stay_letters() -> None:
    assert _markers(_lettered("Q")) == []
    words = page_lines(PageText(1, 600, 800, tuple(_glyphs("anchor", 60, 300, 90, font=1)), _FONTS, ())).lines
    assert _markers(_lettered("n", *words)) == []
