"""What stands above, below and beside a block on its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masthead.document.geometry import Box
from masthead.layout.styles import Piece


def shares_column(first: Box, second: Box) -> bool:
    """Whether the narrower of both stands, for the most part, above or below the other."""
    shared = min(first.x1, second.x1) - max(first.x0, second.x0)
    return shared > 0.5 * min(first.width, second.width)


def is_above(upper: Box, lower: Box, slack: float = 0.0) -> bool:
    """Whether `upper` ends before `lower` begins, in the same column; em boxes of large type may overlap by `slack`."""
    slack = max(slack, 0.3 * min(upper.height, lower.height))
    return shares_column(upper, lower) and upper.y1 <= lower.y0 + slack and upper.centre[1] < lower.centre[1]


def next_below(piece: Piece, row: Sequence[Piece]) -> Piece | None:
    """The nearest piece below in the same column."""
    below = [other for other in row if other is not piece and is_above(piece.box, other.box)]
    return min(below, key=lambda other: other.box.y0, default=None)


def next_above(piece: Piece, row: Sequence[Piece]) -> Piece | None:
    """The nearest piece above in the same column."""
    above = [other for other in row if other is not piece and is_above(other.box, piece.box)]
    return max(above, key=lambda other: other.box.y1, default=None)


def beside(piece: Piece, row: Iterable[Piece]) -> list[Piece]:
    """Pieces at the same height, to the left or right."""
    y = piece.box.centre[1]
    return [
        other
        for other in row
        if other is not piece and other.box.y0 < y < other.box.y1 and not shares_column(piece.box, other.box)
    ]


def runs_into(piece: Piece, following: Piece) -> bool:
    """Whether the other piece goes on in the piece's last line."""
    last, first = piece.block.lines[-1].box, following.block.lines[0].box
    return last.y0 < first.centre[1] < last.y1 and max(first.x0 - last.x1, last.x0 - first.x1) < 2 * piece.style.size
