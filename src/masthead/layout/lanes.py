"""White lanes between columns part lines that grew together across them; a bullet joins the line that it marks.

A gap inside a line is a lane between columns if the lines above and below have a gap, or an end, on the same place:
a justified line may be set as wide as that by chance, its neighbours will not on the same spot. (The white-space view
of Breuel 2002, on the lines next to each other only.)
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from masthead.document.geometry import Box
from masthead.document.text import Line, Word
from masthead.layout.rivers import without_rivers
from masthead.layout.symbols import is_marker

_MIN_GAP = 0.7  # in ems: no gutter is narrower
_STANDS_OUT = 1.9  # times the line's usual gap between words
_MIN_NEIGHBOURS = 2  # of the lines around must agree
_REACH = 3.2  # in line heights: how far up and down to look
_MARKER_GAP = 3.5  # in ems: how far a bullet may stand from its text


def split_at_lanes(lines: Sequence[Line]) -> list[Line]:
    """The same words; lines that cross a lane between columns are cut there, markers joined to their text."""
    gaps = {index: found for index, line in enumerate(lines) if (found := _gaps(line))}
    if gaps:
        cuts = {index: _lanes(index, lines, found) for index, found in gaps.items()}
        lines = [part for index, line in enumerate(lines) for part in _cut(line, cuts.get(index, ()))]
    return _with_markers(without_rivers(lines))


def _gaps(line: Line) -> list[tuple[int, float, float]]:
    """Wide gaps: the index of the word after it, and its edges."""
    if line.angle or line.vertical or len(line.words) < 2:
        return []
    words = line.words
    strips = [
        (after.box.x1, before.box.x0) if line.right_to_left else (before.box.x1, after.box.x0)
        for before, after in pairwise(words)
    ]
    least = _MIN_GAP * max(words[0].size, words[-1].size)
    if max(x1 - x0 for x0, x1 in strips) <= least:
        return []
    usual = statistics.median_low([x1 - x0 for x0, x1 in strips]) if len(strips) > 2 else 0.0
    return [
        (index, x0, x1)
        for index, (x0, x1) in enumerate(strips, start=1)
        if x1 - x0 > max(least, _STANDS_OUT * usual) and not is_marker(words[index - 1].text)
    ]


def _lanes(index: int, lines: Sequence[Line], gaps: Sequence[tuple[int, float, float]]) -> list[int]:
    """Those of the line's gaps that are lanes."""
    line = lines[index]
    height = line.box.height
    near = [
        other
        for other in lines
        if other is not line
        and not other.angle
        and other.box.y0 < line.box.y1 + _REACH * height
        and other.box.y1 > line.box.y0 - _REACH * height
    ]
    return [at for at, x0, x1 in gaps if _is_lane(line, near, x0, x1)]


def _is_lane(line: Line, near: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether lines above or below leave the same strip free and have text close on both of its sides."""
    middle, width = (x0 + x1) / 2, x1 - x0
    free = blocked = 0
    reach = max(4 * width, 40.0)
    for other in near:
        if _same_height(other.box, line.box):
            continue
        edges = _clear_strip(other, middle)
        if edges is None:
            blocked += 1
        elif min(edges[1], x1) - max(edges[0], x0) > 0.6 * width and (
            middle - edges[0] < reach or edges[1] - middle < reach
        ):
            touches = edges[0] > middle - reach or edges[1] < middle + reach
            free += touches
    return free >= _MIN_NEIGHBOURS and free > 2 * blocked


def _clear_strip(line: Line, x: float) -> tuple[float, float] | None:
    """The white strip around `x` on the height of a line (infinite beyond its ends); None if a word is there."""
    left, right = float("-inf"), float("inf")
    if not line.box.x0 < x < line.box.x1:
        return (line.box.x1, right) if line.box.x1 <= x else (left, line.box.x0)
    for word in line.words:
        if word.box.x0 < x < word.box.x1:
            return None
        if word.box.x1 <= x:
            left = max(left, word.box.x1)
        else:
            right = min(right, word.box.x0)
    return left, right


def _same_height(first: Box, second: Box) -> bool:
    return min(first.y1, second.y1) - max(first.y0, second.y0) > 0.5 * min(first.height, second.height)


def _cut(line: Line, at: Sequence[int]) -> list[Line]:
    if not at:
        return [line]
    edges = [0, *at, len(line.words)]
    return [_part(line, line.words[start:end]) for start, end in pairwise(edges)]


def _part(line: Line, words: Sequence[Word]) -> Line:
    left, top, right, bottom = zip(*[word.box for word in words], strict=True)
    return replace(line, words=tuple(words), box=Box(min(left), min(top), max(right), max(bottom)))


def _with_markers(lines: Sequence[Line]) -> list[Line]:
    """Bullets and numbers that stand alone join the text beside them on the same height."""
    result = list(lines)
    for marker in [line for line in lines if len(line.words) == 1 and is_marker(line.words[0].text) and not line.angle]:
        size = max(marker.words[0].size, 6.0)
        beside = [line for line in result if line is not marker and _stands_after(marker, line, size)]
        if not beside:
            continue
        text = min(beside, key=lambda line: abs(line.box.x0 - marker.box.x1))
        joined = _part(text, (*marker.words, *text.words))
        result[result.index(text)] = joined
        result.remove(marker)
    return result


def _stands_after(marker: Line, line: Line, size: float) -> bool:
    if line.angle or line.vertical or not _same_height(marker.box, line.box) or is_marker(line.words[0].text):
        return False
    gap = marker.box.x0 - line.box.x1 if line.right_to_left else line.box.x0 - marker.box.x1
    return -0.2 * size < gap < _MARKER_GAP * size
