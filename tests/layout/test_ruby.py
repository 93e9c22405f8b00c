"""Ruby beside Chinese characters, paragraphs of scripts without spaces, and entries counted with Chinese signs."""

from __future__ import annotations

from masthead.document.geometry import Box
from masthead.document.numerals import chinese_value
from masthead.document.text import Font, Line, PageLines, Role, Word
from masthead.layout.reading import read

_FONTS = (Font("Ryumin", False, False, False, False),)
_FULL = "灯台守は毎晩日誌を書いてから油を運び上げた海は静かで風もなかった"


def _line(text: str, x: float, y: float, size: float = 10.0, *, vertical: bool = False) -> Line:
    """A line of square characters; one word for each part between spaces, which are as wide as a character."""
    words = []
    at = y if vertical else x
    for part in text.split("\u3000"):
        end = at + size * len(part)
        box = Box(x, at, x + size, end) if vertical else Box(at, y, end, y + size)
        words.append(Word(part, box, size, 0))
        at = end + size
    first, last = words[0].box, words[-1].box
    return Line(Box(first.x0, first.y0, last.x1, last.y1), tuple(words), vertical=vertical)


def _page(lines: list[Line]) -> PageLines:
    return PageLines(1, 600, 800, tuple(lines), _FONTS, ())


def _said(lines: list[Line]) -> list[str]:
    return [block.text for block in read([_page(lines)], language="ja").blocks[1]]


def _across(*, ruby: str, size: float = 5.0, at: float = 50.0) -> list[Line]:
    lines = [_line(_FULL, 50, 100 + 20 * number) for number in range(6)]
    return [*lines, _line(ruby, at, 113, size)]


def test_ruby_over_a_line_is_left_out_of_its_sentence() -> None:
    assert _said(_across(ruby="とうだい")) == [_FULL * 6]


def test_ruby_on_the_right_of_a_line_from_top_to_bottom_is_left_out() -> None:
    lines = [_line(_FULL, 400 - 20 * number, 100, vertical=True) for number in range(6)]
    assert _said([*lines, _line("とうだい", 391, 100, 5, vertical=True)]) == [_FULL * 6]


def test_small_kana_that_stand_beside_no_character_are_text() -> None:
    assert "とうだい" in " ".join(_said(_across(ruby="とうだい", at=520)))
    assert "とうだい" in " ".join(_said(_across(ruby="とうだい", size=9)))
    kana = [_line("かんじをつかわないぶんしょうはよみにくいとおもう", 50, 100 + 20 * at) for at in range(6)]
    assert "とうだい" in " ".join(_said([*kana, _line("とうだい", 50, 113, 5)]))


def test_where_a_line_may_be_broken_anywhere_a_short_one_ends_its_paragraph() -> None:
    lines = [_line(_FULL, 50, 100), _line("海は静かであった", 50, 120), _line(_FULL, 50, 140), _line(_FULL, 50, 160)]
    assert _said(lines) == [_FULL + "海は静かであった", _FULL * 2]


def test_characters_that_hang_or_move_at_an_edge_end_no_paragraph() -> None:
    lines = [_line(_FULL, 50, 100), _line(_FULL[:-2], 50, 120), _line(_FULL, 50, 140), _line(_FULL, 50, 160)]
    assert len(_said(lines)) == 1


def test_chinese_signs_that_count_on_before_white_begin_items() -> None:
    lines = [_line(f"{sign}\u3000油を運び上げてから日誌を書く", 50, 100 + 20 * at) for at, sign in enumerate("一二三")]
    blocks = read([_page([*lines, _line(_FULL, 50, 200)])], language="ja").blocks[1]
    assert [block.marker for block in blocks if block.role is Role.LIST_ITEM] == ["一", "二", "三"]


def test_chinese_signs_that_begin_words_or_do_not_count_on_are_text() -> None:
    lines = [_line(f"{sign}\u3000油を運び上げてから日誌を書く", 50, 100 + 20 * at) for at, sign in enumerate("三一八")]
    blocks = read([_page(lines)], language="ja").blocks[1]
    assert not [block for block in blocks if block.role is Role.LIST_ITEM]


def test_chinese_numerals() -> None:
    said = {"一": 1, "九": 9, "十": 10, "十一": 11, "二十": 20, "二十三": 23, "九十九": 99, "二三": 0, "百": 0, "": 0}
    assert {numeral: chinese_value(numeral) for numeral in said} == said
