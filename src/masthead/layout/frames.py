"""Lines that stand one below the other in one column grow together into frames, as a designer's text frames hold them.

A line joins the frame above it if each is the only neighbour of the other: a headline above two columns has two
below it, a wide line below two columns has two above it, and both stay frames of their own. (The bottom-up view of
docstrum, O'Gorman 1993, and of T-Recs, Kieninger 1998, on lines instead of words.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masthead.document.geometry import Box, union_of
from masthead.document.text import Line
from masthead.layout.measures import size_of

_MAX_STEP = 1.75  # base line to base line, in ems of the larger line: beyond, something else begins
_MIN_OVERLAP = 0.4  # of the narrower line's width
_SAME_SIZE = 1.18
_MANY = 4  # lines that have an edge in common
_JUTTING = 0.6  # ems


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines of one column from top to bottom, or several frames inside a box that is drawn on the page.

    `box` lies in the space in which the page is read: for vertical writing that of the page turned by 90 degrees.
    """

    box: Box
    lines: tuple[Line, ...]
    size: float  # points: the letters' usual size
    first: int  # where its lines stand in the content stream
    last: int
    group: int = 0  # the drawn box that it is; 0 for plain frames


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its box in the space in which the page is read, and its place in the content stream."""

    line: Line
    box: Box
    size: float
    place: int

    @property
    def middle(self) -> float:
        """Height of its middle, in points."""
        return (self.box.y0 + self.box.y1) / 2


def placed(lines: Sequence[Line], boxes: Sequence[Box]) -> list[PlacedLine]:
    """Lines in the order of the stream with their boxes as they are read."""
    return [
        PlacedLine(line, box, size_of(line), place) for place, (line, box) in enumerate(zip(lines, boxes, strict=True))
    ]


def frames_of(lines: Sequence[PlacedLine]) -> list[Frame]:
    """The frames, each line in one of them."""
    ordered = sorted(lines, key=lambda line: (line.middle, line.box.x0))
    above: list[list[int]] = [[] for _ in ordered]
    below: list[list[int]] = [[] for _ in ordered]
    for index, line in enumerate(ordered):
        for other in _next_below(index, line, ordered):
            above[other].append(index)
            below[index].append(other)
    frames: list[list[PlacedLine]] = []
    home: dict[int, int] = {}
    for index, line in enumerate(ordered):
        parents = above[index]
        if len(parents) == 1 and len(below[parents[0]]) == 1 and _alike(ordered[parents[0]], line):
            home[index] = home[parents[0]]
            frames[home[index]].append(line)
        else:
            home[index] = len(frames)
            frames.append([line])
    return [_frame(frame) for frame in frames]


def _next_below(index: int, line: PlacedLine, ordered: Sequence[PlacedLine]) -> list[int]:
    """The lines right below: those that the line can see before another line hides them."""
    found: list[int] = []
    middle, size, (left, _, right, _) = line.middle, line.size, line.box
    for other in range(index + 1, len(ordered)):
        lower = ordered[other]
        step = lower.middle - middle
        if step > _MAX_STEP * max(size, lower.size):
            if step > _MAX_STEP * 4 * size:
                break
            continue
        if step < 0.45 * min(size, lower.size):
            continue
        x0, _, x1, _ = lower.box
        shared = min(right, x1) - max(left, x0)
        if shared <= _MIN_OVERLAP * min(right - left, x1 - x0) and shared < 2 * size:
            continue
        if not any(_hides(ordered[nearer], lower) for nearer in found):
            found.append(other)
    return found


def _hides(nearer: PlacedLine, lower: PlacedLine) -> bool:
    """Whether `lower` stands behind `nearer`, seen from above."""
    if lower.middle - nearer.middle < 0.45 * min(nearer.size, lower.size):
        return False
    return min(nearer.box.x1, lower.box.x1) > max(nearer.box.x0, lower.box.x0)


def _alike(upper: PlacedLine, lower: PlacedLine) -> bool:
    ratio = max(upper.size, lower.size) / max(0.1, min(upper.size, lower.size))
    return ratio < _SAME_SIZE


def _frame(lines: Sequence[PlacedLine]) -> Frame:
    sizes = sorted(line.size for line in lines)
    size = sizes[len(sizes) // 2]
    box = union_of(line.box for line in lines)
    if len(lines) >= _MANY:
        box = _without_jutting(box, [line.box for line in lines], _JUTTING * size)
    return Frame(
        box,
        tuple(line.line for line in lines),
        size,
        min(line.place for line in lines),
        max(line.place for line in lines),
    )


def _without_jutting(box: Box, boxes: Sequence[Box], most: float) -> Box:
    """The box that the lines keep to: one line in four may jut out a little, into a gutter that is narrow anyway."""
    lefts, rights = sorted(box.x0 for box in boxes), sorted(box.x1 for box in boxes)
    few = len(boxes) // 4
    left, right = lefts[few], rights[-1 - few]
    return box._replace(x0=left if left - box.x0 < most else box.x0, x1=right if box.x1 - right < most else box.x1)
