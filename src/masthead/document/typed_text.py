"""Plain text that people typed, as paragraphs of lines with the web addresses in them: it is shown, never trusted."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LINK: Final = re.compile(r"\bhttps?://[^\s<>\"'\u2018\u2019\u201c\u201d\u00ab\u00bb]+", re.IGNORECASE)
_AFTER: Final = ".,;:!?…"  # ends the sentence, not the address
_CLOSING: Final = {")": "(", "]": "["}


class Piece(NamedTuple):
    """Some words; with an address where they are one."""

    text: str
    address: str = ""


def paragraphs_of(text: str) -> list[list[list[Piece]]]:
    """The paragraphs of a text, each with its lines, each of pieces."""
    parts = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [[_pieces(line) for line in part.split("\n")] for part in parts]


def links_in(text: str) -> list[str]:
    """The web addresses in a text."""
    return [_trimmed(found[0]) for found in _LINK.finditer(text)]


def _pieces(line: str) -> list[Piece]:
    pieces, at = [], 0
    for found in _LINK.finditer(line):
        address = _trimmed(found[0])
        if found.start() > at:
            pieces.append(Piece(line[at : found.start()]))
        pieces.append(Piece(address, address))
        at = found.start() + len(address)
    return [*pieces, Piece(line[at:])] if at < len(line) else pieces


def _trimmed(address: str) -> str:
    """Without what belongs to the sentence around it: "(see https://example.org/a_(b))." keeps its own brackets."""
    while address:
        last = address[-1]
        opened = _CLOSING.get(last)
        if last in _AFTER or (opened and address.count(last) > address.count(opened)):
            address = address[:-1]
        else:
            break
    return address
