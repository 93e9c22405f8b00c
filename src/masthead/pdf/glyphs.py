"""Reads every character of a page with its place, size, font and colour; runs inside the sandboxed process.

What belongs to a whole text object (font, size, colour, angle) is asked once an object: the calls into PDFium are
what this costs.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.geometry import Box
from masthead.document.tags import UNTAGGED
from masthead.document.text import Font, Glyph, PageText
from masthead.pdf.page_space import Transform, page_space
from masthead.pdf.shapes import page_shapes
from masthead.pdf.tags import TagReader

_SYMBOLIC = re.compile(r"dingbat|wingding|webding|symbol(?!ism)|marlett|bullets?\b|ornament|fontawesome", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|extrab|ultrab", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|consol|cmtt|code", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FLAG_FIXED, _FLAG_ITALIC, _FLAG_BOLD = 1, 1 << 6, 1 << 18
_INVISIBLE_MODES = frozenset({3, 7})
_HYPHENS = frozenset({0x02, 0xFFFE})  # what PDFium says for a hyphen at a line's end
_LAM, _ALEFS = "\u0644", frozenset("\u0622\u0623\u0625\u0627\u0671")  # bare, and with madda, hamza, wasla
_MAX_GLYPHS = 200_000
_STRIDE = 16  # characters: how far to look ahead for the end of a text object


class _Run(NamedTuple):
    """What all characters of a text object share."""

    number: int
    font: int
    size: float
    angle: float
    colour: int
    visible: bool
    leaf: int


def page_text(document: pypdfium2.PdfDocument, number: int, tags: TagReader | None = None) -> PageText:
    """The characters and shapes of page `number` (1-based), in the order of the content stream.

    With `tags` also the page's part of the structure tree, if it has one.
    """
    page = document[number - 1]
    try:
        width, height = page.get_size()
        transform = page_space(page, width, height)
        text_page = page.get_textpage()
        try:
            marks = tags.marks(page, transform.box) if tags else None
            reader = _GlyphReader(text_page, transform, marks.leaf_of if marks else None)
            glyphs = reader.glyphs(width, height)
        finally:
            text_page.close()
        shapes = page_shapes(page, transform, width, height)
        return PageText(number, width, height, glyphs, tuple(reader.fonts), shapes, marks.tags if marks else None)
    finally:
        page.close()


class _Calls(NamedTuple):
    """The calls made for every character, with plain addresses as arguments: half the cost of typed pointers."""

    page: int
    unicode_of: Callable[[int, int], int]
    is_generated: Callable[[int, int], int]
    loose_box: Callable[[int, int, object], int]
    object_of: Callable[[int, int], int | None]

    @classmethod
    def of(cls, text_page: pypdfium2.PdfTextPage) -> _Calls:
        """The calls for this text page; valid while it is open."""
        address = ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0
        handle, number = ctypes.c_void_p, ctypes.c_int
        return cls(
            address,
            ctypes.PYFUNCTYPE(ctypes.c_uint, handle, number)(_address_of(pdfium.FPDFText_GetUnicode)),
            ctypes.PYFUNCTYPE(number, handle, number)(_address_of(pdfium.FPDFText_IsGenerated)),
            ctypes.PYFUNCTYPE(number, handle, number, handle)(_address_of(pdfium.FPDFText_GetLooseCharBox)),
            ctypes.PYFUNCTYPE(handle, handle, number)(_address_of(pdfium.FPDFText_GetTextObject)),
        )


def _address_of(function: object) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _end_of_run(calls: _Calls, address: int | None, start: int, count: int) -> int:
    """The index after the last character of the text object `address`; objects stand one after the other."""
    page, object_of = calls.page, calls.object_of
    end = start + 1
    while address and end < count:  # a character that PDFium made up has no object
        probe = min(end + _STRIDE, count) - 1
        if object_of(page, probe) == address:
            end = probe + 1
            continue
        while end < probe and object_of(page, end) == address:
            end += 1
        break
    return end


class _GlyphReader:
    """Walks over a text page."""

    def __init__(
        self, text_page: pypdfium2.PdfTextPage, transform: Transform, leaf_of: Callable[[int | None], int] | None
    ) -> None:
        self.fonts: list[Font] = []
        self._text_page = text_page
        self._transform = transform
        self._leaf_of = leaf_of
        self._font_numbers: dict[Font, int] = {}
        self._runs: dict[int, _Run] = {}
        self._fonts: dict[int, int] = {}  # numbers by the address of PDFium's font
        self._rectangle = pdfium.FS_RECTF()

    def glyphs(self, width: float, height: float) -> tuple[Glyph, ...]:
        """All glyphs on the page; generated spaces and what lies outside the page are left out."""
        count = min(pdfium.FPDFText_CountChars(self._text_page.raw), _MAX_GLYPHS)
        calls = _Calls.of(self._text_page)
        codes = self._codes(calls, count)
        found: list[Glyph] = []
        start = 0
        while start < count:
            address = calls.object_of(calls.page, start)
            end = _end_of_run(calls, address, start, count)
            self._append(found, calls, codes, range(start, end), self._run(address, start))
            start = end
        inside = [
            glyph
            for glyph in found
            if glyph[1][2] > 0 and glyph[1][3] > 0 and glyph[1][0] < width and glyph[1][1] < height
        ]
        return tuple(_without_shared_boxes(inside))

    def _codes(self, calls: _Calls, count: int) -> Sequence[int]:
        """The characters' codes: in one call where PDFium's text has one unit a character, else one by one."""
        buffer = (ctypes.c_ushort * (max(0, count) + 1))()
        if pdfium.FPDFText_GetText(self._text_page.raw, 0, count, buffer) == count + 1:
            return list(buffer)
        return [calls.unicode_of(calls.page, index) for index in range(count)]

    def _append(
        self, found: list[Glyph], calls: _Calls, codes: Sequence[int], indexes: Iterable[int], run: _Run
    ) -> None:
        """The glyphs of one text object. This loop runs for every character of an issue: it is written to be quick."""
        page, loose_box, is_generated = calls.page, calls.loose_box, calls.is_generated
        rectangle = self._rectangle
        at = ctypes.byref(rectangle)
        a, b, c, d, e, f = self._transform
        new = tuple.__new__
        number, font, size, angle, colour, visible, leaf = run
        high = 0
        for index in indexes:
            code = codes[index]
            if code in _HYPHENS:
                code = 0x2D
            elif code < 0x20 or (code == 0x20 and is_generated(page, index) == 1):
                continue
            if not loose_box(page, index, at):
                continue
            left, top, right, bottom = rectangle.left, rectangle.top, rectangle.right, rectangle.bottom
            x0, x1 = a * left + c * top + e, a * right + c * bottom + e
            y0, y1 = b * left + d * top + f, b * right + d * bottom + f
            box = new(Box, (x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x0 < x1 else x0, y1 if y0 < y1 else y0))
            if 0xD800 <= code <= 0xDFFF:
                if code >= 0xDC00 and high:  # a character of two units of UTF-16, such as an emoji
                    found[-1] = found[-1]._replace(text=chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
                    high = 0
                    continue
                high = code if code < 0xDC00 else 0
            text = chr(code) if code < 0xD800 else _character(code)
            found.append(new(Glyph, (text, box, size, font, number, angle, colour, visible, leaf)))

    def _run(self, address: int | None, index: int) -> _Run:
        run = self._runs.get(address or 0)
        if run is None:
            run = self._describe(address, index, len(self._runs))
            self._runs[address or 0] = run
        return run

    def _describe(self, address: int | None, index: int, number: int) -> _Run:
        raw = self._text_page.raw
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        turn = self._transform
        across = turn.a * matrix.a + turn.c * matrix.b, turn.b * matrix.a + turn.d * matrix.b
        angle = round(math.degrees(math.atan2(across[1], across[0])), 1) + 0.0
        red, green, blue, alpha = (ctypes.c_uint(255) for _ in range(4))
        pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)) if address else 0
        return _Run(
            number,
            self._font(address, index),
            round(abs(size), 2),
            angle,
            red.value << 16 | green.value << 8 | blue.value,
            mode not in _INVISIBLE_MODES and alpha.value > 0 and abs(size) > 0.5,
            self._leaf_of(address) if self._leaf_of else UNTAGGED,
        )

    def _font(self, address: int | None, index: int) -> int:
        """The number of the font in which a text object is set; asked once a font."""
        handle = pdfium.FPDFTextObj_GetFont(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)) if address else None
        key = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if key is None:
            return self._font_at(index)
        number = self._fonts.get(key)
        if number is None:
            number = self._fonts[key] = self._font_at(index)
        return number

    def _font_at(self, index: int) -> int:
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._text_page.raw, index, None, 0, flags)
        buffer = ctypes.create_string_buffer(max(1, length))
        pdfium.FPDFText_GetFontInfo(self._text_page.raw, index, buffer, length, flags)
        name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
        font = Font(
            name,
            bool(_BOLD.search(name) or flags.value & _FLAG_BOLD),
            bool(_ITALIC.search(name) or flags.value & _FLAG_ITALIC),
            bool(_SYMBOLIC.search(name)),
            bool(_MONO.search(name) or flags.value & _FLAG_FIXED),
        )
        number = self._font_numbers.get(font)
        if number is None:
            number = self._font_numbers[font] = len(self.fonts)
            self.fonts.append(font)
        return number


def _without_shared_boxes(glyphs: list[Glyph]) -> list[Glyph]:
    """A ligature's letters all come with the ligature's box: each gets its part, in order along the line.

    Lam and alef are read from the right in every Arabic script, whichever of them PDFium names first.
    """
    result = list(glyphs)
    start = 0
    for index in range(1, len(glyphs) + 1):
        first = glyphs[start]
        if index < len(glyphs) and glyphs[index].box == first.box and glyphs[index].run == first.run:
            continue
        count = index - start
        if 1 < count <= 4 and first.box.area:
            turned = count == 2 and first.text == _LAM and glyphs[start + 1].text in _ALEFS
            for part in range(count):
                place = count - 1 - part if turned else part
                result[start + part] = glyphs[start + part]._replace(box=_part(first, place, count))
        start = index
    return result


def _part(glyph: Glyph, part: int, count: int) -> Box:
    x0, y0, x1, y1 = glyph.box
    if abs(abs(glyph.angle) - 90) < 30:
        step = (y1 - y0) / count
        at = part if glyph.angle > 0 else count - 1 - part
        return Box(x0, y0 + at * step, x1, y0 + (at + 1) * step)
    step = (x1 - x0) / count
    return Box(x0 + part * step, y0, x0 + (part + 1) * step, y1)


def _character(code: int) -> str:
    """The character; lone surrogates, which no UTF-8 can hold, become the replacement character."""
    return chr(code) if not 0xD800 <= code <= 0xDFFF and code <= 0x10FFFF else "\ufffd"
