"""The number before a heading or an item is part of its line, however far the text is set in behind it.

A designer hangs the number at the column's left edge and sets the text at a tab. Where several texts stand at that tab,
the white looks like a gutter; but the column's other lines run over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from masthead.document.geometry import union_of
from masthead.document.text import Line
from masthead.layout.measures import size_of

_NUMBER = re.compile(r"(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,3}[.):]?")
_FAR = 2.6  # ems from the number to its text
_SAME_EDGE = 1.5  # points
_SAME_SIZE = 1.15
_RUNNING_OVER = 2  # lines of the column that run over the white


def with_hanging_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines, texts with the numbers that hang before them."""
    numbers = [line for line in lines if len(line.words) == 1 and _NUMBER.fullmatch(line.words[0].text)]
    joined: dict[int, Line] = {}
    taken: set[int] = set()
    for number in numbers:
        text = None if number.right_to_left or number.angle else _text_behind(number, lines)
        if text is not None and id(text) not in joined and _runs_over(number, text, lines):
            words = number.words + text.words
            joined[id(text)] = replace(text, words=words, box=union_of((number.box, text.box)))
            taken.add(id(number))
    return [joined.get(id(line), line) for line in lines if id(line) not in taken]


def _text_behind(number: Line, lines: Sequence[Line]) -> Line | None:
    """The nearest line right of the number on its height, set in its size."""
    size = size_of(number)
    behind = [
        line
        for line in lines
        if -1 < line.box.x0 - number.box.x1 < _FAR * size
        and min(line.box.y1, number.box.y1) - max(line.box.y0, number.box.y0) > 0.7 * number.box.height
        and 1 / _SAME_SIZE < size_of(line) / size < _SAME_SIZE
        and any(char.isalpha() for word in line.words for char in word.text)
    ]
    return min(behind, key=lambda line: line.box.x0, default=None)


def _runs_over(number: Line, text: Line, lines: Sequence[Line]) -> bool:
    """Whether lines that begin where the number stands run over the white behind it."""
    over = 0
    for line in lines:
        if abs(line.box.x0 - number.box.x0) < _SAME_EDGE and line.box.x1 > text.box.x0 + 2 * number.box.height:
            over += 1
    return over >= _RUNNING_OVER
