"""Checks the order of a page's tags against the page: whoever reads a column leaves nothing above unread.

A step from one part to the next breaks the page's order if it begins below text that is still unread, or leaves a
paragraph's frame in the middle. This says nothing about which of two columns or stories comes first, which only the
designer knows: a folded leaflet is read from its right panel on. Topological constraints of this kind are from Breuel,
"High performance document layout analysis", 2003.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.layout.tag_pieces import Part
from masthead.layout.tag_tree import PageTree

_NEAR = 1.1  # of a line's height: a gap this small below a line means that its frame goes on
_MAX_MARKS = 1500
_MOST = 0.6  # of a page's parts: a section that holds more is the page
_SECTIONS = frozenset({"Sect", "Art", "Div", "Part", "Aside", "BlockQuote"})


def threads_of(parts: Sequence[Part], tree: PageTree, *, right_to_left: bool) -> list[list[Part]]:
    """Parts in logical order, cut into threads; how threads follow each other is for the page to tell.

    A section, which in a designer's export is the text of one story, is a thread. Outside sections a thread goes on
    where the next part stands right below or at the top of the next column.
    """
    threads: list[list[Part]] = []
    sections = _sections(parts, tree)
    broken = breaks(parts)
    for index, part in enumerate(parts):
        if index and not broken[index - 1] and sections[index] == sections[index - 1]:
            before = parts[index - 1]
            if sections[index] >= 0 or _goes_on(before, part, right_to_left):
                threads[-1].append(part)
                continue
        threads.append([part])
    return threads


def _sections(parts: Sequence[Part], tree: PageTree) -> list[int]:
    """For each part the innermost section that holds it, but not most of the page; -1 if there is none."""
    chains = [_sections_around(part, tree) for part in parts]
    sizes = Counter(section for chain in chains for section in chain)
    limit = _MOST * len(parts)
    return [next((section for section in chain if sizes[section] <= limit), -1) for chain in chains]


def _sections_around(part: Part, tree: PageTree) -> list[int]:
    elements = tree.tags.elements
    leaf = next((piece.leaf for piece in part.pieces if piece.leaf >= 0), -1)
    at = part.home.number if part.home.kind != "block" else (tree.tags.leaves[leaf] if leaf >= 0 else -1)
    chain = []
    while at >= 0:
        if elements[at].role in _SECTIONS:
            chain.append(at)
        at = elements[at].parent
    return chain


class _Mark(NamedTuple):
    """A line, or a whole table, as a place on the page."""

    place: int  # of the piece, or of the table's first
    block: int  # the block of the page that it comes from
    box: Box


def breaks(parts: Sequence[Part]) -> list[bool]:
    """For each step from a part to the next, whether it breaks the page's order."""
    marks = [_marks(part) for part in parts]
    if sum(map(len, marks)) > _MAX_MARKS:
        return [False] * max(0, len(parts) - 1)
    above, below = _neighbours([mark for row in marks for mark in row])
    unread = {mark.place for row in marks for mark in row}
    result = []
    for before, after in pairwise(marks):
        unread.difference_update(mark.place for mark in before)
        if not before or not after:
            result.append(False)
            continue
        own = {mark.place for mark in after}
        over, under = above.get(after[0].place, -1), below.get(before[-1].place, -1)
        result.append((over in unread and over not in own) or (under in unread and under not in own))
    return result


def _marks(part: Part) -> list[_Mark]:
    if part.home.kind == "table":
        return [_Mark(part.place, -1, part.box)]
    return [_Mark(piece.place, piece.block, piece.line.box) for piece in part.pieces if not piece.line.angle]


def _neighbours(marks: Sequence[_Mark]) -> tuple[dict[int, int], dict[int, int]]:
    """For each mark the nearest one above it; and the one right below it in the same frame."""
    above: dict[int, int] = {}
    below: dict[int, int] = {}
    ordered = sorted(marks, key=lambda mark: mark.box.y0)
    tallest = max((mark.box.height for mark in marks), default=0.0)
    for index, mark in enumerate(ordered):
        box = mark.box
        best: _Mark | None = None
        for at in range(index - 1, -1, -1):
            other = ordered[at]
            if best is not None and other.box.y0 + tallest < best.box.y1:
                break  # none of the rest can reach further down
            if (best is None or other.box.y1 > best.box.y1) and _is_over(other.box, box):
                best = other
        if best is not None:
            above[mark.place] = best.place
            if best.block == mark.block and box.y0 - best.box.y1 < _NEAR * box.height:
                below[best.place] = mark.place
    return above, below


def _is_over(upper: Box, lower: Box) -> bool:
    """Whether one stands above the other, over half the width of the narrower."""
    left, top, right, bottom = upper
    x0, y0, x1, y1 = lower
    shared = (right if right < x1 else x1) - (left if left > x0 else x0)
    if shared <= 0 or shared <= 0.5 * min(right - left, x1 - x0):
        return False
    return bottom - y0 < 0.4 * min(bottom - top, y1 - y0) and top + bottom < y0 + y1


def _goes_on(before: Part, after: Part, right_to_left: bool) -> bool:
    """Whether the step goes down inside a column, or up to the next one."""
    last, first = before.pieces[-1].line.box, after.pieces[0].line.box
    down = first.centre[1] > last.centre[1]
    if min(last.x1, first.x1) > max(last.x0, first.x0):
        return down
    onward = first.x1 <= last.x0 if right_to_left else first.x0 >= last.x1
    return onward and (not down or min(last.y1, first.y1) > max(last.y0, first.y0))
