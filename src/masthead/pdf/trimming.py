"""Finds the finished page on a sheet that still has bleed and printer's marks around it; inside the sandboxed process.

A file made for the press says where the page is cut: its TrimBox (ISO 32000-1, 14.11.2). What lies outside - bleed,
crop marks, colour bars, the slug with the file's name - is not for readers.
"""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf

from masthead.document.geometry import Box

_LEAST = 2.0  # points: less is rounding
_SMALLEST_SHARE = 0.5  # of the sheet's area: a smaller box was not meant as the finished page


def trim_window(page: pikepdf.Page, rotation: int, width: float, height: float) -> Box | None:
    """The finished page on its sheet, in points from the top left after crop and rotation.

    None if the sheet is the page: no TrimBox, one that is as large as the sheet, or one that makes no sense.
    `width` and `height` are those of the sheet as it is shown.
    """
    if "/TrimBox" not in page.obj:
        return None
    trim, sheet = _box(page.trimbox), _box(page.cropbox)
    if trim is None or sheet is None:
        return None
    shown = (sheet.height, sheet.width) if rotation in (90, 270) else (sheet.width, sheet.height)
    if abs(shown[0] - width) > 1 or abs(shown[1] - height) > 1:
        return None  # another unit or a box beyond the medium: better no cut than a wrong one
    cut = _turned(_from_top_left(trim, sheet), sheet, rotation)
    window = Box(max(0.0, cut.x0), max(0.0, cut.y0), min(width, cut.x1), min(height, cut.y1))
    if window.width * window.height < _SMALLEST_SHARE * width * height or min(window.width, window.height) <= 0:
        return None
    margins = (window.x0, window.y0, width - window.x1, height - window.y1)
    return window.rounded() if max(margins) > _LEAST else None


def _box(values: Iterable[object]) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(str(value)) for value in values)
    except ValueError:
        return None
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _from_top_left(box: Box, sheet: Box) -> Box:
    """PDF's coordinates run upwards from the bottom; ours downwards from the top left of the sheet."""
    return Box(box.x0 - sheet.x0, sheet.y1 - box.y1, box.x1 - sheet.x0, sheet.y1 - box.y0)


def _turned(box: Box, sheet: Box, rotation: int) -> Box:
    """The box on the sheet after it was turned clockwise."""
    x0, y0, x1, y1 = box
    if rotation == 90:
        return Box(sheet.height - y1, x0, sheet.height - y0, x1)
    if rotation == 180:
        return Box(sheet.width - x1, sheet.height - y1, sheet.width - x0, sheet.height - y0)
    if rotation == 270:
        return Box(y0, sheet.width - x1, y1, sheet.width - x0)
    return box
