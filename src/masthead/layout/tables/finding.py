"""Finds the tables of a page and says what their rows, columns and cells are.

Two ways, as in the literature since Nurminen (2013): areas that rules, grids and striped fills mark out (`lattice`),
and columns of short cells that line up over several rows without any drawing (`alignment`). Both end in a grid
(`grid`), and a grid must look like a table before it is one (`evidence`): a magazine's columns, boxes, lists and
contents pages line up too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from masthead.document.geometry import Box, union_of
from masthead.document.text import Cell, Line, PageLines, Table, Word
from masthead.layout.tables.alignment import aligned_areas
from masthead.layout.tables.cells import GridCell
from masthead.layout.tables.evidence import is_chart, is_drawing, is_foreign, looks_aligned, looks_ruled
from masthead.layout.tables.grid import Grid, grid_of
from masthead.layout.tables.heads import head_columns, head_rows
from masthead.layout.tables.lattice import Area, areas_of, through_walls
from masthead.layout.tables.lists_beside import without_lists
from masthead.layout.tables.pieces import Piece, pieces_of, prose_of, rows_of
from masthead.layout.tables.tearing import tears_text


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table on a page: its box, its words as lines (each is one line of one cell, row by row), and its grid."""

    box: Box
    lines: tuple[Line, ...]
    table: Table


def find_tables(page: PageLines, lines: Sequence[Line]) -> list[FoundTable]:
    """The tables among the upright `lines` of the page, from top to bottom."""
    pieces = pieces_of(lines)
    if len(pieces) < 4:
        return []
    right_to_left = sum(line.right_to_left for line in lines) > 0.5 * len(lines)
    order = {id(word): at for at, word in enumerate(word for line in lines for word in line.words)}
    prose = prose_of(lines, pieces)
    found: list[FoundTable] = []
    charted: list[Piece] = []
    for area in areas_of(page.shapes, page.width * page.height):
        for part in _parts(area, pieces, prose):
            inside = _inside(part.box, pieces)
            if is_chart(page.shapes, part.box, inside):
                charted += inside
                continue
            grid = grid_of(part, inside)
            if grid is not None and looks_ruled(grid, part, inside, prose):
                table = _found(grid, page, order, right_to_left=right_to_left)
                if not tears_text(table.table, table.lines, lines):
                    found.append(table)
                    pieces = _without(pieces, inside)
    rest = without_lists([piece for piece in _without(pieces, charted) if id(piece) not in prose])
    for area, inside in aligned_areas(rest):
        grid = grid_of(area, inside)
        if grid is not None and looks_aligned(grid, page.fonts) and not is_drawing(page.shapes, area.box):
            table = _found(grid, page, order, right_to_left=right_to_left)
            if not tears_text(table.table, table.lines, lines):
                found.append(table)
    return sorted(found, key=lambda table: (table.box.y0, table.box.x0))


def without_tables(lines: Sequence[Line], tables: Iterable[FoundTable]) -> list[Line]:
    """The lines without the tables' words; a line that a table took a part of keeps the rest."""
    taken = {id(word) for table in tables for line in table.lines for word in line.words}
    if not taken:
        return list(lines)
    result = []
    for line in lines:
        kept = tuple(word for word in line.words if id(word) not in taken)
        if len(kept) == len(line.words):
            result.append(line)
        elif kept:
            result.append(replace(line, words=kept, box=union_of(word.box for word in kept)))
    return result


def _inside(box: Box, pieces: Sequence[Piece]) -> list[Piece]:
    return [
        piece
        for piece in pieces
        if box.y0 <= piece.box.centre[1] <= box.y1 and box.x0 - 3 <= piece.box.centre[0] <= box.x1 + 3
    ]


def _without(pieces: Sequence[Piece], taken: Sequence[Piece]) -> list[Piece]:
    gone = {id(piece) for piece in taken}
    return [piece for piece in pieces if id(piece) not in gone]


def _parts(area: Area, pieces: Sequence[Piece], prose: frozenset[int]) -> list[Area]:
    """The area cut where something else stands between two of its level walls: a caption, running text, nothing."""
    x0, y0, x1, y1 = area.box
    heights = [y0, *(at for at in through_walls(area.level, 0.7 * area.box.width) if y0 + 1 < at < y1 - 1), y1]
    walled = sum(wall.end - wall.start for wall in area.upright if wall.drawn) > y1 - y0
    sizes = sorted(piece.size for piece in _inside(area.box, pieces))
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    parts: list[tuple[float, float]] = []
    start = y0
    for top, bottom in itertools.pairwise(heights):
        inside = _inside(Box(x0, top, x1, bottom), pieces)
        here = [wall.at for wall in area.upright if wall.start < bottom - 2 and wall.end > top + 2]
        if any(x0 + 6 < at < x1 - 6 for at in here):
            continue
        if (walled and inside and not here) or is_foreign(rows_of(inside), prose, bottom - top, usual):
            parts.append((start, top))
            start = bottom
    parts.append((start, y1))
    result = []
    for top, bottom in parts:
        if bottom - top > 10:
            level = tuple(wall for wall in area.level if top - 1 <= wall.at <= bottom + 1)
            upright = tuple(wall for wall in area.upright if wall.start < bottom - 1 and wall.end > top + 1)
            result.append(Area(Box(x0, top, x1, bottom), level, upright))
    return result


def _found(grid: Grid, page: PageLines, order: dict[int, int], *, right_to_left: bool) -> FoundTable:
    """The grid as data: words row by row; of a script that runs from the right, columns count from the right."""
    heads, labels = head_rows(grid, page.fonts), head_columns(grid)
    cells = grid.cells
    if right_to_left:
        for cell in cells:
            cell.column = grid.columns - cell.column - cell.columns
        cells = sorted(cells, key=lambda cell: (cell.row, cell.column))
    lines: list[Line] = []
    result: list[Cell] = []
    count = 0
    for cell in cells:
        mine = _lines(cell, order, right_to_left=right_to_left)
        size = sum(len(line.words) for line in mine)
        header = cell.row < heads or (cell.column < labels and cell.columns < grid.columns)
        result.append(Cell(cell.row, cell.column, cell.rows, cell.columns, header, count, count + size))
        lines += mine
        count += size
    table = Table(grid.rows, grid.columns, tuple(result))
    return FoundTable(union_of(line.box for line in lines), tuple(lines), table)


def _lines(cell: GridCell, order: dict[int, int], *, right_to_left: bool) -> list[Line]:
    """A line of words for each line of the cell, words in their order of reading."""
    result = []
    for row in rows_of([piece for line in cell.lines for piece in line]):
        words: list[Word] = []
        for piece in reversed(row) if right_to_left else row:
            words += sorted(piece.words, key=lambda word: order[id(word)])
        result.append(Line(union_of(word.box for word in words), tuple(words), 0.0, right_to_left))
    return result
