"""What is to be seen of a picture: designers crop by a frame, the PDF then holds more than the page shows."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

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


def seen(item: object, bounds: Bounds) -> Bounds:
    """The bounds of an object inside all frames that crop it (ISO 32000-1, 8.5.4)."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    if not clip:
        return bounds
    for number in range(min(_MOST_PATHS, max(0, pdfium.FPDFClipPath_CountPaths(clip)))):
        frame = _frame(clip, number)
        if frame is not None:
            bounds = bounds.within(frame)
    return bounds


def _frame(clip: object, number: int) -> Bounds | None:
    """The rectangle round a path; of a curve its control points count, so that it may be a little large."""
    across, up = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
    if not 0 < count <= _MOST_SEGMENTS:
        return None
    for index in range(count):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, index)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, across, up):
            xs.append(across.value)
            ys.append(up.value)
    return Bounds(min(xs), min(ys), max(xs), max(ys)) if xs else None
