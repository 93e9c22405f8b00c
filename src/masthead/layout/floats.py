"""Pull quotes and the like that are set over a gutter, with the columns running round them, are lifted out.

They would part the page into bands, though the columns beside them plainly run on. They are put back behind the
text that stands to their left (Meunier 2005 calls them the noise of the cut).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from masthead.document.geometry import Box, union_of
from masthead.layout.frames import Frame

_MAX_LINES = 9
_MAX_LIGHT = 5  # lines
_BESIDE = 5.0  # ems: how near the columns run past it
_AWAY = 20.0  # ems: how near, above or below, the columns must stand whose gutter it covers
_SHARE = 0.12  # of its width that must lie over each of the two columns
_OTHER_SIZE = 1.12


def lifted(frames: Sequence[Frame], body_size: float) -> tuple[list[Frame], list[Frame]]:
    """The frames that stay, and those to be put back later."""
    floats = [frame for frame in frames if _is_float(frame, frames, body_size)]
    chosen = {id(frame) for frame in floats}
    return [frame for frame in frames if id(frame) not in chosen], floats


def put_back(order: Sequence[Frame], floats: Sequence[Frame]) -> list[Frame]:
    """The order with each float behind the text on its left."""
    result = list(order)
    for frame in sorted(floats, key=lambda frame: frame.box.y0):
        left = [other for other in result if _shared_height(frame, other) > 0 and other.box.x0 < frame.box.x0]
        at = max((result.index(other) for other in left), default=len(result) - 1)
        result.insert(at + 1, frame)
    return result


def is_light(frame: Frame, body_size: float) -> bool:
    """Whether a frame is short and not set as the running text is."""
    return len(frame.lines) <= _MAX_LIGHT and not 1 / _OTHER_SIZE < frame.size / body_size < _OTHER_SIZE


def _is_float(frame: Frame, frames: Sequence[Frame], body_size: float) -> bool:
    if len(frame.lines) > _MAX_LINES and not frame.group:
        return False
    if not frame.group and 1 / _OTHER_SIZE < frame.size / body_size < _OTHER_SIZE:
        return False
    return _is_flanked(frame, frames, body_size) and _covers_gutter(frame, frames, body_size)


def _is_flanked(frame: Frame, frames: Sequence[Frame], body_size: float) -> bool:
    """Whether running text passes it on both sides."""
    near = _BESIDE * body_size
    beside = [part for other in frames if other is not frame and (part := _part_beside(frame, other)) is not None]
    left = any(-1 < frame.box.x0 - box.x1 < near for box in beside)
    right = any(-1 < box.x0 - frame.box.x1 < near for box in beside)
    return left and right


def _part_beside(frame: Frame, other: Frame) -> Box | None:
    """The box of the other frame's lines on the height of this one; None if they are too few.

    The lines that a pull quote narrows on one side often make one frame with those above or below them.
    """
    if len(other.lines) < 2 or _shared_height(frame, other) <= 0:
        return None
    boxes = [line.box for line in other.lines]
    if not other.group and abs(union_of(boxes).y0 - other.box.y0) < 1:  # else the page is read in another direction
        boxes = [box for box in boxes if frame.box.y0 < (box.y0 + box.y1) / 2 < frame.box.y1]
        return union_of(boxes) if len(boxes) >= 2 else None
    return other.box if _shared_height(frame, other) > 0.5 * min(frame.box.height, other.box.height) else None


def _covers_gutter(frame: Frame, frames: Sequence[Frame], body_size: float) -> bool:
    """Whether two columns stand above it, or below it, with their gutter behind it."""
    reach = _AWAY * body_size
    for above in (True, False):
        near = [
            other
            for other in frames
            if other is not frame
            and len(other.lines) >= 2
            and -body_size < (frame.box.y0 - other.box.y1 if above else other.box.y0 - frame.box.y1) < reach
            and min(frame.box.x1, other.box.x1) - max(frame.box.x0, other.box.x0) > _SHARE * frame.box.width
        ]
        near.sort(key=lambda other: other.box.x0)
        if any(first.box.x1 <= second.box.x0 + 1 for first, second in itertools.pairwise(near)):
            return True
    return False


def _shared_height(first: Frame, second: Frame) -> float:
    return min(first.box.y1, second.box.y1) - max(first.box.y0, second.box.y0)
