"""Which way a page is written: upright, turned by a quarter, or from top to bottom; and its boxes as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from masthead.document.geometry import Box
from masthead.document.text import Line

_MOST = 0.6  # share of the letters that must run one way for the page to be read that way


def quarter_of(lines: Sequence[Line]) -> int:
    """Quarter turns clockwise of the page's writing: 0 upright, 1 also for columns of vertical Japanese."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line_quarter(line)] += sum(len(word.text) for word in line.words)
    if not letters:
        return 0
    quarter, count = letters.most_common(1)[0]
    return quarter if quarter >= 0 and count >= _MOST * letters.total() else 0


def line_quarter(line: Line) -> int:
    """Quarter turns of one line; -1 if it stands at another angle."""
    if line.vertical:
        return 1
    quarter = round(line.angle / 90)
    return quarter % 4 if abs(line.angle - quarter * 90) < 2 else -1


def as_read(box: Box, quarter: int) -> Box:
    """The box in the space in which the writing runs to the right and downwards."""
    x0, y0, x1, y1 = box
    if quarter == 0:
        return box
    if quarter == 1:
        return Box(y0, -x1, y1, -x0)
    if quarter == 2:
        return Box(-x1, -y1, -x0, -y0)
    return Box(-y1, x0, -y0, x1)


def line_as_read(line: Line, quarter: int) -> Line:
    """The line with its boxes in that space."""
    if quarter == 0:
        return line
    words = tuple(replace(word, box=as_read(word.box, quarter)) for word in line.words)
    return replace(line, box=as_read(line.box, quarter), words=words)
