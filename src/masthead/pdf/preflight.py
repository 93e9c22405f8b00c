"""Looks at a PDF before it is converted, in the sandboxed process: is there text, are its fonts in the file?"""

from __future__ import annotations

from typing import Any

import pikepdf
import pypdfium2

from masthead.pdf.opening import OpenedPdf
from masthead.pdf.report import clean

_LOOKED_AT = 12  # pages, spread over the document: enough to tell a scan from a set page
_FONT_PAGES = 200  # pages whose fonts are looked at
_NAMED = 12  # fonts that are named
_FEW = 20  # characters: a page number alone is no text
# A viewer has these 14 itself (ISO 32000-1, 9.6.2.2): that they are not in the file shows nowhere.
_STANDARD = frozenset(
    f"{family}{style}"
    for family, styles in {
        "Helvetica": ("", "-Bold", "-Oblique", "-BoldOblique"),
        "Times": ("-Roman", "-Bold", "-Italic", "-BoldItalic"),
        "Courier": ("", "-Bold", "-Oblique", "-BoldOblique"),
        "Symbol": ("",),
        "ZapfDingbats": ("",),
    }.items()
    for style in styles
)


def survey(opened: OpenedPdf) -> dict[str, Any]:
    """`looked_at` pages of which `with_text` have words, and the names of `fonts_missing` from the file."""
    count = len(opened.document)
    step = max(1, count // _LOOKED_AT)
    numbers = list(range(0, count, step))[:_LOOKED_AT]
    return {
        "looked_at": len(numbers),
        "with_text": sum(_has_text(opened.document, number) for number in numbers),
        "fonts_missing": _fonts_missing(opened),
    }


def _has_text(document: pypdfium2.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return False
    try:
        text = page.get_textpage()
        try:
            return int(text.count_chars()) > _FEW
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()


def _fonts_missing(opened: OpenedPdf) -> list[str]:
    """Names of fonts that pages use and the file does not hold; none where the structure cannot be read."""
    names: set[str] = set()
    try:
        with opened.structure() as pdf:
            for page in list(pdf.pages)[:_FONT_PAGES]:
                fonts = page.resources.get("/Font", pikepdf.Dictionary())
                for key in list(fonts.keys()):
                    font = fonts[key]
                    if isinstance(font, pikepdf.Dictionary) and not _is_in_file(font):
                        names.add(clean(str(font.get("/BaseFont", "")).lstrip("/")))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return []
    return sorted(name for name in names if name and name not in _STANDARD)[:_NAMED]


def _is_in_file(font: pikepdf.Dictionary) -> bool:
    if str(font.get("/Subtype", "")) == "/Type3":
        return True  # its signs are drawings in the file
    below = font.get("/DescendantFonts")
    if isinstance(below, pikepdf.Array) and len(below):
        first = below[0]
        return not isinstance(first, pikepdf.Dictionary) or _is_in_file(first)
    description = font.get("/FontDescriptor", pikepdf.Dictionary())
    return any(key in description for key in ("/FontFile", "/FontFile2", "/FontFile3"))
