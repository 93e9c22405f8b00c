"""Takes out what is no writing: specks, rules and the texture of pictures, read as letters.

Tesseract says how sure it is of each word, and is doubtful all over a page of handwriting. Texture shows as lines of
doubtful words, specks as lines of a single sign or of no height, a rule beside a word as a word of no letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from masthead.recognition.hocr import ReadLine, ReadWord

_SURE_PAGE = 0.5  # mean confidence of the letters of a page that is print
_SURE_LINE, _SURE_LINE_OF_DOUBTFUL = 0.5, 0.75  # of a line, on a page that is print and on one that may be none
_SURE_WORD = 0.3
_SURE_SIGN = 0.7  # of a word without letters and digits
_SURE_FEW, _SURE_FEW_OF_MANY = 0.88, 0.7  # of a line with fewer than three letters, and where much else is read
_MANY = 200  # letters
_LEAST, _MOST = 3.5, 160.0  # points: the size of letters
_NARROWEST, _WIDEST = 0.08, 1.8  # of the size: how wide a letter is on average
_BULLETS = frozenset("¢°«»®©*¤§")  # what is read for a dot, a square or an arrow before a line
_LIST = 2  # lines at least
_INITIAL = 1.8  # times the usual size: a single letter that begins a story


def cleaned(lines: Sequence[ReadLine], scale: float) -> list[ReadLine]:
    """The lines and words that are writing, from `scale` pixels a point."""
    page = _page_of(lines)
    result = []
    for line in lines:
        words = [word for word in line.words if _is_word(word, line)]
        if words and _is_line(words, line, page, scale):
            result.append(replace(line, words=words))
    return _with_bullets(result)


def sureness(lines: Sequence[ReadLine]) -> float:
    """The mean confidence of all letters, from 0 to 1; 0 where there are none."""
    return _mean([word for line in lines for word in line.words])


def _mean(words: Sequence[ReadWord]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


class _Page(NamedTuple):
    """What holds for the whole page."""

    usual: float  # the size of most letters
    line: float  # how sure a line must be
    few: float  # how sure one of a letter or two must be


def _page_of(lines: Sequence[ReadLine]) -> _Page:
    sizes = [line.size for line in lines for word in line.words for _ in word.text if word.confidence > _SURE_SIGN]
    is_print = sureness(lines) >= _SURE_PAGE
    return _Page(
        median(sizes) if sizes else 0.0,
        _SURE_LINE if is_print else _SURE_LINE_OF_DOUBTFUL,
        _SURE_FEW_OF_MANY if is_print and len(sizes) > _MANY else _SURE_FEW,
    )


def _is_word(word: ReadWord, line: ReadLine) -> bool:
    meaning = sum(char.isalnum() for char in word.text)
    if word.confidence < (_SURE_WORD if meaning else _SURE_SIGN):
        return False
    length = word.box.height if line.angle in (90, 270) else word.box.width
    width = length / len(word.text) / max(1.0, line.size)
    return _NARROWEST < width < _WIDEST or not meaning


def _is_line(words: Sequence[ReadWord], line: ReadLine, page: _Page, scale: float) -> bool:
    if not _LEAST < line.size / scale < _MOST:
        return False
    text = "".join(word.text for word in words)
    meaning = sum(char.isalnum() for char in text)
    sure = _mean(words)
    if meaning > 2:
        return sure >= page.line
    is_number = text.isdecimal()
    is_initial = meaning == 1 and text.isupper() and line.size > _INITIAL * page.usual > 0
    is_ideograph = any(char >= "\u3000" for char in text)
    return sure >= page.few and (meaning == 2 or is_number or is_initial or is_ideograph)


def _with_bullets(lines: list[ReadLine]) -> list[ReadLine]:
    """A sign that begins lines at one place again and again is a bullet, for which Tesseract has no letter."""
    begins = Counter(_begin(line) for line in lines if _begins_with_sign(line))
    result = []
    for line in lines:
        if _begins_with_sign(line) and sum(begins[_begin(line) + step] for step in (-1, 0, 1)) >= _LIST:
            line = replace(line, words=[replace(line.words[0], text="\u2022"), *line.words[1:]])  # noqa: PLW2901
        result.append(line)
    return result


def _begins_with_sign(line: ReadLine) -> bool:
    return len(line.words) > 1 and line.words[0].text in _BULLETS


def _begin(line: ReadLine) -> int:
    """Where the line begins, in half sizes of its letters."""
    return round(2 * line.words[0].box.x0 / max(1.0, line.size))
