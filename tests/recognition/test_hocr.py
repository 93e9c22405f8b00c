"""hOCR becomes lines with places, sizes and confidence; what is no writing is left out."""

from __future__ import annotations

import pytest

from masthead.document.geometry import Box
from masthead.document.text import Join
from masthead.recognition.cleaning import cleaned
from masthead.recognition.hocr import ReadLine, ReadWord, read_hocr
from masthead.recognition.lines import page_lines_of

PAGE = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><body>
<div class='ocr_page' title='bbox 0 0 900 900'>
<div class='ocr_carea' id='block_1_1' title="bbox 100 200 800 260"><p class='ocr_par'>
<span class='ocr_line' title="bbox 100 200 800 240; baseline 0.01 -9; x_size 40; x_descenders 9; x_ascenders 10">
<span class='ocrx_word' title='bbox 100 200 300 240; x_wconf 96'>Salt &amp; </span>
<span class='ocrx_word' title='bbox 320 200 480 240; x_wconf 91'><strong><em>sea</em></strong></span>
</span></p></div>
<div class='ocr_carea' title="bbox 700 100 760 500"><p class='ocr_par'>
<span class='ocr_header' title="bbox 700 100 760 500; textangle 90; x_size 60; x_descenders 12">
<span class='ocrx_word' title='bbox 705 300 758 500; x_wconf 88'>upwards</span></span></p></div></div></body></html>"""


def word(text: str, x0: float, x1: float, confidence: float = 0.95) -> ReadWord:
    return ReadWord(text, Box(x0, 100, x1, 140), confidence)


def read_line(*words: ReadWord, size: float = 40, angle: float = 0) -> ReadLine:
    return ReadLine(Box(words[0].box.x0, 100, words[-1].box.x1, 140), angle, size, 9, 0, -9, 1, list(words))


def test_lines_words_and_what_is_said_of_them() -> None:
    first, second = read_hocr(PAGE)
    assert [(part.text, part.confidence) for part in first.words] == [("Salt &", 0.96), ("sea", 0.91)]
    assert (first.angle, first.size, first.descent, first.slope, first.offset) == (0, 40, 9, 0.01, -9)
    assert second.angle == 270  # it runs upwards
    assert first.block != second.block


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no markup at all",
        "<span class='ocrx_word' title='bbox 1 2 3 4'>before any line</span>",
        "<span class='ocr_line' title='bbox a b c d'><span class='ocrx_word' title='x_wconf 90'>x</span></span>",
        "<span class='ocr_line' title='bbox 9 9 1 1'><span class='ocrx_word' title='bbox 5 5 5 5'>x</span>",
        PAGE[:700],
    ],
)
def test_what_is_malformed_is_left_out(text: str) -> None:
    assert all(line.words for line in read_hocr(text))


def test_words_stand_on_their_line_in_points() -> None:
    line = page_lines_of([read_line(word("Salt", 400, 500), word("sea", 520, 600))], 4.0, 7)[0]
    assert [part.text for part in line.words] == ["Salt", "sea"]
    assert line.words[0].box == Box(100, 25, 125, 35)
    assert line.words[0].box[1::2] == line.words[1].box[1::2]
    assert line.words[0].size == pytest.approx(40 / 0.92 / 4, abs=0.3)
    assert line.words[0].font == 7
    assert line.words[0].confidence == 0.95


def test_japanese_is_cut_into_characters_that_follow_each_other() -> None:
    line = page_lines_of([read_line(word("灯台", 100, 200), word("守は", 200, 300), word("12", 320, 360))], 1.0, 0)[0]
    assert [part.text for part in line.words] == ["灯", "台", "守", "は", "12"]
    assert [part.join for part in line.words] == [Join.NONE, Join.NONE, Join.NONE, Join.SPACE, Join.SPACE]
    assert line.words[1].box[::2] == (150, 200)


def test_arabic_runs_from_the_right() -> None:
    assert page_lines_of([read_line(word("المنارة", 300, 400), word("حارس", 180, 280))], 1.0, 0)[0].right_to_left


def test_specks_texture_and_rules_are_no_writing() -> None:
    writing = read_line(word("The", 100, 160), word("keeper", 180, 320))
    texture = read_line(word("Ae", 100, 150, 0.31), word("eeSs", 160, 250, 0.42))
    speck = read_line(word(".", 100, 104))
    tiny = read_line(word("dust", 100, 110), size=8)
    rule = read_line(word("—", 100, 900), word("keeper", 920, 1060))
    single = read_line(word("o", 100, 120))
    found = cleaned([writing, texture, speck, tiny, rule, single], 300 / 72)
    assert [[part.text for part in line.words] for line in found] == [["The", "keeper"], ["—", "keeper"]]


def test_folios_and_initials_are_writing() -> None:
    folio = read_line(word("12", 100, 140))
    initial = read_line(word("T", 100, 190), size=120)
    body = [read_line(word("keeper", 100, 240)) for _ in range(5)]
    assert len(cleaned([folio, initial, *body], 300 / 72)) == 7


def test_a_page_of_handwriting_is_not_guessed_at() -> None:
    guessed = [read_line(word("Pltw", 100, 200, 0.12), word("hie", 220, 300, 0.55)) for _ in range(6)]
    doubtful = read_line(word("some", 100, 200, 0.62), word("lines", 220, 330, 0.6))
    stamp = read_line(word("43571", 100, 220, 0.94))
    assert cleaned([*guessed, doubtful, stamp], 300 / 72) == [stamp]


def test_small_numbers_count_where_much_else_is_read() -> None:
    number = read_line(word("12", 600, 640, 0.78))
    prose = [read_line(word("keeper", 100, 240), word("lighthouse", 260, 480)) for _ in range(20)]
    assert number in cleaned([*prose, number], 300 / 72)
    assert number not in cleaned([number], 300 / 72)


def test_signs_that_begin_lines_at_one_place_are_bullets() -> None:
    items = [read_line(word("¢", 100, 115, 0.8), word("lamp", 140, 240), word("oil", 260, 320)) for _ in range(3)]
    price = read_line(word("¢", 700, 715, 0.8), word("fifty", 740, 840))
    found = cleaned([*items, price], 300 / 72)
    assert [line.words[0].text for line in found] == ["•", "•", "•", "¢"]
