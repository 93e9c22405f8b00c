"""Reading order of one page: columns one after the other, headlines that span them where they stand.

A recursive cut in the family of XY-cut (Nagy and Seth 1984; Meunier 2005), with two changes that designers make
necessary. Lines that bridge a gutter (headlines, standfirsts, wide captions) do not hide it: they part the page into
bands, and each band is read on its own. And a gutter counts only if lines stand on both sides of it at the same
height, so that a paragraph's ragged edge is not taken for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from masthead.document.geometry import Box, union_of
from masthead.document.text import Line

_MIN_GUTTER = 5.0  # points
_MAX_DEPTH = 24
_MAX_BRIDGES = 0.34  # share of a region's lines that may cross a gutter


class _Gutter(NamedTuple):
    x0: float
    x1: float
    crossing: frozenset[int]
    score: float


def reading_order(lines: Sequence[Line], *, right_to_left: bool = False) -> list[list[Line]]:
    """The lines in groups (columns and bridges) in the order in which they are read."""
    if not lines:
        return []
    return _cut(list(lines), right_to_left, 0)


def _cut(lines: list[Line], right_to_left: bool, depth: int) -> list[list[Line]]:
    if len(lines) < 2 or depth > _MAX_DEPTH:
        return [_down(lines, right_to_left)]
    gutter = _best_gutter(lines)
    if gutter is None:
        return _bands(lines, right_to_left, depth)
    bridges = sorted((lines[index] for index in gutter.crossing), key=lambda line: line.box.y0)
    rest = [line for index, line in enumerate(lines) if index not in gutter.crossing]
    if not bridges:
        return _sides(rest, gutter, right_to_left, depth)
    return _between_bridges(bridges, rest, gutter, right_to_left, depth)


def _sides(lines: list[Line], gutter: _Gutter, right_to_left: bool, depth: int) -> list[list[Line]]:
    middle = (gutter.x0 + gutter.x1) / 2
    left = [line for line in lines if line.box.centre[0] < middle]
    right = [line for line in lines if line.box.centre[0] >= middle]
    if not left or not right:
        return [_down(lines, right_to_left)]
    first, second = (right, left) if right_to_left else (left, right)
    return _cut(first, right_to_left, depth + 1) + _cut(second, right_to_left, depth + 1)


def _between_bridges(
    bridges: list[Line], rest: list[Line], gutter: _Gutter, right_to_left: bool, depth: int
) -> list[list[Line]]:
    """Bands of columns between the bridges, in the order of the page from top to bottom."""
    groups: list[list[Line]] = []
    waiting = sorted(rest, key=lambda line: line.box.y0)
    index = 0
    while index < len(bridges):
        bridge = [bridges[index]]
        while index + 1 < len(bridges) and not _anything_between(waiting, bridge[-1], bridges[index + 1]):
            index += 1
            bridge.append(bridges[index])
        top = bridge[0].box.centre[1]
        above = [line for line in waiting if line.box.centre[1] < top]
        waiting = [line for line in waiting if line.box.centre[1] >= top]
        if above:
            groups += _cut(above, right_to_left, depth + 1)
        groups.append(_down(bridge, right_to_left))
        index += 1
    if waiting:
        groups += _cut(waiting, right_to_left, depth + 1)
    return groups


def _anything_between(lines: Sequence[Line], upper: Line, lower: Line) -> bool:
    return any(upper.box.centre[1] <= line.box.centre[1] < lower.box.centre[1] for line in lines)


def _bands(lines: list[Line], right_to_left: bool, depth: int) -> list[list[Line]]:
    """No gutter through the whole: cut at the widest white band from left to right, if there is one."""
    ordered = sorted(lines, key=lambda line: line.box.y0)
    heights = sorted(line.box.height for line in lines)
    usual = heights[len(heights) // 2]
    best, at = 0.0, 0
    bottom = ordered[0].box.y1
    for index in range(1, len(ordered)):
        gap = ordered[index].box.y0 - bottom
        if gap > best:
            best, at = gap, index
        bottom = max(bottom, ordered[index].box.y1)
    if best > 0.4 * usual and _side_by_side(lines):
        return _cut(ordered[:at], right_to_left, depth + 1) + _cut(ordered[at:], right_to_left, depth + 1)
    return [_down(lines, right_to_left)]


def _side_by_side(lines: Sequence[Line]) -> bool:
    """Whether any two lines stand beside each other, so that there is something left to cut."""
    ordered = sorted(lines, key=lambda line: line.box.y0)
    for index, line in enumerate(ordered):
        for other in ordered[index + 1 : index + 12]:
            if other.box.y0 > line.box.y1:
                break
            shared = min(line.box.y1, other.box.y1) - max(line.box.y0, other.box.y0)
            if shared > 0.5 * min(line.box.height, other.box.height):
                return True
    return False


def _best_gutter(lines: Sequence[Line]) -> _Gutter | None:
    """The white strip from top to bottom that most lines face from both sides, crossed by the fewest."""
    best: _Gutter | None = None
    for x0, x1 in _candidates(lines):
        middle = (x0 + x1) / 2
        crossing = frozenset(
            index for index, line in enumerate(lines) if line.box.x0 < middle - 0.5 and line.box.x1 > middle + 0.5
        )
        if len(crossing) > _MAX_BRIDGES * len(lines):
            continue
        left = [line.box for index, line in enumerate(lines) if index not in crossing and line.box.x1 <= middle + 0.5]
        right = [line.box for index, line in enumerate(lines) if index not in crossing and line.box.x0 >= middle - 0.5]
        if not left or not right:
            continue
        facing = _facing(left, right)
        if facing <= 0:
            continue
        score = facing + 0.5 * (x1 - x0) - 14 * len(crossing)
        if best is None or score > best.score:
            best = _Gutter(x0, x1, crossing, score)
    return best


def _facing(left: Sequence[Box], right: Sequence[Box]) -> float:
    """Height in points over which both sides have text."""
    a, b = union_of(left), union_of(right)
    return min(a.y1, b.y1) - max(a.y0, b.y0)


def _candidates(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """White strips between a right edge and the next left edge to its right, lines that bridge them aside."""
    lefts = sorted({round(line.box.x0, 1) for line in lines})
    rights = sorted({round(line.box.x1, 1) for line in lines})
    found = []
    for left in lefts:
        before = [right for right in rights if right <= left - _MIN_GUTTER]
        if before:
            found.append((before[-1], left))
    # Each left edge gives one strip; those of paragraph indents repeat their column's, and lose by their score.
    return found[:60]


def _down(lines: Sequence[Line], right_to_left: bool) -> list[Line]:
    """Lines from top to bottom; those on one height from the side where reading begins."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.centre[1]):
        if rows and _same_row(rows[-1][0].box, line.box):
            rows[-1].append(line)
        else:
            rows.append([line])
    sign = -1 if right_to_left else 1
    return [line for row in rows for line in sorted(row, key=lambda line: sign * line.box.x0)]


def _same_row(first: Box, second: Box) -> bool:
    shared = min(first.y1, second.y1) - max(first.y0, second.y0)
    return shared > 0.6 * min(first.height, second.height)
