"""Boxes drawn on a page, as fills or frames: what stands in one is read together."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.geometry import Box, union_of
from masthead.document.text import Shape
from masthead.layout.frames import PlacedLine
from masthead.layout.seams import follows

_MAX_SHARE = 0.82  # of the page: larger is a background
_MIN_LINES = 3
_MIN_SIDE = 30.0  # points
_SLACK = 3.0  # points by which text may stick out of its box
_MAX_BOXES = 60
_LEADING = 1.6  # ems from line to line inside a paragraph
_GOES_ON = 1.5  # evidence that a sentence goes on


def boxes_of(shapes: Sequence[Shape], lines: Sequence[PlacedLine], width: float, height: float) -> list[Box]:
    """Boxes that hold text apart from the rest, the smallest first.

    A box counts if every line lies inside or outside of it, and if it holds several lines but not all: coloured
    bands behind a heading, stripes of a table and backgrounds of the page are no boxes to a reader. Nor is a ground
    whose edge runs through a paragraph: it was left there, in white, or lies behind something else.
    """
    page = width * height
    candidates = _stacked(
        [
            shape.box
            for shape in shapes
            if shape.kind in ("fill", "frame", "picture")
            and min(shape.box.width, shape.box.height) >= _MIN_SIDE
            and shape.box.area < _MAX_SHARE * page
        ]
    )
    result: list[Box] = []
    for box in sorted(candidates, key=lambda box: box.area):
        inside = [line for line in lines if _is_inside(line.box, box)]
        if not _MIN_LINES <= len(inside) < len(lines) - 1:
            continue
        if any(_crosses(line.box, box) for line in lines):
            continue
        if any(_nearly(box, other) for other in result) or _tears_sentences(box, inside, lines):
            continue
        result.append(box)
        if len(result) >= _MAX_BOXES:
            break
    return result


def _stacked(boxes: list[Box]) -> list[Box]:
    """Fills that stand on each other with the same sides are one box: a coloured head and its body."""
    result: list[Box] = []
    for box in sorted(set(boxes), key=lambda box: (round(box.x0), box.y0))[: 8 * _MAX_BOXES]:
        last = result[-1] if result else None
        if (
            last is not None
            and abs(last.x0 - box.x0) < _SLACK
            and abs(last.x1 - box.x1) < _SLACK
            and -_SLACK < box.y0 - last.y1 < _SLACK
        ):
            result[-1] = union_of((last, box))
        else:
            result.append(box)
    return result


def _is_inside(line: Box, box: Box) -> bool:
    x, y = line.centre
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _crosses(line: Box, box: Box) -> bool:
    """Whether a line stands partly inside the box and partly outside, by more than its white."""
    y = line.centre[1]
    if not box.y0 + 1 < y < box.y1 - 1:
        return False
    inside = min(line.x1, box.x1) - max(line.x0, box.x0)
    outside = max(box.x0 - line.x0, line.x1 - box.x1)
    return inside > 2 * _SLACK and outside > 2 * _SLACK


def _tears_sentences(box: Box, inside: Sequence[PlacedLine], lines: Sequence[PlacedLine]) -> bool:
    """Whether a sentence goes on, with the leading of its paragraph, over the upper or lower edge of the box."""
    for line in inside:
        reach = _LEADING * line.size
        if box.y0 + reach < line.middle < box.y1 - reach:
            continue
        for other in lines:
            step = other.middle - line.middle
            if not 0.5 * line.size < abs(step) < reach or _is_inside(other.box, box):
                continue
            shared = min(line.box.x1, other.box.x1) - max(line.box.x0, other.box.x0)
            if shared < 0.5 * min(line.box.width, other.box.width):
                continue
            upper, lower = (line, other) if step > 0 else (other, line)
            if follows(upper.line, lower.line) >= _GOES_ON:
                return True
    return False


def _nearly(first: Box, second: Box) -> bool:
    return first.overlap(second) > 0.92 * max(first.area, second.area)
