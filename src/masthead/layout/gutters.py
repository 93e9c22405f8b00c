"""White lanes from top to bottom between frames: clean ones that nothing crosses, soft ones that a few frames span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from masthead.layout.frames import Frame

_MIN_WIDTH = 3.0  # points
_MIN_EMS = 0.3  # of the letters beside it
_MAX_CROSSING = 0.6  # share of a region's text that may span a soft gutter
_MAX_CANDIDATES = 80


class Gutter(NamedTuple):
    """A lane between `x0` and `x1`, in points; `crossing` are the indexes of the frames that span it."""

    x0: float
    x1: float
    crossing: frozenset[int] = frozenset()

    @property
    def middle(self) -> float:
        """Where it is cut."""
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0


def clean_gutters(frames: Sequence[Frame]) -> list[Gutter]:
    """Lanes that no frame crosses and that have frames on both sides at the same height, from left to right."""
    ordered = sorted(frames, key=lambda frame: frame.box.x0)
    gutters: list[Gutter] = []
    right = ordered[0].box.x1
    for index in range(1, len(ordered)):
        frame = ordered[index]
        gap = frame.box.x0 - right
        if gap >= _MIN_WIDTH and gap >= _MIN_EMS * min(frame.size, 14.0):
            left_of = [other for other in ordered[:index] if not gutters or other.box.x0 >= gutters[-1].x1]
            if faces(left_of, ordered[index:]) > 0:
                gutters.append(Gutter(right, frame.box.x0))
        right = max(right, frame.box.x1)
    return gutters


def faces(left: Sequence[Frame], right: Sequence[Frame]) -> float:
    """The height, in points, over which both sides hold text."""
    first, second = _intervals(left), _intervals(right)
    total = 0.0
    i = j = 0
    while i < len(first) and j < len(second):
        total += max(0.0, min(first[i][1], second[j][1]) - max(first[i][0], second[j][0]))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return total


def _intervals(frames: Sequence[Frame]) -> list[tuple[float, float]]:
    """The heights that the frames cover, without the white of their first and last lines."""
    result: list[tuple[float, float]] = []
    for y0, y1 in sorted(core(frame) for frame in frames):
        if result and y0 <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], y1))
        else:
            result.append((y0, y1))
    return result


def core(frame: Frame) -> tuple[float, float]:
    """Top and bottom of a frame's letters: the em boxes of its first and last lines hold white."""
    if frame.group:
        return frame.box.y0, frame.box.y1
    inset = min(0.22 * frame.size, 0.3 * frame.box.height)
    return frame.box.y0 + inset, frame.box.y1 - inset


def soft_gutter(frames: Sequence[Frame]) -> Gutter | None:
    """The lane that most text faces from both sides and that the least text spans; None if there is none."""
    best: Gutter | None = None
    best_score = 0.0
    total = sum(_weight(frame) for frame in frames)
    for x0, x1 in _candidates(frames):
        middle = (x0 + x1) / 2
        crossing = frozenset(
            index for index, frame in enumerate(frames) if frame.box.x0 < middle - 0.5 and frame.box.x1 > middle + 0.5
        )
        spanned = sum(_weight(frames[index]) for index in crossing)
        if not crossing or spanned > _MAX_CROSSING * total:
            continue
        left = [frame for index, frame in enumerate(frames) if index not in crossing and frame.box.x1 <= middle + 0.5]
        right = [frame for index, frame in enumerate(frames) if index not in crossing and frame.box.x0 >= middle - 0.5]
        if not left or not right or (facing := faces(left, right)) <= 0:
            continue
        score = facing + 0.4 * (x1 - x0) - 10 * len(crossing)
        if best is None or score > best_score:
            best, best_score = Gutter(x0, x1, crossing), score
    return best


def _weight(frame: Frame) -> float:
    return max(1.0, frame.box.height * min(1.0, frame.box.width / 100))


def _candidates(frames: Sequence[Frame]) -> list[tuple[float, float]]:
    """Lanes between a frame's right edge and the next left edge."""
    lefts = sorted({round(frame.box.x0, 1) for frame in frames})
    rights = sorted({round(frame.box.x1, 1) for frame in frames})
    found = []
    for left in lefts:
        before = [right for right in rights if right <= left - _MIN_WIDTH]
        if before:
            found.append((before[-1], left))
    return found[:_MAX_CANDIDATES]
