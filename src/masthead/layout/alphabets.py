"""Entries in the order of the alphabet or of their numbers: an index, a list of members, solutions of a puzzle.

Such a list is read down one column and on at the top of the next, though its short lines stand on the same base lines
as their neighbours' and look like the cells of a table. What tells is the order itself: down the columns it goes on,
across it does not. Chance hardly ever puts eight lines of a text into the order of the alphabet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest

from masthead.document.text import Line
from masthead.layout.measures import size_of, text_of

FEWEST = 8  # entries of a list that nothing but its order tells
_SURE = 12  # entries that are no chance, whatever they stand between
_MOSTLY = 0.6  # of a column's lines
_FEWEST_IN_COLUMN = 3
_SLIPS = 12  # entries for one that may stand out of order: "St" before "Saint", or a slip of the editor
_DISTINCT = 0.75  # of the entries: what is the same again and again is in no order
_EDGE = 0.6  # ems by which entries may begin apart; what is drawn in further goes on or is subordinate
_LETTERS = 12  # compared
_NUMBER = re.compile(r"(\d{1,3})[.)]")
_WORD = re.compile(r"[^\W\d_]")


def go_down(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether the entries of columns side by side are in order down the columns, and not across them."""
    if len(columns) < 2 or sorted(map(len, columns))[-2] < _FEWEST_IN_COLUMN:
        return False
    outer = [_at_the_edge(column) for column in columns]
    return _numbers_go_down(outer) or _letters_go_down(outer)


def are_alphabetical(texts: Sequence[str]) -> bool:
    """Whether so many entries are in the order of the alphabet that they are a list, each an entry of its own."""
    keys = [key for text in texts if (key := _key(text))]
    return (
        len(keys) >= FEWEST
        and len(keys) >= 0.9 * len(texts)
        and _slips(keys) <= len(keys) // _SLIPS
        and len(set(keys)) >= _DISTINCT * len(keys)
    )


def entries_of(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines with which entries in alphabetical order begin; `lines` are a column's, with what else
    stands there."""
    if len(lines) < FEWEST:
        return frozenset()
    outer = {id(line) for line in _at_the_edge(lines)}
    keys = [(at, _key(text_of(line)), size_of(line)) for at, line in enumerate(lines) if id(line) in outer]
    found: set[int] = set()
    run: list[int] = []
    last, size = "", 0.0
    for at, key, high in [*keys, (len(lines), "", 0.0)]:
        if not key or (run and (key < last or abs(high - size) > 0.5)):
            found.update(run if _is_list(run, lines) else ())
            run = []
        if key:
            run.append(at)
            last, size = key, high
    return frozenset(found)


def _is_list(run: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether a run is long enough to be meant: text that happens to be in order is part of a longer column."""
    count = len(run)
    if len({_key(text_of(lines[at])) for at in run}) < _DISTINCT * count:
        return False
    return count >= _SURE or (count >= FEWEST and run[-1] - run[0] + 1 >= _MOSTLY * len(lines))


def _at_the_edge(lines: Sequence[Line]) -> list[Line]:
    """The lines that begin where most of the column's do, in their order down the page."""
    edge = min((_start(line) for line in lines), default=0.0)
    outer = [line for line in lines if _start(line) - edge < _EDGE * size_of(line)]
    return sorted(outer, key=lambda line: line.box.y0)


def _letters_go_down(columns: Sequence[Sequence[Line]]) -> bool:
    keys = [[key for line in column if (key := _key(text_of(line)))] for column in columns]
    if any(len(found) < 0.9 * len(column) for found, column in zip(keys, columns, strict=True)):
        return False
    down = [key for column in keys for key in column]
    across = [key for row in zip_longest(*keys, fillvalue="") for key in row if key]
    if len(down) < FEWEST or len(set(down)) < _DISTINCT * len(down):
        return False
    return _slips(down) <= len(down) // _SLIPS and _slips(across) > _slips(down) + 1


def _numbers_go_down(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether each column counts on for itself, "1. 4. 6." beside "2. 3. 5.", and the rows do not."""
    numbers = [
        [int(match[1]) if (match := _NUMBER.fullmatch(line.words[0].text)) else 0 for line in column]
        for column in columns
    ]
    counted = [[number for number in column if number] for column in numbers]
    if any(
        len(some) < max(_FEWEST_IN_COLUMN, 0.6 * len(column)) for some, column in zip(counted, columns, strict=True)
    ):
        return False
    rising = all(first < second for column in counted for first, second in pairwise(column))
    across = [number for row in zip_longest(*counted, fillvalue=0) for number in row if number]
    return rising and any(first > second for first, second in pairwise(across))


def _slips(keys: Sequence[str]) -> int:
    return sum(first > second for first, second in pairwise(keys))


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """The letters by which an entry is sorted, without accents, first names last; empty if it begins with none."""
    first = text.lstrip("“„«\"'‘([ ")
    if not _WORD.match(first):
        return ""
    head, _, rest = first[: 4 * _LETTERS].partition(",")
    parts = [unicodedata.normalize("NFKD", part).casefold() for part in (head, rest)]
    return " ".join("".join(filter(str.isalpha, part))[:_LETTERS] for part in parts)


def _start(line: Line) -> float:
    return -line.box.x1 if line.right_to_left else line.box.x0
