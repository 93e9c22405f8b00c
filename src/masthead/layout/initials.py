"""Drop caps: a large initial joins the word that it begins, wherever the layout put it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from masthead.document.text import Join, Line
from masthead.layout.measures import text_of

_MIN_RATIO = 1.8  # to the body's size
_MAX_LETTERS = 2
_MAX_GAP = 1.2  # of the initial's own size, to the text beside it


def with_initials(lines: Sequence[Line], body_size: float) -> list[Line]:
    """The same lines, each drop cap put before the first word of the topmost line beside it."""
    result = list(lines)
    for initial in [line for line in lines if _is_initial(line, body_size)]:
        beside = [line for line in result if line is not initial and _stands_beside(initial, line)]
        if not beside:
            continue
        first = min(beside, key=lambda line: line.box.y0)
        word = replace(initial.words[0], join=Join.NONE)
        # The box stays that of the line: the initial's own height must not make it look like several lines.
        joined = replace(first, words=(word, *first.words))
        result[result.index(first)] = joined
        result.remove(initial)
    return result


def _is_initial(line: Line, body_size: float) -> bool:
    text = text_of(line)
    return (
        len(text) <= _MAX_LETTERS
        and text[:1].isalpha()
        and line.words[0].size > _MIN_RATIO * body_size
        and not line.angle
    )


def _stands_beside(initial: Line, line: Line) -> bool:
    size = initial.words[0].size
    gap = line.box.x0 - initial.box.x1
    # The em box of the initial is higher than its letter: only its middle part counts.
    top = initial.box.y0 - 0.1 * initial.box.height
    bottom = initial.box.y1 - 0.15 * initial.box.height
    return -0.35 * size < gap < _MAX_GAP * size and top < line.box.centre[1] < bottom and len(line.words) > 1
