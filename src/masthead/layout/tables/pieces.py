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

from masthead.document.geometry import Box
from masthead.document.text import Line, Word

_GAP = 0.6  # ems: a wider gap ends a piece
_NUMBER = re.compile(
    r"[-–−+±~<>≤≥=(≈]*[^\W\d_]{0,3}[$€£¥₽₴%]?\s*[-–−+]?\d[\d.,:/\s'’–−%-]*(?:[^\W\d_]{1,3}\.?)?[%)*†‡€$£°]*"
)
_BLANKS = frozenset({"-", "–", "—", "−", "n.a.", "n/a", "na", "nd", "n.a", "•", "x", "✓", "✗", "…", "...", "**", "*"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box
    size: float

    @property
    def text(self) -> str:
        """The words with spaces between them."""
        return " ".join(word.text for word in self.words)


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
    return plain.lower() in _BLANKS or _NUMBER.fullmatch(plain) is not None


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


def _chains(pieces: Sequence[Piece]) -> list[list[int]]:
    """Pieces below each other with one left edge (indents allowed), one size and an even distance."""
    order = sorted(range(len(pieces)), key=lambda index: pieces[index].box.y0)
    ends: list[list[int]] = []
    done: list[list[int]] = []
    for index in order:
        piece = pieces[index]
        middle, reach = piece.box.centre[1], 2.4 * piece.size
        best: list[int] | None = None
        for chain in ends:
            last = pieces[chain[-1]]
            if middle - last.box.y1 > reach:
                continue
            if _follows(last, piece) and (best is None or last.box.y0 > pieces[best[-1]].box.y0):
                best = chain
        if best is None:
            ends.append([index])
        else:
            best.append(index)
        if len(ends) > 24:
            stale = [chain for chain in ends if piece.box.y0 - pieces[chain[-1]].box.y1 > 2 * piece.size]
            done += stale
            ends = [chain for chain in ends if not any(chain is other for other in stale)]
    return done + ends


def _follows(last: Piece, piece: Piece) -> bool:
    step = piece.box.centre[1] - last.box.centre[1]
    if not 0.6 * last.size < step < 2.1 * last.size or abs(last.size - piece.size) > 0.15 * last.size:
        return False
    if abs(last.box.x0 - piece.box.x0) < 2.2 * last.size:
        return True
    return abs(last.box.x1 - piece.box.x1) < 0.5 * last.size  # the right edge of a text that runs round a picture


def _reads_on(chain: Sequence[Piece]) -> bool:
    words = sum(len(piece.words) for piece in chain)
    letters = sum(char.isalpha() for piece in chain for char in piece.text)
    characters = sum(len(piece.text) for piece in chain)
    if words < 3 * len(chain) or letters < 0.55 * characters or characters < 16 * len(chain):
        return False
    widest = max(piece.box.width for piece in chain)
    full = sum(piece.box.width > 0.75 * widest for piece in chain[:-1]) / (len(chain) - 1)
    starts = [piece.text[0] for piece in chain[1:]]
    cased = [char for char in starts if char.lower() != char.upper()]
    small = sum(char.islower() for char in cased) / len(starts)
    if not cased:
        return full > 0.75
    return (small > 0.3 and full > 0.45) or small > 0.5 or (full > 0.85 and small > 0.2)
