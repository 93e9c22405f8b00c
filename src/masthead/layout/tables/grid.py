"""Pieces of an area become the rows, columns and cells of a grid.

Columns are parted by upright walls where there are any and by gutters elsewhere; rows by level walls, and between
them by what the lines hold (Shigarov 2016 and Kieninger 1998 recompose cells by the same kinds of rule): a line whose
figures stand below figures begins a row; a line that only goes on with words belongs to the row above.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masthead.document.geometry import union_of
from masthead.layout.tables.cells import Entry, GridCell
from masthead.layout.tables.gutters import Gutter, gutters_of
from masthead.layout.tables.lattice import Area, Wall, clusters, is_drawn_through
from masthead.layout.tables.pieces import Piece, is_number, piece_of, rows_of
from masthead.layout.tables.spans import merged_cells

_TIGHT = 1.5  # ems from base line to base line: more, and the lines are not one cell's


@dataclass(slots=True)
class Grid:
    """Rows and columns, and the cells that are not blank, row by row."""

    rows: int
    columns: int
    cells: list[GridCell]
    bands: list[int]  # of each row: the number of its band between level walls
    walls: int  # upright walls between columns that part most rows
    stray: int  # other upright walls


@dataclass(slots=True)
class _Edge:
    """What parts two columns: an upright wall, or a gutter."""

    at: float
    walls: tuple[Wall, ...] = ()
    gutter: Gutter | None = None

    def stands_at(self, y: float) -> bool:
        return any(wall.start - 1.5 <= y <= wall.end + 1.5 for wall in self.walls)


@dataclass(slots=True)
class _Row:
    entries: list[list[Entry]]  # one list a line of text
    top: float
    bottom: float
    band: int


def grid_of(area: Area, pieces: Sequence[Piece]) -> Grid | None:
    """The grid of the pieces in an area; None if it has but one column or row."""
    lines = rows_of(pieces)
    if len(lines) < 2:
        return None
    edges = _edges(area, lines)
    if not edges:
        return None
    levels = _levels(area)
    rows = _rows(area, lines, edges, levels)
    cells: dict[tuple[int, int], GridCell] = {}
    for number, row in enumerate(rows):
        for entry in (entry for line in row.entries for entry in line):
            cell = cells.setdefault((number, entry.first), GridCell(number, entry.first))
            cell.columns = max(cell.columns, entry.last - entry.first + 1)
            cell.lines.append(entry.pieces)
    walled = sum(bool(edge.walls) for edge in edges)
    strong = [edge for edge in edges if edge.walls and _parts_most(edge, rows)]
    found = merged_cells(
        list(cells.values()),
        (len(rows), len(edges) + 1),
        _missing_walls(edges, strong, rows),
        _missing_floors(area, levels, rows, edges) if strong else set(),
    )
    return _compact(
        Grid(len(rows), len(edges) + 1, found, [row.band for row in rows], len(strong), walled - len(strong))
    )


def _edges(area: Area, lines: Sequence[Sequence[Piece]]) -> list[_Edge]:
    """What parts the columns, from left to right."""
    x0, x1 = area.box.x0 + 3, area.box.x1 - 3
    inner = [wall for wall in area.upright if x0 < wall.at < x1 and wall.end - wall.start > 6]
    edges = _without_empty_strips(
        [
            _Edge(at, tuple(wall for wall in inner if abs(wall.at - at) <= 4))
            for at in clusters([wall.at for wall in inner])
        ],
        [piece for line in lines for piece in line],
    )
    bounds = [area.box.x0 - 3, *(edge.at for edge in edges), area.box.x1 + 3]
    for left, right in itertools.pairwise(bounds):
        inside = [[piece for piece in line if left <= piece.box.x0 and piece.box.x1 <= right] for line in lines]
        strip = [line for line in inside if line]
        for gutter in gutters_of(strip, narrowest=1.0 if edges else 0.5):
            edges.append(_Edge(gutter.middle, gutter=gutter))
    return sorted(edges, key=lambda edge: edge.at)


def _without_empty_strips(edges: Sequence[_Edge], pieces: Sequence[Piece]) -> list[_Edge]:
    """Two walls with nothing between them, such as the sides of neighbouring fills, are one."""
    result: list[_Edge] = []
    for edge in edges:
        last = result[-1] if result else None
        if last is not None and not any(last.at < piece.box.centre[0] < edge.at for piece in pieces):
            longer = max(last, edge, key=lambda one: sum(wall.end - wall.start for wall in one.walls))
            result[-1] = _Edge(longer.at, (*last.walls, *edge.walls))
        else:
            result.append(edge)
    return result


def _levels(area: Area) -> list[float]:
    """Heights of the level walls, top and bottom included."""
    inner = [
        wall.at
        for wall in area.level
        if area.box.y0 + 3 < wall.at < area.box.y1 - 3 and wall.end - wall.start > min(20, area.box.width / 3)
    ]
    return [area.box.y0, *clusters(inner), area.box.y1]


def _rows(area: Area, lines: Sequence[Sequence[Piece]], edges: Sequence[_Edge], levels: Sequence[float]) -> list[_Row]:
    rows: list[_Row] = []
    bands: dict[int, list[list[Entry]]] = {}
    for line in lines:
        middle = union_of(piece.box for piece in line).centre[1]
        band = max(0, sum(level <= middle for level in levels) - 1)
        bands.setdefault(band, []).append(_entries(line, edges))
    walled = any(edge.walls for edge in edges)
    closed = walled and len(bands) >= 0.5 * len(lines)
    last = max(bands)
    worded = is_drawn_through(area) and _is_worded(bands)
    for band, entries in sorted(bands.items()):
        heads = band < last and band == min(bands)
        if band < len(levels) - 1:
            _widen_over_rules(entries[-1], area, levels[band + 1], edges)
        for group in _worded_records(entries) if worded else _records(entries, heads=heads, closed=closed):
            boxes = [entry.box for line in group for entry in line]
            rows.append(_Row(group, min(box.y0 for box in boxes), max(box.y1 for box in boxes), band))
    return rows


def _entries(line: Sequence[Piece], edges: Sequence[_Edge]) -> list[Entry]:
    """The line's pieces by column; a piece is cut where an edge passes between its words."""
    entries: list[Entry] = []
    for piece in line:
        for part in _cut(piece, edges):
            first = sum(edge.at < part.box.x0 + 1 for edge in edges)
            last = max(first, sum(edge.at < part.box.x1 - 1 for edge in edges))
            if entries and first <= entries[-1].last:
                entries[-1].pieces.append(part)
                entries[-1].last = max(last, entries[-1].last)
            else:
                entries.append(Entry(first, last, [part]))
    return entries


def _cut(piece: Piece, edges: Sequence[_Edge]) -> list[Piece]:
    crossing = [edge for edge in edges if piece.box.x0 + 1 < edge.at < piece.box.x1 - 1]
    if not crossing or len(piece.words) < 2:
        return [piece]
    cuts: set[int] = set()
    for edge in crossing:
        for index, (word, following) in enumerate(itertools.pairwise(piece.words), start=1):
            gap = following.box.x0 - word.box.x1
            if edge.gutter is not None:
                meets = word.box.x1 - 1 <= edge.gutter.x1 and following.box.x0 + 1 >= edge.gutter.x0
                if meets and gap > 0.42 * piece.size and word.box.x1 - 2 < edge.at < following.box.x0 + 2:
                    cuts.add(index)
            elif edge.stands_at(piece.box.centre[1]) and word.box.centre[0] < edge.at < following.box.centre[0]:
                cuts.add(index)
    bounds = [0, *sorted(cuts), len(piece.words)]
    return [piece_of(piece.words[start:end]) for start, end in itertools.pairwise(bounds)]


def _widen_over_rules(line: list[Entry], area: Area, level: float, edges: Sequence[_Edge]) -> None:
    """A heading over several columns stands on a rule as wide as they are."""
    bounds = [area.box.x0, *(edge.at for edge in edges), area.box.x1]
    for wall in area.level:
        if abs(wall.at - level) > 3 or wall.end - wall.start > 0.9 * area.box.width:
            continue
        covered = [
            at
            for at in range(len(bounds) - 1)
            if min(wall.end, bounds[at + 1]) - max(wall.start, bounds[at]) > 0.5 * (bounds[at + 1] - bounds[at])
        ]
        above = [entry for entry in line if wall.start - 2 <= entry.box.centre[0] <= wall.end + 2]
        if len(above) == 1 and len(covered) > 1:
            taken = [other for other in line if other is not above[0]]
            if not any(covered[0] <= other.last and other.first <= covered[-1] for other in taken):
                above[0].first, above[0].last = covered[0], covered[-1]


def _is_worded(bands: Mapping[int, list[list[Entry]]]) -> bool:
    """Whether the cells hold words that run over lines, and hardly a figure."""
    entries = [entry for lines in bands.values() for line in lines for entry in line]
    figures = sum(is_number(entry.text) for entry in entries)
    return figures < 0.1 * len(entries) and any(len(lines) > 3 for lines in bands.values())


def _worded_records(lines: Sequence[list[Entry]]) -> list[list[list[Entry]]]:
    """The lines of a band, grouped to rows where the first column begins anew after white; words run on elsewhere."""
    groups: list[list[list[Entry]]] = [[lines[0]]]
    labelled = _has_label(lines[0])
    for line in lines[1:]:
        label = _has_label(line)
        if label and not labelled:
            groups.append([line])
        else:
            groups[-1].append(line)
        labelled = label
    return groups


def _has_label(line: Sequence[Entry]) -> bool:
    return any(entry.first == 0 for entry in line)


def _records(lines: Sequence[list[Entry]], *, heads: bool, closed: bool) -> list[list[list[Entry]]]:
    """The lines of a band, grouped to rows of the table."""
    centres = [union_of(entry.box for entry in line).centre[1] for line in lines]
    sizes = [max(piece.size for entry in line for piece in entry.pieces) for line in lines]
    steps = [after - before for before, after in itertools.pairwise(centres)]
    spaced = _spacing_tells(steps)
    groups: list[list[list[Entry]]] = [[lines[0]]]
    for at in range(1, len(lines)):
        close = steps[at - 1] <= _TIGHT * sizes[at]
        if spaced:
            close = steps[at - 1] <= spaced
        if _goes_on(groups[-1], lines[at], close=close, heads=heads, closed=closed, spaced=bool(spaced)):
            groups[-1].append(lines[at])
        else:
            groups.append([lines[at]])
    return groups


def _spacing_tells(steps: Sequence[float]) -> float:
    """Where lines of a row stand closer than rows do: the step up to which they are one row; else 0."""
    if len(steps) < 3:
        return 0.0
    ordered = sorted(steps)
    jump, at = max((b / max(a, 0.1), index) for index, (a, b) in enumerate(itertools.pairwise(ordered)))
    wide = len(ordered) - at - 1
    if jump > 1.22 and wide >= 0.3 * len(ordered) and ordered[at] / max(0.1, ordered[0]) < 1.25:
        return ordered[at] * 1.02
    return 0.0


def _goes_on(
    group: Sequence[Sequence[Entry]], line: Sequence[Entry], *, close: bool, heads: bool, closed: bool, spaced: bool
) -> bool:
    """Whether a line of text goes on with the row above it."""
    figures = {entry.first for above in group for entry in above if is_number(entry.text)}
    mine = {entry.first for entry in line if is_number(entry.text)}
    clash = len(figures & mine - {0}) >= 1 and len(figures & mine) >= 0.5 * len(line)
    filled = {column for above in group for entry in above for column in range(entry.first, entry.last + 1)}
    columns = {entry.first for entry in line}
    if closed:
        return not (clash and len(line) > 1)
    if not close:
        return False
    wide = any(entry.last > entry.first for entry in [*line, *group[-1]])
    if heads and not (clash and 0 in figures | mine):
        return not wide
    if clash or wide:
        return False
    first = next((entry.text for entry in line if entry.first == 0), "")
    if spaced and columns <= filled:
        return True
    if first and len(columns) > 1:
        return first[:1].islower() and 0 in filled and not figures
    if first:
        return first[:1].islower() and 0 in filled
    return not mine or not figures


def _parts_most(edge: _Edge, rows: Sequence[_Row]) -> bool:
    return sum(edge.stands_at((row.top + row.bottom) / 2) for row in rows) >= 0.5 * len(rows)


def _missing_walls(edges: Sequence[_Edge], strong: Sequence[_Edge], rows: Sequence[_Row]) -> set[tuple[int, int]]:
    """(row, column) of cells that no wall parts from the next one, though a wall parts most rows there."""
    result = {
        (number, column)
        for column, edge in enumerate(edges)
        if any(edge is other for other in strong)
        for number, row in enumerate(rows)
        if not edge.stands_at((row.top + row.bottom) / 2)
    }
    for number, row in enumerate(rows):
        for line in row.entries:
            for left, right in itertools.pairwise(line):
                middle = (left.box.x1 + right.box.x0) / 2
                parting = range(left.last, right.first)
                result.discard((number, min(parting, key=lambda at: abs(edges[at].at - middle))))
    return result


def _missing_floors(
    area: Area, levels: Sequence[float], rows: Sequence[_Row], edges: Sequence[_Edge]
) -> set[tuple[int, int]]:
    """(row, column) of cells that no wall parts from the one below, though the row ends at a wall elsewhere."""
    bounds = [area.box.x0, *(edge.at for edge in edges), area.box.x1]
    result = set()
    for number, (row, below) in enumerate(itertools.pairwise(rows)):
        if row.band == below.band:
            continue
        floors = [
            wall for wall in area.level if any(abs(wall.at - at) <= 4 for at in levels[row.band + 1 : below.band + 1])
        ]
        for column, (left, right) in enumerate(itertools.pairwise(bounds)):
            middle = (left + right) / 2
            if not any(wall.start - 2 <= middle <= wall.end + 2 for wall in floors):
                result.add((number, column))
    return result


def _compact(grid: Grid) -> Grid | None:
    """Without rows and columns that no cell begins in, such as those between the lines of a double rule."""
    rows = sorted({cell.row for cell in grid.cells})
    columns = sorted({cell.column for cell in grid.cells})
    if len(rows) < 2 or len(columns) < 2:
        return None
    for cell in grid.cells:
        last_row, last_column = cell.row + cell.rows, cell.column + cell.columns
        cell.row, cell.column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        cell.rows = bisect_left(rows, last_row) - cell.row
        cell.columns = bisect_left(columns, last_column) - cell.column
    cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    return Grid(len(rows), len(columns), cells, [grid.bands[row] for row in rows], grid.walls, grid.stray)
