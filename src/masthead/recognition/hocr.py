"""Reads hOCR, the HTML in which Tesseract says what it read: blocks, lines and words with their places in pixels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from masthead.document.geometry import Box

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_LYING = 2.0  # times as wide as high: no line that stands on its side is
_PROPERTY = re.compile(r"\s*(\w+)\s+([^;]*)")


@dataclass(slots=True)
class ReadWord:
    """A word as it was read; its box holds its ink, in pixels."""

    text: str
    box: Box
    confidence: float  # 0 to 1


@dataclass(slots=True)
class ReadLine:
    """A line as it was read, in pixels."""

    box: Box
    angle: float  # degrees clockwise: 0, 90, 180 or 270
    size: float  # from the ascenders' top to the descenders' foot
    descent: float  # from the base line to the descenders' foot
    slope: float  # of the base line, which passes `offset` above or below the lower left corner of the box
    offset: float
    block: int  # lines that Tesseract took for one block have the same number
    words: list[ReadWord] = field(default_factory=list)


def read_hocr(text: str) -> list[ReadLine]:
    """The lines that hold words, in Tesseract's order; what is malformed is left out."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [line for line in reader.lines if line.words]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[ReadLine] = []
        self._block = 0
        self._word: ReadWord | None = None
        self._depth = 0  # of elements inside the word

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        kind, title = values.get("class") or "", values.get("title") or ""
        if self._word is not None:
            self._depth += 1
        elif kind == "ocr_carea":
            self._block += 1
        elif kind in _LINES:
            self._begin_line(title)
        elif kind == "ocrx_word" and self.lines:
            facts = _facts(title)
            box = _box(facts)
            if box is not None:
                self._word = ReadWord("", box, min(1.0, max(0.0, _numbers(facts, "x_wconf", 1, 0.0)[0] / 100)))
                self._depth = 0

    def handle_endtag(self, tag: str) -> None:
        if self._word is None:
            return
        if self._depth:
            self._depth -= 1
            return
        self._word.text = self._word.text.strip()
        if self._word.text:
            self.lines[-1].words.append(self._word)
        self._word = None

    def handle_data(self, data: str) -> None:
        if self._word is not None:
            self._word.text += data

    def _begin_line(self, title: str) -> None:
        facts = _facts(title)
        box = _box(facts) or Box(0.0, 0.0, 0.0, 0.0)
        turned = _numbers(facts, "textangle", 1, 0.0)[0]  # counter-clockwise
        slope, offset = _numbers(facts, "baseline", 2, 0.0)
        size = _numbers(facts, "x_size", 1, box.height)[0]
        descent = _numbers(facts, "x_descenders", 1, 0.0)[0]
        angle = round(-turned / 90) % 4 * 90.0
        if angle in (90, 270) and box.width > _LYING * box.height:
            angle = 0.0  # where Tesseract took a whole page for turned that is not
        if not angle and "baseline" not in facts:
            offset = -descent
        self.lines.append(ReadLine(box, angle, size, descent, slope, offset, self._block))


def _facts(title: str) -> dict[str, str]:
    return {match[1]: match[2] for match in map(_PROPERTY.match, title.split(";")) if match}


def _numbers(facts: dict[str, str], name: str, count: int, default: float) -> list[float]:
    try:
        numbers = [float(part) for part in facts.get(name, "").split()]
    except ValueError:
        numbers = []
    return numbers[:count] if len(numbers) >= count else [default] * count


def _box(facts: dict[str, str]) -> Box | None:
    x0, y0, x1, y1 = _numbers(facts, "bbox", 4, 0.0)
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
