"""Reading order as a person chooses it: columns, what spans them, margins, rows, boxes, pull quotes, vertical text."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.setting import FONTS, HEIGHT, WIDTH, line

from masthead.document.geometry import Box
from masthead.document.text import Glyph, Line, PageLines, PageText, Shape
from masthead.layout.furniture import furniture_role
from masthead.layout.habits import learn
from masthead.layout.lines import page_lines
from masthead.layout.ordering import stretches_of
from masthead.layout.scripts import logical_order


def _column(name: str, x: float, y: float, count: int, *, size: float = 10.0, ends: str = "") -> list[Line]:
    """Lines of running text that begin with their name and number; the last one ends with `ends`."""
    texts = [f"{name}{index} of the story that is told here" for index in range(count)]
    texts[-1] += ends
    return [line(text, x, y + 1.2 * size * index, size) for index, text in enumerate(texts)]


def _order(lines: Sequence[Line], shapes: Sequence[Shape] = (), *, right_to_left: bool = False) -> list[str]:
    page = PageLines(1, WIDTH, HEIGHT, tuple(lines), FONTS, tuple(shapes))
    found = stretches_of(page, lines, body_size=10.0, right_to_left=right_to_left)
    return [part.words[0].text for stretch in found for part in stretch.lines]


def _names(name: str, count: int) -> list[str]:
    return [f"{name}{index}" for index in range(count)]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_columns_below_their_headline_whatever_the_stream(seed: int) -> None:
    lines = [line("Head over all the columns of the page", 50, 60, 26)]
    for number, x in enumerate((50, 235, 420)):
        lines += _column("abc"[number], x, 110, 12)
    random.Random(seed).shuffle(lines)
    assert _order(lines) == ["Head", *_names("a", 12), *_names("b", 12), *_names("c", 12)]


def test_right_to_left_columns_begin_on_the_right() -> None:
    lines = _column("a", 50, 110, 6) + _column("b", 320, 110, 6)
    assert _order(lines, right_to_left=True)[0] == "b0"


def test_columns_go_on_below_a_white_band_when_their_sentences_do() -> None:
    lines = _column("a", 50, 60, 6) + _column("c", 50, 250, 6, ends=".")
    lines += _column("b", 320, 60, 6) + _column("d", 320, 250, 6, ends=".")
    lines[6] = line("and c0 goes on with the sentence in the middle", 50, 250)
    lines[12] = line("Bells and not the sentence of the other column", 320, 60)
    lines[18] = line("the d0 goes on with the sentence in the middle", 320, 250)
    assert [name[0] for name in _order(lines)] == [*"aaaaaa", *"accccc", *"Bbbbbb", *"tddddd"]


def test_two_stories_one_above_the_other_are_parted_by_a_rule() -> None:
    upper = _column("a", 50, 60, 6, ends=".") + _column("b", 320, 60, 6, ends=".")
    lower = _column("c", 50, 190, 6, ends=".") + _column("d", 320, 190, 6, ends=".")
    rule = Shape("rule", Box(50, 160, 550, 161), 0)
    assert [name[0] for name in _order([*upper, *lower], [rule])] == [*"aaaaaabbbbbb", *"ccccccdddddd"]


def test_a_picture_across_a_white_band_keeps_columns_together() -> None:
    left = [*_column("a", 50, 60, 6, ends="."), *_column("c", 50, 290, 6, ends=".")]
    right = [*_column("b", 225, 60, 14, ends="."), *_column("d", 225, 262, 8, ends=".")]
    picture = Shape("picture", Box(50, 140, 200, 282), 0)
    assert [name[0] for name in _order([*left, *right])] == [*"aaaaaa", *"b" * 14, *"cccccc", *"d" * 8]
    assert [name[0] for name in _order([*left, *right], [picture])] == [*"aaaaaacccccc", *"b" * 14, *"d" * 8]


def test_a_caption_and_a_box_that_hide_the_gutters_do_not_part_the_columns() -> None:
    caption = [line("Caption that says what the picture over two columns shows to us", 50, 60, 8)]
    columns = (
        _column("a", 50, 90, 10, ends=".") + _column("b", 240, 90, 8, ends=".") + _column("c", 430, 90, 8, ends=".")
    )
    foot = [line("Head here", 50, 222, 11), *_column("d", 50, 236, 8, ends=".")]
    box = [
        line(f"x{index} stands in a box over both columns, and says what it has to say", 246, 214 + 12 * index, 9)
        for index in range(8)
    ]
    ground = Shape("fill", Box(240, 205, 590, 320), 0xDDDDDD)
    read = [name[0] for name in _order([*caption, *columns, *foot, *box], [ground])]
    assert read == [*"C", *"a" * 10, *"H", *"d" * 8, *"b" * 8, *"c" * 8, *"x" * 8]


def test_stories_begin_where_headlines_stand_side_by_side() -> None:
    upper = [*_column("a", 50, 60, 6, ends="."), *_column("b", 225, 60, 6, ends=".")]
    heads = [line("More of it", 50, 150, 16), line("News of it", 225, 150, 16)]
    lower = [*_column("c", 50, 172, 6, ends="."), *_column("d", 225, 172, 6, ends=".")]
    read = [name[0] for name in _order([*upper, *heads, *lower])]
    assert read == [*"a" * 6, *"b" * 6, "M", *"c" * 6, "N", *"d" * 6]


def test_lines_beside_a_pull_quote_belong_to_their_columns() -> None:
    left = [*_column("a", 50, 60, 8), *_column("c", 50, 216, 8)]
    right = [*_column("b", 230, 60, 8), *_column("d", 230, 216, 8)]
    beside = [line("a narrow", 50, 156 + 12 * row) for row in range(5)]
    beside += [line("b narrow too", 300, 156 + 12 * row) for row in range(5)]
    quote = [line("Quote that stands", 110, 160, 20), line("over the gutter", 120, 186, 20)]
    found = [name[0] for name in _order([*left, *right, *beside, *quote])]
    assert found == [*"a" * 13, *"c" * 8, "Q", "o", *"b" * 13, *"d" * 8]


def test_notes_in_the_margin_come_after_the_text_beside_them() -> None:
    main = _column("main", 200, 60, 30)
    notes = [line(f"note{index} beside it", 50, 100 + 9 * index, 7) for index in range(3)]
    assert _order([*notes, *main]) == [*_names("main", 30), *_names("note", 3)]


def test_headings_beside_their_text_are_read_in_rows() -> None:
    heads = [line("First head", 50, 60), line("Second head", 50, 160)]
    texts = _column("x", 200, 60, 5, ends=".") + _column("y", 200, 160, 5, ends=".")
    assert _order([*heads, *texts]) == ["First", *_names("x", 5), "Second", *_names("y", 5)]


def test_cells_are_read_row_by_row() -> None:
    cells = [line(f"{row}{column}", 60 + 120 * column, 60 + 14 * row) for column in range(4) for row in range(6)]
    assert _order(cells) == [f"{row}{column}" for row in range(6) for column in range(4)]


def test_a_box_is_read_whole() -> None:
    lines = _column("a", 50, 60, 20) + _column("b", 320, 60, 5)
    boxed = _column("box", 330, 150, 5) + _column("b", 320, 260, 3)
    frame = Shape("fill", Box(315, 140, 560, 230), 0xEEEEEE)
    order = _order([*lines, *boxed], [frame])
    at = order.index("box0")
    assert order[at : at + 5] == _names("box", 5)


def test_a_pull_quote_over_the_gutter_does_not_part_the_columns() -> None:
    left = _column("a", 50, 60, 30)
    right = _column("b", 320, 60, 30)
    for column, x in ((left, 50), (right, 320)):  # the lines beside the quote run round it
        for index in range(10, 16):
            text = f"{'a' if x == 50 else 'b'}{index} runs round"
            column[index] = line(text, x if x == 50 else 420, column[index].box.y0)
    quote = [line("A large quote", 190, 182, 18), line("over both", 200, 206, 18), line("columns", 210, 230, 18)]
    order = [name for name in _order([*left, *quote, *right]) if name[0] in "ab"]
    assert order == _names("a", 30) + _names("b", 30)


def test_a_running_head_that_changes_is_known_by_its_place_and_type() -> None:
    pages = []
    for number in range(1, 9):
        head = line(f"{'An article' if number % 2 else 'Another story'} of page", 300, 20, 8, font=3)
        body = [line(f"line {index} of the text on page {number}", 50, 120 + 12 * index) for index in range(20)]
        pages.append(PageLines(number, WIDTH, HEIGHT, (head, *body), FONTS, ()))
    habits = learn(pages)
    for page in pages:
        roles = [furniture_role(part, page, habits.furniture) for part in page.lines]
        assert roles[0] is not None
        assert not any(roles[1:])


def _glyph(char: str, x: float, y: float, run: int, size: float = 10.0, *, visible: bool = True) -> Glyph:
    return Glyph(char, Box(x, y, x + size / 2, y + size), size, 0, run, 0.0, 0, visible)


def _lines(glyphs: Sequence[Glyph]) -> list[str]:
    page = page_lines(PageText(1, WIDTH, HEIGHT, tuple(glyphs), FONTS, ()))
    return [" ".join(word.text for word in part.words) for part in page.lines]


def test_a_line_does_not_grow_over_the_edge_of_a_column() -> None:
    glyphs, run = [], 0
    for row in range(6):
        for x, text in ((50, "left of the gutter"), (144, "right of it")):  # a gutter of 0.4 em
            glyphs += [_glyph(char, x + 5 * index, 50 + 12 * row, run) for index, char in enumerate(text)]
            run += 1
    found = _lines(sorted(glyphs, key=lambda glyph: (glyph.box.x0 > 140, glyph.run)))
    assert found == ["left of the gutter"] * 6 + ["right of it"] * 6


def test_letters_with_a_space_after_each_are_words() -> None:
    text = "H A R B O U R   N E W S"
    assert _lines([_glyph(char, 50 + 6 * index, 50, 0) for index, char in enumerate(text)]) == ["HARBOUR NEWS"]


def test_upright_characters_from_top_to_bottom_are_columns_from_the_right() -> None:
    glyphs = []
    for column, text in enumerate(("新聞は毎日届く", "港の灯台は高い")):
        for index, char in enumerate(text):
            x, y = 300 - 20 * column, 50 + 10 * index
            glyphs.append(Glyph(char, Box(x, y, x + 10, y + 10), 10.0, 0, column, 0.0, 0, True))
    page = page_lines(PageText(1, WIDTH, HEIGHT, tuple(glyphs), FONTS, ()))
    assert all(part.vertical for part in page.lines)
    found = stretches_of(page, page.lines)
    assert "".join(word.text for stretch in found for part in stretch.lines for word in part.words) == (
        "新聞は毎日届く港の灯台は高い"
    )


def test_hidden_text_is_read_only_under_a_scan() -> None:
    seen = [_glyph(char, 50 + 5 * index, 50, 0) for index, char in enumerate("A stamp")]
    hidden = [
        _glyph(char, 50 + 5 * index, 90, 1, visible=False) for index, char in enumerate("What the scan says here")
    ]
    assert _lines([*seen, *hidden]) == ["A stamp", "What the scan says here"]
    plain = [_glyph(char, 50 + 5 * index, 50, 0) for index, char in enumerate("A whole line that is seen")]
    assert _lines([*plain, *hidden[:8]]) == ["A whole line that is seen"]


@pytest.mark.parametrize(
    ("drawn", "right_to_left", "read"),
    [
        ("cba", False, "cba"),
        ("12 םולש", True, "שלום 12"),
        ("abc םולש", False, "abc שלום"),
    ],
)
def test_logical_order(drawn: str, right_to_left: bool, read: str) -> None:
    order = logical_order(list(drawn), right_to_left=right_to_left)
    assert "".join(drawn[index] for index in order) == read


def test_names_set_over_two_columns_are_read_row_by_row_and_before_the_text() -> None:
    lines = _column("left", 50, 260, 12) + _column("right", 320, 260, 12, ends=".")
    for row in range(2):
        for x, name in ((130, "one"), (400, "two")):
            top = 80 + 80 * row
            lines.append(line(f"{name}{row} Writer Of Papers", x, top, 11))
            lines += [
                line(text, x - 10, top + 14 + 11 * at, 9)
                for at, text in enumerate(("Some University Press", "first.last@example.org"))
            ]
    cards = ["one0", "Some", "first.last@example.org", "two0", "Some", "first.last@example.org"]
    assert _order(lines)[:13] == [*cards, *(word.replace("0", "1") for word in cards), "left0"]


def _people(name: str, right: float, entries: Sequence[str]) -> list[Line]:
    """Names (N) in larger type above where the people work (A), flush right, with white after each entry."""
    result: list[Line] = []
    y = 100.0
    for entry in entries:
        for kind in entry:
            size = 14.0 if kind == "N" else 11.0
            text = f"{name}{len(result)} " + ("Somebodyelse Another" if kind == "N" else "Laboratory Ofphysics")
            result.append(line(text, right - line(text, 0, y, size).box.x1, y, size))
            y += 1.2 * size
        y += 12
    return result


def test_white_no_wider_than_between_lines_parts_no_rows() -> None:
    left = _people("Left", 290, ("NNAA", "NA", "NNA", "NA", "NA"))
    right = _people("Right", 540, ("NNA", "NA", "NA", "NA", "NA"))
    assert _order([*left, *right]) == [*_names("Left", len(left)), *_names("Right", len(right))]


def test_a_ground_whose_edge_runs_through_a_paragraph_is_no_box() -> None:
    lines = [line("A headline over two of the columns", 50, 52, 18)]
    for name, x in (("a", 50), ("b", 235), ("c", 420)):
        top = 60 if name == "c" else 80
        lines += [line(f"{name}{row} of the long story that is told", x, top + 12 * row) for row in range(14)]
    left_behind = Shape("fill", Box(45, 48, 598, 117), 0xFFFFFF)
    wanted = ["A", *_names("a", 14), *_names("b", 14), *_names("c", 14)]
    assert _order(lines, [left_behind]) == wanted


def _askew(text: str, x: float, y: float, size: float = 12.0, angle: float = -9.0) -> Line:
    """A line that rises to the right; its box holds all of it."""
    level = line(text, x, y, size)
    return Line(level.box._replace(y0=y - 8, y1=y + size + 8), level.words, angle)


def test_a_label_set_askew_is_read_where_it_stands() -> None:
    left = [_askew("Seminars", 50, 100), *_column("left", 50, 130, 12)]
    right = [_askew("Courses", 320, 100), *_column("right", 320, 130, 12)]
    said = ["Seminars", *_names("left", 12), "Courses", *_names("right", 12)]
    assert _order([*right[1:], *left, right[0]]) == said


def test_a_text_set_askew_or_over_other_lines_is_read_last() -> None:
    text = [_askew(f"note{index} of them", 320, 140 + 14 * index) for index in range(3)]
    assert _order([*text, *_column("left", 50, 130, 12)]) == [*_names("left", 12), *_names("note", 3)]
    across = _askew("Draft", 80, 150, 30, -25)
    assert _order([across, *_column("left", 50, 130, 12)]) == [*_names("left", 12), "Draft"]
