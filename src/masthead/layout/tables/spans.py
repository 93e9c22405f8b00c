"""Cells that no wall parts are one cell; cells never overlap."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.layout.tables.cells import GridCell

Place = tuple[int, int]


def merged_cells(
    cells: Sequence[GridCell], size: tuple[int, int], open_right: set[Place], open_below: set[Place]
) -> list[GridCell]:
    """The cells with those joined that the missing walls join; `size` is rows and columns of the grid."""
    rows, columns = size
    parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(place: Place) -> Place:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for row, column in open_right:
        if column + 1 < columns:
            parent[root((row, column + 1))] = root((row, column))
    for row, column in open_below:
        if row + 1 < rows and _may_join(cells, (row, column)):
            parent[root((row + 1, column))] = root((row, column))
    groups: dict[Place, list[Place]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    regions = {place: _bounds(group) for group in groups.values() if _is_full(group) for place in group}
    homes: dict[tuple[int, int, int, int], GridCell] = {}
    result: list[GridCell] = []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        bounds = regions.get((cell.row, cell.column))
        if bounds is None or (bounds[2] == 1 and bounds[3] == 1):
            result.append(cell)
            continue
        home = homes.get(bounds)
        if home is None:
            reach = max(bounds[1] + bounds[3], cell.column + cell.columns)
            cell.row, cell.column, cell.rows, cell.columns = bounds[0], bounds[1], bounds[2], reach - bounds[1]
            homes[bounds] = cell
            result.append(cell)
        else:
            home.lines += cell.lines
            home.columns = max(home.columns, cell.column + cell.columns - home.column)
    return _without_overlaps(result)


def _may_join(cells: Sequence[GridCell], place: Place) -> bool:
    """Two cells with text stay two: a floor that is missing between them was only not drawn."""
    row, column = place
    filled = {(cell.row, cell.column) for cell in cells}
    return not ((row, column) in filled and (row + 1, column) in filled)


def _bounds(group: Sequence[Place]) -> tuple[int, int, int, int]:
    rows, columns = [row for row, _ in group], [column for _, column in group]
    return min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def _is_full(group: Sequence[Place]) -> bool:
    _, _, rows, columns = _bounds(group)
    return rows * columns == len(group)


def _without_overlaps(cells: list[GridCell]) -> list[GridCell]:
    """A cell that would cover the beginning of another gives way; text in one place is joined."""
    result: list[GridCell] = []
    taken: dict[Place, GridCell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        home = taken.get((cell.row, cell.column))
        if home is not None and home.row == cell.row:
            home.lines += cell.lines
            continue
        if home is not None:
            for row in range(cell.row, home.row + home.rows):
                for column in range(home.column, home.column + home.columns):
                    taken.pop((row, column), None)
            home.rows = cell.row - home.row
        while cell.columns > 1 and any((cell.row, cell.column + at) in taken for at in range(1, cell.columns)):
            cell.columns -= 1
        while cell.rows > 1 and any(
            (cell.row + down, cell.column + at) in taken for down in range(1, cell.rows) for at in range(cell.columns)
        ):
            cell.rows -= 1
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                taken[row, column] = cell
        result.append(cell)
    return result
