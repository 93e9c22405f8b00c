"""The characters of a line become words: cut at spaces, and at gaps that stand out from the line's own spacing."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from masthead.document.geometry import Box
from masthead.document.text import Font, Glyph, Join, Word
from masthead.layout.scripts import is_cjk
from masthead.layout.symbols import bullet_of

_WORD_GAP = 0.19  # in ems
_SPACED = 0.12  # in ems: letters further apart than this are letter-spaced
_MIN_SPACED_LETTERS = 5  # with fewer, single letters with spaces between them are just short words

Place = tuple[float, float]


def words_of(glyphs: Sequence[Glyph], places: Sequence[Place], fonts: Sequence[Font]) -> list[Word]:
    """Words of one line; `places` tell where each glyph starts and ends along the line."""
    words: list[Word] = []
    for part in _parts(glyphs, places, fonts):
        words += _finished(part, fonts)
    return words


def _parts(glyphs: Sequence[Glyph], places: Sequence[Place], fonts: Sequence[Font]) -> list[list[Glyph]]:
    """The glyphs of each word."""
    gaps = [max(after[0] - before[1], before[0] - after[1]) for before, after in pairwise(places)]
    widest = max(gaps, default=0.0)
    smallest = min(glyph.size for glyph in glyphs)
    has_symbols = any(fonts[glyph.font].symbolic for glyph in glyphs)
    plain = widest <= 0.1 * smallest and not has_symbols
    parts = _at_spaces(glyphs) if plain else _at_gaps(glyphs, gaps, fonts)
    return _unspaced(parts) if len(parts) >= _MIN_SPACED_LETTERS else parts


def _at_spaces(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text == "\u200b" or glyph.text.isspace():
            if current:
                parts.append(current)
                current = []
        else:
            current.append(glyph)
    if current:
        parts.append(current)
    return parts


def _at_gaps(glyphs: Sequence[Glyph], gaps: Sequence[float], fonts: Sequence[Font]) -> list[list[Glyph]]:
    limit = _gap_limit(glyphs, gaps)
    parts: list[list[Glyph]] = []
    current: list[Glyph] = []
    for index, glyph in enumerate(glyphs):
        if glyph.text == "\u200b" or glyph.text.isspace():
            if current:
                parts.append(current)
                current = []
            continue
        if current:
            wide = gaps[index - 1] > limit * max(glyph.size, current[-1].size)
            if wide or fonts[current[-1].font].symbolic:
                parts.append(current)
                current = []
        current.append(glyph)
    if current:
        parts.append(current)
    return parts


def _gap_limit(glyphs: Sequence[Glyph], gaps: Sequence[float]) -> float:
    """The gap, in ems, from which on two glyphs are two words: larger where a headline is letter-spaced."""
    inner = [
        gap / max(0.1, glyphs[index + 1].size)
        for index, gap in enumerate(gaps)
        if not glyphs[index].text.isspace() and not glyphs[index + 1].text.isspace()
    ]
    if len(inner) < 3:
        return _WORD_GAP
    usual = statistics.median(inner)
    return usual * 1.6 + _WORD_GAP if usual > _SPACED else _WORD_GAP


def _unspaced(parts: list[list[Glyph]]) -> list[list[Glyph]]:
    """Letters with a space after each, as some letter-space a headline, joined where the gap is the usual one."""
    single = sum(len(part) == 1 and part[0].text.isalpha() and not is_cjk(part[0].text) for part in parts)
    if single < 0.7 * len(parts) or single < _MIN_SPACED_LETTERS:
        return parts
    gaps = [max(after[0].box.x0 - before[-1].box.x1, 0.01) for before, after in pairwise(parts)]
    usual = statistics.median(gaps)
    joined = [list(parts[0])]
    for gap, part in zip(gaps, parts[1:], strict=True):
        if gap < 1.5 * usual:
            joined[-1] += part
        else:
            joined.append(list(part))
    return joined


def _finished(glyphs: list[Glyph], fonts: Sequence[Font]) -> Iterator[Word]:
    """The word of these glyphs; CJK text is cut into single characters that follow each other without a space."""
    letters = "".join([glyph.text for glyph in glyphs])
    if letters.isascii() or max(letters) < "\u3000":
        yield _word(glyphs, Join.SPACE, fonts)
        return
    parts: list[list[Glyph]] = []
    for glyph in glyphs:
        if parts and not (is_cjk(glyph.text) or is_cjk(parts[-1][-1].text)):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    for index, part in enumerate(parts):
        yield _word(part, Join.NONE if index < len(parts) - 1 else Join.SPACE, fonts)


def _word(glyphs: Sequence[Glyph], join: Join, fonts: Sequence[Font]) -> Word:
    letters = "".join([glyph.text for glyph in glyphs])
    if not letters.isascii() or fonts[glyphs[0].font].symbolic:
        drawn = [bullet_of(glyph.text, fonts[glyph.font]) for glyph in glyphs]
        letters = unicodedata.normalize("NFC", _without_ligatures("".join(drawn)))
    first = glyphs[0]
    size = max([glyph.size for glyph in glyphs])
    leaf = first.leaf if first.leaf == glyphs[-1].leaf else max([glyph.leaf for glyph in glyphs])
    return Word(letters, _box_around(glyphs), size, first.font, first.colour, join, leaf=leaf)


def _box_around(glyphs: Sequence[Glyph]) -> Box:
    first, last = glyphs[0], glyphs[-1]
    if first.run == last.run and not first.angle:  # one text object: its characters stand in a row
        (x0, y0, x1, y1), (x2, y2, x3, y3) = first.box, last.box
        return Box(round(min(x0, x2), 2), round(min(y0, y2), 2), round(max(x1, x3), 2), round(max(y1, y3), 2))
    left, top, right, bottom = zip(*[glyph.box for glyph in glyphs], strict=True)
    return Box(round(min(left), 2), round(min(top), 2), round(max(right), 2), round(max(bottom), 2))


def _without_ligatures(text: str) -> str:
    if any("\ufb00" <= char <= "\ufb06" for char in text):
        return "".join(unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in text)
    return text.replace("\u00ad", "-") if text.endswith("\u00ad") else text.replace("\u00ad", "")
