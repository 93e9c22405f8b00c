"""A line that was stretched to fill its column is one line, however wide the gaps between its words are.

In narrow columns a justified line of two or three long words has gaps wider than many a gutter. Its neighbours tell
the difference: they have words where the gap is, while through a gutter runs a strip that stays white, and what stands
behind it begins where other lines begin. The same tells that a run-in heading and the text behind it, with a fixed gap
between them, are one line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from masthead.document.geometry import union_of
from masthead.document.text import Line

_RUN_IN_GAP = 3.0  # ems: beyond, the line must reach from one edge of its column to the other
_MAX_GAP = 12.0  # ems
_REACH = 3.4  # in line heights: how far up and down to look
_MAX_WHITE = 0.45  # ems: a strip as wide as that which stays white is a gutter
_SAME_EDGE = 0.35  # ems
_INDENT = 3.0  # ems by which the first line of a paragraph may be drawn in
_SAME_SIZE = 1.15
_EDGE = 4  # lines that begin on one place make the edge of a column
_HYPHENS = ("-", "\u2010", "\u00ad")


def without_rivers(lines: Sequence[Line]) -> list[Line]:
    """The same words in the same order of the stream; parts of one stretched line are put together."""
    level = [index for index, line in enumerate(lines) if not line.angle and not line.vertical]
    level.sort(key=lambda index: lines[index].box.y0 + lines[index].box.y1)
    page = _Rows([lines[index] for index in level])
    joined: dict[int, list[int]] = {}  # by the place of the first part in the stream: all parts, as they are read
    for chain in _chains(page):
        parts = [level[at] for at in chain]
        if lines[parts[0]].right_to_left:
            parts.reverse()
        joined[min(parts)] = parts
    if not joined:
        return list(lines)
    gone = {part for first, parts in joined.items() for part in parts if part != first}
    return [
        _one([lines[part] for part in joined[index]]) if index in joined else line
        for index, line in enumerate(lines)
        if index not in gone
    ]


class _Rows:
    """Lines by the height of their middles."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.middles = [(line.box.y0 + line.box.y1) / 2 for line in lines]
        self._starts = sorted(_start(line) for line in lines)

    def is_edge(self, line: Line) -> bool:
        """Whether lines begin, one below the other, where this one does."""
        at = _start(line)
        return bisect_left(self._starts, at + 0.5) - bisect_left(self._starts, at - 0.5) >= _EDGE

    def near(self, at: int, reach: float) -> range:
        """The lines whose middles lie within `reach` points of that of line `at`."""
        middle = self.middles[at]
        return range(bisect_left(self.middles, middle - reach), bisect_left(self.middles, middle + reach))


def _chains(page: _Rows) -> list[list[int]]:
    """Parts of one line, from left to right."""
    after: dict[int, int] = {}
    for at, line in enumerate(page.lines):
        right = _right_neighbour(at, page)
        if right is None:
            continue
        gap = page.lines[right].box.x0 - line.box.x1
        if 0 < gap < _MAX_GAP * _size(line) and not _ends_there(at, right, page) and _is_closed(at, right, page):
            after[at] = right
    chains = []
    for start in sorted(after.keys() - after.values()):
        chain = [start]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        chains += [chain] if _fills(chain, page) else _narrow(chain, page)
    return chains


def _right_neighbour(at: int, page: _Rows) -> int | None:
    """The next line to the right on the same height, if it is set in about the same size."""
    line = page.lines[at]
    box = line.box
    best: int | None = None
    for other in page.near(at, 0.5 * box.height):
        x0 = page.lines[other].box.x0
        if other != at and x0 > box.x1 - 0.1 and (best is None or x0 < page.lines[best].box.x0):
            best = other
    if best is None or line.right_to_left is not page.lines[best].right_to_left:
        return None
    small, large = sorted((_size(line), page.lines[best].words[0].size))
    return best if large <= _SAME_SIZE * small else None


def _ends_there(left: int, right: int, page: _Rows) -> bool:
    """Whether the first of the two ends a line of its own, by a hyphen or because the other one begins a column."""
    first, second = page.lines[left], page.lines[right]
    if first.right_to_left:
        first, second = second, first
    return first.words[-1].text.endswith(_HYPHENS) or page.is_edge(second)


def _is_closed(at: int, right: int, page: _Rows) -> bool:
    """Whether words above and below leave no strip of the gap white."""
    line = page.lines[at]
    size, middle = _size(line), page.middles[at]
    left_edge, right_edge = line.box.x1, page.lines[right].box.x0
    covered: list[tuple[float, float]] = []
    for other in page.near(at, _REACH * line.box.height):
        near = page.lines[other]
        if near.box.x1 <= left_edge or near.box.x0 >= right_edge or abs(page.middles[other] - middle) < 0.5 * size:
            continue
        if not 1 / _SAME_SIZE < _size(near) / size < _SAME_SIZE:
            continue
        covered += [
            (word.box.x0, word.box.x1) for word in near.words if word.box.x1 > left_edge and word.box.x0 < right_edge
        ]
    white = left_edge
    for x0, x1 in sorted(covered):
        if x0 - white > _MAX_WHITE * size:
            return False
        white = max(white, x1)
    return bool(covered) and right_edge - white <= _MAX_WHITE * size


def _fills(chain: Sequence[int], page: _Rows) -> bool:
    """Whether the parts reach from the left edge that neighbours keep to, or an indent, to the right one."""
    first, last = page.lines[chain[0]], page.lines[chain[-1]]
    near = [other for other in page.near(chain[0], _REACH * first.box.height) if other not in chain]
    size = _size(first)
    before, after = (_SAME_EDGE, _INDENT) if first.right_to_left else (_INDENT, _SAME_EDGE)
    return any(-_SAME_EDGE < (first.box.x0 - page.lines[other].box.x0) / size < before for other in near) and any(
        -_SAME_EDGE < (page.lines[other].box.x1 - last.box.x1) / size < after for other in near
    )


def _narrow(chain: Sequence[int], page: _Rows) -> list[list[int]]:
    """The parts of a chain between which the gaps are no wider than behind a run-in heading."""
    result = [[chain[0]]]
    for before, at in pairwise(chain):
        line = page.lines[before]
        if page.lines[at].box.x0 - line.box.x1 < _RUN_IN_GAP * _size(line):
            result[-1].append(at)
        else:
            result.append([at])
    return [parts for parts in result if len(parts) > 1]


def _start(line: Line) -> float:
    return -line.box.x1 if line.right_to_left else line.box.x0


def _size(line: Line) -> float:
    return line.words[-1].size


def _one(parts: Sequence[Line]) -> Line:
    words = tuple(word for part in parts for word in part.words)
    return replace(parts[0], words=words, box=union_of(part.box for part in parts))
