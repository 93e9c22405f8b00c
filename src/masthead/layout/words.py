"""The characters of a line become words: cut at spaces, and at gaps that stand out from the line's own spacing."""

from __future__ import annotations

import re
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
_VOID = 0.05  # in ems: between the gaps of letters and those of words there is room in which no gap of the line falls
_LETTER_GAP = 0.07  # in ems beyond the usual: what kerning and rounding do between letters
_OVERHANG = 0.06  # in ems by which an f reaches over what follows, and by which the space behind it is drawn in
_MIN_SPACED_LETTERS = 5  # with fewer, single letters with spaces between them are just short words

_VISIBLE = re.compile(r"[^\s\u200b]+")

Part = tuple[str, Sequence[Glyph]]  # the characters of a word, as a string and one by one


def words_of(glyphs: Sequence[Glyph], gaps: Sequence[float], fonts: Sequence[Font]) -> list[Word]:
    """Words of one line; `gaps` are in points, between each glyph and the next along the line."""
    words: list[Word] = []
    for letters, part in _parts(glyphs, gaps, fonts):
        if letters.isascii() or max(letters) < "\u3000":
            words.append(_word(letters, part, Join.SPACE, fonts))
        else:
            words += _single_characters(part, fonts)
    return words


def _parts(glyphs: Sequence[Glyph], gaps: Sequence[float], fonts: Sequence[Font]) -> list[Part]:
    """The characters of each word."""
    letters = "".join([glyph[0] for glyph in glyphs])
    spans = [match.span() for match in _VISIBLE.finditer(letters)]
    sizes = [glyph[2] for glyph in glyphs]
    has_symbols = any(fonts[number].symbolic for number in {glyph[3] for glyph in glyphs})
    if has_symbols or max(gaps, default=0.0) > 0.1 * min(sizes):
        if "f" in letters:
            gaps = _without_overhang(letters, sizes, gaps)
        limit = _gap_limit(letters, sizes, gaps)
        symbols = [fonts[glyph.font].symbolic for glyph in glyphs] if has_symbols else None
        spans = [part for start, end in spans for part in _at_gaps(start, end, limit, sizes, gaps, symbols)]
    parts: list[Part] = [(letters[start:end], glyphs[start:end]) for start, end in spans]
    return _unspaced(parts) if len(parts) >= _MIN_SPACED_LETTERS else parts


def _at_gaps(
    start: int, end: int, limit: float, sizes: Sequence[float], gaps: Sequence[float], symbols: Sequence[bool] | None
) -> Iterator[tuple[int, int]]:
    """The span from `start` to `end` cut where a gap is wider than `limit` ems, and behind each symbol."""
    for index in range(start + 1, end):
        gap, before = gaps[index - 1], index - 1
        if gap > limit * max(sizes[index], sizes[before]) or (symbols and symbols[before]):
            yield start, index
            start = index
    yield start, end


def _without_overhang(letters: str, sizes: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The gaps as they would be if no f reached into them; between the letters of a ligature there is none."""
    return [
        gap + _OVERHANG * size if letter == "f" and gap > 0.02 * size else gap
        for gap, size, letter in zip(gaps, sizes, letters, strict=False)
    ]


def _gap_limit(letters: str, sizes: Sequence[float], gaps: Sequence[float]) -> float:
    """The gap, in ems, from which on two glyphs are two words.

    It is larger where a headline is letter-spaced, and smaller where letters are set closer than the font has them. In
    a line without spaces, whose words a program moved to their places, it lies in the room between both kinds of gaps.
    """
    blank = [letter.isspace() for letter in letters]
    inner = [
        gap / max(0.1, size)
        for gap, size, before, after in zip(gaps, sizes[1:], blank, blank[1:], strict=False)
        if not (before or after)
    ]
    if len(inner) < 3:
        return _WORD_GAP
    inner.sort()
    usual = statistics.median(inner)
    if usual > _SPACED:
        return usual * 1.6 + _WORD_GAP
    limit = _WORD_GAP + min(0.0, usual)
    wide = sum([gap > limit for gap in inner])
    if sum(blank) > wide or max(letters) >= "\u2e80":  # the file says where its spaces are, or there are none
        return limit
    return _void(inner, usual, limit)


def _void(gaps: Sequence[float], usual: float, limit: float) -> float:
    """The middle of the widest room between two of the sorted gaps, around `limit`; that itself if there is none."""
    low, high = usual + _LETTER_GAP, limit
    width, middle = max(
        [(b - a, (a + b) / 2) for a, b in pairwise(gaps) if b > low and a < high],
        default=(0.0, 0.0),
    )
    return max(low, min(middle, limit)) if width > _VOID else limit


def _unspaced(parts: list[Part]) -> list[Part]:
    """Letters with a space after each, as some letter-space a headline, joined where the gap is the usual one."""
    single = sum([len(letters) == 1 and letters.isalpha() and not is_cjk(letters) for letters, _ in parts])
    if single < 0.7 * len(parts) or single < _MIN_SPACED_LETTERS:
        return parts
    gaps = [max(after[0].box.x0 - before[-1].box.x1, 0.01) for (_, before), (_, after) in pairwise(parts)]
    usual = statistics.median(gaps)
    joined = [parts[0]]
    for gap, (letters, glyphs) in zip(gaps, parts[1:], strict=True):
        if gap < 1.5 * usual:
            joined[-1] = joined[-1][0] + letters, [*joined[-1][1], *glyphs]
        else:
            joined.append((letters, glyphs))
    return joined


def _single_characters(glyphs: Sequence[Glyph], fonts: Sequence[Font]) -> Iterator[Word]:
    """CJK text cut into single characters that follow each other without a space."""
    parts: list[list[Glyph]] = []
    for glyph in glyphs:
        if parts and not (is_cjk(glyph.text) or is_cjk(parts[-1][-1].text)):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    for index, part in enumerate(parts):
        letters = "".join([glyph.text for glyph in part])
        yield _word(letters, part, Join.NONE if index < len(parts) - 1 else Join.SPACE, fonts)


def _word(letters: str, glyphs: Sequence[Glyph], join: Join, fonts: Sequence[Font]) -> Word:
    first = glyphs[0]
    if not letters.isascii() or fonts[first.font].symbolic:
        drawn = [bullet_of(glyph.text, fonts[glyph.font]) for glyph in glyphs]
        letters = unicodedata.normalize("NFC", _without_ligatures("".join(drawn)))
    size = max([glyph[2] for glyph in glyphs])
    leaf = first.leaf if first.leaf == glyphs[-1].leaf else max([glyph.leaf for glyph in glyphs])
    return Word(letters, _box_around(glyphs), size, first.font, first.colour, join, leaf=leaf)


def _box_around(glyphs: Sequence[Glyph]) -> Box:
    first, last = glyphs[0], glyphs[-1]
    if first.run == last.run and not first.angle:  # one text object: its characters stand in a row
        (x0, y0, x1, y1), (x2, y2, x3, y3) = first.box, last.box
        return Box(
            round(x0 if x0 <= x2 else x2, 2),
            round(y0 if y0 <= y2 else y2, 2),
            round(x1 if x1 >= x3 else x3, 2),
            round(y1 if y1 >= y3 else y3, 2),
        )
    left, top, right, bottom = zip(*[glyph.box for glyph in glyphs], strict=True)
    return Box(round(min(left), 2), round(min(top), 2), round(max(right), 2), round(max(bottom), 2))


def _without_ligatures(text: str) -> str:
    if any("\ufb00" <= char <= "\ufb06" for char in text):
        return "".join(unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in text)
    return text.replace("\u00ad", "-") if text.endswith("\u00ad") else text.replace("\u00ad", "")
