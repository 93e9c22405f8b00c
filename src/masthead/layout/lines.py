"""Characters become words and lines of one page; runs inside the sandboxed process.

A line is grown along the content stream and across small gaps (the nearest-neighbour idea of O'Gorman's docstrum,
1993, with the stream as a hint); words are cut at spaces and at gaps that stand out from the line's own spacing.
"""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from masthead.document.geometry import Box, union_of
from masthead.document.text import Glyph, Join, Line, PageLines, PageText, Word
from masthead.layout.symbols import bullet_of

_COLUMN_GAP = 1.3  # in ems: a wider gap ends a line, for beyond it lies another column
_WORD_GAP = 0.19  # in ems
_SPACED = 0.12  # in ems: letters further apart than this are letter-spaced
_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\uff01", "\uff60"), ("\u3000", "\u303f"))
_MIN_VISIBLE = 20  # glyphs: with fewer, hidden text (an OCR layer) is the page's text


@dataclass(slots=True)
class _Strip:
    """Glyphs on one base line; `u` runs along the line, `v` across it, in points of the turned page."""

    angle: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)  # (start, end) along the line
    v0: float = 0.0
    v1: float = 0.0


def page_lines(text: PageText) -> PageLines:
    """The page's words and lines in the order of its content stream."""
    glyphs = _readable(text)
    strips: list[_Strip] = []
    for glyph in glyphs:
        _place(glyph, strips)
    merged = _merged([strip for strip in strips if any(not glyph.text.isspace() for glyph in strip.glyphs)])
    lines = tuple(line for strip in merged if (line := _line(strip, text)) is not None)
    warnings = _warnings(text, glyphs)
    return PageLines(text.number, text.width, text.height, lines, text.fonts, text.shapes, warnings)


def _warnings(text: PageText, glyphs: Sequence[Glyph]) -> tuple[str, ...]:
    unknown = sum(glyph.text == "\ufffd" or "\ue000" <= glyph.text <= "\uf8ff" for glyph in glyphs)
    if glyphs and unknown > 0.2 * len(glyphs):
        return (f"Page {text.number}: its fonts do not say which letters they draw.",)
    return ()


def _readable(text: PageText) -> list[Glyph]:
    """Visible glyphs, each once: a glyph drawn twice on the same spot is a bold made by hand."""
    visible = [glyph for glyph in text.glyphs if glyph.visible]
    shown = visible if sum(not glyph.text.isspace() for glyph in visible) >= _MIN_VISIBLE else list(text.glyphs)
    seen: dict[tuple[str, int, int], Glyph] = {}
    result = []
    for glyph in shown:
        key = (glyph.text, round(glyph.box.x0 / 2), round(glyph.box.y0 / 2))
        twin = seen.get(key)
        if twin is not None and twin.box.overlap(glyph.box) > 0.6 * max(0.01, glyph.box.area) and glyph.box.area:
            continue
        seen[key] = glyph
        result.append(glyph)
    return result


def _along(glyph: Glyph, angle: float) -> tuple[float, float, float, float]:
    """Start and end along the line, upper and lower edge across it, for a line turned by `angle`."""
    box = glyph.box
    turn = round(angle / 90) % 4
    if abs(angle - round(angle / 90) * 90) < 1:
        if turn == 0:
            return box.x0, box.x1, box.y0, box.y1
        if turn == 1:
            return box.y0, box.y1, -box.x1, -box.x0
        if turn == 2:
            return -box.x1, -box.x0, -box.y1, -box.y0
        return -box.y1, -box.y0, box.x0, box.x1
    radians = math.radians(angle)
    x, y = box.centre
    u, v = x * math.cos(radians) + y * math.sin(radians), -x * math.sin(radians) + y * math.cos(radians)
    half = glyph.size / 2
    return u - half / 2, u + half / 2, v - half, v + half


def _place(glyph: Glyph, strips: list[_Strip]) -> None:
    """Append the glyph to the strip it continues, else begin a new one."""
    start, end, v0, v1 = _along(glyph, glyph.angle)
    if strips:
        strip = strips[-1]
        if _continues(strip, glyph, start, end, v0, v1):
            strip.glyphs.append(glyph)
            strip.places.append((start, end))
            if glyph.size >= 0.8 * strip.size and not glyph.text.isspace():
                strip.v0, strip.v1 = min(strip.v0, v0), max(strip.v1, v1)
                strip.size = max(strip.size, glyph.size)
            return
    strips.append(_Strip(glyph.angle, glyph.size, [glyph], [(start, end)], v0, v1))


def _continues(strip: _Strip, glyph: Glyph, start: float, end: float, v0: float, v1: float) -> bool:
    if abs(strip.angle - glyph.angle) > 1.5:
        return False
    shared = min(strip.v1, v1) - max(strip.v0, v0)
    if shared < 0.45 * min(strip.v1 - strip.v0, v1 - v0):
        return False
    ratio = glyph.size / max(0.1, strip.size)
    if not 0.3 <= ratio <= 2.2 and not glyph.text.isspace():
        return False
    last_start, last_end = strip.places[-1]
    em = max(strip.size, glyph.size)
    if _is_right_to_left(glyph.text) or (glyph.text.isspace() and end <= last_start + 0.2 * em):
        gap = last_start - end
        return -2.0 * em < gap < _COLUMN_GAP * em or abs(start - last_end) < _COLUMN_GAP * em
    gap = start - last_end
    return -0.6 * em < gap < _COLUMN_GAP * em or (_is_right_to_left(strip.glyphs[-1].text) and abs(gap) < 40 * em)


def _merged(strips: list[_Strip]) -> list[_Strip]:
    """Join neighbouring strips of the stream that lie on one base line with a gap no wider than a word space."""
    result: list[_Strip] = []
    for strip in strips:
        home = next((other for other in reversed(result[-6:]) if _adjoins(other, strip)), None)
        if home is None:
            result.append(strip)
            continue
        home.glyphs += strip.glyphs
        home.places += strip.places
        home.v0, home.v1 = min(home.v0, strip.v0), max(home.v1, strip.v1)
        home.size = max(home.size, strip.size)
    return result


def _adjoins(left: _Strip, right: _Strip) -> bool:
    if abs(left.angle - right.angle) > 1.5 or not 0.55 < right.size / max(0.1, left.size) < 1.8:
        return False
    shared = min(left.v1, right.v1) - max(left.v0, right.v0)
    if shared < 0.6 * min(left.v1 - left.v0, right.v1 - right.v0):
        return False
    em = max(left.size, right.size)
    first, last = min(start for start, _ in right.places), max(end for _, end in left.places)
    if -0.3 * em < first - last < 0.8 * em:
        return True
    gap = min(start for start, _ in left.places) - max(end for _, end in right.places)
    return -0.3 * em < gap < 0.8 * em


def _line(strip: _Strip, text: PageText) -> Line | None:
    right_to_left = _mostly_right_to_left(strip.glyphs)
    order = sorted(range(len(strip.glyphs)), key=lambda index: strip.places[index][0], reverse=right_to_left)
    if right_to_left:
        order = _logical(order, strip.glyphs)
    glyphs = [strip.glyphs[index] for index in order]
    places = [strip.places[index] for index in order]
    words = _words(glyphs, places, text)
    if not words:
        return None
    box = union_of(word.box for word in words)
    return Line(box, tuple(words), strip.angle if abs(strip.angle) > 0.5 else 0.0, right_to_left)


def _logical(order: list[int], glyphs: list[Glyph]) -> list[int]:
    """From right to left as drawn to the order of reading: numbers and Latin words run the other way (UAX 9)."""
    result: list[int] = []
    run: list[int] = []
    for index in order:
        kind = unicodedata.bidirectional(glyphs[index].text[0])
        if kind in ("L", "EN", "AN", "ES", "CS", "ET") or (run and kind in ("WS", "ON") and not result):
            run.insert(0, index)
        else:
            result += run
            run = []
            result.append(index)
    return result + run


def _words(glyphs: list[Glyph], places: list[tuple[float, float]], text: PageText) -> list[Word]:
    limit = _gap_limit(glyphs, places)
    words: list[Word] = []
    current: list[Glyph] = []
    last: tuple[float, float] | None = None
    for glyph, place in zip(glyphs, places, strict=True):
        if glyph.text.isspace() or glyph.text == "\u200b":
            words += _finished(current, text)
            current, last = [], None
            continue
        if last is not None and current:
            gap = max(place[0] - last[1], last[0] - place[1])
            if gap > limit * max(glyph.size, current[-1].size) or _is_symbol(current[-1], text):
                words += _finished(current, text)
                current = []
        current.append(glyph)
        last = place
    words += _finished(current, text)
    return words


def _gap_limit(glyphs: list[Glyph], places: list[tuple[float, float]]) -> float:
    """The gap, in ems, from which on two glyphs are two words: larger where a headline is letter-spaced."""
    gaps = [
        max(places[index][0] - places[index - 1][1], places[index - 1][0] - places[index][1])
        / max(0.1, glyphs[index].size)
        for index in range(1, len(glyphs))
        if not glyphs[index].text.isspace() and not glyphs[index - 1].text.isspace()
    ]
    if len(gaps) < 3:
        return _WORD_GAP
    usual = statistics.median(gaps)
    return usual * 1.6 + _WORD_GAP if usual > _SPACED else _WORD_GAP


def _finished(glyphs: list[Glyph], text: PageText) -> Iterable[Word]:
    """The word of these glyphs; CJK text is cut into single characters that follow each other without a space."""
    if not glyphs:
        return
    if not any(glyph.text >= "\u3000" for glyph in glyphs):
        yield _word(glyphs, Join.SPACE, text)
        return
    parts: list[list[Glyph]] = []
    for glyph in glyphs:
        if parts and not (_is_cjk(glyph.text) or _is_cjk(parts[-1][-1].text)):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    for index, part in enumerate(parts):
        join = Join.NONE if index < len(parts) - 1 else Join.SPACE
        yield _word(part, join, text)


def _word(glyphs: list[Glyph], join: Join, text: PageText) -> Word:
    letters = "".join(bullet_of(glyph.text, text.fonts[glyph.font]) for glyph in glyphs)
    if not letters.isascii():
        letters = unicodedata.normalize("NFC", _without_ligatures(letters))
    return Word(
        letters,
        _box_around(glyphs),
        max(glyph.size for glyph in glyphs),
        glyphs[0].font,
        glyphs[0].colour,
        join,
    )


def _box_around(glyphs: Sequence[Glyph]) -> Box:
    left, top, right, bottom = zip(*(glyph.box for glyph in glyphs), strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def _without_ligatures(text: str) -> str:
    if any("\ufb00" <= char <= "\ufb06" for char in text):
        return "".join(unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in text)
    return text.replace("\u00ad", "-") if text.endswith("\u00ad") else text.replace("\u00ad", "")


def _is_symbol(glyph: Glyph, text: PageText) -> bool:
    return text.fonts[glyph.font].symbolic


def _is_cjk(char: str) -> bool:
    return char >= "\u3000" and any(first <= char <= last for first, last in _CJK)


def _is_right_to_left(char: str) -> bool:
    return char >= "\u0590" and unicodedata.bidirectional(char[0]) in ("R", "AL", "AN")


def _mostly_right_to_left(glyphs: Sequence[Glyph]) -> bool:
    strong = [unicodedata.bidirectional(glyph.text[0]) for glyph in glyphs if glyph.text]
    back = sum(kind in ("R", "AL") for kind in strong)
    return back > sum(kind == "L" for kind in strong)
