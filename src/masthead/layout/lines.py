"""Characters become words and lines of one page; runs inside the sandboxed process."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from masthead.document.geometry import Box
from masthead.document.text import Glyph, Line, PageLines, PageText, Word
from masthead.layout.drawn_bullets import with_drawn_bullets
from masthead.layout.lanes import split_at_lanes
from masthead.layout.recognised import evened, is_recognised
from masthead.layout.scripts import is_right_to_left, logical_order, runs_right_to_left
from masthead.layout.strips import Strip, along, strips_of
from masthead.layout.words import words_of

_HIDDEN_SHARE = 2.0  # times the visible text: with more hidden, it is the layer under a scan and the page's text
_UNREADABLE = 0.2  # share of characters without a meaning from which on a page's text is rubbish
_STRUCK_TWICE = 0.18  # in ems: how far a second strike may lie from the first; two l stand further apart
_AROUND = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def page_lines(text: PageText) -> PageLines:
    """The page's words and lines in the order of its content stream."""
    text = with_drawn_bullets(text)
    glyphs = _readable(text)
    lines = [line for strip in strips_of(glyphs) if (line := _line(strip, text)) is not None]
    lines = split_at_lanes(lines)
    recognised = is_recognised(text, glyphs)
    if recognised:
        lines = evened(lines)
    warnings = _warnings(text, glyphs)
    return PageLines(
        text.number,
        text.width,
        text.height,
        tuple(lines),
        text.fonts,
        text.shapes,
        warnings,
        recognised,
        text.tags,
    )


def _warnings(text: PageText, glyphs: Sequence[Glyph]) -> tuple[str, ...]:
    letters = "".join([glyph.text for glyph in glyphs])
    unknown = 0 if letters.isascii() else sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in letters)
    if glyphs and unknown > _UNREADABLE * len(glyphs):
        return (f"Page {text.number}: its fonts do not say which letters they draw.",)
    return ()


def _readable(text: PageText) -> list[Glyph]:
    """Visible glyphs, each once: a glyph drawn twice on the same spot is a bold made by hand."""
    shown = _shown(text.glyphs)
    doubled = _doubled_runs(shown)
    if not doubled:
        return shown
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    result = []
    for glyph in shown:
        if glyph.run in doubled:
            places = _places(glyph)
            if any(_same_spot(twin.box, glyph) for place in places for twin in seen.get(place, ())):
                continue
            seen.setdefault(places[0], []).append(glyph)
        result.append(glyph)
    return result


def _shown(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """What is seen; where that is little beside what is hidden, the hidden text of a recognised scan as well."""
    visible = [glyph for glyph in glyphs if glyph[7]]
    if len(visible) == len(glyphs) or len(glyphs) - len(visible) < _HIDDEN_SHARE * len(visible):
        return visible
    return list(glyphs)


def _doubled_runs(glyphs: Sequence[Glyph]) -> set[int]:
    """Text objects that begin with the same letter on the same spot as another one."""
    starts: dict[tuple[str, int, int], int] = {}
    doubled: set[int] = set()
    last = -1
    before, before_box = "", Box(0.0, 0.0, 0.0, 0.0)
    for glyph in glyphs:
        letter, box, run = glyph[0], glyph[1], glyph[4]
        if letter == before and _same_spot(before_box, glyph):
            doubled.add(run)
        before, before_box = letter, box
        if run == last or letter.isspace():
            continue
        last = run
        places = _places(glyph)
        for place in places:
            other = starts.get(place)
            if other is not None and other != last:
                doubled |= {other, last}
        starts[places[0]] = last
    return doubled


def _places(glyph: Glyph) -> list[tuple[str, int, int]]:
    """Where twins of a glyph are noted: the square of four points in which it begins, first, and those around it."""
    x, y = round(glyph.box.x0 / 4), round(glyph.box.y0 / 4)
    return [(glyph.text, x + right, y + down) for right, down in _AROUND]


def _same_spot(first: Box, glyph: Glyph) -> bool:
    """Whether the glyph is drawn over its twin again.

    Boxes alone do not tell it: a font that gives all its letters one width has those of "ll" lie over each other.
    """
    box, near = glyph.box, _STRUCK_TWICE * glyph.size
    if abs(box.x0 - first.x0) > near or abs(box.y0 - first.y0) > near:
        return False
    return first.overlap(box) > 0.6 * max(0.01, box.area) and box.area > 0


def _line(strip: Strip, text: PageText) -> Line | None:
    pieces = strip.pieces
    if len(pieces) > 1:
        pieces = sorted(pieces, key=lambda piece: piece.u0)
    glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
    angle = strip.angle
    if any(after.u0 < before.u1 - 0.5 * strip.size for before, after in pairwise(pieces)):
        glyphs.sort(key=lambda glyph: along(glyph, angle)[0])  # a piece stands in a hole of another one
    letters = "".join([glyph[0] for glyph in glyphs])
    backwards = not strip.vertical and not letters.isascii() and any(map(is_right_to_left, letters))
    right_to_left = backwards and runs_right_to_left(letters)
    if angle:
        placed = [along(glyph, angle)[:2] for glyph in glyphs]
    else:
        placed = [(box[0], box[2]) for box in [glyph[1] for glyph in glyphs]]
    if backwards:
        from_left = sorted(range(len(glyphs)), key=lambda index: placed[index][0])
        order = logical_order([letters[index] for index in from_left], right_to_left=right_to_left)
        glyphs = [glyphs[from_left[index]] for index in order]
        placed = [placed[from_left[index]] for index in order]
    gaps = [
        after if (after := next_start - end) >= (before := start - next_end) else before
        for (start, end), (next_start, next_end) in pairwise(placed)
    ]
    words = words_of(glyphs, gaps, text.fonts)
    if not words:
        return None
    turned = 0.0 if strip.vertical or abs(angle) <= 0.5 else angle
    return Line(_box_around(words), tuple(words), turned, right_to_left, strip.vertical)


def _box_around(words: Sequence[Word]) -> Box:
    left, top, right, bottom = zip(*[word.box for word in words], strict=True)
    return Box(min(left), min(top), max(right), max(bottom))
