"""Quotations set as blocks: a paragraph that a typesetter draws in on both sides, within running text.

White on both sides alone also makes abstracts, verses and captions; so the words must speak for it too: quotation
marks, a colon or a name before it, a dash with a name after it, or a face that sets it apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.text import Role
from masthead.layout.neighbours import next_above, next_below
from masthead.layout.styles import Piece, StyleSheet

_INDENT = 0.9  # ems on each side
_SMALLEST, _LARGEST = 0.8, 1.05  # to the body
_FEWEST_WORDS = 10
_WORDS_A_LINE = 4
_LETTERS = 0.7  # of the characters: else it is a price list
_MARKS = ("“", '"', "„", "«", "‘", "»", "「")
_ENDS = (".", "!", "?", "…", "”", '"', "“", "»", "«", "’", ")", "]", "。", "」")
_DASHES = ("—", "–", "― ", "- ")
_NEAR = 3.0  # ems to the text around it


def is_quotation(piece: Piece, row: Sequence[Piece], sheet: StyleSheet) -> bool:
    """Whether the piece is a quotation set as a block."""
    lines = len(piece.block.lines)
    if piece.words < max(_FEWEST_WORDS, _WORDS_A_LINE * lines) or lines < 2 or piece.marker:
        return False
    if not piece.text.rstrip().endswith(_ENDS) or piece.letters < _LETTERS * len(piece.text.replace(" ", "")):
        return False
    if not _SMALLEST <= sheet.scale(piece) <= _LARGEST:
        return False
    above, below = next_above(piece, row), next_below(piece, row)
    if above is None or not _is_wider(above, piece, sheet):
        return False
    if below is not None and below.text.startswith(_DASHES):
        return True
    if below is None or not _is_wider(below, piece, sheet):
        return False
    apart = piece.style.italic != above.style.italic or piece.style.size < above.style.size - 0.4
    return piece.text.startswith(_MARKS) or above.text.rstrip().endswith(":") or apart


def _is_wider(text: Piece, piece: Piece, sheet: StyleSheet) -> bool:
    """Whether running text right above or below stands out on both sides."""
    indent = _INDENT * sheet.body.size
    gap = max(piece.box.y0 - text.box.y1, text.box.y0 - piece.box.y1)
    return (
        text.role is Role.PARAGRAPH
        and sheet.is_prose(text)
        and gap < _NEAR * sheet.body.size
        and text.box.x0 <= piece.box.x0 - indent
        and text.box.x1 >= piece.box.x1 + indent
    )
