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
from masthead.document.text import Font, Glyph, PageText, Shape
from masthead.pdf import plain_calls as calls
from masthead.pdf.page_space import Transform, page_space
from masthead.pdf.shapes import page_shapes
from masthead.pdf.tags import TagReader

_SYMBOLIC = re.compile(r"dingbat|wingding|webding|symbol(?!ism)|marlett|bullets?\b|ornament|fontawesome", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|extrab|ultrab", re.IGNORECASE)
_BOLD_IN_SHORT = re.compile(  # as foundries shorten it, as TeX names it, and Nimbus, whose bold is called medium
    r"[-_](?:Bd|Blk|Hv|Hvy|Sb|Smbd|Xbd)\d?(?=[A-Z]|$)|^(?:CM|SF|EC)[A-Z]{0,3}BX|^Nimbus\w+-Medi(?:Ital)?$"
)
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|consol|cmtt|code", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FLAG_FIXED, _FLAG_ITALIC, _FLAG_BOLD = 1, 1 << 6, 1 << 18
_INVISIBLE_MODES = frozenset({3, 7})
_HYPHENS = frozenset({0x02, 0xFFFE})  # what PDFium says for a hyphen at a line's end
_LAM, _ALEFS = "\u0644", frozenset("\u0622\u0623\u0625\u0627\u0671")  # bare, and with madda, hamza, wasla
_MAX_GLYPHS = 200_000
_LEAST_INK = 1.0  # points: what is smaller is white, or a dot that nobody sees
_MAX_MARKS = 150  # a page; with more of them a whole text has no codes
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


def page_text(page: pypdfium2.PdfPage, number: int, tags: TagReader | None = None) -> PageText:
    """The characters and shapes of a page, which is number `number`, in the order of the content stream.

    With `tags` also the page's part of the structure tree, if it has one.
    """
    width, height = page.get_size()
    transform = page_space(page, width, height)
    text_page = page.get_textpage()
    try:
        marks = tags.marks(page, transform.box) if tags else None
        reader = _GlyphReader(text_page, transform, marks.leaf_of if marks else None)
        glyphs = reader.glyphs(width, height)
    finally:
        text_page.close()
    shapes = (*page_shapes(page, transform, width, height), *reader.marks)
    return PageText(number, width, height, glyphs, tuple(reader.fonts), shapes, marks.tags if marks else None)


def _end_of_run(page: calls.Address, address: int | None, start: int, count: int) -> int:
    """The index after the last character of the text object `address`; objects stand one after the other."""
    object_of = calls.object_of
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
        self.marks: list[Shape] = []  # characters that no code names: nobody can say them, but they may be bullets
        self._text_page = text_page
        self._transform = transform
        self._leaf_of = leaf_of
        self._font_numbers: dict[Font, int] = {}
        self._runs: dict[int, _Run] = {}
        self._fonts: dict[int, int] = {}  # numbers by the address of PDFium's font
        self._page = calls.address_of(text_page.raw)
        self._rectangle = calls.numbers(ctypes.c_float, 4)
        self._ink = calls.each_number(ctypes.c_double, 4)
        self._matrix = calls.numbers(ctypes.c_float, 6)
        self._channels = calls.each_number(ctypes.c_uint, 4)
        self._shares_boxes = False

    def glyphs(self, width: float, height: float) -> tuple[Glyph, ...]:
        """All glyphs on the page; generated spaces and what lies outside the page are left out."""
        count = min(pdfium.FPDFText_CountChars(self._text_page.raw), _MAX_GLYPHS)
        codes = self._codes(count)
        found: list[Glyph] = []
        start = 0
        while start < count:
            address = calls.object_of(self._page, start)
            end = _end_of_run(self._page, address, start, count)
            if address or codes[start] >= 0x20:
                self._append(found, codes, range(start, end), self._run(address, start), (width, height))
            start = end
        return tuple(_without_shared_boxes(found)) if self._shares_boxes else tuple(found)

    def _codes(self, count: int) -> Sequence[int]:
        """The characters' codes: in one call where PDFium's text has one unit a character, else one by one."""
        buffer = (ctypes.c_ushort * (max(0, count) + 1))()
        if pdfium.FPDFText_GetText(self._text_page.raw, 0, count, buffer) == count + 1:
            return list(buffer)
        return [calls.unicode_of(self._page, index) for index in range(count)]

    def _append(
        self,
        found: list[Glyph],
        codes: Sequence[int],
        indexes: Iterable[int],
        run: _Run,
        size: tuple[float, float],
    ) -> None:
        """The glyphs of one text object. This loop runs for every character of an issue: it is written to be quick."""
        page, loose_box = self._page, calls.loose_box
        at, sides = self._rectangle
        a, b, c, d, e, f = self._transform
        upright = not b and not c
        width, height = size
        new = tuple.__new__
        number, font, points, angle, colour, visible, leaf = run
        before = found[-1][1] if found else None
        high = 0
        for index in indexes:
            code = codes[index]
            if code in _HYPHENS and calls.has_no_code(page, index) != 1:
                code = 0x2D
            elif code <= 0x20 and self._says_nothing(code, index, run):
                continue
            if not loose_box(page, index, at):
                continue
            left, top, right, bottom = sides()
            if upright:
                x0, x1, y0, y1 = a * left + e, a * right + e, d * top + f, d * bottom + f
            else:
                x0, x1 = a * left + c * top + e, a * right + c * bottom + e
                y0, y1 = b * left + d * top + f, b * right + d * bottom + f
            if x0 > x1:
                x0, x1 = x1, x0
            if y0 > y1:
                y0, y1 = y1, y0
            if not (x1 > 0 and y1 > 0 and x0 < width and y0 < height):
                continue
            if 0xD800 <= code <= 0xDFFF:
                if code >= 0xDC00 and high:  # a character of two units of UTF-16, such as an emoji
                    found[-1] = found[-1]._replace(text=chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
                    high = 0
                    continue
                high = code if code < 0xDC00 else 0
            box = new(Box, (x0, y0, x1, y1))
            if box == before:
                self._shares_boxes = True
            before = box
            text = chr(code) if code < 0xD800 else _character(code)
            found.append(new(Glyph, (text, box, points, font, number, angle, colour, visible, leaf)))

    def _says_nothing(self, code: int, index: int, run: _Run) -> bool:
        """Whether the character is a space that PDFium made up, or one that no code names.

        What is seen of such a one is kept as the mark that it is to whoever looks at it: most are bullets of a symbol
        font, numbered from one by a layout program. A space has no ink.
        """
        if code == 0x20:
            return bool(calls.is_generated(self._page, index) == 1)
        self._append_mark(index, run)
        return True

    def _append_mark(self, index: int, run: _Run) -> None:
        if not run.visible or run.angle or len(self.marks) >= _MAX_MARKS:
            return
        at, sides = self._ink
        if calls.ink_box(self._page, index, *at):
            left, right, bottom, top = sides()
            box = self._transform.box(left, top, right, bottom)
            if box.width >= _LEAST_INK and box.height >= _LEAST_INK:
                self.marks.append(Shape("mark", box, run.colour))

    def _run(self, address: int | None, index: int) -> _Run:
        run = self._runs.get(address or 0)
        if run is None:
            run = self._describe(address, index, len(self._runs))
            self._runs[address or 0] = run
        return run

    def _describe(self, address: int | None, index: int, number: int) -> _Run:
        page, item = self._page, calls.Address(address)
        at, numbers = self._matrix
        a, b, c, d, _, _ = numbers() if calls.matrix_of(page, index, at) else (0.0,) * 6
        size = calls.font_size_of(page, index) * math.hypot(c, d)
        turn = self._transform
        angle = round(math.degrees(math.atan2(turn.b * a + turn.d * b, turn.a * a + turn.c * b)), 1) + 0.0
        at, numbers = self._channels
        red, green, blue, alpha = numbers() if calls.fill_colour_of(page, index, *at) else (255,) * 4
        return _Run(
            number,
            self._font(item, index),
            round(abs(size), 2),
            angle,
            red << 16 | green << 8 | blue,
            (not address or calls.render_mode(item) not in _INVISIBLE_MODES) and alpha > 0 and abs(size) > 0.5,
            self._leaf_of(address) if self._leaf_of else UNTAGGED,
        )

    def _font(self, item: calls.Address, index: int) -> int:
        """The number of the font in which a text object is set; asked once a font."""
        key = calls.font_of(item) if item else None
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
            bool(_BOLD.search(name) or _BOLD_IN_SHORT.search(name) or flags.value & _FLAG_BOLD),
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
