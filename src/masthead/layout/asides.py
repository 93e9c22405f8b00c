"""What stands beside a story: pull quotes and the words they repeat, sidebars, advertisements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from masthead.document.text import Role
from masthead.layout.bylines import MAIL
from masthead.layout.styles import Piece, Style, StyleSheet

_GRAM = 3  # words in a row that count as the same words
_REPEATED = 0.5  # of a pull quote's word groups that one paragraph has
_QUOTES = ("“", '"', "„", "«", "‘", "‹", "»")
_ADVERTISEMENT = re.compile(
    r"^\W*(?:paid )?(?:advertise?ments?|advertorial|sponsored(?: content)?|anzeigen?|werbung|publicit[eé]|"
    r"annonce|publireportage|publicidad|anuncio|pubblicit[aà]|inserzione|advertentie|publicidade|an[uú]ncio|reklama|ogłoszenie)\W*$",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:www\.\S+|https?://(?!(?:dx\.)?doi\.org)\S+|(?!doi\.org)\w[\w-]+\.(?:com|de|fr|co\.uk|ie|net|org|eu|nl|es|it|pl|pt)\b)|"
    r"[€£$¥]\s?\d|\d[.,]\d\d\s?(?:€|EUR|zł|kr)|(?:\+\d{1,3}|\b0)[\d\s()/-]{7,}\d|"
    r"\b(?:call|order|book|buy|visit|tel|phone|freephone|discount|offer|jetzt|bestell\w*|rabatt|achetez|compre|acquista)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 160  # on an advertisement of a page
_WORD = re.compile(r"[^\W_]+")
_LARGER = 1.1  # to the body
_MOST_QUOTED = 70  # words of a pull quote
_MOST_PIECES = 2  # of one: what was said, and who said it


def repeating_quotes(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """Pull quotes that repeat the text beside them, and the others set in the same style."""
    found: dict[Style, list[Piece]] = defaultdict(list)
    candidates = [piece for row in rows.values() for piece in row if _may_be_quote(piece, sheet)]
    known: dict[str, set[tuple[str, ...]]] = {}
    for piece in candidates:
        near = [other for number in (piece.page - 1, piece.page, piece.page + 1) for other in rows.get(number, ())]
        piece.repeats = _repeated(piece, near, sheet, known)
        if piece.repeats:
            found[piece.style].append(piece)
    for piece in candidates:
        use = sheet.uses[piece.style]
        usual = len(found[piece.style]) >= max(2, 0.4 * use.blocks)
        if usual or (piece.repeats and (piece.role is not Role.HEADING or len(found[piece.style]) == use.blocks)):
            piece.role, piece.level = Role.PULL_QUOTE, 0


def other_quotes(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet, heads: frozenset[int]) -> None:
    """Pull quotes that repeat nothing: large sentences, or quoted ones, away from headlines.

    `heads` are the places of pieces in openings.
    """
    for row in rows.values():
        for piece in row:
            if piece.order in heads or piece.role is Role.PULL_QUOTE or not _may_be_quote(piece, sheet):
                continue
            quoted = _is_quoted(piece.text) and sheet.scale(piece) >= 1.1
            sentence = piece.ends_sentence and piece.words >= 7 and sheet.scale(piece) >= 1.25
            if quoted or sentence:
                piece.role, piece.level = Role.PULL_QUOTE, 0


def interrupting_quotes(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """Pull quotes however short, told by their place: no headline stands in the middle of a sentence."""
    for row in rows.values():
        body = [piece for piece in row if not piece.role.is_furniture]
        for at, before in enumerate(body):
            if not sheet.is_prose(before) or not _is_cut_off(before):
                continue
            between = list(takewhile(lambda piece: _may_interrupt(piece, sheet), body[at + 1 : at + 2 + _MOST_PIECES]))
            after = body[at + 1 + len(between)] if at + 1 + len(between) < len(body) else None
            if not 1 <= len(between) <= _MOST_PIECES or after is None:
                continue
            if after.style == before.style and after.role is Role.PARAGRAPH and after.text[:1].islower():
                for piece in between:
                    piece.role, piece.level = Role.PULL_QUOTE, 0


def _is_cut_off(piece: Piece) -> bool:
    """Whether the paragraph ends within a sentence."""
    text = piece.text.rstrip()
    return piece.role is Role.PARAGRAPH and not piece.marker and (text[-1:].isalpha() or text[-1:] in ",-")


def _may_interrupt(piece: Piece, sheet: StyleSheet) -> bool:
    return (
        piece.role in (Role.PARAGRAPH, Role.HEADING, Role.QUOTATION, Role.PULL_QUOTE)
        and piece.style not in sheet.prose
        and sheet.scale(piece) >= _LARGER
        and 1 < piece.words <= _MOST_QUOTED
        and not piece.marker
    )


def _is_quoted(text: str) -> bool:
    """Whether the text is a quotation from beginning to end; a headline quotes a few words and goes on."""
    if not text.startswith(_QUOTES):
        return False
    closed = max(text.find(mark, 1) for mark in ("”", '"', "“", "»", "«", "’ "))
    return closed < 0 or len(text[closed + 1 :].split()) <= 4


def _may_be_quote(piece: Piece, sheet: StyleSheet) -> bool:
    if piece.role not in (Role.PARAGRAPH, Role.HEADING, Role.QUOTATION, Role.CAPTION) or piece.style in sheet.prose:
        return False
    if piece.role is Role.CAPTION and sheet.scale(piece) < 1.05:
        return False
    if piece.text.strip() in _QUOTES:
        return True
    style, body = piece.style, sheet.body
    other = style.size >= 1.1 * body.size or style.bold != body.bold or style.italic != body.italic
    return other and 5 <= piece.words <= _MOST_QUOTED and style.size >= 0.97 * body.size


def _repeated(quote: Piece, near: Iterable[Piece], sheet: StyleSheet, known: dict[str, set[tuple[str, ...]]]) -> str:
    """Id of the paragraph that has most of the quote's words in their order; empty if none has enough."""
    grams = _grams(quote.text)
    if not grams:
        return ""
    best, share = "", 0.0
    needed = 0.75 if quote.role is Role.HEADING and not quote.ends_sentence else _REPEATED
    for piece in near:
        if piece is quote or piece.words < quote.words - 2 or piece.style not in sheet.prose:
            continue
        if piece.block.id not in known:
            known[piece.block.id] = _grams(piece.text)
        shared = len(grams & known[piece.block.id]) / len(grams)
        if shared > share:
            best, share = piece.block.id, shared
    return best if share >= needed else ""


def _grams(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[index : index + _GRAM]) for index in range(len(words) - _GRAM + 1)}


def sidebars(rows: Mapping[int, Sequence[Piece]], with_title: frozenset[str]) -> None:
    """Text in a box that no story opens in stands beside the story around it; not where most of the page is boxed."""
    for row in rows.values():
        body = [piece for piece in row if not piece.role.is_furniture]
        total = sum(piece.words for piece in body)
        words: dict[str, int] = defaultdict(int)
        for piece in body:
            if piece.block.group:
                words[piece.block.group] += piece.words
        free = total - sum(words.values())
        for piece in body:
            group = piece.block.group
            apart = group and group not in with_title and words[group] < 0.55 * total and free > 0.25 * total
            if apart and words[group] >= 12 and piece.role in (Role.PARAGRAPH, Role.STANDFIRST):
                piece.role = Role.SIDEBAR


def advertisements(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet, kept: frozenset[int]) -> frozenset[str]:
    """Ids of blocks in advertisements: boxes or pages that say so, or that sell and hold no running text.

    `kept` are pages that are something else for sure. Where every third page sells, the document is a catalogue and
    nothing in it is an advertisement.
    """
    boxes: dict[str, list[Piece]] = defaultdict(list)
    whole: dict[int, list[Piece]] = {}
    for number, row in rows.items():
        body = [piece for piece in row if not piece.role.is_furniture]
        if body and number not in kept:
            whole[number] = body
        for piece in body:
            if piece.block.group:
                boxes[piece.block.group].append(piece)
    pages = [body for body in whole.values() if _sells(body, sheet)]
    if len(pages) > 0.3 * len(rows):
        return frozenset()
    found = [*pages, *(body for body in boxes.values() if _says_so(body) or (_sells(body, sheet) and len(rows) > 3))]
    return frozenset(piece.block.id for body in found for piece in body)


def says_advertisement(text: str) -> bool:
    """Whether the text says nothing but that something is an advertisement, in one of some languages."""
    return len(text.split()) <= 3 and bool(_ADVERTISEMENT.match(text))


def _says_so(body: Sequence[Piece]) -> bool:
    return any(piece.words <= 3 and _ADVERTISEMENT.match(piece.text) for piece in body)


def _sells(body: Sequence[Piece], sheet: StyleSheet) -> bool:
    """Display type, an address or price, and no running text in the body's style."""
    words = sum(piece.words for piece in body)
    if _says_so(body) and words < 2 * _MOST_WORDS:
        return True
    if not 4 <= words <= _MOST_WORDS or not any(sheet.scale(piece) >= 1.6 for piece in body):
        return False
    if any(piece.style in sheet.prose and piece.words >= 25 for piece in body):
        return False
    if any(piece.role in (Role.BYLINE, Role.FOOTNOTE, Role.TABLE, Role.CODE) for piece in body):
        return False
    text = " ".join(piece.text for piece in body)
    return len({match[0].lower() for match in _SELLING.finditer(text)} | set(MAIL.findall(text))) >= 2
