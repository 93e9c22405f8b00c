"""The picture of a page that is read: its pixels, how many there are to a point, and how the page lay on the scanner.

It is laid straight before it is read, and so are the places of what is read in it, until the order of the page is
known; then they go back to where the words are seen (`put_back`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from masthead.document.geometry import Box, union_of
from masthead.document.text import Block, Line, PageLines, ReadText

_HEADER = re.compile(rb"P5\s(\d{1,6})\s(\d{1,6})\s255\s")
_MAX_SCALE = 100.0  # pixels a point
_MAX_SKEW = 10.0


@dataclass(frozen=True, slots=True)
class Scan:
    """A grey picture (PGM) of a page laid straight about its middle."""

    data: bytes
    width: int  # pixels
    height: int
    scale: float  # pixels a point
    skew: float = 0.0  # degrees clockwise by which the page lies askew

    @property
    def upside_down(self) -> Scan:
        """The same page turned by half."""
        start = len(self.data) - self.width * self.height
        return replace(self, data=self.data[:start] + self.data[start:][::-1])

    def shift(self, width: float, height: float) -> tuple[float, float]:
        """Pixels from the corner of the picture to that of the page (points): both have one middle."""
        return (self.width - width * self.scale) / 2, (self.height - height * self.scale) / 2


def scan_of(data: bytes, scale: float, skew: float) -> Scan:
    """The picture with what is said of it; raises ValueError where that cannot be."""
    header = _HEADER.match(data)
    if header is None or not 0 < scale < _MAX_SCALE or not abs(skew) < _MAX_SKEW:
        raise ValueError("no picture of a page")
    width, height = int(header[1]), int(header[2])
    if len(data) != header.end() + width * height:
        raise ValueError("the picture is not whole")
    return Scan(data, width, height, scale, skew)


def put_back(text: ReadText, pages: Iterable[PageLines]) -> ReadText:
    """The text with the places of pages that were laid straight as they are seen on the page."""
    askew = {page.number: page for page in pages if page.skew}
    if not askew:
        return text
    blocks: Mapping[int, tuple[Block, ...]] = text.blocks
    return replace(
        text,
        blocks={
            number: tuple(_block_back(block, askew[number]) for block in row) if number in askew else row
            for number, row in blocks.items()
        },
    )


def lines_back(lines: Iterable[Line], page: PageLines, skew: float) -> list[Line]:
    """The lines of a straight page where they are seen on the page, which lies askew by `skew` degrees."""
    return [_line_back(line, page, skew) for line in lines]


def _block_back(block: Block, page: PageLines) -> Block:
    lines = tuple(lines_back(block.lines, page, page.skew))
    return replace(block, lines=lines, box=union_of(line.box for line in lines).rounded())


def _line_back(line: Line, page: PageLines, skew: float) -> Line:
    """Each word goes where it is seen; it stays upright, since the angle is small."""
    words = tuple(replace(word, box=_turned(word.box, page, skew)) for word in line.words)
    return replace(line, words=words, box=union_of(word.box for word in words))


def _turned(box: Box, page: PageLines, degrees: float) -> Box:
    """The box with its middle turned clockwise about that of the page."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = box.centre[0] - page.width / 2, box.centre[1] - page.height / 2
    across = x * cosine - y * sine + page.width / 2 - box.centre[0]
    down = x * sine + y * cosine + page.height / 2 - box.centre[1]
    return Box(box.x0 + across, box.y0 + down, box.x1 + across, box.y1 + down).rounded()
