"""Pieces of lines: words that stand close together, rows of pieces on one height, and which of them are running text.

The evidence that tables are found by. A piece ends at a gap that no word space explains; pieces on one height make a
row. Running text betrays itself: line after line begins at one edge, most reach the other, and many begin with a
small letter, for sentences do not end where lines do. (Kieninger 1998, T-Recs, tells blocks of text from columns of
cells by the same overlap of words from line to line.)
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.document.text import Line, Word

_MOST_SIGNS = 120  # of a figure; what is longer is none, and would be read in ever more ways
_GAP = 0.6  # ems: a wider gap ends a piece
_NUMBER = re.compile(
    r"[-–−+±~<>≤≥=(≈]*[^\W\d_]{0,3}[$€£¥₽₴%]?\s*[-–−+]?\d[\d.,:/\s'’–−%-]*(?:[^\W\d_]{1,3}\.?)?[%)*†‡€$£°]*"
)
_BLANKS = frozenset({"-", "–", "—", "−", "n.a.", "n/a", "na", "nd", "n.a", "•", "x", "✓", "✗", "…", "...", "**", "*"})


@dataclass(frozen=True)
class Piece:
    """Words of one line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box
    size: float

    @cached_property
    def text(self) -> str:
        """The words with spaces between them."""
        return " ".join([word.text for word in self.words])


def piece_of(words: Sequence[Word]) -> Piece:
    """The piece of these words."""
    boxes = [word.box for word in words]
    box = Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )
    return Piece(tuple(words), box, max(word.size for word in words))


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """The upright lines' words, cut at wide gaps; a justified line's own spacing is no such gap."""
    result = []
    for line in lines:
        if line.angle or not line.words:
            continue
        words = sorted(line.words, key=lambda word: word.box.x0)
        gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words)]
        size = max(word.size for word in words)
        limit = _GAP * size
        if len(gaps) >= 5:
            limit = max(limit, 1.8 * statistics.median(gaps))
        if not gaps or max(gaps) <= limit:
            result.append(Piece(tuple(words), line.box, size))
            continue
        start = 0
        for index, gap in enumerate(gaps, start=1):
            if gap > limit:
                result.append(piece_of(words[start:index]))
                start = index
        result.append(piece_of(words[start:]))
    return result


def _whole(line: Line) -> Piece:
    return Piece(line.words, line.box, max(word.size for word in line.words))


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one height, from top to bottom, each row from left to right."""
    rows: list[list[Piece]] = []
    tops: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.centre[1]):
        if rows:
            top, bottom = tops[-1]
            shared = min(bottom, piece.box.y1) - max(top, piece.box.y0)
            if shared > 0.55 * min(bottom - top, piece.box.height):
                rows[-1].append(piece)
                if piece.box.height > bottom - top:
                    tops[-1] = piece.box.y0, piece.box.y1
                continue
        rows.append([piece])
        tops.append((piece.box.y0, piece.box.y1))
    return [sorted(row, key=lambda piece: piece.box.x0) for row in rows]


def is_number(text: str) -> bool:
    """Whether a cell holds a figure: an amount, a share, a measure, a date, or the sign for "none"."""
    plain = text.strip()
    return plain.lower() in _BLANKS or (len(plain) <= _MOST_SIGNS and _NUMBER.fullmatch(plain) is not None)


def prose_of(lines: Sequence[Line], pieces: Sequence[Piece]) -> frozenset[int]:
    """The `id`s of the pieces that are lines of running text, or parts of such lines: a justified line may gape."""
    running = _running([_whole(line) for line in lines if line.words and not line.angle])
    running |= _running([piece for piece in pieces if id(piece.words[0]) not in running])
    return frozenset(id(piece) for piece in pieces if any(id(word) in running for word in piece.words))


def _running(pieces: Sequence[Piece]) -> set[int]:
    """The `id`s of the words in running text."""
    return {
        id(word)
        for chain in _chains(pieces)
        if len(chain) >= 3 and _reads_on([pieces[index] for index in chain])
        for index in chain
        for word in pieces[index].words
    }


class _Tail(NamedTuple):
    """Where a chain ends: what decides whether a piece goes on there. Points."""

    x0: float
    y0: float
    x1: float
    y1: float
    middle: float
    size: float


def _chains(pieces: Sequence[Piece]) -> list[list[int]]:
    """Pieces below each other with one left edge (indents allowed), one size and an even distance."""
    order = sorted(range(len(pieces)), key=lambda index: pieces[index].box.y0)
    ends: list[tuple[_Tail, list[int]]] = []
    done: list[list[int]] = []
    for index in order:
        piece = pieces[index]
        size, box = piece.size, piece.box
        tail = _Tail(*box, (box[1] + box[3]) / 2, size)
        best = -1
        middle = tail.middle
        for place, (last, _) in enumerate(ends):
            is_below = 0.6 * last[5] < middle - last[4] < 2.1 * last[5]  # asked here, for there are many
            if is_below and _follows(last, tail) and (best < 0 or last[1] > ends[best][0][1]):
                best = place
        if best < 0:
            ends.append((tail, [index]))
        else:
            chain = ends[best][1]
            chain.append(index)
            ends[best] = tail, chain
        if len(ends) > 24:
            stale = [tail.y0 - last.y1 > 2 * size for last, _ in ends]
            done += [chain for (_, chain), old in zip(ends, stale, strict=True) if old]
            ends = [end for end, old in zip(ends, stale, strict=True) if not old]
    return done + [chain for _, chain in ends]


def _follows(last: _Tail, piece: _Tail) -> bool:
    """Whether the piece, which stands about a line below, goes on with the chain."""
    x0, _, x1, y1, _, size = last
    if piece[4] - y1 > 2.4 * piece[5] or abs(size - piece[5]) > 0.15 * size:
        return False
    if abs(x0 - piece[0]) < 2.2 * size:
        return True
    return abs(x1 - piece[2]) < 0.5 * size  # the right edge of a text that runs round a picture


def _reads_on(chain: Sequence[Piece]) -> bool:
    words = sum(len(piece.words) for piece in chain)
    texts = [piece.text for piece in chain]
    letters = sum(map(str.isalpha, "".join(texts)))
    characters = sum(map(len, texts))
    if words < 3 * len(chain) or letters < 0.55 * characters or characters < 16 * len(chain):
        return False
    widest = max(piece.box.width for piece in chain)
    full = sum(piece.box.width > 0.75 * widest for piece in chain[:-1]) / (len(chain) - 1)
    starts = [text[0] for text in texts[1:]]
    cased = [char for char in starts if char.lower() != char.upper()]
    small = sum(char.islower() for char in cased) / len(starts)
    if not cased:
        return full > 0.75
    return (small > 0.3 and full > 0.45) or small > 0.5 or (full > 0.85 and small > 0.2)
