"""Names of people, known by the style that they are set in: bylines without a word like "by", signatures, lists."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from masthead.document.text import Role
from masthead.layout.bylines import MAIL, has_post, looks_like_names
from masthead.layout.neighbours import is_above, next_below
from masthead.layout.styles import Piece, Style, StyleSheet

_LARGER = 1.13  # to the body: from here on a heading is a headline


def find_names(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """Set the role of bylines and signatures, and take it from headings that only name people in a list."""
    _named_by_style(rows, sheet)
    _signatures_by_style(rows, sheet)
    for row in rows.values():
        _names_near_headlines([piece for piece in row if not piece.role.is_furniture], sheet)
    _without_lists_of_names(rows)


def _named_by_style(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """Names below headlines without a word like "by": a style that holds hardly anything but names is for bylines."""
    seen: dict[Style, list[bool]] = {}
    for row in rows.values():
        for piece, is_below in _below_headings(row):
            if is_below and piece.role in (Role.HEADING, Role.PARAGRAPH) and piece.words <= 24:
                seen.setdefault(piece.style, []).append(looks_like_names(piece.text))
    names = {style for style, found in seen.items() if len(found) >= 2 and sum(found) >= 0.8 * len(found)}
    if not names:
        return
    for row in rows.values():
        for piece, is_below in _below_headings(row):
            if is_below and piece.style in names and looks_like_names(piece.text) and sheet.scale(piece) < 2.2:
                piece.role = Role.BYLINE


def _below_headings(row: Sequence[Piece]) -> list[tuple[Piece, bool]]:
    """Each piece, and whether it follows a larger heading."""
    result = []
    before: Piece | None = None
    for piece in row:
        follows = before is not None and before.role is Role.HEADING and before.style.size > 1.2 * piece.style.size
        result.append((piece, follows))
        before = piece
    return result


def _signatures_by_style(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """Names at the end of stories: a style whose few words stand, nearly always, between text and a new headline."""
    seen: dict[Style, list[bool]] = {}
    short: list[Piece] = []
    for row in rows.values():
        body = [piece for piece in row if not piece.role.is_furniture]
        for place, piece in enumerate(body):
            if piece.words > 6 or piece.letters < 3 or piece.role not in (Role.PARAGRAPH, Role.HEADING):
                continue
            if not 0.6 <= sheet.scale(piece) < _LARGER or piece.style in sheet.prose:
                continue
            before = body[place - 1] if place else None
            after = body[place + 1] if place + 1 < len(body) else None
            ends = before is not None and before.role is not Role.HEADING and piece.box.y0 > before.box.y0
            opens = after is None or (after.role is Role.HEADING and sheet.scale(after) >= _LARGER)
            seen.setdefault(piece.style, []).append(ends and opens)
            if ends and opens:
                short.append(piece)
    names = {style for style, found in seen.items() if sum(found) >= 3 and sum(found) >= 0.5 * len(found)}
    for piece in short:
        if piece.style in names:
            piece.role = Role.BYLINE


def _names_near_headlines(row: Sequence[Piece], sheet: StyleSheet) -> None:
    """More names of a byline below it; a name with its rank or post below a headline; a name under a letter."""
    for before, piece in itertools.pairwise(row):
        if (
            piece.role not in (Role.PARAGRAPH, Role.HEADING)
            or piece.words > 12
            or not looks_like_names(piece.printed[0])
        ):
            continue
        below = is_above(before.box, piece.box, 0.4 * before.style.size)
        same = before.role is Role.BYLINE and piece.style == before.style
        near = piece.box.y0 - before.box.y1 < 2.5 * piece.style.size
        headed = before.role is Role.HEADING and before.style.size > piece.style.size and len(piece.block.lines) <= 3
        if below and near and (same or (headed and has_post(piece.printed))):
            piece.role = Role.BYLINE
        elif below and 2 <= piece.words <= 4 and piece.role is Role.HEADING and sheet.is_prose(before):
            piece.role = Role.BYLINE if next_below(piece, row) is None else Role.HEADING


def _without_lists_of_names(rows: Mapping[int, Sequence[Piece]]) -> None:
    """A style of short headings that are nearly all names, each over a post or address, sets a list of people."""
    seen: dict[Style, list[tuple[Piece, bool]]] = {}
    for row in rows.values():
        body = [piece for piece in row if not piece.role.is_furniture]
        for piece, following in itertools.pairwise(body):
            if piece.role is Role.HEADING and piece.words <= 6:
                is_name = looks_like_names(piece.text) and (following.words <= 7 or bool(MAIL.search(following.text)))
                seen.setdefault(piece.style, []).append((piece, is_name))
    for found in seen.values():
        if len(found) >= 4 and sum(is_name for _, is_name in found) >= 0.7 * len(found):
            for piece, _ in found:
                piece.role = Role.PARAGRAPH
