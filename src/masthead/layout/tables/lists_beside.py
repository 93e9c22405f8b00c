"""Lists that stand beside a table at the height of its rows: their bullets and entries are no columns of it.

On a double page, or beside a small table, the lines of a list and the rows of the table can share every base line. The
numbers of a table's own rows differ from those of a list in that each has its row of cells, and that the head of the
table stands above the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from masthead.layout.symbols import is_marker
from masthead.layout.tables.pieces import Piece, is_number, rows_of

_FEWEST = 3  # entries
_EDGE = 2.5  # points by which one list's bullets, or the words behind them, may differ
_TAB = 3.0  # ems from the bullet to its words
_LANE = 3.0  # ems of white between the list and the table
_WORDS = 3.0  # of an entry's line, as a mean: labels are shorter


def without_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that may belong to tables."""
    gone = {id(piece) for entries in _lists(pieces) for piece in entries}
    return [piece for piece in pieces if id(piece) not in gone] if gone else list(pieces)


def _lists(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """What each list beside a table consists of."""
    markers = sorted((piece for piece in pieces if is_marker(piece.text)), key=lambda piece: piece.box.y0)
    found = []
    while markers:
        edge = markers[0]
        column = [other for other in markers if _stand_flush(edge, other)]
        markers = [other for other in markers if not _stand_flush(edge, other)]
        if len(column) >= _FEWEST and (entries := _entries(column, pieces)):
            found.append([*column, *entries])
    return found


def _stand_flush(piece: Piece, other: Piece) -> bool:
    return abs(piece.box.x0 - other.box.x0) < _EDGE or abs(piece.box.x1 - other.box.x1) < _EDGE


def _entries(markers: Sequence[Piece], pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of the list's entries, if it is one that stands beside something else; else none."""
    size = markers[0].size
    right = max(marker.box.x1 for marker in markers)
    begun = [line for marker in markers if (line := _behind(marker, pieces)) is not None]
    if len(begun) < len(markers):
        return []
    edge = min(line.box.x0 for line in begun)
    top, bottom = markers[0].box.y0, markers[-1].box.y1
    lines = [
        piece
        for piece in pieces
        if abs(piece.box.x0 - edge) < _EDGE and piece.box.y0 >= top - 1 and piece.box.x0 > right - _EDGE
    ]
    if any(line not in lines for line in begun) or mean(len(line.words) for line in begun) < _WORDS:
        return []
    end = max(line.box.x1 for line in lines)
    beside = [piece for piece in pieces if piece.box.x0 > edge + _EDGE and top - 1 <= piece.box.centre[1] <= bottom + 1]
    if not beside or min(piece.box.x0 for piece in beside) < end + _LANE * size:
        return []
    return [] if _are_rows(markers, beside) else lines


def _behind(marker: Piece, pieces: Sequence[Piece]) -> Piece | None:
    """What stands right behind a bullet."""
    middle, reach = marker.box.centre[1], _TAB * marker.size
    level = [
        piece
        for piece in pieces
        if piece.box.y0 < middle < piece.box.y1 and -1 < piece.box.x0 - marker.box.x1 < reach and piece is not marker
    ]
    return min(level, key=lambda piece: piece.box.x0, default=None)


def _are_rows(markers: Sequence[Piece], beside: Sequence[Piece]) -> bool:
    """Whether each bullet has its row of cells, figures from the first on, and no row is without a bullet."""
    rows = rows_of(beside)
    if len(rows) != len(markers):
        return False
    level = all(row[0].box.y0 < marker.box.centre[1] < row[0].box.y1 for row, marker in zip(rows, markers, strict=True))
    return level and any(is_number(piece.text) for piece in rows[0])
