"""Figures and tables with a number are not read before the paragraph that calls them.

A designer sets a figure where there is room, at the head of a page or beside the text, and says "see Figure 5.3" where
it belongs. Read first it would cut a sentence that goes on from the page before; so it follows the paragraph that calls
it, with its caption and its labels, as a note at the foot does. One that stands further on is left where it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from masthead.document.geometry import union_of
from masthead.layout.measures import text_of
from masthead.layout.paragraphs import Group

_KINDS = (
    ("fig(?:ure|ura|uur)?", "abb(?:ildung)?", "rys(?:unek)?", "afb(?:eelding)?", "chart", "diagram", "map", "plate"),
    (
        "table",
        "tab(?:elle|leau|la|el|ela)?",
    ),
)
_NAMES = "|".join(name for names in _KINDS for name in names)
_CAPTION = re.compile(rf"^(?:[•▪■]\s*)?({_NAMES})\.?\s*(\d{{1,3}}(?:[.–-]\d{{1,2}})?)([:.|–—]?)", re.IGNORECASE)
_CALL = re.compile(rf"\b({_NAMES})s?\.?\s+(?:[•▪■]\s*)?(\d{{1,3}}(?:[.–-]\d{{1,2}})?)(?![\d])", re.IGNORECASE)
_SMALL = 0.97  # to the body
_TEXT = 12  # words of the shortest paragraph
_LABEL = 60  # words of the longest label or listing
_CLOSE = 1.5  # ems between what belongs together


def figures_in_place(groups: Sequence[Group], body_size: float) -> list[int]:
    """The places of the groups in the order in which they are read."""
    order = list(range(len(groups)))
    captions = {place: found for place in order if (found := _caption(groups[place], body_size))}
    if not captions:
        return order
    text = [place for place in order if place not in captions and _is_text(groups[place], body_size)]
    calls = {place: _calls(groups[place]) for place in text}
    for place, name in captions.items():
        caller = next((one for one in text if name in calls[one]), None)
        unit = _unit(place, groups, set(text) | set(captions), body_size)
        if caller is None or not unit or unit[0] > caller:
            continue
        order = [one for one in order if one not in unit]
        at = order.index(caller) + 1
        while at < len(order) and order[at] not in text and order[at] < unit[0]:
            at += 1  # behind the notes and figures that came here before
        order[at:at] = unit
    return order


def _caption(group: Group, body_size: float) -> tuple[str, str] | None:
    """The kind and number of the figure that the group is the caption of."""
    match = _CAPTION.match(text_of(group.lines[0]))
    if match is None or group.table or not (match[3] or group.size < _SMALL * body_size):
        return None
    return match[1][:3].lower(), match[2]


def _calls(group: Group) -> set[tuple[str, str]]:
    said = " ".join(map(text_of, group.lines))
    return {(match[1][:3].lower(), match[2]) for match in _CALL.finditer(said)}


def _is_text(group: Group, body_size: float) -> bool:
    return group.table is None and _words(group) >= _TEXT and group.size >= _SMALL * body_size


def _unit(place: int, groups: Sequence[Group], others: set[int], body_size: float) -> list[int]:
    """The caption with what belongs to it, in their order; none if something else clings to it."""
    unit = [place]
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(groups) and at not in others and _is_part(groups[at], body_size):
            unit.append(at)
            at += step
    unit.sort()
    box = union_of(groups[one].box for one in unit)
    near = _CLOSE * body_size
    for at, group in enumerate(groups):
        clings = -near < box.y0 - group.box.y1 < near or -near < group.box.y0 - box.y1 < near
        across = min(box.x1, group.box.x1) - max(box.x0, group.box.x0) > 0
        if at not in unit and at not in others and clings and across and not _is_heading(group, body_size):
            return []
    return unit


def _is_part(group: Group, body_size: float) -> bool:
    return group.table is not None or (group.size < _SMALL * body_size and _words(group) <= _LABEL)


def _words(group: Group) -> int:
    return sum(len(line.words) for line in group.lines)


def _is_heading(group: Group, body_size: float) -> bool:
    return group.size > 1.1 * body_size or group.bold
