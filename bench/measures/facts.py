"""Facts about single pages that a text must agree with: words present or absent, one before another, cells of tables.

The facts of mathematics (`math`) are left out: no tool here writes formulas. Pages that are pictures only are kept,
and no tool without character recognition can know what they say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measures.corpus import corpus
from measures.strings import bare
from measures.understood import Cell, Found, PageFound

_SHORT = 8  # characters
_NEXT_TO = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


def _facts() -> list[dict[str, Any]]:
    lines = (corpus() / "bench/olmocr-sample/shared.jsonl").read_text(encoding="utf-8").splitlines()
    return [fact for fact in map(json.loads, lines) if fact["type"] != "math"]


def facts_pdfs() -> list[Path]:
    """The PDFs that facts are known of."""
    return [corpus() / "bench/olmocr-sample/pdfs" / name for name in dict.fromkeys(fact["pdf"] for fact in _facts())]


def facts_score(pdfs: Sequence[Path], found: Sequence[Found]) -> tuple[int, int]:
    """How many facts hold, and how many there are."""
    by_pdf = dict(zip((pdf.name for pdf in pdfs), found, strict=True))
    facts = _facts()
    return sum(holds(fact, by_pdf[Path(fact["pdf"]).name]) for fact in facts), len(facts)


def holds(fact: dict[str, Any], found: Found) -> bool:
    """Whether the fact holds in what was found."""
    page = found.pages[fact["page"] - 1] if fact["page"] <= len(found.pages) else PageFound("")
    if fact["type"] == "table":
        return any(_cell_holds(fact, table) for table in page.tables)
    if fact["type"] == "order":
        before, after = (_place(fact[name], page.text) for name in ("before", "after"))
        return -1 < before < after
    text = page.text[-fact["last_n"] :] if fact.get("last_n") else page.text
    return (_place(fact["text"], text) >= 0) is (fact["type"] == "present")


def _place(words: str, text: str) -> int:
    """Where the words begin in the text without white space and hyphens; a short one must be a word of its own."""
    if len(words) < _SHORT:
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        return len(bare(text[: match.start()])) if match else -1
    return bare(text).find(bare(words))


def _cell_holds(fact: dict[str, Any], table: Sequence[Cell]) -> bool:
    where = {
        (row, column): cell
        for cell in table
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    return any(_surroundings_hold(fact, cell, where) for cell in table if _same(cell.text, fact["cell"]))


def _surroundings_hold(fact: dict[str, Any], cell: Cell, where: dict[tuple[int, int], Cell]) -> bool:
    for name, (down, right) in _NEXT_TO.items():
        if name in fact:
            row = cell.row + (cell.rows if down > 0 else down)
            column = cell.column + (cell.columns if right > 0 else right)
            other = where.get((row, column))
            if other is None or not _same(other.text, fact[name]):
                return False
    above = [where[row, cell.column].text for row in range(cell.row) if (row, cell.column) in where]
    before = [where[cell.row, column].text for column in range(cell.column) if (cell.row, column) in where]
    for name, texts in (("top_heading", above), ("left_heading", before)):
        if name in fact and not any(_same(text, fact[name]) for text in texts):
            return False
    return True


def _same(one: str, other: str) -> bool:
    return bare(one).casefold() == bare(other).casefold()
