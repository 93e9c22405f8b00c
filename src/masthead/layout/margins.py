"""Columns that are not read one after the other: notes in the margin, headings beside their text, cells of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from masthead.document.geometry import union_of
from masthead.document.text import Line
from masthead.layout.alphabets import go_down
from masthead.layout.frames import Frame

_NARROW = 0.62  # of the main column's width
_SMALLER = 0.94  # of the main column's size
_MAX_CELL = 14  # characters of a cell, in the middle of all
_MIN_ROWS = 3
_MAX_COVERED = 0.62  # of the rows' width


def beside(columns: list[list[Frame]]) -> list[list[Frame]]:
    """The columns in the direction of reading, each margin after the column that it stands beside."""
    result = list(columns)
    for index in range(len(result) - 1):
        if _is_margin(result[index], result[index + 1]):
            result[index], result[index + 1] = result[index + 1], result[index]
    return result


def _is_margin(side: Sequence[Frame], main: Sequence[Frame]) -> bool:
    """Whether a column holds notes to the other: narrower, in smaller type, with much white."""
    a, b = union_of(frame.box for frame in side), union_of(frame.box for frame in main)
    if a.width > _NARROW * b.width or sum(len(frame.lines) for frame in main) < 6:
        return False
    if _size(side) > _SMALLER * _size(main):
        return False
    covered = sum(frame.box.height for frame in side)
    return covered < 0.6 * b.height or _size(side) < 0.88 * _size(main)


def _size(frames: Sequence[Frame]) -> float:
    """The size of most of the letters."""
    weights: dict[float, int] = {}
    for frame in frames:
        letters = sum(len(word.text) for line in frame.lines for word in line.words)
        weights[frame.size] = weights.get(frame.size, 0) + letters
    return max(weights, key=lambda size: weights[size])


def in_rows(side: Sequence[Frame], main: Sequence[Frame]) -> list[list[Frame]]:
    """Rows of a heading or label with the text beside it; empty if the columns do not match that way."""
    if len(side) < 2 or len(main) < 2:
        return []
    a, b = union_of(frame.box for frame in side), union_of(frame.box for frame in main)
    if a.width > _NARROW * b.width or _size(side) < _SMALLER * _size(main):
        return []
    if max(len(frame.lines) for frame in side) > 4:
        return []
    tops = [frame.box.y0 for frame in main]
    near = 0.7 * _size(main)
    matched = sum(any(abs(top - frame.box.y0) < near for top in tops) for frame in side)
    if matched < 0.7 * len(side):
        return []
    heads = sorted(side, key=lambda frame: frame.box.y0)
    rows: list[list[Frame]] = [[] for _ in range(len(heads) + 1)]
    for frame in main:
        rows[sum(head.box.y0 - near <= frame.box.y0 for head in heads)].append(frame)
    return [row for row in [rows[0], *[[head, *row] for head, row in zip(heads, rows[1:], strict=True)]] if row]


def is_grid(columns: Sequence[Sequence[Frame]]) -> bool:
    """Whether columns hold cells: short lines that stand on the same base lines as their neighbours'."""
    if len(columns) < 2:
        return False
    cells = [[line for frame in column for line in frame.lines] for column in columns]
    if any(frame.group for column in columns for frame in column) or all(map(_is_card, cells)) or go_down(cells):
        return False
    lengths = [sum(len(word.text) for word in line.words) for column in cells for line in column]
    shortest = min(median([sum(len(word.text) for word in line.words) for line in column]) for column in cells)
    if sorted(len(column) for column in cells)[-2] < _MIN_ROWS:
        return False
    if median(lengths) > _MAX_CELL and not (shortest <= 8 and max(lengths) < 60):
        return False
    if _covered(columns, cells) > _MAX_COVERED:
        return False
    heights = [{round((line.box.y0 + line.box.y1) / 3) for line in column} for column in cells]
    aligned = total = 0
    for index, column in enumerate(cells):
        others = set().union(*(heights[other] for other in range(len(cells)) if other != index))
        for line in column:
            at = round((line.box.y0 + line.box.y1) / 3)
            total += 1
            aligned += any(near in others for near in (at - 1, at, at + 1))
    return aligned >= 0.8 * total


def _is_card(cells: Sequence[Line]) -> bool:
    """Whether a column tells who somebody is and how to write to them; in a table addresses have one column."""
    written = ["@" in word.text for line in cells for word in line.words]
    return any(written) and not all(written)


def _covered(columns: Sequence[Sequence[Frame]], cells: Sequence[Sequence[Line]]) -> float:
    """The share of the rows' width that letters fill: little in a table, most of it where text runs."""
    whole = union_of(frame.box for column in columns for frame in column)
    rows = max(len(column) for column in cells)
    return sum(line.box.width for column in cells for line in column) / max(1.0, rows * whole.width)


def rows_of(columns: Sequence[Sequence[Frame]], *, right_to_left: bool) -> list[Frame]:
    """One frame that holds the cells row by row."""
    frames = [frame for column in columns for frame in column]
    lines = sorted(
        (line for frame in frames for line in frame.lines), key=lambda line: (line.box.y0 + line.box.y1, line.box.x0)
    )
    rows = [[lines[0]]]
    for line in lines[1:]:
        first = rows[-1][0].box
        shared = min(first.y1, line.box.y1) - max(first.y0, line.box.y0)
        if shared > 0.6 * min(first.height, line.box.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    ordered = [line for row in rows for line in sorted(row, key=lambda line: line.box.x0, reverse=right_to_left)]
    return [
        Frame(
            union_of(frame.box for frame in frames),
            tuple(ordered),
            median([frame.size for frame in frames]),
            min(frame.first for frame in frames),
            max(frame.last for frame in frames),
        )
    ]
