"""Whether a grid is a table, and what it might be else: columns of text, a list, contents, a crossword.

Precision comes first. A table that is missed stays readable as lines; running text taken for a table is torn apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from masthead.document.geometry import Box
from masthead.document.text import Font, Shape
from masthead.layout.symbols import is_marker
from masthead.layout.tables.cells import GridCell
from masthead.layout.tables.grid import Grid
from masthead.layout.tables.lattice import MANY_BANDS, Area, clusters, is_drawn_through
from masthead.layout.tables.pieces import Piece, is_number, rows_of

_CAPTION = re.compile(
    r"(?:table|tab\.|tabelle|tableau|tabla|tabela|exhibit|figure|fig\.|abbildung|таблица|جدول|表)\s*[\dIVXA-Z]",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}")
_SINGLE = 3  # rows without a second cell that are no heading inside a table
_DISPLAY = 1.3  # to the letters of a table: a pull quote, or a headline
_FAR = 60.0  # points of nothing between two rules: they do not belong together


def is_foreign(rows: Sequence[Sequence[Piece]], prose: frozenset[int], height: float, usual: float) -> bool:
    """Whether what stands between two level walls is no part of a table: nothing, a caption, a quote, running text.

    `usual` is the size of the letters in the whole area, in points.
    """
    if not rows:
        return height > _FAR
    pieces = [piece for row in rows for piece in row]
    if any(len(row) == 1 and _CAPTION.match(row[0].text) for row in rows):
        return True
    if _is_single(rows) and (len(rows) >= _SINGLE or min(piece.size for piece in pieces) > _DISPLAY * usual):
        return True
    if len(rows) <= 10 and len(rows[0]) >= 2 and any(id(piece) not in prose for piece in rows[0]):
        return False  # a row of a table whose cells hold text
    if len(rows) >= 6 and sum(len(row) >= 2 for row in rows) < 0.45 * len(rows):
        return True
    words = sum(len(piece.words) for piece in pieces)
    running = sum(len(p.words) for row in rows if all(id(p) in prose for p in row) for p in row)
    return running > 0.5 * words and words > 12


def _is_single(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether no row has a cell beside another one; a bullet is none."""
    return all(len(row) == 1 or (len(row) == 2 and is_marker(row[0].text)) for row in rows)


def looks_ruled(grid: Grid, area: Area, pieces: Sequence[Piece], prose: frozenset[int]) -> bool:
    """Whether a grid within rules or fills is a table."""
    texts = [cell.text for cell in grid.cells]
    filled = len(grid.cells)
    several = _rows_with_several(grid)
    if filled < 4 or several < 3 or several < 0.34 * grid.rows or _is_other(grid, area, pieces):
        return False
    words = sum(len(piece.words) for piece in pieces)
    running = sum(len(piece.words) for piece in pieces if id(piece) in prose)
    levels = len({wall.at for wall in area.level})
    if grid.walls and len(set(grid.bands)) >= 2:
        drawn = is_drawn_through(area)
        bands = len(set(grid.bands))
        between = bands >= 0.8 * grid.rows or (drawn and bands >= MANY_BANDS)
        open_rows = not between or words > (20 if drawn else 12) * filled  # columns of text with rules between
        torn = running > 0.4 * words and open_rows and _side_by_side(pieces, prose)
        return words <= 40 * filled and not torn
    if running > 0.4 * words and (len(set(grid.bands)) < 4 or _side_by_side(pieces, prose)):
        return False
    if _is_serial(grid):
        return False
    if _lined_up(grid) < 0.6:
        return False
    figures = sum(is_number(text) for text in texts) / filled
    if figures > 0.25:
        return True
    return levels >= 3 and words <= 12 * filled and several >= 3


def _is_other(grid: Grid, area: Area, pieces: Sequence[Piece]) -> bool:
    """Whether what the rules hold is a puzzle, contents, a drawing, a chart or a layout of boxes."""
    texts = [cell.text for cell in grid.cells]
    filled = len(grid.cells)
    if _is_puzzle(grid) or _has_leaders(texts) or _crosses_frame(area.box, pieces):
        return True
    if (grid.stray >= 4 and grid.stray > grid.walls) or _fields(area) > 5 * filled:
        return True  # the bars of a chart, or the net behind it
    if sum(cell.columns > 1 for cell in grid.cells) > 0.5 * filled:
        return True
    if sum(cell.rows * cell.columns for cell in grid.cells) < 0.3 * grid.rows * grid.columns:
        return True
    return not _is_of_one_size(pieces) or _has_one_heavy_cell(grid)


def looks_aligned(grid: Grid, fonts: Sequence[Font]) -> bool:
    """Whether a grid that nothing but white space makes is a table."""
    texts = [cell.text for cell in grid.cells]
    filled = len(grid.cells)
    several = _rows_with_several(grid)
    if _is_code(grid, fonts):
        return False
    if several < 3 or several < 0.5 * grid.rows or _has_leaders(texts) or _is_puzzle(grid) or _is_serial(grid):
        return False
    if sum(cell.columns for cell in grid.cells) < 0.5 * grid.rows * grid.columns:
        return False
    if sum(len(text) for text in texts) > 34 * filled:
        return False
    if _lined_up(grid) < 0.7:
        return False
    beside = [cell for cell in grid.cells if cell.column > 0 and cell.row > 0]
    figures = sum(is_number(cell.text) for cell in beside) / max(1, len(beside))
    if grid.columns == 2:
        return figures > 0.75 and several >= 4
    if figures > 0.4:
        return True
    return grid.columns >= 4 and several >= 4 and filled > 0.75 * grid.rows * grid.columns and figures > 0.15


def is_chart(shapes: Sequence[Shape], box: Box, pieces: Sequence[Piece]) -> bool:
    """Bars: three boxes or more without text in them that stand on one line and differ in length."""
    bars = [
        shape.box
        for shape in shapes
        if shape.kind == "fill"
        and box.contains(shape.box, slack=4)
        and not any(shape.box.overlap(piece.box) > 0.3 * piece.box.area for piece in pieces)
    ]
    for ends in (
        [(round(bar.x0), round(bar.width / 3)) for bar in bars if bar.height < 0.2 * box.height],
        [(round(bar.y1), round(bar.height / 3)) for bar in bars if bar.width < 0.2 * box.width],
    ):
        lengths: dict[int, set[int]] = {}
        for foot, length in ends:
            lengths.setdefault(foot, set()).add(length)
        if any(len(different) >= 3 for different in lengths.values()):
            return True
    return False


def _crosses_frame(box: Box, pieces: Sequence[Piece]) -> bool:
    """Whether text runs out of the frame at its sides, as it does over a drawing."""
    out = sum(piece.box.x0 < box.x0 - piece.size or piece.box.x1 > box.x1 + piece.size for piece in pieces)
    return out > 0.05 * len(pieces)


def _fields(area: Area) -> int:
    """How many fields the rules alone would make, were they all drawn through."""
    level = clusters(wall.at for wall in area.level if wall.drawn)
    upright = clusters(wall.at for wall in area.upright if wall.drawn)
    return max(0, len(level) - 1) * max(0, len(upright) - 1)


def is_drawing(shapes: Sequence[Shape], box: Box) -> bool:
    """Upright rules or frames among aligned words: axes of a chart, wires of a diagram. A table's are walls."""
    upright = [
        shape.box
        for shape in shapes
        if (shape.kind == "rule" and shape.box.height > max(8.0, shape.box.width)) or shape.kind == "frame"
    ]
    inside = [
        rule
        for rule in upright
        if box.x0 - 6 < rule.x0 and rule.x1 < box.x1 + 6 and min(rule.y1, box.y1) - max(rule.y0, box.y0) > 6
    ]
    return len(inside) >= 2


def _is_of_one_size(pieces: Sequence[Piece]) -> bool:
    """A table is set in one size or nearly so; a box with headlines in it is not."""
    sizes = sorted((piece.size, len(piece.text)) for piece in pieces)
    letters = sum(count for _, count in sizes)
    half = 0
    usual = sizes[-1][0]
    for size, count in sizes:
        half += count
        if half >= letters / 2:
            usual = size
            break
    return sum(count for size, count in sizes if 0.66 <= size / usual <= 1.5) > 0.8 * letters


def _has_one_heavy_cell(grid: Grid) -> bool:
    """Most of the words in one cell: a text with something beside it."""
    counts = [len(cell.words) for cell in grid.cells]
    return max(counts) > 40 and max(counts) > 0.4 * sum(counts)


def _is_code(grid: Grid, fonts: Sequence[Font]) -> bool:
    words = [word for cell in grid.cells for word in cell.words]
    return sum(fonts[word.font].monospace for word in words) > 0.6 * len(words)


def _side_by_side(pieces: Sequence[Piece], prose: frozenset[int]) -> bool:
    """Whether running text stands beside running text, as in columns; in a table it fills one column at most."""
    rows = [[piece for piece in row if id(piece) in prose] for row in rows_of(pieces)]
    running = [row for row in rows if row]
    return sum(len(row) >= 2 for row in running) > 0.25 * len(running)


def _rows_with_several(grid: Grid) -> int:
    counts = [0] * grid.rows
    for cell in grid.cells:
        counts[cell.row] += 1
    return sum(count >= 2 for count in counts)


def _has_leaders(texts: Sequence[str]) -> bool:
    """Dots that lead the eye from an entry to its page."""
    return sum(_LEADERS.search(text) is not None for text in texts) > 0.15 * len(texts)


def _is_puzzle(grid: Grid) -> bool:
    """A crossword or a board: many equal squares, most of them empty, or with a letter or a small number each."""
    short = sum(len(cell.text) <= 2 for cell in grid.cells)
    blank = 1 - len(grid.cells) / (grid.rows * grid.columns)
    return grid.columns >= 5 and grid.rows >= 5 and short > 0.85 * len(grid.cells) and blank > 0.35


def _is_serial(grid: Grid) -> bool:
    """A numbered list or contents: two columns, one of them whole numbers that only grow."""
    if grid.columns != 2:
        return False
    for column in (0, 1):
        cells = [cell for cell in grid.cells if cell.column == column]
        numbers = [int(match[1]) for cell in cells if (match := re.fullmatch(r"(\d{1,4})[.):]?", cell.text))]
        growing = sum(a <= b for a, b in itertools.pairwise(numbers))
        if len(numbers) >= max(2, 0.6 * len(cells)) and growing >= 0.85 * (len(numbers) - 1):
            return True
        bullets = sum(len(cell.text) == 1 and not cell.text.isalnum() for cell in cells)
        if cells and bullets > 0.6 * len(cells):
            return True
    return False


def _lined_up(grid: Grid) -> float:
    """Share of the cells whose left edge, right edge or middle agrees with that of most in their column."""
    agreeing = total = 0
    for column in range(grid.columns):
        cells = [cell for cell in grid.cells if cell.column == column and cell.columns == 1]
        if len(cells) < 2:
            continue
        total += len(cells)
        agreeing += max(_agreeing([_edge(cell, kind) for cell in cells]) for kind in (0, 1, 2))
    return agreeing / total if total else 0.0


def _edge(cell: GridCell, kind: int) -> float:
    x0 = min(piece.box.x0 for line in cell.lines for piece in line)
    x1 = max(piece.box.x1 for line in cell.lines for piece in line)
    return (x0, x1, (x0 + x1) / 2)[kind]


def _agreeing(values: Sequence[float]) -> int:
    ordered = sorted(values)
    return max(sum(abs(value - other) <= 2.5 for other in ordered) for value in ordered[:: max(1, len(ordered) // 12)])
