"""Paragraphs that go on over a column, a page, a picture, an advertisement or a jump are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from masthead.document.text import Role
from masthead.layout.jumps import jump_at_end
from masthead.layout.styles import Piece

_ENDS = (".", "!", "?", "…", "。", "”", '"', "»", "’", ":", ")")
_FULL = 0.8  # of the column's width: a last line so long may be cut in the middle of a sentence
_JOINABLE = frozenset({Role.PARAGRAPH, Role.LIST_ITEM, Role.SIDEBAR, Role.FOOTNOTE, Role.QUOTATION})


def join_continued(rows: Mapping[int, Sequence[Piece]], homes: Mapping[str, str]) -> None:
    """Set `continues` of every piece that goes on with an earlier one of its article, role and style."""
    last: dict[tuple[str, Role, str], Piece] = {}
    for number in sorted(rows):
        for piece in rows[number]:
            article = homes.get(piece.block.id, "")
            if piece.role is Role.HEADING:
                last = {key: value for key, value in last.items() if key[0] != article}
            if piece.role not in _JOINABLE:
                continue
            # A piece in a box goes on with one of its box; a list item is never the second part of another.
            key = article, Role.PARAGRAPH if piece.role is Role.LIST_ITEM else piece.role, piece.block.group
            before = last.get(key)
            if (
                before is not None
                and piece.role is not Role.LIST_ITEM
                and goes_on(before, piece, in_article=bool(article))
            ):
                piece.continues = before.block.id
            last[key] = piece


def goes_on(before: Piece, piece: Piece, *, in_article: bool) -> bool:
    """Whether `piece` begins in the middle of a sentence that `before` leaves unfinished, elsewhere on the pages."""
    if not before.text or not piece.text or (piece.page - before.page > 1 and not in_article):
        return False
    first, second = before.style, piece.style
    if abs(first.size - second.size) > 0.6 or first.family != second.family:
        return False
    below = piece.box.y0 >= before.box.y1 - 1 and abs(piece.box.x0 - before.box.x0) < 3 * first.size
    near = below and piece.page == before.page and piece.box.y0 - before.box.y1 < 1.2 * first.size
    jump = jump_at_end(before.text)
    text = before.text[: jump[1]].rstrip() if jump else before.text.rstrip()
    if text.endswith(_ENDS) or near:
        return False
    start = piece.text.lstrip("“\"'‘«„(")
    if start[:1].islower() or text.endswith(("-", ",", "\u00ad")):
        return True
    # A name or a noun may begin the next column; then the line before must fill its measure.
    return _fills(before) and len(before.block.lines) > 1 and piece.words >= 8 and not below


def _fills(piece: Piece) -> bool:
    line = piece.block.lines[-1]
    return line.box.width > _FULL * piece.box.width
