"""Tables by their tags: rows, columns, headers and spans, if the page bears them out.

Word processors tag as tables also the invisible grids with which their users lay pages out. A table is believed if its
cells stand as rows and columns on the page, and are not whole stories.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from masthead.document.geometry import Box, union_of
from masthead.document.tags import Element
from masthead.document.text import Cell, Line, Table, Word
from masthead.layout.tag_pieces import Piece, part_of
from masthead.layout.tag_tree import PageTree

_STORY = 200  # characters: a cell with more holds running text
_AGREE = 0.8  # share of neighbours that must stand as the tags say
_MAX_COLUMNS = 200
_MAX_SLOTS = 50_000  # of a grid; beyond, spans are not heard


class Grid(NamedTuple):
    """The cells of a table: element of each, row, column."""

    cells: tuple[tuple[int, int, int], ...]
    rows: int
    columns: int


def grid_of(tree: PageTree, table: int) -> Grid:
    """Where each cell of the table stands; spans and empty cells push the others on, as in HTML."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number, (element, standing) in enumerate(zip(tree.tags.elements, tree.standings, strict=True)):
        if element.role in ("TD", "TH") and standing.table == table and standing.cell == number:
            rows[standing.row].append(number)
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, members in enumerate(rows[key] for key in sorted(rows)):
        column, place = 0, 0
        for number in members:
            element = tree.tags.elements[number]
            while (row, column) in taken or place < element.place:
                place += (row, column) not in taken
                column += 1
            place += 1
            width = _columns(element) if len(taken) < _MAX_SLOTS else 1
            height = min(element.rows, len(rows) - row) if len(taken) < _MAX_SLOTS else 1
            taken.update((row + down, column + across) for down in range(height) for across in range(width))
            cells.append((number, row, column))
            column += width
    columns = max((column + _columns(tree.tags.elements[number]) for number, _, column in cells), default=0)
    return Grid(tuple(cells), len(rows), columns)


def _columns(cell: Element) -> int:
    return min(cell.columns, _MAX_COLUMNS)


def is_table(tree: PageTree, grid: Grid, pieces: Sequence[Piece]) -> bool:
    """Whether the page bears the table out."""
    texts = _cells_of(tree, pieces)
    filled = [(number, row, column) for number, row, column in grid.cells if number in texts]
    if len({row for _, row, _ in filled}) < 2 or len({column for _, _, column in filled}) < 2 or len(filled) < 4:
        return False
    letters = {number: sum(len(word.text) for line in texts[number] for word in line.words) for number, _, _ in filled}
    has_headers = any(tree.tags.elements[number].role == "TH" for number, _, _ in filled)
    stories = sum(count for count in letters.values() if count > _STORY)
    if stories > 0.5 * sum(letters.values()) and not (has_headers and len(filled) >= 6):
        return False
    boxes = {number: union_of(line.box for line in texts[number]) for number, _, _ in filled}
    return _rows_agree(filled, boxes) >= _AGREE and _columns_agree(tree, filled, boxes) >= _AGREE


def table_of(tree: PageTree, grid: Grid, pieces: Sequence[Piece]) -> tuple[tuple[Line, ...], Table]:
    """The table's lines, cell by cell, and its grid over them."""
    texts = _cells_of(tree, pieces)
    lines: list[Line] = []
    cells: list[Cell] = []
    at = 0
    known = {number for number, _, _ in grid.cells}
    stray = [line for number in sorted(texts) if number not in known for line in texts[number]]
    for index, (number, row, column) in enumerate(grid.cells):
        own = texts.get(number, []) + (stray if index == len(grid.cells) - 1 else [])
        count = sum(len(line.words) for line in own)
        element = tree.tags.elements[number]
        rows = min(element.rows, grid.rows - row)
        cells.append(Cell(row, column, rows, _columns(element), element.role == "TH", at, at + count))
        lines += own
        at += count
    return tuple(lines), Table(grid.rows, grid.columns, tuple(cells))


def _cells_of(tree: PageTree, pieces: Sequence[Piece]) -> dict[int, list[Line]]:
    """The lines of each cell; a piece of a table may hold words of several cells."""
    found: dict[int, list[Line]] = {}
    last = -1
    for piece in pieces:
        words: list[Word] = []
        for word in piece.line.words:
            cell = tree.of_leaf(word.leaf).cell
            cell = last if cell < 0 else cell
            if words and cell != last:
                found.setdefault(last, []).append(part_of(piece.line, words))
                words = []
            last = cell
            words.append(word)
        found.setdefault(last, []).append(part_of(piece.line, words))
    return found


def _rows_agree(cells: Sequence[tuple[int, int, int]], boxes: dict[int, Box]) -> float:
    """Share of cells that share some height with the rest of their row, and of rows that stand below the last."""
    rows: dict[int, list[Box]] = defaultdict(list)
    for number, row, _ in cells:
        rows[row].append(boxes[number])
    good = total = 0
    middle = float("-inf")
    for row in sorted(rows):
        lowest = statistics.median(box.centre[1] for box in rows[row])
        total += 1
        good += lowest > middle
        middle = lowest
        for first, second in zip(rows[row], rows[row][1:], strict=False):
            total += 1
            good += min(first.y1, second.y1) > max(first.y0, second.y0) and (
                first.x1 <= second.x0 + 2 or second.x1 <= first.x0 + 2
            )
    return good / max(1, total)


def _columns_agree(tree: PageTree, cells: Sequence[tuple[int, int, int]], boxes: dict[int, Box]) -> float:
    """Share of cells that overlap the cell above them in their column."""
    columns: dict[int, list[Box]] = defaultdict(list)
    for number, _, column in cells:
        if tree.tags.elements[number].columns == 1:
            columns[column].append(boxes[number])
    good = total = 0
    for members in columns.values():
        left, right = min(box.x0 for box in members), max(box.x1 for box in members)
        middle = statistics.median(box.centre[0] for box in members)
        for box in members:
            total += 1
            width = max(box.width, 0.25 * (right - left))
            good += abs(box.centre[0] - middle) <= max(width, 20.0)
    return good / max(1, total)
