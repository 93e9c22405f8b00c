"""Footnotes and what refers to them: small type at the foot of a column, called by a raised number or a star."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from masthead.document.text import Line, PageLines, Role
from masthead.layout.styles import Piece, StyleSheet

_SMALL = 0.92  # to the body
_MARK = re.compile(r"^(\d{1,3}|[*∗†‡§¶]{1,3}|[¹²³⁴-⁹]{1,2})(?=[\s.)A-ZÀ-ÞА-Я„“\"'(]|$)")
_PLAIN = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_FOOT = 0.45  # of the page's height: notes stand below


def is_note(piece: Piece, row: Sequence[Piece], page: PageLines, sheet: StyleSheet) -> bool:
    """Whether the piece is a footnote: small, begun by a mark, and with nothing of the body below it."""
    if piece.style.size >= _SMALL * sheet.body.size or piece.words < 2 or not mark_of(piece):
        return False
    if piece.box.y0 < _FOOT * page.height:
        return False
    return not any(
        other.box.y0 > piece.box.y1 - 1
        and sheet.is_prose(other)
        and other.style.size > piece.style.size
        and min(other.box.x1, piece.box.x1) - max(other.box.x0, piece.box.x0) > 0.5 * other.box.width
        for other in row
    )


def mark_of(piece: Piece) -> str:
    """The number or sign that the note begins with."""
    return mark_in(piece.block.lines)


def mark_in(lines: Sequence[Line]) -> str:
    """The number or sign that the lines begin with, as a note does; empty if there is none."""
    match = _MARK.match(lines[0].words[0].text)
    return match[1].translate(_PLAIN) if match else ""


def refer(rows: Mapping[int, Sequence[Piece]]) -> None:
    """Give each footnote the block that calls it: on its page, else on the page before."""
    for number, row in rows.items():
        for note in row:
            if note.role is Role.FOOTNOTE and (mark := mark_of(note)):
                where = [piece for piece in (*row, *rows.get(number - 1, ())) if piece.role is not Role.FOOTNOTE]
                caller = next(
                    (piece for piece in where if not piece.role.is_furniture and _piece_calls(piece, mark)), None
                )
                note.reference = caller.block.id if caller else ""


def _piece_calls(piece: Piece, mark: str) -> bool:
    return calls(piece.block.lines, piece.style.size, mark)


def calls(lines: Sequence[Line], size: float, mark: str) -> bool:
    """Whether lines set in `size` points have the mark raised: a smaller word, or glued to a word or sentence."""
    for line in lines:
        for word in line.words:
            text = word.text.translate(_PLAIN)
            if not text.endswith(mark):
                continue
            if text == mark:
                if word.size < 0.85 * size or not mark.isdigit():
                    return True
            elif mark.isdigit():
                stem = text[: -len(mark)]
                letters = sum(map(str.isalpha, stem))  # a letter alone is a name: H1, x2
                if letters > 1 and not stem[-1].isdigit() and stem[-1] not in "-–/:#":
                    return True
            else:
                return True
    return False
