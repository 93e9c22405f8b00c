"""Words that an address names (`4.20-4.26`): what they say, where they stand, and the piece of the page around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

from masthead.document.geometry import Box

_NAME: Final = re.compile(r"(\d{1,6})\.(\d{1,6})-(\d{1,6})\.(\d{1,6})")
_NONE, _HYPHEN = 1, 2  # how a word joins the next one: without a space, as the first half of a hyphenated one
_FURNITURE: Final = frozenset({"running_head", "folio"})  # between two paragraphs they are no part of what is said
_MARGIN: Final = 9.0  # points around the lines of the words
_AIR: Final = 1.0  # points beyond a line that would be cut off
_LEAST_WIDTH, _LEAST_HEIGHT = 190.0, 64.0  # points: a single word is shown with what stands around it
_LONGEST: Final = 600  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """Words by their page and their place in its reading order, both from 1; `last` may stand on a later page."""

    page: int
    first: int
    last_page: int
    last: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The piece of a page with some words (points), a box for each line of them, and what they say."""

    box: Box
    marks: tuple[Box, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """Of one line the words that were asked for."""

    words: list[Any]
    box: Box
    is_furniture: bool


def place_of(name: str) -> Place | None:
    """What a name says; None where it names no words."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    page, first, last_page, last = (int(number) for number in found.groups())
    is_in_order = (page, first) <= (last_page, last)
    return Place(page, first, last_page, last) if page and first and is_in_order else None


def read_passage(page_file: Path, place: Place, size: tuple[float, float]) -> Passage | None:
    """The passage as far as it stands on its first page (size in points); None where these words are not there.

    Raises OSError where the page file cannot be read.
    """
    page = json.loads(page_file.read_bytes())
    lines = list(_lines(page, place))
    lines = [line for line in lines if not line.is_furniture] or lines
    if not lines:
        return None
    text = " ".join("".join(_printed(word) for line in lines for word in line.words).split())
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    elif place.last_page > place.page:
        text += " …"
    marks = tuple(reduce(Box.union, (Box(*word[1:5]) for word in line.words)) for line in lines)
    around = reduce(Box.union, (*(line.box for line in lines), *marks))
    left, right = _span(around.x0, around.x1, _LEAST_WIDTH, size[0])
    top, bottom = _span(around.y0, around.y1, _LEAST_HEIGHT, size[1])
    piece = _whole_lines(Box(left, top, right, bottom), page, size[1])
    return Passage(piece, marks, text) if left < right and top < bottom else None


def _lines(page: Mapping[str, Any], place: Place) -> Iterator[_Line]:
    """Each line in which some of the words stand, with these."""
    last = place.last if place.last_page == place.page else None
    before = 0
    for block in page["blocks"]:
        for line in block["lines"]:
            words = line["words"]
            chosen = words[max(0, place.first - 1 - before) : None if last is None else max(0, last - before)]
            before += len(words)
            if chosen:
                yield _Line(chosen, Box(*line["box"]), block["role"] in _FURNITURE)


def _whole_lines(piece: Box, page: Mapping[str, Any], height: float) -> Box:
    """The piece without lines that are cut off lengthwise at its ends, unless they are very large."""
    boxes = [Box(*line["box"]) for block in page["blocks"] for line in block["lines"]]
    near = [box for box in boxes if box.x0 < piece.x1 and box.x1 > piece.x0 and box.height < _LEAST_HEIGHT / 2]
    top = min((box.y0 - _AIR for box in near if box.y0 < piece.y0 < box.y1), default=piece.y0)
    bottom = max((box.y1 + _AIR for box in near if box.y0 < piece.y1 < box.y1), default=piece.y1)
    return Box(piece.x0, float(max(0, floor(top))), piece.x1, min(float(round(height)), float(ceil(bottom))))


def _printed(word: list[Any]) -> str:
    join = word[5] if len(word) > 5 else 0
    if join == _HYPHEN:
        return str(word[0])[:-1]
    return str(word[0]) if join == _NONE else f"{word[0]} "


def _span(low: float, high: float, least: float, end: float) -> tuple[float, float]:
    """A span in whole points with a margin, no shorter than it must be, on the page."""
    more = max(_MARGIN, (least - (high - low)) / 2)
    low, high = low - more, high + more
    if low < 0:
        low, high = 0.0, high - low
    if high > end:
        low, high = low - (high - end), end
    return float(round(max(0.0, low))), float(round(min(end, high)))
