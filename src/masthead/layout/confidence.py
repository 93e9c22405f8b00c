"""How far the order and roles of a page can be trusted, and why not further: told from what a wrong order looks like.

Each sign lowers the trust by a share; the reasons are sentences for the person who looks at the page. How much the
choices of order cost (steps up the page, rows, scraps) was measured: trust is the score that such pages reach
(`docs/engineers/reading-order.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.document.text import Block, Confidence, PageLines, Role
from masthead.layout.neighbours import is_above
from masthead.layout.seams import follows

_RECOGNISED = "Its words were recognised from its picture."
_MAX_COMPARED = 200  # blocks of a page whose boxes are compared
_SAME_HEIGHT = 20.0  # points
_SCRAP = 4  # words
_FLOWING = (Role.PARAGRAPH, Role.LIST_ITEM, Role.QUOTATION, Role.SIDEBAR)


def confidence_of(page: PageLines, blocks: Sequence[Block]) -> Confidence:
    """The trust in one page, from 0 to 1, with its reasons."""
    letters = sum(len(word.text) for line in page.lines for word in line.words)
    if not letters:
        return Confidence(1.0)
    value = 1.0
    reasons: list[str] = []

    def doubt(share: float, sentence: str) -> None:
        nonlocal value
        value *= 1 - share
        reasons.append(sentence)

    if (unreadable := _unreadable(page) / letters) > 0.02:
        doubt(min(0.9, 2 * unreadable), "Some fonts do not say which letters they draw.")
    if (torn := _torn_share(blocks)) > 0.15:
        doubt(min(0.5, torn), "Sentences break off where the next block begins.")
    if (overlapping := _overlapping_share(blocks)) > 0.08:
        doubt(min(0.4, overlapping), "Blocks of text lie over each other.")
    steps = _steps(blocks)
    if steps.up > 1:
        doubt(min(0.3, 0.05 * (steps.up - 1)), "The text goes back to the top of a column several times.")
    if steps.across > 2:
        doubt(min(0.12, 0.012 * steps.across), "Pieces stand side by side, and may be rows or columns.")
    if steps.scraps > 4:
        doubt(min(0.12, 0.005 * steps.scraps), "Many pieces are a few words long, as the labels of a drawing are.")
    if (turned := _turned(page) / letters) > 0.1:
        doubt(min(0.3, 0.5 * turned), "Part of the text is turned.")
    if (unsure := _mean_doubt(page, letters)) > 0.05 or page.recognition:
        doubt(min(0.6, unsure), f"{page.recognition} {_RECOGNISED}".strip())
    if _single_letters(page) > 0.4:
        doubt(0.3, "Many words are single letters; spaces between words may be wrong.")
    return Confidence(round(value, 3), tuple(reasons))


class _Steps(NamedTuple):
    """What makes the order of a page hard to choose."""

    up: int  # from a block to one that ends above it: a new column, or a story beside another
    across: int  # to a block on the right that begins on the same height
    scraps: int  # blocks of a few words that are neither headings nor items


def _steps(blocks: Sequence[Block]) -> _Steps:
    flow = [block for block in blocks if not block.role.is_furniture]
    pairs = list(pairwise(block.box for block in flow))
    return _Steps(
        sum(after.y1 < before.y0 for before, after in pairs),
        sum(after.x0 > before.x1 and abs(after.y0 - before.y0) < _SAME_HEIGHT for before, after in pairs),
        sum(
            block.role not in (Role.HEADING, Role.LIST_ITEM, Role.TABLE) and len(block.text.split()) <= _SCRAP
            for block in flow
        ),
    )


def _unreadable(page: PageLines) -> int:
    return sum(
        sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in word.text)
        for line in page.lines
        for word in line.words
        if not word.text.isascii()
    )


def _torn_share(blocks: Sequence[Block]) -> float:
    """The share of neighbours in the flow at which a sentence is plainly torn: begun in small letters after an end.

    Right below each other they are entries that begin small; only where the order had a choice it was the wrong one.
    """
    flow = [block for block in blocks if block.role in _FLOWING and block.lines and len(block.text) > 40]
    torn = sum(
        not is_above(before.box, after.box) and follows(before.lines[-1], after.lines[0]) <= -1
        for before, after in pairwise(flow)
    )
    return torn / (len(flow) - 1) if len(flow) > 3 else 0.0


def _overlapping_share(blocks: Sequence[Block]) -> float:
    boxes = [_letters(block) for block in blocks if block.lines and not block.lines[0].angle][:_MAX_COMPARED]
    total = sum(box.area for box in boxes)
    shared = sum(
        first.overlap(second) for index, first in enumerate(boxes) for second in boxes[index + 1 :] if first != second
    )
    return shared / total if total else 0.0


def _letters(block: Block) -> Box:
    """The block's box without the white of its first and last lines, which blocks set solid share."""
    inset = min(0.3 * block.lines[0].box.height, 0.3 * block.box.height)
    return block.box._replace(y0=block.box.y0 + inset, y1=block.box.y1 - inset)


def _turned(page: PageLines) -> int:
    return sum(len(word.text) for line in page.lines if line.angle for word in line.words)


def _mean_doubt(page: PageLines, letters: int) -> float:
    return sum((1 - word.confidence) * len(word.text) for line in page.lines for word in line.words) / letters


def _single_letters(page: PageLines) -> float:
    words = [word.text for line in page.lines for word in line.words if word.text.isalpha() and word.text < "\u3000"]
    return sum(len(word) == 1 for word in words) / len(words) if len(words) > 30 else 0.0
