"""What is to be seen of a picture: designers crop by a frame, the PDF then holds more than the page shows."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

from masthead.pdf import plain_calls as calls

_MOST_PATHS = 20  # more frames inside each other than any program writes
_MOST_SEGMENTS = 500


class Bounds(NamedTuple):
    """A rectangle in PDF user space: points, origin bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Bounds) -> Bounds:
        """The part inside `other`; empty (left = right or bottom = top) where there is none."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Bounds(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))


def seen(item: calls.Address, bounds: Bounds) -> Bounds:
    """The bounds of an object inside all frames that crop it (ISO 32000-1, 8.5.4)."""
    clip = calls.Address(calls.clip_path(item))
    if not clip:
        return bounds
    for number in range(min(_MOST_PATHS, calls.count_clips(clip))):
        frame = _frame(clip, number)
        if frame is not None:
            bounds = bounds.within(frame)
    return bounds


def _frame(clip: calls.Address, number: int) -> Bounds | None:
    """The rectangle round a path; of a curve its control points count, so that it may be a little large."""
    places, numbers = calls.each_number(ctypes.c_float, 2)
    xs: list[float] = []
    ys: list[float] = []
    count = calls.count_clip_segments(clip, number)
    if not 0 < count <= _MOST_SEGMENTS:
        return None
    for index in range(count):
        segment = calls.Address(calls.clip_segment(clip, number, index))
        if segment and calls.segment_point(segment, *places):
            x, y = numbers()
            xs.append(x)
            ys.append(y)
    return Bounds(min(xs), min(ys), max(xs), max(ys)) if xs else None
