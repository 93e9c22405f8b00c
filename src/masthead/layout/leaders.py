"""An entry of a list of contents and the page number that stands far to its right are one line.

A designer sets the number flush right, so that the numbers make a column of their own, and leads the eye to it with
dots or with nothing but the height. To a reader each entry ends with its number. Told by the dots, or by a run of
numbers that stand flush and never go back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from masthead.document.geometry import union_of
from masthead.document.text import Line
from masthead.layout.measures import size_of, text_of

_NUMBER = re.compile(r"\??\d{1,4}|[ivxlcIVXLC]{1,7}")
_LEADERS = re.compile(r"(?:[.…·_]\s?){3,}$")
_LED = re.compile(rf"(?:[.…·_]\s?){{3,}}\s*(?:{_NUMBER.pattern})(?:(?:,\s?|\s?[–-]\s?)(?:{_NUMBER.pattern}))*$")
_LED_TO = re.compile(r"\w\W{0,3}(?:[.…·_]\s?){5,}\s*\w")
_ENDS = frozenset("0123456789ivxlcIVXLC")
_FLUSH = 2.5  # points by which the right edges of one column of numbers may differ
_FEWEST = 3  # numbers in a run without dots
_SAME_HEIGHT = 0.6  # of the lower line
_NEAREST = 1.0  # ems between an entry and its number where no dots lead there


def with_their_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a list of contents with their page numbers."""
    numbers = [line for line in lines if len(line.words) == 1 and _NUMBER.fullmatch(line.words[0].text)]
    pairs = [(entry, number) for number in numbers if (entry := _entry_of(number, lines)) is not None]
    if not pairs:
        return list(lines)
    joined: dict[int, Line] = {}
    taken: set[int] = set()
    led = [line for line in lines if ends_with_number(line)]
    for entry, number in [pair for run in _runs(pairs) for pair in _belonging(run, led)]:
        if id(entry) not in joined:
            words = entry.words + number.words
            joined[id(entry)] = replace(entry, words=words, box=union_of((entry.box, number.box)))
            taken.add(id(number))
    return [joined.get(id(line), line) for line in lines if id(line) not in taken]


def ends_with_number(line: Line) -> bool:
    """Whether the line is an entry that leaders join with its number."""
    return line.words[-1].text[-1:] in _ENDS and _LED.search(text_of(line)) is not None


def is_led(line: Line) -> bool:
    """Whether dots stand in the middle of the line and lead from a name to what belongs to it: it is an entry."""
    text = text_of(line)
    return ("..." in text or "…" in text or ". . ." in text) and _LED_TO.search(text) is not None


def _entry_of(number: Line, lines: Sequence[Line]) -> Line | None:
    """The nearest line before the number on its height, if it says something."""
    best: Line | None = None
    distance = float("inf")
    top, bottom = number.box.y0, number.box.y1
    for line in lines:
        shared = min(bottom, line.box.y1) - max(top, line.box.y0)
        if line is number or shared <= _SAME_HEIGHT * min(number.box.height, line.box.height):
            continue
        away = line.box.x0 - number.box.x1 if line.right_to_left else number.box.x0 - line.box.x1
        if -1 < away < distance:
            best, distance = line, away
    if best is None or best.angle or best.vertical or not any(char.isalpha() for char in text_of(best)):
        return None
    return best


def _runs(pairs: Sequence[tuple[Line, Line]]) -> list[list[tuple[Line, Line]]]:
    """Pairs whose numbers stand flush, from top to bottom."""
    runs: list[list[tuple[Line, Line]]] = []
    for entry, number in sorted(pairs, key=lambda pair: pair[1].box.y0):
        edge = number.box.x0 if entry.right_to_left else number.box.x1
        for run in runs:
            last_entry, last = run[-1]
            if abs((last.box.x0 if last_entry.right_to_left else last.box.x1) - edge) < _FLUSH:
                run.append((entry, number))
                break
        else:
            runs.append([(entry, number)])
    return runs


def _belonging(run: Sequence[tuple[Line, Line]], led: Sequence[Line]) -> list[tuple[Line, Line]]:
    """The pairs of a run that are entries with their page numbers; `led` are entries whose dots reach the number."""
    edge = run[0][1].box.x1
    dotted = [pair for pair in run if _LEADERS.search(text_of(pair[0]))]
    if sum(abs(line.box.x1 - edge) < _FLUSH for line in led) + len(dotted) >= _FEWEST:
        return list(run)  # those without dots are the chapters
    if dotted or len(run) < _FEWEST:
        return dotted
    values = [int(text) for _, number in run if (text := number.words[0].text.lstrip("?")).isdigit()]
    rising = all(first <= second for first, second in pairwise(values))
    if len(values) < len(run) or not rising or values[0] == values[-1]:
        return []
    apart = all(_gap(entry, number) > _NEAREST * size_of(entry) for entry, number in run)
    return list(run) if apart else []


def _gap(entry: Line, number: Line) -> float:
    return max(number.box.x0 - entry.box.x1, entry.box.x0 - number.box.x1)
