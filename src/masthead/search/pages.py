"""Reads a page file as running text: its words joined over line ends, and the box of each piece of them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.document.geometry import Box

_SPACE, _NONE, _HYPHEN = 0, 1, 2
_FURNITURE = frozenset({"running_head", "folio"})  # they say the same on every page


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line: where its text begins in its block, and where it is printed (points)."""

    start: int
    line: int
    box: Box


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block as running text."""

    id: str
    role: str
    article: str
    box: Box
    text: str
    pieces: Sequence[Piece]
    lines: Sequence[Box]

    def pieces_of(self, start: int, end: int) -> list[Piece]:
        """The pieces that print these characters: two where a word is hyphenated."""
        first = max(0, bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1)
        return [piece for piece in self.pieces[first:] if piece.start < end]


def read_blocks(folder: Path, page: int) -> list[BlockText]:
    """The blocks of a page in reading order, without furniture; none where the page failed."""
    try:
        blocks = json.loads((folder / f"pages/{page}.json").read_bytes())["blocks"]
    except (OSError, ValueError, KeyError):
        return []
    return list(_texts(blocks))


def _texts(blocks: Sequence[dict[str, Any]]) -> Iterator[BlockText]:
    for block in blocks:
        if block["role"] not in _FURNITURE:
            yield _text(block)


def _text(block: dict[str, Any]) -> BlockText:
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for number, line in enumerate(block["lines"]):
        for word in line["words"]:
            text, join = word[0], word[5] if len(word) > 5 else _SPACE
            printed = text[:-1] if join == _HYPHEN else text
            pieces.append(Piece(length, number, Box(*word[1:5])))
            printed = f"{printed} " if join == _SPACE else printed
            parts.append(printed)
            length += len(printed)
    lines = [Box(*line["box"]) for line in block["lines"]]
    return BlockText(
        block["id"], block["role"], block.get("article", ""), Box(*block["box"]), "".join(parts), pieces, lines
    )
