"""Draws pages, or parts of them, as raw pixels; runs inside the sandboxed process."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.geometry import Box
from masthead.pdf.opening import OpenedPdf

_MAX_SIDE = 16383  # pixels: what WebP can hold
_MAX_PIXELS = 40_000_000


class Raster(NamedTuple):
    """Pixels as PDFium wrote them: `mode` is a raw mode of Pillow, `stride` the bytes of a row."""

    width: int
    height: int
    stride: int
    mode: str
    data: bytes


class PageTooLargeError(ValueError):
    """The picture asked for would have more pixels than any screen needs."""


def render(opened: OpenedPdf, number: int, width_px: float, clip: Box | None = None, *, grey: bool = False) -> Raster:
    """The page drawn on white, `width_px` pixels wide after crop and rotation, form fields and annotations included.

    With `clip` (points) only that part is drawn, at the scale at which the whole page were `width_px` wide: memory
    is that of the part; with `grey` a pixel is one byte. Raises ValueError for sizes out of bounds, PdfiumError if
    the page cannot be loaded.
    """
    with opened.page(number) as page:
        page_width, page_height = page.get_size()
        scale = width_px / page_width
        area = clip or Box(0.0, 0.0, page_width, page_height)
        left, top = round(area.x0 * scale), round(area.y0 * scale)
        width = max(1, round(area.x1 * scale) - left)
        height = max(1, round(area.y1 * scale) - top)
        if max(width, height) > _MAX_SIDE or width * height > _MAX_PIXELS:
            raise PageTooLargeError(f"{width} x {height} pixels")
        whole = (max(1, round(page_width * scale)), max(1, round(page_height * scale)))
        return _draw(opened.document, page, (-left, -top, *whole), width, height, grey=grey)


def _draw(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    placed: tuple[int, int, int, int],
    width: int,
    height: int,
    *,
    grey: bool,
) -> Raster:
    """Draw the page placed at (x, y, width, height) onto a bitmap of `width` by `height` pixels."""
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray if grey else pdfium.FPDFBitmap_BGRx)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = pdfium.FPDF_ANNOT | (pdfium.FPDF_GRAYSCALE if grey else 0)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, *placed, 0, flags)
        if document.formenv:
            pdfium.FPDF_FFLDraw(document.formenv, bitmap, page, *placed, 0, flags)
        data = ctypes.string_at(bitmap.buffer, bitmap.stride * height)
        return Raster(width, height, bitmap.stride, "L" if grey else "BGRX", data)
    finally:
        bitmap.close()
