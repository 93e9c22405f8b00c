"""From PDF user space to page space: points, origin top left, after crop and rotation."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.geometry import Box

_GRID = 1000  # PDFium maps to whole device units; this many a point


class Transform(NamedTuple):
    """An affine map (x, y) -> (a x + c y + e, b x + d y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point after the map."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box around a rectangle after the map, to hundredths of a point."""
        if not self.b and not self.c:  # nearly always: the page is not turned
            x0, x1, y0, y1 = self.a * x0 + self.e, self.a * x1 + self.e, self.d * y0 + self.f, self.d * y1 + self.f
            return Box(
                round(x0 if x0 < x1 else x1, 2),
                round(y0 if y0 < y1 else y1, 2),
                round(x1 if x0 < x1 else x0, 2),
                round(y1 if y0 < y1 else y0, 2),
            )
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(round(min(across), 2), round(min(down), 2), round(max(across), 2), round(max(down), 2))

    def after(self, first: Transform) -> Transform:
        """The map that does `first` and then this one."""
        x, y = self.point(first.e, first.f)
        return Transform(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            x,
            y,
        )


def page_space(page: pypdfium2.PdfPage, width: float, height: float) -> Transform:
    """Found by asking PDFium where three points go: crop box and rotation are then its business."""

    def mapped(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = round(width * _GRID), round(height * _GRID)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value / _GRID, down.value / _GRID

    (ox, oy), (ux, uy), (vx, vy) = mapped(0, 0), mapped(1000, 0), mapped(0, 1000)
    return Transform((ux - ox) / 1000, (uy - oy) / 1000, (vx - ox) / 1000, (vy - oy) / 1000, ox, oy)
