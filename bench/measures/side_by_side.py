"""A page as the truth has it and as we read it, in two columns for the terminal."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import Any

from measures.corpus import Tagged
from measures.ours import spoken
from measures.strings import bare, shingles

_WIDTH = 76


def side_by_side(file: Tagged, page: int, blocks: list[dict[str, Any]]) -> str:
    """Both sides block by block; ✗ marks a block that is not found whole on the other side."""
    truths = [(block["tag"], block["text"]) for block in file.blocks.get(page, ()) if block["text"].strip()]
    ours = [(block["role"], spoken(block)) for block in blocks]
    left = _column(truths, bare("\n".join(text for _, text in ours)))
    right = _column(ours, bare("\n".join(text for _, text in truths)))
    head = f"{f'truth: {file.name}, page {page}':{_WIDTH}} | ours"
    return "\n".join([head, *(f"{one:{_WIDTH}} | {other}" for one, other in zip_longest(left, right, fillvalue=""))])


def _column(blocks: list[tuple[str, str]], other_side: str) -> list[str]:
    lines = []
    there = set(shingles(other_side))
    for number, (kind, text) in enumerate(blocks, start=1):
        parts = shingles(bare(text)) or [bare(text)]
        whole = all(part in there or part in other_side for part in parts)
        lines += textwrap.wrap(f"{number} {kind}{'' if whole else ' ✗'}: {text}", _WIDTH, subsequent_indent="   ")
    return lines
