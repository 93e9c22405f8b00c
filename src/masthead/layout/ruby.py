"""Ruby: small kana beside Chinese characters that say how these are read; it is no line of the text.

Read as a line of its own, it would stand between two halves of a sentence. It is told by what a typesetter does with
it: nothing but kana, about half as large as the characters that it stands beside, close over them or, where lines run
from top to bottom, on their right, and within their length. It is left out of the text, as whoever knows the characters
leaves it out; on the page it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.geometry import Box
from masthead.document.text import Line, Word
from masthead.layout.directions import as_read, line_quarter
from masthead.layout.measures import size_of, text_of

_LARGEST = 0.65  # to the characters that it belongs to
_NEAR = 0.5  # of their size: the white between both
_OVER = 0.35  # of their size by which boxes of fonts may overlap
_OUT = 1.0  # of their size by which it may stick out
_FEWEST = 3  # lines of text on the page, set in characters that may have ruby


def ruby_of(lines: Sequence[Line]) -> frozenset[int]:
    """The `id`s of the lines that are ruby."""
    small = [line for line in lines if _is_kana(line)]
    if not small:
        return frozenset()
    bases = [line for line in lines if any(map(_is_ideograph, text_of(line)))]
    if len(bases) < _FEWEST:
        return frozenset()
    return frozenset(id(line) for line in small if any(_belongs(line, base) for base in bases))


def _is_kana(line: Line) -> bool:
    text = text_of(line).replace(" ", "")
    return bool(text) and all("\u3041" <= char <= "\u30ff" for char in text)


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "\u3005"


def _belongs(line: Line, base: Line) -> bool:
    """Whether the kana stand beside Chinese characters of the line, above it as it is read."""
    size = size_of(base)
    if line is base or size_of(line) > _LARGEST * size or line_quarter(base) < 0:
        return False
    quarter = line_quarter(base)
    kana, box = as_read(line.box, quarter), as_read(base.box, quarter)
    if not -_OVER * size <= box.y0 - kana.y1 <= _NEAR * size:
        return False
    if kana.x0 < box.x0 - _OUT * size or kana.x1 > box.x1 + _OUT * size:
        return False
    middle = kana.centre[0]
    return any(_is_read_so(word, as_read(word.box, quarter), middle, size) for word in base.words)


def _is_read_so(word: Word, box: Box, middle: float, size: float) -> bool:
    """Whether a Chinese character of the word stands below the middle of the kana, or right beside it."""
    if not box.x0 - size <= middle <= box.x1 + size or not word.text:
        return False
    step = box.width / len(word.text)
    near = [char for at, char in enumerate(word.text) if abs(box.x0 + (at + 0.5) * step - middle) < size + step / 2]
    return any(map(_is_ideograph, near))
