"""Entries that are counted: which lines of a column begin one, where a number or letter alone does not tell.

"[12]" at the beginning of a line may be a reference that the text makes, "A." the initial of a name, "(iv)" a part of
a sentence. They begin entries where they count on from line to line on one edge, as a list's do, or where the lines
below are drawn in to stand under the first word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from masthead.document.numerals import chinese_value, roman_value
from masthead.document.text import Line
from masthead.layout.measures import size_of

_EDGE = 0.6  # ems by which the places of one list's markers may differ
_FEWEST_PAGES = 4  # entries of contents in a column
_NO_COUNT = 9  # a list of contents goes on in a second column with higher numbers; what is counted begins with 1
_DIGITS = 3
_TAB = 0.5  # ems
_DRAWN_IN = 0.8  # ems from the marker to the lines below it

_LAST = (".", ")", "]", *"一二三四五六七八九十")


class _Kind(NamedTuple):
    shape: re.Pattern[str]
    value: Callable[[str], int]
    fewest: int  # entries in a row
    alone: bool  # whether drawn in lines below are enough
    tabbed: bool = False  # whether white must stand behind it: it could be the beginning of a word


class _Entry(NamedTuple):
    at: int
    marker: str
    value: int
    start: float  # points
    end: float


_KINDS = (
    _Kind(re.compile(r"\[(\d{1,3})\]"), int, 2, alone=True),
    _Kind(re.compile(r"\(?([A-Z])[.)]"), ord, 3, alone=False),
    _Kind(re.compile(r"\(?([ivxl]{2,6})[.)]"), roman_value, 2, alone=False),
    _Kind(re.compile(r"(\d{3})\."), int, 2, alone=False),
    _Kind(re.compile(r"([一二三四五六七八九十]{1,3})"), chinese_value, 2, alone=False, tabbed=True),
)


def counted_markers(lines: Sequence[Line]) -> Mapping[int, str]:
    """The markers of such entries by the places of their lines; `lines` are a column's from top to bottom."""
    first = [
        (at, text)
        for at, line in enumerate(lines)
        if (text := line.words[0].text)[-1:] in _LAST and len(line.words) > 1
    ]
    found = _page_numbers(lines)
    for kind in _KINDS if first else ():
        entries = [
            _Entry(at, text, kind.value(match[1]), _start(lines[at]), _end(lines[at]))
            for at, text in first
            if (match := kind.shape.fullmatch(text)) and (not kind.tabbed or _is_tabbed(lines[at]))
        ]
        for run in _runs(entries, lines):
            if len(run) >= kind.fewest or (kind.alone and _is_drawn_in(run[0], lines)):
                found.update((entry.at, entry.marker) for entry in run)
    return found


def _page_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """The page numbers that stand at a tab before the entries of a list of contents: they rise faster than a count."""
    entries = [
        _Entry(at, text, int(text), _start(line), _end(line))
        for at, line in enumerate(lines)
        if len(line.words) > 1
        and (text := line.words[0].text).isdecimal()
        and len(text) <= _DIGITS
        and _is_tabbed(line)
    ]
    edge = [min(abs(one.start - entries[0].start), abs(one.end - entries[0].end)) for one in entries]
    if len(entries) < _FEWEST_PAGES or max(edge) > _EDGE * size_of(lines[entries[0].at]):
        return {}
    steps = [after.value - before.value for before, after in pairwise(entries)]
    jumps = sum(step > 1 for step in steps)
    if min(steps) < 1 or not (jumps * 2 >= len(steps) or (jumps and entries[0].value > _NO_COUNT)):
        return {}
    return {entry.at: entry.marker for entry in entries}


def _is_tabbed(line: Line) -> bool:
    """Whether the white behind the first word is wider than a space."""
    first, second = line.words[0].box, line.words[1].box
    gap = first.x0 - second.x1 if line.right_to_left else second.x0 - first.x1
    return gap > _TAB * size_of(line)


def _runs(entries: Sequence[_Entry], lines: Sequence[Line]) -> list[list[_Entry]]:
    """Entries that count on, one below the other; numbers of one and two digits may stand flush at either side."""
    runs: list[list[_Entry]] = []
    for entry in entries:
        edge = _EDGE * size_of(lines[entry.at])
        before = runs[-1][-1] if runs else None
        if (
            before is not None
            and entry.value == before.value + 1
            and (abs(entry.start - before.start) < edge or abs(entry.end - before.end) < edge)
        ):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _is_drawn_in(entry: _Entry, lines: Sequence[Line]) -> bool:
    """Whether the next line stands under the entry's first word."""
    if entry.at + 1 >= len(lines):
        return False
    line, below = lines[entry.at], lines[entry.at + 1]
    word = line.words[1].box
    text = -word.x1 if line.right_to_left else word.x0
    size = size_of(line)
    return abs(_start(below) - text) < _EDGE * size and _start(below) - entry.start > _DRAWN_IN * size


def _start(line: Line) -> float:
    return -line.box.x1 if line.right_to_left else line.box.x0


def _end(line: Line) -> float:
    word = line.words[0].box
    return -word.x0 if line.right_to_left else word.x1
