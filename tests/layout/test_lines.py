"""Characters become words and lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.document.geometry import Box
from masthead.document.text import Font, Glyph, PageText
from masthead.layout.lines import page_lines

_FONTS = (Font("Garamond", False, False, False, False), Font("ZapfDingbats", False, False, True, False))


def _glyphs(text: str, x: float, y: float, step: float = 5.0, size: float = 10.0, font: int = 0) -> list[Glyph]:
    return [
        Glyph(char, Box(x + index * step, y, x + index * step + 5.0, y + size), size, font, 0, 0.0, 0, True)
        for index, char in enumerate(text)
    ]


def _words(glyphs: list[Glyph]) -> list[list[str]]:
    page = page_lines(PageText(1, 600, 800, tuple(glyphs), _FONTS, ()))
    return [[word.text for word in line.words] for line in page.lines]


def test_words_are_cut_at_spaces() -> None:
    assert _words(_glyphs("a quiet harbour town", 50, 50)) == [["a", "quiet", "harbour", "town"]]


def test_words_are_cut_at_gaps_without_spaces() -> None:
    assert _words(_glyphs("quiet", 50, 50) + _glyphs("harbour", 79, 50)) == [["quiet", "harbour"]]


def test_letter_spaced_headline_is_one_word() -> None:
    assert _words(_glyphs("HARBOUR", 50, 50, step=9.0)) == [["HARBOUR"]]


def test_a_column_gap_ends_the_line() -> None:
    assert _words(_glyphs("left side", 50, 50) + _glyphs("right side", 300, 50)) == [
        ["left", "side"],
        ["right", "side"],
    ]


def test_a_stretched_line_of_a_narrow_column_is_one_line() -> None:
    rows = ["the harbour town", "neighbourhood  of", "a keeper of lamp"]
    glyphs = [glyph for row, text in enumerate(rows) if row != 1 for glyph in _glyphs(text, 50, 50 + 12 * row)]
    stretched = [*_glyphs("under", 50, 62), *_glyphs("stood", 105, 62)]
    assert ["under", "stood"] in _words([*glyphs, *stretched])
    assert ["under"] in _words(stretched)  # without neighbours nothing tells


def test_a_short_line_does_not_run_on_into_the_next_column() -> None:
    """The ragged ends of the lines around it hide the gutter, so that only the edge of the next column tells."""
    texts = ["the harbour town is", "kept", "a keeper of lamp he", "was all of it too l", "for it"]
    pieces = [_glyphs(text, 50, 50 + 12 * row) for row, text in enumerate(texts)]
    pieces += [_glyphs("another column", 148, 50 + 12 * row) for row in range(len(texts))]
    glyphs = [glyph._replace(run=run) for run, piece in enumerate(pieces) for glyph in piece]
    assert ["kept"] in _words(glyphs)


@given(at=st.floats(min_value=40, max_value=60), aside=st.floats(min_value=0, max_value=0.4))
def test_a_shadow_under_a_word_is_not_read(at: float, aside: float) -> None:
    shadow = [glyph._replace(run=glyph.run + 1000) for glyph in _glyphs("Salt and light", 50 + aside, at + aside)]
    assert _words([*_glyphs("Salt and light", 50, at), *shadow]) == [["Salt", "and", "light"]]


def test_double_letters_of_a_font_whose_boxes_are_all_wide_are_kept() -> None:
    will = [
        Glyph(c, Box(x, 50, x + 6.8, 60), 10.0, 0, 0, 0.0, 0, True)
        for c, x in zip("will", (50, 56, 58, 60.5), strict=True)
    ]
    assert _words(will) == [["will"]]


def test_bold_made_by_drawing_twice_is_read_once() -> None:
    twice = [glyph for glyph in _glyphs("Salt and light", 50, 50) for _ in range(2)]
    assert _words(twice) == [["Salt", "and", "light"]]


def test_bullet_of_a_symbol_font_is_a_bullet() -> None:
    assert _words(_glyphs("n", 50, 50, font=1) + _glyphs("Care workers", 60, 50)) == [["•", "Care", "workers"]]


def test_right_to_left_line_is_in_logical_order_and_keeps_numbers() -> None:
    drawn = "\u05e9\u05dc\u05d5\u05dd 12"  # as read; drawn from the right, the number from left to right
    places = [95, 90, 85, 80, 75, 65, 70]
    glyphs = [
        Glyph(char, Box(x, 50, x + 5, 60), 10.0, 0, 0, 0.0, 0, True) for char, x in zip(drawn, places, strict=True)
    ]
    page = page_lines(PageText(1, 600, 800, tuple(glyphs), _FONTS, ()))
    assert [word.text for word in page.lines[0].words] == ["\u05e9\u05dc\u05d5\u05dd", "12"]
    assert page.lines[0].right_to_left


def test_hidden_text_is_left_out_where_there_is_visible_text() -> None:
    hidden = [glyph._replace(visible=False) for glyph in _glyphs("ghost", 50, 200)]
    assert _words(_glyphs("a line long enough to count as text", 50, 50) + hidden)[1:] == []


def test_chinese_is_cut_into_characters() -> None:
    assert _words(_glyphs("\u6771\u4eac", 50, 50, step=10.0)) == [["\u6771", "\u4eac"]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.characters(exclude_categories=("Cs",)),
            st.floats(-50, 650),
            st.floats(-50, 850),
            st.floats(0.6, 90),
            st.sampled_from([0.0, 90.0, 180.0, 270.0, 12.5]),
        ),
        max_size=40,
    )
)
def test_any_glyphs_make_lines_without_loss(items: list[tuple[str, float, float, float, float]]) -> None:
    glyphs = [
        Glyph(char, Box(x, y, x + size / 2, y + size), size, 0, index, angle, 0, True)
        for index, (char, x, y, size, angle) in enumerate(items)
    ]
    page = page_lines(PageText(1, 600, 800, tuple(glyphs), _FONTS, ()))
    assert all(line.words for line in page.lines)
    assert all(word.text or word.box for line in page.lines for word in line.words)
    assert sum(len(line.words) for line in page.lines) <= len(glyphs)


def _set_without_spaces(text: str, gap: float, close: float = 0.0) -> list[Glyph]:
    """A line whose program moved its words instead of setting spaces; letters may stand closer than they are wide."""
    glyphs: list[Glyph] = []
    at = 50.0
    for word in text.split():
        for char in word:
            glyphs.append(Glyph(char, Box(at, 50, at + 5, 60), 10, 0, 0, 0.0, 0, True))
            at += 5 - close
        at += gap
    return glyphs


@given(gap=st.floats(min_value=1.2, max_value=3.5))
def test_words_of_a_tightly_justified_line_stay_apart(gap: float) -> None:
    said = "constraints on element nesting that should apply to these"
    assert _words(_set_without_spaces(said, gap)) == [said.split()]


def test_letters_set_closer_make_narrower_gaps() -> None:
    said = "a night at work for keepers"
    assert _words(_set_without_spaces(said, 1.9, close=0.5)) == [said.split()]


def test_an_f_reaches_over_the_gap_behind_it() -> None:
    glyphs = _set_without_spaces("wealth of lamps that burn low", 1.8)
    drawn_in = [g._replace(box=g.box._replace(x0=g.box.x0 - 0.9, x1=g.box.x1 - 0.9)) for g in glyphs[8:]]
    assert _words([*glyphs[:8], *drawn_in]) == [["wealth", "of", "lamps", "that", "burn", "low"]]
