"""Reads the link annotations of a page; dangerous addresses die here. Runs inside the sandboxed process."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.addresses import safe_address
from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.pdf.opening import OpenedPdf

_MAX_LINKS = 2000  # on one page
_GRID = 1000  # PDFium maps to whole device units; this many a point


def page_links(opened: OpenedPdf, number: int) -> tuple[Link, ...]:
    """The page's live areas: web, mail and phone addresses and pages of the same document, in the file's order."""
    with opened.page(number) as page:
        found = []
        for link in _annotations(page):
            box = _box(page, link)
            target = _target(opened.document, link) if box is not None else None
            if box is not None and target is not None:
                kind, address = target
                found.append(Link(number, box, kind, address, "annotation"))
        return tuple(found)


def _annotations(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_LINK]:
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        yield link


def _box(page: pypdfium2.PdfPage, link: pdfium.FPDF_LINK) -> Box | None:
    """The link's rectangle in page space after crop and rotation; None if it lies outside the page."""
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFLink_GetAnnotRect(link, rectangle):
        return None
    width, height = page.get_size()
    corners = [
        _to_page(page, width, height, x, y)
        for x, y in ((rectangle.left, rectangle.top), (rectangle.right, rectangle.bottom))
    ]
    (ax, ay), (bx, by) = corners
    box = Box(max(0.0, min(ax, bx)), max(0.0, min(ay, by)), min(width, max(ax, bx)), min(height, max(ay, by)))
    return box.rounded() if box.width > 1 and box.height > 1 else None


def _to_page(page: pypdfium2.PdfPage, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    size = round(width * _GRID), round(height * _GRID)
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / _GRID, down.value / _GRID


def _target(document: pypdfium2.PdfDocument, link: pdfium.FPDF_LINK) -> tuple[LinkKind, str] | None:
    destination = pdfium.FPDFLink_GetDest(document, link)
    if destination:
        return _page_target(document, destination)
    action = pdfium.FPDFLink_GetAction(link)
    if not action:
        return None
    kind = pdfium.FPDFAction_GetType(action)
    if kind == pdfium.PDFACTION_GOTO:
        return _page_target(document, pdfium.FPDFAction_GetDest(document, action))
    if kind == pdfium.PDFACTION_URI:
        return _address_target(_uri(document, action))
    return None  # scripts, programs, other files, forms: never


def _page_target(document: pypdfium2.PdfDocument, destination: object) -> tuple[LinkKind, str] | None:
    if not destination:
        return None
    index = pdfium.FPDFDest_GetDestPageIndex(document, destination)
    return (LinkKind.PAGE, str(index + 1)) if 0 <= index < len(document) else None


def _uri(document: pypdfium2.PdfDocument, action: pdfium.FPDF_ACTION) -> str:
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.raw[: max(0, length - 1)].decode("utf-8", "replace")


def _address_target(address: str) -> tuple[LinkKind, str] | None:
    safe = safe_address(address)
    if safe is None:
        return None
    if safe.startswith("mailto:"):
        return LinkKind.MAIL, safe
    return (LinkKind.PHONE if safe.startswith("tel:") else LinkKind.WEB), safe
