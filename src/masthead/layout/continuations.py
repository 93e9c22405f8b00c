"""Paragraphs that go on over a column, a page, a picture, an advertisement or a jump are one.

What stands between the two parts in another face, as the source below a table does, a term in the margin or a running
foot, does not end the sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from masthead.document.text import Role
from masthead.layout.jumps import jump_at_end
from masthead.layout.styles import Piece

_ENDS = (".", "!", "?", "…", "。", ":")
_CLOSING = '”"»’)]'
_NOTED_END = re.compile(r"[^\W\d][.!?…][”\"’»)]*\d{1,3}$")  # a sentence that ends with the mark of a note
_FULL = 0.8  # of the column's width: a last line so long may be cut in the middle of a sentence
_SIZES = 0.6  # points that two parts of a paragraph may differ by
_PROSE = 8  # words: fewer are a label, which has no second part elsewhere
_INDENT = 0.8  # ems by which a first line is drawn in
_FLUSH = 0.5  # ems by which a full line may end before the edge of its column
_HABIT = 5  # paragraphs below one of their style that show whether it draws first lines in
_MOSTLY = 0.8  # of them
_LEADING = 0.6  # ems of white between two lines of one paragraph, if it does not show more
_PICTURE = 40.0  # points of white in which a picture may stand
_WIDER = 1.5  # times as wide as the column before
_MARKS = tuple("*†‡§•")  # of notes and entries
Key = tuple[str, Role, str]
_JOINABLE = frozenset({Role.PARAGRAPH, Role.LIST_ITEM, Role.SIDEBAR, Role.FOOTNOTE, Role.QUOTATION})


def join_continued(rows: Mapping[int, Sequence[Piece]], homes: Mapping[str, str]) -> None:
    """Set `continues` of every piece that goes on with an earlier one of its article, role and style."""
    recent: dict[Key, list[Piece]] = defaultdict(list)  # the last of each style, the newest first
    headings: dict[str, int] = {}  # the last heading of each article, by its place in the document
    drawn_in = _styles_drawn_in(rows)
    for number in sorted(rows):
        for piece in rows[number]:
            article = homes.get(piece.block.id, "")
            if piece.role is Role.HEADING:
                headings[article] = piece.order
            if piece.role not in _JOINABLE:
                continue
            # A piece in a box goes on with one of its box; a list item is never the second part of another.
            key = article, Role.PARAGRAPH if piece.role is Role.LIST_ITEM else piece.role, piece.block.group
            before = next((other for other in recent[key] if _is_set_alike(other, piece)), None)
            if before is not None and piece.role is not Role.LIST_ITEM:
                is_parted = before.order < headings.get(article, -1)
                is_one = (
                    _is_cut_for_sure(before, piece)
                    or (not is_parted and before is recent[key][0] and goes_on(before, piece, in_article=bool(article)))
                    or (not is_parted and _style_of(piece) in drawn_in and _is_cut_between_sentences(before, piece))
                )
                if is_one and not _follows_at_once(before, piece, rows[number]):
                    piece.continues = before.block.id
            recent[key] = [piece, *(other for other in recent[key] if not _is_set_alike(other, piece))]


def goes_on(before: Piece, piece: Piece, *, in_article: bool) -> bool:
    """Whether `piece` begins in the middle of a sentence that `before` leaves unfinished, elsewhere on the pages."""
    if not before.text or not piece.text or (piece.page - before.page > 1 and not in_article):
        return False
    if not _is_set_alike(before, piece):
        return False
    size = before.style.size
    below = piece.box.y0 >= before.box.y1 - 1 and abs(piece.box.x0 - before.box.x0) < 3 * size
    near = below and piece.page == before.page and piece.box.y0 - before.box.y1 < 1.2 * size
    jump = jump_at_end(before.text)
    text = before.text[: jump[1]].rstrip() if jump else before.text.rstrip()
    start = piece.text.lstrip("“\"'‘«„(")
    if near or _ends_sentence(text) or (text.endswith(tuple(_CLOSING)) and not start[:1].islower()):
        return False
    is_beside = len(before.block.lines) == 1 or piece.box.x0 >= before.box.x1
    if is_beside and _is_address(start):  # a name and where it is found on the net
        return False
    if start[:1].islower() or text.endswith(("-", ",", "\u00ad")):
        return True
    # A name or a noun may begin the next column; then the line before must fill its measure, and this one too.
    is_cut = _fills(before) and len(before.block.lines) > 1
    is_second_part = not _is_drawn_in(piece) and piece.box.width < _WIDER * before.box.width
    return is_cut and is_second_part and piece.words >= _PROSE and not below and start[:1] not in _MARKS


def _is_address(text: str) -> bool:
    word = text.split(maxsplit=1)[0] if text else ""
    return word.startswith(("www.", "http:", "https:")) or "@" in word or "/" in word.partition(".")[2]


def _is_set_alike(first: Piece, second: Piece) -> bool:
    return abs(first.style.size - second.style.size) <= _SIZES and first.style.family == second.style.family


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ENDS) or _NOTED_END.search(text) is not None


def _is_cut_for_sure(before: Piece, piece: Piece) -> bool:
    """Whether a paragraph at the end of a column or page goes on behind what stands between: other faces, a box."""
    is_prose = len(before.block.lines) > 1 and before.words >= _PROSE and _fills(before)
    is_elsewhere = piece.page == before.page + 1 or (piece.page == before.page and piece.box.y0 < before.box.y1)
    return is_prose and is_elsewhere and piece.text[:1].islower() and goes_on(before, piece, in_article=False)


def _is_cut_between_sentences(before: Piece, piece: Piece) -> bool:
    """Whether a paragraph whose style draws first lines in begins flush, on the next column or page."""
    if len(before.block.lines) < 2 or len(piece.block.lines) < 2 or _is_drawn_in(piece) or piece.page > before.page + 1:
        return False
    is_elsewhere = piece.page > before.page or piece.box.y1 < before.box.y1
    last = before.block.lines[-1].box
    is_full = last.x1 > before.box.x1 - _FLUSH * before.style.size and _fills(before)
    return is_elsewhere and is_full and min(before.words, piece.words) >= _PROSE and not before.text.endswith(":")


def _styles_drawn_in(rows: Mapping[int, Sequence[Piece]]) -> frozenset[tuple[str, float]]:
    """The styles in which a paragraph below another begins with its first line drawn in."""
    seen: dict[tuple[str, float], list[bool]] = defaultdict(list)
    for before, piece in (pair for row in rows.values() for pair in pairwise(row)):
        is_below = piece.box.y0 > before.box.y1 - piece.style.size and _style_of(before) == _style_of(piece)
        if is_below and before.role is piece.role is Role.PARAGRAPH and len(piece.block.lines) > 1:
            seen[_style_of(piece)].append(_is_drawn_in(piece))
    return frozenset(
        style for style, drawn in seen.items() if len(drawn) >= _HABIT and sum(drawn) >= _MOSTLY * len(drawn)
    )


def _style_of(piece: Piece) -> tuple[str, float]:
    return piece.style.family, piece.style.size


def _follows_at_once(before: Piece, piece: Piece, row: Sequence[Piece]) -> bool:
    """Whether both are entries of a list or table: one line beside the other, or below it, with only white between."""
    if before.page != piece.page:
        return False
    first, second = before.box, piece.box
    if second.x0 >= first.x1:
        return len(before.block.lines) == 1 and abs(second.y0 - first.y0) < 0.5 * before.style.size
    if second.y0 < first.y1 or min(first.x1, second.x1) <= max(first.x0, second.x0):
        return False
    lines = [line.box for line in before.block.lines[-2:]]
    leading = max(_LEADING * before.style.size, lines[-1].y0 - lines[0].y1 + 1)
    return leading < second.y0 - first.y1 < _PICTURE and not any(
        first.y1 - 1 <= other.box.centre[1] <= second.y0 + 1
        and min(other.box.x1, second.x1) > max(other.box.x0, second.x0)
        for other in row
    )


def _fills(piece: Piece) -> bool:
    line = piece.block.lines[-1]
    return line.box.width > _FULL * piece.box.width


def _is_drawn_in(piece: Piece) -> bool:
    """Whether its first line is drawn in, as that of a new paragraph is."""
    first, *others = piece.block.lines
    if not others or first.right_to_left or first.vertical:
        return False
    return first.box.x0 - min(line.box.x0 for line in others) > _INDENT * piece.style.size
