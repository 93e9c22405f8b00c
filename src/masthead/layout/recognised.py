"""Text that a character recognition laid over a scan: its sizes and places are rough, and are made even.

Such a layer gives each word the size and place that its picture seemed to have. A typesetter used one size for a
paragraph; words of about the usual size get it, so that neighbours are known as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from masthead.document.text import Glyph, Line, PageText, Word

_COVERS = 0.7  # of the page that a scan fills
_USUAL = (0.62, 1.55)  # of the usual size: what is taken for it
_MIN_LETTERS = 100


def is_recognised(text: PageText, glyphs: Sequence[Glyph]) -> bool:
    """Whether the text lies over the picture of the whole page."""
    page = text.width * text.height
    if len(glyphs) < _MIN_LETTERS:
        return False
    return any(shape.kind == "picture" and shape.box.area > _COVERS * page for shape in text.shapes) and (
        sum(not glyph.visible for glyph in glyphs) > 0.5 * len(glyphs) or _sizes_are_rough(glyphs)
    )


def _sizes_are_rough(glyphs: Sequence[Glyph]) -> bool:
    """Whether there are far more sizes than anyone would set a page in."""
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        size = round(glyph.size * 2) / 2
        sizes[size] = sizes.get(size, 0) + 1
    return len(sizes) > 8 and max(sizes.values()) < 0.4 * len(glyphs)


def evened(lines: Sequence[Line]) -> list[Line]:
    """The lines with the usual size for all words that have about it."""
    sizes = [word.size for line in lines for word in line.words for _ in word.text]
    if not sizes:
        return list(lines)
    usual = median(sizes)
    least, most = _USUAL[0] * usual, _USUAL[1] * usual
    return [
        replace(line, words=tuple(_with_size(word, usual) if least < word.size < most else word for word in line.words))
        for line in lines
    ]


def _with_size(word: Word, size: float) -> Word:
    return replace(word, size=size)
