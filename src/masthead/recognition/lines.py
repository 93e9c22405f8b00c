"""What was read in a picture becomes lines and words of the page, in points, with the places and sizes of a typesetter.

Tesseract gives each word the box of its ink and each line a size of its own. A typesetter sets words on a base line
and the lines of a paragraph in one size; so words are as high as their line, and lines of a block of about one size
get its median.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from masthead.document.geometry import Box, union_of
from masthead.document.text import Join, Line, Word
from masthead.layout.scripts import is_cjk, runs_right_to_left
from masthead.recognition.hocr import ReadLine, ReadWord

_EM = 0.92  # of an em is what letters fill between the ascenders' top and the descenders' foot
_ALIKE = 0.25  # sizes of one block differ by less, where it is set in one size


def page_lines_of(
    read: Sequence[ReadLine], scale: float, font: int, shift: tuple[float, float] = (0.0, 0.0)
) -> list[Line]:
    """The lines in points, from `scale` pixels a point; their words are set in the page's font number `font`.

    `shift` is the place of the page's corner in the picture, in pixels.
    """
    usual = _block_sizes(read)
    result = []
    for line in read:
        size = usual[line.block] if abs(line.size - usual[line.block]) < _ALIKE * usual[line.block] else line.size
        words = [
            Word(
                part.text,
                _placed(part.box, line, scale, shift),
                round(2 * size / _EM / scale) / 2 or 0.5,
                font,
                confidence=round(part.confidence, 2),
                join=join,
            )
            for part, join in _parts(line.words)
        ]
        box = union_of(word.box for word in words)
        result.append(
            Line(box, tuple(words), line.angle, runs_right_to_left(char for word in words for char in word.text))
        )
    return result


def _block_sizes(read: Sequence[ReadLine]) -> dict[int, float]:
    sizes: dict[int, list[float]] = defaultdict(list)
    for line in read:
        sizes[line.block] += [line.size] * sum(len(word.text) for word in line.words)
    return {block: median(found) for block, found in sizes.items() if found}


def _placed(box: Box, line: ReadLine, scale: float, shift: tuple[float, float]) -> Box:
    """A word's box in points: as high as its line, on the base line; along the line as wide as its ink."""
    if line.angle == 0:
        base = line.box.y1 + line.offset + line.slope * (box.centre[0] - line.box.x0)
        box = box._replace(y0=base - line.size + line.descent, y1=base + line.descent)
    elif line.angle in (90, 270):
        box = box._replace(x0=line.box.x0, x1=line.box.x1)
    else:
        box = box._replace(y0=line.box.y0, y1=line.box.y1)
    return Box(*((value - shift[at % 2]) / scale for at, value in enumerate(box))).rounded()


def _parts(words: Sequence[ReadWord]) -> Iterator[tuple[ReadWord, Join]]:
    """The words with what follows them; Chinese and Japanese are cut into characters, as in `layout.words`."""
    for word, following in pairwise([*words, None]):
        assert word is not None
        pieces = list(_characters(word)) if any(map(is_cjk, word.text)) else [word]
        for piece in pieces[:-1]:
            yield piece, Join.NONE
        goes_on = following is not None and is_cjk(word.text[-1]) and is_cjk(following.text[0])
        yield pieces[-1], Join.NONE if goes_on else Join.SPACE


def _characters(word: ReadWord) -> Iterator[ReadWord]:
    """A run of characters as wide as each other becomes one word each; letters of other scripts stay together."""
    runs: list[str] = []
    for char in word.text:
        if runs and not is_cjk(char) and not is_cjk(runs[-1][-1]):
            runs[-1] += char
        else:
            runs.append(char)
    at = 0
    step = word.box.width / len(word.text)
    for run in runs:
        x0 = word.box.x0 + at * step
        at += len(run)
        yield replace(word, text=run, box=word.box._replace(x0=x0, x1=word.box.x0 + at * step))
