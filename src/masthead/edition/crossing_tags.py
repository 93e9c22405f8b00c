"""Turns a page's tags into plain JSON and back, for the way out of the sandboxed process; refuses what does not fit."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from masthead.document.geometry import Box
from masthead.document.tags import ARTIFACT, Element, PageTags
from masthead.document.text import Line

_PLAIN = Element("", -1)[2:]


def tags_to_json(tags: PageTags) -> dict[str, Any]:
    """Elements as `[role, parent]`; a cell's place, alternative text, spans and box only where there are any."""
    return {"elements": [_element_to_json(element) for element in tags.elements], "leaves": list(tags.leaves)}


def tags_from_json(data: dict[str, Any]) -> PageTags:
    """The reverse of `tags_to_json`; raises ValueError where an element or leaf points to none before it."""
    elements = tuple(_element_from_json(row) for row in data["elements"])
    if any(not -1 <= element.parent < index for index, element in enumerate(elements)):
        raise ValueError("an element's parent does not stand before it")
    leaves = tuple(int(leaf) for leaf in data["leaves"])
    if any(not 0 <= leaf < len(elements) for leaf in leaves):
        raise ValueError("a leaf has no element")
    return PageTags(elements, leaves)


def leaves_to_json(line: Line) -> list[int]:
    """The leaves of a line's words as runs: leaf, how many words, leaf, how many words, …"""
    return [number for leaf, run in groupby(word.leaf for word in line.words) for number in (leaf, len(list(run)))]


def leaves_from_json(row: list[Any], count: int, known: int) -> list[int]:
    """A leaf for each of the line's `count` words; the page has `known` leaves."""
    runs = [(int(leaf), int(times)) for leaf, times in zip(row[::2], row[1::2], strict=True)]
    if any(not ARTIFACT <= leaf < known or times < 1 for leaf, times in runs) or sum(n for _, n in runs) != count:
        raise ValueError("the leaves of a line do not fit its words")
    return [leaf for leaf, times in runs for _ in range(times)]


def _element_to_json(element: Element) -> list[Any]:
    row: list[Any] = [element.role, element.parent]
    if element[2:] != _PLAIN:
        row.append(element.place)
    if element[3:] != _PLAIN[1:]:
        row += [element.alt, element.rows, element.columns]
    return [*row, *element.box] if element.box else row


def _element_from_json(row: list[Any]) -> Element:
    role, parent, *more = row
    if len(more) < 2:
        return Element(str(role), int(parent), int(more[0]) if more else -1)
    place, alt, rows, columns, *box = more
    return Element(
        str(role),
        int(parent),
        int(place),
        str(alt),
        max(1, int(rows)),
        max(1, int(columns)),
        Box(*(float(value) for value in box)) if box else None,
    )
