"""A table's columns never part words that stand a plain space apart: what would be torn like that is running text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from masthead.document.text import Line, Table

_SPACE = 0.55  # in ems: no wider stands between the words of a sentence
_MAX_TORN = 0.04  # of the pairs of words
_STORY = 50  # words of a cell: more is a story


def tears_text(table: Table, cell_lines: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether the grid cuts through sentences, or most of its cells are stories.

    `cell_lines` hold the table's words in the order of its cells, `lines` are the page's own.
    """
    words = [word for line in cell_lines for word in line.words]
    cells = {id(words[at]): number for number, cell in enumerate(table.cells) for at in range(cell.start, cell.end)}
    pairs = torn = 0
    for line in lines:
        for before, after in pairwise(line.words):
            first, second = cells.get(id(before)), cells.get(id(after))
            if first is None or second is None:
                continue
            gap = max(after.box.x0 - before.box.x1, before.box.x0 - after.box.x1)
            if gap < _SPACE * min(before.size, after.size):
                pairs += 1
                torn += first != second
    if pairs and torn > max(1, _MAX_TORN * pairs):
        return True
    lengths = sorted(cell.end - cell.start for cell in table.cells if cell.end > cell.start)
    return bool(lengths) and _share_in_stories(lengths) > 0.5


def _share_in_stories(lengths: Sequence[int]) -> float:
    """The share of the words that stand in cells longer than a table's."""
    return sum(length for length in lengths if length > _STORY) / max(1, sum(lengths))
