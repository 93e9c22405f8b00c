"""The page number that stands before an entry of a list of contents is part of the entry's line.

Magazines set it large, or apart at a tab, in a column of its own. It is told by a run of numbers that stand flush and
rise by more than a count does: "1, 2, 3" numbers the items of a list, "4, 6, 12" says pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from masthead.document.geometry import union_of
from masthead.document.text import Line
from masthead.layout.measures import size_of, text_of

_NUMBER = re.compile(r"\d{1,3}")
_FLUSH = 2.5  # points by which the edges of one column of numbers may differ
_FEWEST = 4
_FARTHEST = 6.0  # ems between the number and its entry
_BESIDE = 0.3  # of the lower one's height that a number and its line have in common

Pair = tuple[Line, Line]  # the number, and the line behind it


def with_leading_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a list of contents with the page numbers that stand before them."""
    numbers = [line for line in lines if _is_number(line)]
    if len(numbers) < _FEWEST:
        return list(lines)
    pairs = [(number, entry) for number in numbers if (entry := _entry_of(number, lines)) is not None]
    joined: dict[int, Line] = {}
    taken: set[int] = set()
    for run in _runs(pairs):
        if not _says_pages(run):
            continue
        for number, entry in run:
            if id(entry) not in joined:
                words = number.words + entry.words
                joined[id(entry)] = replace(entry, words=words, box=union_of((number.box, entry.box)))
                taken.add(id(number))
    return [joined.get(id(line), line) for line in lines if id(line) not in taken]


def _is_number(line: Line) -> bool:
    return len(line.words) == 1 and not line.angle and _NUMBER.fullmatch(line.words[0].text) is not None


def _entry_of(number: Line, lines: Sequence[Line]) -> Line | None:
    """The first of the lines behind the number, which may stand beside the middle of them, if it says something."""
    beside: list[tuple[float, Line]] = []
    for line in lines:
        shared = min(number.box.y1, line.box.y1) - max(number.box.y0, line.box.y0)
        if line is number or line.vertical or line.angle or shared < _BESIDE * min(number.box.height, line.box.height):
            continue
        away = number.box.x0 - line.box.x1 if line.right_to_left else line.box.x0 - number.box.x1
        if 0 < away < _FARTHEST * size_of(number):
            beside.append((away, line))
    nearest = min((away for away, _ in beside), default=0.0)
    entry = min((line for away, line in beside if away < nearest + _FLUSH), key=lambda line: line.box.y0, default=None)
    return entry if entry is not None and sum(map(str.isalpha, text_of(entry))) > 1 else None


def _runs(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs whose numbers stand flush on one side and whose entries begin on one edge, from top to bottom."""
    runs: list[list[Pair]] = []
    for number, entry in sorted(pairs, key=lambda pair: pair[0].box.y0):
        for run in runs:
            last, beside = run[-1]
            flush = min(abs(last.box.x0 - number.box.x0), abs(last.box.x1 - number.box.x1)) < _FLUSH
            if flush and abs(_start(beside) - _start(entry)) < _FLUSH:
                run.append((number, entry))
                break
        else:
            runs.append([(number, entry)])
    return runs


def _says_pages(run: Sequence[Pair]) -> bool:
    values = [int(number.words[0].text) for number, _ in run]
    steps = [after - before for before, after in pairwise(values)]
    return len(run) >= _FEWEST and all(step > 0 for step in steps) and sum(step > 1 for step in steps) * 2 >= len(steps)


def _start(line: Line) -> float:
    return -line.box.x1 if line.right_to_left else line.box.x0
