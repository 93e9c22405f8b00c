"""Symbol fonts: their letters are pictures, so that a bullet does not become the stray letter "n"."""

from __future__ import annotations

import re

from masthead.document.text import Font

# ZapfDingbats, Wingdings and their kin put squares, dots, ticks and arrows on letters. What a reader needs is
# that it is a bullet, a tick or an arrow.
_TICKS = frozenset("3456\u2713\u2714\u2715\u2716\u2717\u2718\uf0fc\uf0fe")
_BULLETS = {
    "\u25a0",
    "\u25aa",
    "\u25ab",
    "\u25cf",
    "\u25cb",
    "\u25c6",
    "\u2022",
    "\u2023",
    "\u2043",
    "\u2219",
    "\u00b7",
}
_DRAWN = (("\u2190", "\u21ff"), ("\u2580", "\u25ff"), ("\u2600", "\u27bf"), ("\u2900", "\u297f"), ("\u2b00", "\u2bff"))
BULLET = "•"


def bullet_of(char: str, font: Font) -> str:
    """The character as a reader should get it: from a symbol font, a bullet, tick or arrow instead of a letter."""
    if "\uf000" <= char <= "\uf0ff" and not font.symbolic:
        return BULLET if char in "\uf0a7\uf0b7\uf06e\uf06c\uf0d8\uf076\uf071\uf075" else char
    if not font.symbolic or char.isspace():
        return char
    plain = chr(ord(char) - 0xF000) if "\uf000" <= char <= "\uf0ff" else char
    if char in _TICKS or plain in "34" or (plain == "ü" and "wing" in font.name.lower()):
        return "✓"
    if "symbol" in font.name.lower() and plain not in "·\u2022\uf0b7":
        return char  # Symbol holds Greek and mathematics, which PDFium knows
    if plain.isascii() or char in _BULLETS or "\ue000" <= char <= "\uf8ff":
        return BULLET
    return char


def is_bullet(text: str) -> bool:
    """Whether a word is nothing but a list's bullet: a dash, an arrow, a block, a geometric shape or a dingbat."""
    return len(text) == 1 and (text in _BULLETS or text in "–—*»›-" or any(a <= text <= b for a, b in _DRAWN))


def is_sign(text: str) -> bool:
    """Whether a word is a drawn bullet, and nothing that a sentence or a signature could begin with."""
    return is_bullet(text) and text not in "–—*»›-"


_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\[\d{1,3}\]")


def is_marker(text: str) -> bool:
    """Whether a word is what a list item begins with: a bullet, or a number or letter with a stop or bracket."""
    return is_bullet(text) or _NUMBERED.fullmatch(text) is not None
