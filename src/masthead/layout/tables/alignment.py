"""Where pieces line up in columns over several rows without any rule: candidates for tables made of white space.

Rows are taken from the top as long as they leave at least one strip of white in common (Kieninger 1998, T-Recs; the
stream mode of Tabula); a row of one piece may stand between them, as the head of a section does.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence

from masthead.document.geometry import union_of
from masthead.layout.tables.lattice import Area
from masthead.layout.tables.pieces import Piece, rows_of

_FEWEST = 3  # rows
_STRIP = 5.0  # points: the narrowest strip of white in common
_LONE = 2  # rows of one piece that may follow each other within a table

Span = tuple[float, float]


def aligned_areas(pieces: Sequence[Piece]) -> Iterator[tuple[Area, list[Piece]]]:
    """Areas in which three rows or more line up, with their pieces; they share none."""
    rows = rows_of(pieces)
    if sum(len(row) >= 2 for row in rows) < _FEWEST:
        return
    for run in _runs(rows):
        inside = [piece for row in run for piece in row]
        yield Area(union_of(piece.box for piece in inside), (), ()), inside


def _runs(rows: Sequence[list[Piece]]) -> Iterator[list[list[Piece]]]:
    run: list[list[Piece]] = []
    white: list[Span] = []
    lone = 0
    for row in rows:
        if len(row) >= 2:
            shared = _shared(white, _gaps(row)) if run else _gaps(row)
            if run and (not shared or _is_far(run, row)):
                yield from _finished(run)
                run, shared = [], _gaps(row)
            run.append(row)
            white, lone = shared, 0
        elif run:
            lone += 1
            if lone > _LONE or _is_far(run, row):
                yield from _finished(run)
                run = []
            else:
                run.append(row)
    yield from _finished(run)


def _finished(run: list[list[Piece]]) -> Iterator[list[list[Piece]]]:
    while run and len(run[-1]) < 2:
        run.pop()
    if sum(len(row) >= 2 for row in run) >= _FEWEST:
        yield run


def _gaps(row: Sequence[Piece]) -> list[Span]:
    return [
        (before.box.x1, after.box.x0)
        for before, after in itertools.pairwise(row)
        if after.box.x0 - before.box.x1 >= _STRIP
    ]


def _shared(white: Sequence[Span], gaps: Sequence[Span]) -> list[Span]:
    return [(max(a0, b0), min(a1, b1)) for a0, a1 in white for b0, b1 in gaps if min(a1, b1) - max(a0, b0) >= _STRIP]


def _is_far(run: Sequence[Sequence[Piece]], row: Sequence[Piece]) -> bool:
    """Whether the row stands further below than rows of one table do."""
    middles = [statistics.mean(piece.box.centre[1] for piece in line) for line in run]
    step = statistics.mean(piece.box.centre[1] for piece in row) - middles[-1]
    size = max(piece.size for piece in row)
    steps = [after - before for before, after in itertools.pairwise(middles)]
    usual = statistics.median(steps) if steps else 3.0 * size
    return step > max(2.2 * usual, 1.6 * size) or step > 5 * size
