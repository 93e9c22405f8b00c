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

from masthead.document.geometry import Box
from masthead.layout.tag_pieces import Part, Piece
from masthead.layout.tag_tree import PageTree

_NEAR = 1.1  # of a line's height: a gap this small below a line means that its frame goes on
_MAX_PIECES = 1500
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


def breaks(parts: Sequence[Part]) -> list[bool]:
    """For each step from a part to the next, whether it breaks the page's order."""
    pieces = [piece for part in parts for piece in part.pieces if not piece.line.angle]
    if len(pieces) > _MAX_PIECES:
        return [False] * max(0, len(parts) - 1)
    above, below = _neighbours(pieces)
    unread = {piece.place for piece in pieces}
    result = []
    for before, after in pairwise(parts):
        unread.difference_update(piece.place for piece in before.pieces)
        first, last = after.pieces[0], before.pieces[-1]
        own = {piece.place for piece in after.pieces}
        over = above.get(first.place, -1)
        skipped = over in unread and over not in own
        under = below.get(last.place, -1)
        left = under in unread and under not in own
        result.append(skipped or left)
    return result


def _neighbours(pieces: Sequence[Piece]) -> tuple[dict[int, int], dict[int, int]]:
    """For each piece the nearest one above it; and the one right below it in the same frame, set alike."""
    above: dict[int, int] = {}
    below: dict[int, int] = {}
    ordered = sorted(pieces, key=lambda piece: piece.line.box.y0)
    for index, piece in enumerate(ordered):
        box = piece.line.box
        best: Piece | None = None
        for other in reversed(ordered[:index]):
            over = other.line.box
            if best is not None and over.y1 < best.line.box.y1 - 4 * box.height:
                break
            if _is_over(over, box) and (best is None or over.y1 > best.line.box.y1):
                best = other
        if best is not None:
            above[piece.place] = best.place
            gap = box.y0 - best.line.box.y1
            if best.block == piece.block and gap < _NEAR * box.height:
                below[best.place] = piece.place
    return above, below


def _is_over(upper: Box, lower: Box) -> bool:
    shared = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    clear = upper.y1 - lower.y0 < 0.4 * min(upper.height, lower.height) and upper.centre[1] < lower.centre[1]
    return clear and shared > 0.5 * min(upper.width, lower.width)


def _goes_on(before: Part, after: Part, right_to_left: bool) -> bool:
    """Whether the step goes down inside a column, or up to the next one."""
    last, first = before.pieces[-1].line.box, after.pieces[0].line.box
    down = first.centre[1] > last.centre[1]
    if min(last.x1, first.x1) > max(last.x0, first.x0):
        return down
    onward = first.x1 <= last.x0 if right_to_left else first.x0 >= last.x1
    return onward and (not down or min(last.y1, first.y1) > max(last.y0, first.y0))
