"""Which rows and columns of a grid head the others: told by weight, by figures, and by the rule below the head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from masthead.document.text import Font
from masthead.layout.tables.cells import GridCell
from masthead.layout.tables.grid import Grid
from masthead.layout.tables.pieces import is_number

_MOST = 6  # rows of a head
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?\W{0,2}")


def head_rows(grid: Grid, fonts: Sequence[Font]) -> int:
    """How many rows at the top head the columns; 0 if nothing says so."""
    body = [cell for cell in grid.cells if cell.row > 0]
    bold_body = _share(_is_bold(cell, fonts) for cell in body)
    figures = _share(_is_figure(cell) for cell in body if cell.column > 0)
    by_rule = _rows_above_first_rule(grid)
    count = 0
    for row in range(min(_MOST, grid.rows - 1)):
        cells = [cell for cell in grid.cells if cell.row == row]
        below = any(cell.column > 0 for cell in cells) or (row == 0 and grid.columns == cells[0].columns)
        bold = bold_body < 0.6 and all(_is_bold(cell, fonts) for cell in cells)
        without = figures > 0.4 and len(cells) > 1 and not any(_is_figure(cell) for cell in cells if cell.column > 0)
        covered = any(cell.row < row < cell.row + cell.rows for cell in grid.cells) and count == row
        if not below or not (bold or without or covered or row < by_rule):
            break
        count = row + 1
    while count and count < grid.rows and any(cell.row < count < cell.row + cell.rows for cell in grid.cells):
        count += 1
    return count if count < grid.rows else 0


def head_columns(grid: Grid) -> int:
    """1 if the first column names the rows: words that do not repeat, beside figures; else 0."""
    names = [cell for cell in grid.cells if cell.column == 0 and cell.columns == 1 and cell.row > 0]
    others = [cell for cell in grid.cells if cell.column > 0 and cell.row > 0]
    if len(names) < 2 or not others:
        return 0
    words = _share(not is_number(cell.text) and any(char.isalpha() for char in cell.text) for cell in names)
    figures = _share(is_number(cell.text) for cell in others)
    different = len({cell.text for cell in names}) / len(names)
    return 1 if words > 0.7 and figures > 0.4 and different > 0.8 else 0


def _rows_above_first_rule(grid: Grid) -> int:
    """Rows of the first band, where a rule parts a short head from one long body."""
    first = sum(band == grid.bands[0] for band in grid.bands)
    if len(set(grid.bands)) > 0.5 * grid.rows:
        return 1 if grid.rows > 2 else 0
    return first if first <= 3 and first < 0.5 * grid.rows else 0


def _share(values: Iterable[bool]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def _is_bold(cell: GridCell, fonts: Sequence[Font]) -> bool:
    return all(fonts[word.font].bold for word in cell.words)


def _is_figure(cell: GridCell) -> bool:
    return is_number(cell.text) and _YEAR.fullmatch(cell.text) is None
