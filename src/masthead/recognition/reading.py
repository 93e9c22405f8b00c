"""Reads a page in its picture: asks Tesseract, turns the picture where it stands upside down, keeps what is writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from masthead.document.geometry import Box
from masthead.document.text import Font, Line, PageLines
from masthead.layout.recognised import evened
from masthead.recognition.cleaning import cleaned, sureness
from masthead.recognition.engine import Engine
from masthead.recognition.hocr import ReadLine, read_hocr
from masthead.recognition.lines import page_lines_of
from masthead.recognition.need import Need

_POINTS = 72  # an inch
_WEAK, _STRONG = 0.55, 0.75  # mean confidence below which a page may stand on its head, and above which it does not
_FEW = 600  # letters; with more, Tesseract tells by itself which way up a page is
_HELD = 0.3  # share of the page's own letters that must be read again for rubbish to be given up

FONT = Font("", bold=False, italic=False, symbolic=False, monospace=False)
"""Tesseract does not say in which type the words are set."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How pages of one document are read."""

    engine: Engine
    languages: tuple[str, ...]  # Tesseract's names
    seconds: float  # for one page
    memory_mb: int

    def read(self, scan: bytes, scale: float) -> list[ReadLine]:
        """The writing in the picture (PGM, `scale` pixels a point); raises one of the documented errors."""
        lines = self._ask(scan, scale)
        letters = sum(len(word.text) for line in lines for word in line.words)
        if 0 < letters < _FEW and sureness(lines) < _WEAK:
            other = self._ask(_upside_down(scan), scale)
            if sureness(other) > _STRONG:
                width, height = _size(scan)
                lines = [_turned(line, width, height) for line in other]
        return cleaned(lines, scale)

    def script(self, scan: bytes, scale: float) -> str:
        """The script of the page as Tesseract calls it; "" where it cannot be told."""
        return self.engine.script(scan, dots=round(scale * _POINTS), seconds=self.seconds, memory_mb=self.memory_mb)

    def _ask(self, scan: bytes, scale: float) -> list[ReadLine]:
        answer = self.engine.read(
            scan, self.languages, dots=round(scale * _POINTS), seconds=self.seconds, memory_mb=self.memory_mb
        )
        return read_hocr(answer)


def with_reading(page: PageLines, read: Sequence[ReadLine], scale: float, need: Need) -> PageLines:
    """The page with what was read in its picture, and why.

    Rubbish is replaced, unless hardly anything could be read; words that the page has are kept, and what was read on
    the same place is not added.
    """
    lines = page_lines_of(read, scale, len(page.fonts))
    own = list(page.lines)
    if need.replaces:
        if _letters(lines) < _HELD * _letters(own):
            return page
        own = []
    added = [line for line in lines if not any(_is_same_place(line.box, other.box) for other in own)]
    if not added:
        return page
    warnings = page.warnings if not need.replaces else ()
    return replace(
        page,
        lines=(*own, *evened(added)),
        fonts=(*page.fonts, FONT),
        recognised=page.recognised or not own,
        warnings=warnings,
        tags=None if need.replaces else page.tags,
        recognition=need.reason,
    )


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(word.text) for line in lines for word in line.words)


def _is_same_place(box: Box, other: Box) -> bool:
    return box.overlap(other) > 0.3 * min(box.area, other.area)


def _header_end(scan: bytes) -> int:
    """Where the pixels of a PGM begin: after three fields, each ended by one white space, and the mark before them."""
    at = 0
    for _ in range(4):
        while not scan[at : at + 1].isspace():
            at += 1
        at += 1
    return at


def _size(scan: bytes) -> tuple[int, int]:
    _, width, height, _ = scan[: _header_end(scan)].split()
    return int(width), int(height)


def _upside_down(scan: bytes) -> bytes:
    start = _header_end(scan)
    return scan[:start] + scan[start:][::-1]


def _turned(line: ReadLine, width: int, height: int) -> ReadLine:
    """The line where it stands on the page that was turned by half."""

    def turned(box: Box) -> Box:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)

    words = [replace(word, box=turned(word.box)) for word in line.words]
    return replace(line, box=turned(line.box), angle=(line.angle + 180) % 360, words=words)
