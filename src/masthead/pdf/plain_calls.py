"""PDFium's functions as they are called for every character and every line of a drawing: without ctypes' conversions.

pypdfium2 declares what each function takes, and ctypes makes and checks an object for each argument of each call; left
out, a call costs half. Arguments must then have their exact C type: `c_void_p`, `byref(…)`, or an `int` for a C int.
PDFium runs for a moment only, so that the interpreter's lock is kept.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Address = ctypes.c_void_p


def _plain(function: object, result: type = ctypes.c_int) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result)(address)


def address_of(pointer: object) -> Address:
    """What a pointer of pypdfium2 points to, as an argument."""
    return ctypes.cast(pointer, ctypes.c_void_p)  # type: ignore[arg-type]


Numbers = Callable[[], list[Any]]
_Kind = type[ctypes.c_float | ctypes.c_double | ctypes.c_int | ctypes.c_uint]


def numbers(kind: _Kind, count: int) -> tuple[object, Numbers]:
    """Room for `count` numbers that a call fills, as its argument, and what reads them all at once."""
    (first, *_), read = each_number(kind, count)
    return first, read


def each_number(kind: _Kind, count: int) -> tuple[list[object], Numbers]:
    """The same for a call that takes each number as an argument of its own."""
    room = (kind * count)()
    places: list[object] = [ctypes.byref(room, ctypes.sizeof(kind) * at) for at in range(count)]
    return places, memoryview(room).cast("B").cast(kind._type_).tolist


# Of a text page and a character's index.
unicode_of = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
has_no_code = _plain(pdfium.FPDFText_HasUnicodeMapError)
is_generated = _plain(pdfium.FPDFText_IsGenerated)
loose_box = _plain(pdfium.FPDFText_GetLooseCharBox)
ink_box = _plain(pdfium.FPDFText_GetCharBox)
object_of = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
matrix_of = _plain(pdfium.FPDFText_GetMatrix)
font_size_of = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double)
fill_colour_of = _plain(pdfium.FPDFText_GetFillColor)

# Of a text object.
render_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode)
font_of = _plain(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)

# Of a page, of an object on it, of a path and of its segments.
page_object = _plain(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
form_object = _plain(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p)
count_form_objects = _plain(pdfium.FPDFFormObj_CountObjects)
object_kind = _plain(pdfium.FPDFPageObj_GetType)
object_bounds = _plain(pdfium.FPDFPageObj_GetBounds)
object_matrix = _plain(pdfium.FPDFPageObj_GetMatrix)
object_fill = _plain(pdfium.FPDFPageObj_GetFillColor)
object_stroke = _plain(pdfium.FPDFPageObj_GetStrokeColor)
draw_mode = _plain(pdfium.FPDFPath_GetDrawMode)
count_segments = _plain(pdfium.FPDFPath_CountSegments)
path_segment = _plain(pdfium.FPDFPath_GetPathSegment, ctypes.c_void_p)
segment_point = _plain(pdfium.FPDFPathSegment_GetPoint)
segment_kind = _plain(pdfium.FPDFPathSegment_GetType)
segment_closes = _plain(pdfium.FPDFPathSegment_GetClose)

# Of what crops an object.
clip_path = _plain(pdfium.FPDFPageObj_GetClipPath, ctypes.c_void_p)
count_clips = _plain(pdfium.FPDFClipPath_CountPaths)
count_clip_segments = _plain(pdfium.FPDFClipPath_CountPathSegments)
clip_segment = _plain(pdfium.FPDFClipPath_GetPathSegment, ctypes.c_void_p)
