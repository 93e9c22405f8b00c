"""Tells pages that draw type and plain areas alone from those with pictures or shadings; in the sandboxed process."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.pdf import plain_calls as calls

_MAX_OBJECTS = 6000  # a page: with more it is a map or a drawing
_MAX_DEPTH = 4  # of forms within forms
_TONED = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING})


def is_flat(page: pypdfium2.PdfPage) -> bool:
    """Whether the page holds no picture and no shading, in its forms neither; False where that takes too long."""
    raw = page.raw
    left = _look(calls.page_object, calls.address_of(raw), pdfium.FPDFPage_CountObjects(raw), _MAX_OBJECTS, 0)
    return left >= 0


def _look(ask: Callable[..., int | None], parent: calls.Address, count: int, left: int, depth: int) -> int:
    """How many objects may still be looked at; negative once the page is not flat."""
    if depth > _MAX_DEPTH or count > left:
        return -1
    left -= count
    for index in range(count):
        item = calls.Address(ask(parent, index))
        kind = calls.object_kind(item)
        if kind in _TONED:
            return -1
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            left = _look(calls.form_object, item, calls.count_form_objects(item), left, depth + 1)
        if left < 0:
            return -1
    return left
