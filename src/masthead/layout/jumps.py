"""Continuation lines: "continued on page 34", "from page 12" and the word that names their story."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAGE = r"(?:pages?|pg\.?|p\.|seiten?|s\.|página|pagina|pág\.?|pag\.?|blz\.?|bladzijde|stron(?:a|ie|y)|str\.)"
_ON = (
    r"continued on|continues on|cont(?:inued|'d|\.)? on|turn to|fortsetzung(?: auf)?|weiter auf|lesen sie weiter auf|"
    r"suite(?: en| à la)?|lire la suite(?: en)?|contin[uú]a en(?: la)?|sigue en(?: la)?|contin[uo]a a(?:lla)?|segue a|"
    r"vervolg op|lees verder op|continua na|continuação na|ciąg dalszy na|dokończenie na"
)
_FROM = (
    r"continued from|cont(?:inued|'d|\.)? from|from|fortsetzung von|suite de la|suite de|viene de(?: la)?|"
    r"segue da(?:lla)?|vervolg van|continuação da|ciąg dalszy ze|dokończenie ze"
)
_LINE = re.compile(
    rf"^[\s(\[–—►▶>…*]*(?P<before>[^\n]{{0,60}}?)[\s,.…:–—|/-]*\b(?:(?P<on>{_ON})|(?P<from>{_FROM}))\s+{_PAGE}\s*"
    r"(?P<number>[A-Z]?\d{1,4})\b[\s)\]►▶>*]*(?P<after>.{0,60})$",
    re.IGNORECASE | re.DOTALL,
)
_MOST_LETTERS = 90


@dataclass(frozen=True, slots=True)
class Jump:
    """Where a story goes on, or where it comes from."""

    onward: bool
    label: str  # the number printed on the other page
    keyword: str  # the word that names the story; may be empty


def jump_of(text: str) -> Jump | None:
    """The continuation line that the text is, or None."""
    if len(text) > _MOST_LETTERS or not any(char.isdigit() for char in text):
        return None
    match = _LINE.match(text)
    if match is None:
        return None
    before = match["before"].strip(" .,…:–—|/-()")
    after = match["after"].strip(" .,…:–—|/-()")
    if len(after.split()) > 6 or len(before.split()) > 6:
        return None
    plain = (match["on"] or match["from"]).lower()
    if plain in ("from", "turn to", "suite de") and (after or len(before.split()) > 4):
        return None  # a sentence that only mentions a page
    return Jump(bool(match["on"]), match["number"], after or before)


def jump_at_end(text: str) -> tuple[Jump, int] | None:
    """A continuation line in the last words of a paragraph, and where it begins in the text."""
    tail = max(0, len(text) - _MOST_LETTERS)
    if not any(char.isdigit() for char in text[-8:]):
        return None
    match = re.search(
        rf"[(\[►▶–—]?\s*(?:{_ON})\s+{_PAGE}\s*([A-Z]?\d{{1,4}})\s*[)\]►▶.]*\s*$", text[tail:], re.IGNORECASE
    )
    if match is None:
        return None
    return Jump(True, match[1], ""), tail + match.start()
