"""White strips between the columns of a table without upright rules.

The projection that Tabula's stream mode and Nurminen (2013) use, over words instead of lines: a strip is a gutter if
almost no full row has ink in it. Rows with few pieces (headings over several columns, section heads, notes) have no
say, for they may cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from masthead.layout.tables.pieces import Piece

_CROSSING = 0.12  # share of the full rows that may cross a gutter


class Gutter(NamedTuple):
    """A white strip, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Where the strip is cut."""
        return (self.x0 + self.x1) / 2


def gutters_of(rows: Sequence[Sequence[Piece]], *, narrowest: float = 0.5) -> list[Gutter]:
    """The gutters of these rows; `narrowest` in ems."""
    fullest = max((len(row) for row in rows), default=0)
    if fullest < 2:
        return []
    full = [row for row in rows if len(row) >= max(2, 0.6 * fullest)]
    if len(full) < 2:
        return []
    size = sorted(piece.size for row in full for piece in row)[sum(len(row) for row in full) // 2]
    least = size * (narrowest if len(full) >= 4 else max(narrowest, 0.8))
    strips = [strip for strip in _strips(full, int(_CROSSING * len(full))) if strip.x1 - strip.x0 >= least]
    return _with_text_between(strips, full)


def _strips(rows: Sequence[Sequence[Piece]], limit: int) -> list[Gutter]:
    """Strips with ink of no more than `limit` rows, narrowed to where it is least."""
    events: list[tuple[float, int]] = []
    for row in rows:
        for x0, x1 in _inked(row):
            events += [(x0, 1), (x1, -1)]
    events.sort()
    result: list[Gutter] = []
    depth, best, start, strip = 0, limit + 1, events[0][0], None
    for at, change in events:
        better = strip is None or depth < best or (depth == best and at - start > strip.x1 - strip.x0)
        if depth <= limit and at > start and better:
            best, strip = depth, Gutter(start, at)
        depth, start = depth + change, at
        if depth > limit and strip is not None:
            result.append(strip)
            best, strip = limit + 1, None
    left, right = min(row[0].box.x0 for row in rows), max(row[-1].box.x1 for row in rows)
    return [strip for strip in result if strip.x0 > left and strip.x1 < right]


def _inked(row: Sequence[Piece]) -> list[tuple[float, float]]:
    """The words' extents in the row, each stretch once."""
    spans = sorted((word.box.x0, word.box.x1) for piece in row for word in piece.words)
    merged = [spans[0]]
    for x0, x1 in spans[1:]:
        if x0 <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], x1)
        else:
            merged.append((x0, x1))
    return merged


def _with_text_between(strips: Sequence[Gutter], rows: Sequence[Sequence[Piece]]) -> list[Gutter]:
    """Gutters with a real column on either side: one that holds text in several rows."""
    needed = 2 if len(rows) < 10 else max(2, int(0.08 * len(rows)))
    kept = list(strips)
    while kept:
        edges = [float("-inf"), *(strip.middle for strip in kept), float("inf")]
        counts = [
            sum(any(edges[at] < word.box.centre[0] < edges[at + 1] for p in row for word in p.words) for row in rows)
            for at in range(len(edges) - 1)
        ]
        weak = next((at for at, count in enumerate(counts) if count < needed), None)
        if weak is None:
            return kept
        sides = [at for at in (weak - 1, weak) if 0 <= at < len(kept)]
        kept.remove(min((kept[at] for at in sides), key=lambda strip: strip.x1 - strip.x0))
    return kept
