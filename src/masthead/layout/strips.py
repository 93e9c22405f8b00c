"""Characters that stand on one base line grow together into strips, whatever the order of the content stream.

A strip is grown along its base line across small gaps: the nearest-neighbour idea of O'Gorman's docstrum (1993). The
stream helps (the characters of one text object always stand on one base line) but does not decide: pieces of a line
that come at different times are joined where they lie beside each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from masthead.document.text import Glyph
from masthead.layout.scripts import is_cjk, is_right_to_left

_STREAM_GAP = 1.3  # in ems: how far apart pieces may stand that follow each other in the stream
_GAP = 0.4  # in ems: the same for pieces that do not: hardly more than a space
_RUN_GAP = 2.2  # in ems: inside one text object, where a justified line can be set very wide
_MIN_EDGE = 4  # lines that begin on one place make an edge
_ROUGH_EDGE = 0.7  # in ems: how far apart the beginnings of recognised lines may lie
_MIN_ROUGH_EDGE = 8
_BACK = 0.6  # in ems: how far a piece may reach back over the one before
_ROW = 6.0  # points: height of the rows in which neighbours are looked for
_MAX_IN_HOLE = 4  # characters
_MAX_LOOKED_AT = 60  # strips of a row: enough for any real page, a bound for hostile ones


@dataclass(slots=True, eq=False)
class Strip:
    """Pieces on one base line; `u` runs along the line, `v` across it, in points of the turned page."""

    angle: float  # degrees clockwise; 90 too for upright characters set from top to bottom
    vertical: bool
    size: float
    v0: float
    v1: float
    pieces: list[Piece] = field(default_factory=list)
    u0: float = 0.0
    u1: float = 0.0

    def take(self, piece: Piece) -> None:
        """Add a piece."""
        self.pieces.append(piece)
        self.u0, self.u1 = min(self.u0, piece.u0), max(self.u1, piece.u1)
        if piece.size >= 0.8 * self.size:
            self.v0, self.v1 = min(self.v0, piece.v0), max(self.v1, piece.v1)
            self.size = max(self.size, piece.size)


@dataclass(slots=True, eq=False)
class Piece:
    """Characters of one text object without a wide gap."""

    glyphs: Sequence[Glyph]
    angle: float
    vertical: bool
    size: float
    u0: float
    u1: float
    v0: float
    v1: float


def along(glyph: Glyph, angle: float) -> tuple[float, float, float, float]:
    """Start and end along the line, upper and lower edge across it, for a line turned by `angle`."""
    x0, y0, x1, y1 = glyph[1]
    if not angle:
        return x0, x1, y0, y1
    quarter = round(angle / 90)
    if abs(angle - quarter * 90) < 1:
        turn = quarter % 4
        if turn == 0:
            return x0, x1, y0, y1
        if turn == 1:
            return y0, y1, -x1, -x0
        if turn == 2:
            return -x1, -x0, -y1, -y0
        return -y1, -y0, x0, x1
    radians = math.radians(angle)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    u, v = x * math.cos(radians) + y * math.sin(radians), -x * math.sin(radians) + y * math.cos(radians)
    half = glyph.size / 2
    advance = _advance(x1 - x0, y1 - y0, glyph.size, radians)
    return u - advance / 2, u + advance / 2, v - half, v + half


def _advance(width: float, height: float, size: float, radians: float) -> float:
    """The advance of a turned character, from the box around it (which is larger than the character)."""
    cosine, sine = abs(math.cos(radians)), abs(math.sin(radians))
    if cosine > sine:
        return max(0.1 * size, (width - size * sine) / cosine)
    return max(0.1 * size, (height - size * cosine) / sine)


def strips_of(glyphs: Sequence[Glyph]) -> list[Strip]:
    """Strips in the order of the content stream; each holds at least one character that is no space."""
    strips: list[Strip] = []
    rows: dict[tuple[int, int], list[Strip]] = defaultdict(list)
    last: Strip | None = None
    pieces = _with_single_characters(_pieces(glyphs))
    edges = _column_edges(pieces)
    for piece in pieces:
        goes_on = last is not None and _adjoins(last, piece, _STREAM_GAP, _BACK)
        home = last if goes_on else _neighbour(rows, piece, edges)
        if home is None:
            home = Strip(piece.angle, piece.vertical, piece.size, piece.v0, piece.v1, [], piece.u0, piece.u1)
            strips.append(home)
        home.take(piece)
        last = home
        row = rows[_row(piece)]
        if home not in row[-_MAX_LOOKED_AT:]:
            row.append(home)
    return _joined(strips, edges)


def _column_edges(pieces: Sequence[Piece]) -> frozenset[tuple[int, int]]:
    """Where lines begin one below the other, in half points: the left edges of columns, by angle.

    Set type begins on the point; what a character recognition placed begins within some of an em.
    """
    starts: dict[int, list[float]] = defaultdict(list)
    sizes: list[float] = []
    for before, piece in pairwise(pieces):
        if before.angle != piece.angle or not -0.5 * piece.size < piece.u0 - before.u1 < _STREAM_GAP * piece.size:
            starts[round(piece.angle)].append(piece.u0)
            sizes.append(piece.size)
    edges: set[tuple[int, int]] = set()
    spread = _ROUGH_EDGE * sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    for angle, places in starts.items():
        places.sort()
        for first, last in _clusters(places, 0.5, _MIN_EDGE) + _clusters(places, spread, _MIN_ROUGH_EDGE):
            edges.update((angle, at) for at in range(round(2 * first) - 1, round(2 * last) + 2))
    return frozenset(edges)


def _clusters(places: Sequence[float], spread: float, least: int) -> list[tuple[float, float]]:
    """First and last of every run of at least `least` sorted places that lie within `spread` of each other."""
    found = []
    start = 0
    for index in range(len(places)):
        while places[index] - places[start] > spread:
            start += 1
        if index - start + 1 >= least:
            found.append((places[start], places[index]))
    return found


def _row(piece: Piece) -> tuple[int, int]:
    return round(piece.angle), int((piece.v0 + piece.v1) / 2 // _ROW)


def _neighbour(
    rows: dict[tuple[int, int], list[Strip]], piece: Piece, edges: frozenset[tuple[int, int]]
) -> Strip | None:
    """The strip that the piece touches, unless the right one of the two begins on the edge of a column."""
    angle, row = _row(piece)
    for near in (row, row - 1, row + 1):
        for strip in reversed(rows.get((angle, near), ())[-_MAX_LOOKED_AT:]):
            if _adjoins(strip, piece, _GAP, 0.3):
                later = max(strip.u0, piece.u0)
                is_edge = (angle, round(2 * later)) in edges and later > min(strip.u0, piece.u0) + 2 * piece.size
                if not is_edge:
                    return strip
    return None


def _joined(strips: list[Strip], edges: frozenset[tuple[int, int]]) -> list[Strip]:
    """Strips that touch each other after all have grown."""
    kept: set[int] = set()
    rows: dict[tuple[int, int], list[Strip]] = defaultdict(list)
    for index in sorted(range(len(strips)), key=lambda index: strips[index].u0 - strips[index].u1):
        strip = strips[index]
        whole = Piece((), strip.angle, strip.vertical, strip.size, strip.u0, strip.u1, strip.v0, strip.v1)
        home = _neighbour(rows, whole, edges) or _with_a_hole(rows, strip)
        if home is None:
            kept.add(index)
            rows[_row(whole)].append(strip)
            continue
        for piece in strip.pieces:
            home.take(piece)
    result = [strip for index, strip in enumerate(strips) if index in kept]
    return [strip for strip in result if any(not glyph.text.isspace() for p in strip.pieces for glyph in p.glyphs)]


def _with_a_hole(rows: dict[tuple[int, int], list[Strip]], small: Strip) -> Strip | None:
    """The strip that left room for a few characters of another font: a symbol inside a sentence."""
    if sum(len(piece.glyphs) for piece in small.pieces) > _MAX_IN_HOLE:
        return None
    angle, row = round(small.angle), int((small.v0 + small.v1) / 2 // _ROW)
    for near in (row, row - 1, row + 1):
        for strip in rows.get((angle, near), ())[-_MAX_LOOKED_AT:]:
            if not (strip.u0 < small.u0 and small.u1 < strip.u1) or strip.vertical is not small.vertical:
                continue
            shared = min(strip.v1, small.v1) - max(strip.v0, small.v0)
            if shared > 0.6 * min(strip.v1 - strip.v0, small.v1 - small.v0) and not _covers(strip, small):
                return strip
    return None


def _covers(strip: Strip, small: Strip) -> bool:
    """Whether the strip has letters where the small one has its own."""
    for piece in strip.pieces:
        if piece.u1 < small.u0 or piece.u0 > small.u1:
            continue
        for glyph in piece.glyphs:
            start, end, _, _ = along(glyph, strip.angle)
            if not glyph.text.isspace() and min(end, small.u1) - max(start, small.u0) > 0.25 * (end - start):
                return True
    return False


def _adjoins(strip: Strip, piece: Piece, gap_limit: float, back: float) -> bool:
    """Whether the piece goes on where the strip ends, or ends where it begins."""
    em = strip.size if strip.size > piece.size else piece.size
    least, most = -back * em, gap_limit * em
    if not (least < piece.u0 - strip.u1 < most or least < strip.u0 - piece.u1 < most):
        return False
    if abs(strip.angle - piece.angle) > 1.5 or strip.vertical is not piece.vertical:
        return False
    shared = min(strip.v1, piece.v1) - max(strip.v0, piece.v0)
    if shared < 0.5 * min(strip.v1 - strip.v0, piece.v1 - piece.v0):
        return False
    # Superscripts and small caps go with their word; a drop cap does not go with the first of its lines.
    return 0.3 <= piece.size / max(0.1, strip.size) <= 2.2


def _pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    """Cut the stream where the text object changes or a wide gap opens."""
    result: list[Piece] = []
    start = 0
    last_run, last_end = -1, 0.0
    for index, glyph in enumerate(glyphs):
        box, size, run = glyph[1], glyph[2], glyph[4]
        follows = run == last_run and not glyph[5] and -0.6 * size < box[0] - last_end < _RUN_GAP * size
        last_run, last_end = run, box[2]
        if follows or index == start or _goes_on(glyphs[index - 1], glyph, glyphs[start]):
            continue
        result.append(_piece(glyphs[start:index]))
        start = index
    return [*result, _piece(glyphs[start:])] if glyphs else result


def _goes_on(before: Glyph, glyph: Glyph, first: Glyph) -> bool:
    """The slow look, where characters do not simply follow each other to the right."""
    em = glyph.size
    if before.run == glyph.run:
        if glyph.angle:
            start, end, _, _ = along(glyph, glyph.angle)
            last_start, last_end, _, _ = along(before, glyph.angle)
            gap = max(start - last_end, last_start - end)
            return -0.8 * em < gap < _RUN_GAP * em
        if is_right_to_left(glyph.text) or is_right_to_left(before.text):
            return -0.6 * em < before.box.x0 - glyph.box.x1 < _RUN_GAP * em
        if glyph.text.isspace() or before.text.isspace():
            return abs(glyph.box.x0 - before.box.x1) < _RUN_GAP * em or abs(before.box.x0 - glyph.box.x1) < 0.2 * em
    return _is_below(before, glyph) and (before is first or _is_vertical(first, before))


def _is_below(before: Glyph, glyph: Glyph) -> bool:
    """Whether upright East Asian characters are set from top to bottom (CJK or a bracket between them)."""
    if glyph.angle or before.angle or not (is_cjk(glyph.text) or is_cjk(before.text)):
        return False
    em = max(glyph.size, before.size)
    across = abs(sum(glyph.box[0:3:2]) - sum(before.box[0:3:2])) / 2
    return across < 0.3 * em and 0.3 * em < glyph.box.y0 - before.box.y0 < 1.8 * em


def _is_vertical(first: Glyph, last: Glyph) -> bool:
    return last.box.y0 - first.box.y0 > 0.3 * last.size and abs(last.box.x0 - first.box.x0) < 0.7 * last.size


def _with_single_characters(pieces: list[Piece]) -> list[Piece]:
    """Where text is set from top to bottom, a character on its own stands in the column that runs over it."""
    vertical = [piece for piece in pieces if piece.vertical]
    if not vertical:
        return pieces
    columns = {round((piece.v0 + piece.v1) / 2) for piece in vertical}
    size = max(piece.size for piece in vertical)
    result = []
    for piece in pieces:
        first = piece.glyphs[0]
        alone = len(piece.glyphs) == 1 and not piece.vertical and is_cjk(first.text) and piece.size < 1.3 * size
        middle = -(first.box.x0 + first.box.x1) / 2
        if alone and not columns.isdisjoint((math.floor(middle), math.ceil(middle))):
            u0, u1, v0, v1 = along(first, 90.0)
            result.append(Piece(piece.glyphs, 90.0, vertical=True, size=piece.size, u0=u0, u1=u1, v0=v0, v1=v1))
        else:
            result.append(piece)
    return result


def _piece(glyphs: Sequence[Glyph]) -> Piece:
    end = len(glyphs)
    while end > 1 and glyphs[end - 1].text.isspace():  # a space at the end may reach into the next column
        end -= 1
    first, last = glyphs[0], glyphs[end - 1]
    vertical = end > 1 and not first.angle and _is_below(glyphs[end - 2], last) and _is_vertical(first, last)
    angle = 90.0 if vertical else first.angle
    u0, u1, v0, v1 = along(first, angle)
    if last is not first:
        a, b, c, d = along(last, angle)
        u0, u1 = min(u0, a), max(u1, b)
        v0, v1 = min(v0, c), max(v1, d)
    return Piece(glyphs, angle, vertical, max(first.size, last.size), u0, u1, v0, v1)
