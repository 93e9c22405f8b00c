"""A term explained in the margin is heard behind the paragraph that uses it.

The designer of a textbook sets the term and its meaning in small type beside the line where the word falls. Read after
the page, they would stand in a sentence that goes on overleaf; so they follow their paragraph, as a note at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from masthead.document.geometry import Box
from masthead.document.text import Line
from masthead.layout.measures import text_of
from masthead.layout.paragraphs import Group

_SMALL = 0.92  # to the body
_NARROW = 0.62  # of the text's width
_TERM = 5  # words of the longest term
_MEANING = 6  # words of the shortest explanation
_LEAST = 4  # letters of the shortest term
_BESIDE = 3.0  # lines by which a note may stand below the paragraph that uses its term
_TEXT = 12  # words of the shortest paragraph
_LETTERS = re.compile(r"[^\W\d_]+")


def margins_in_place(groups: Sequence[Group], body_size: float) -> list[int]:
    """The places of the groups in the order in which they are read."""
    order = list(range(len(groups)))
    text = [place for place in order if groups[place].size > _SMALL * body_size and _words(groups[place]) >= _TEXT]
    if not text:
        return order
    for note in _notes(groups, body_size):
        if any(_shares_width(groups[note[0]].box, groups[place].box) for place in text):
            continue  # in a column of text and not in the margin
        user = _user(note, text, groups)
        if user is None:
            continue
        order = [place for place in order if place not in note]
        at = order.index(user) + 1
        while at < len(order) and groups[order[at]].size <= _SMALL * body_size and order[at] < note[0]:
            at += 1  # behind the notes that came here before
        order[at:at] = note
    return order


def _notes(groups: Sequence[Group], body_size: float) -> list[list[int]]:
    """A term on a line of its own with its meaning below, in one block or in two, set in small type."""
    notes: list[list[int]] = []
    for place, group in enumerate(groups):
        if group.size > _SMALL * body_size or group.table or (notes and notes[-1][-1] == place):
            continue
        if len(group.lines) > 1 and len(group.lines[0].words) <= _TERM and _words(group) >= _MEANING:
            notes.append([place])
        elif _words(group) <= _TERM and place + 1 < len(groups) and _explains(groups[place + 1], group, body_size):
            notes.append([place, place + 1])
    return notes


def _explains(meaning: Group, term: Group, body_size: float) -> bool:
    below = -0.5 * term.size < meaning.box.y0 - term.box.y1 < term.size
    flush = abs(meaning.box.x0 - term.box.x0) < term.size
    return below and flush and meaning.size <= _SMALL * body_size and _words(meaning) >= _MEANING


def _user(note: Sequence[int], text: Sequence[int], groups: Sequence[Group]) -> int | None:
    """The paragraph at the note's side that uses the term."""
    term, size = groups[note[0]], groups[note[0]].size
    words = _said(term.lines if len(note) > 1 else term.lines[:1])
    for place in text:
        box = groups[place].box
        beside = term.box.x1 < box.x0 + size or term.box.x0 > box.x1 - size
        near = box.y0 - _BESIDE * size < term.box.y0 < box.y1 + _BESIDE * size
        if (
            beside
            and near
            and term.box.width < _NARROW * box.width
            and len(words) >= _LEAST
            and words in _said(groups[place].lines)
        ):
            return place
    return None


def _shares_width(first: Box, second: Box) -> bool:
    return min(first.x1, second.x1) > max(first.x0, second.x0)


def _said(lines: Sequence[Line]) -> str:
    """Their letters, without the hyphens and spaces that line ends and compounds bring."""
    return "".join(_LETTERS.findall(" ".join(map(text_of, lines)).casefold()))


def _words(group: Group) -> int:
    return sum(len(line.words) for line in group.lines)
