"""The files of a page that the reader loads: words with boxes and links; and the text that search runs over.

Their format is `schema/page-1.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from masthead.document.geometry import Box
from masthead.document.structure import Link, PageShape
from masthead.document.text import Block, Figure, Join, Line, Table, Word
from masthead.edition.crossing import join_number

PAGES_PER_SEARCH_CHUNK = 100


def to_bytes(value: object) -> bytes:
    """JSON bytes that are the same for the same value: no spaces, UTF-8, keys in the order given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def page_file(
    shape: PageShape,
    blocks: Sequence[Block],
    links: Sequence[Link],
    figures: Sequence[Figure],
    sizes: Mapping[str, tuple[int, int]],
) -> dict[str, Any]:
    """The page as the reader's text layer, marks and link areas need it; `sizes` of figures' pictures in pixels."""
    return {
        "number": shape.number,
        "width": round(shape.width, 2),
        "height": round(shape.height, 2),
        "blocks": [_block(block) for block in blocks],
        "links": [
            {"box": _numbers(link.box), "kind": link.kind.value, "target": link.target, "text": link.text}
            for link in links
        ],
        "figures": [_figure(figure, sizes.get(figure.id)) for figure in figures],
    }


def _figure(figure: Figure, size: tuple[int, int] | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": figure.id, "box": _numbers(figure.box)}
    if size:
        entry["size"] = list(size)
    for name in ("caption", "article", "alt"):
        if value := getattr(figure, name):
            entry[name] = value
    if figure.decorative:
        entry["decorative"] = True
    return entry


def search_text(blocks: Sequence[Block]) -> str:
    """The page's joined words, one space between them, in the order of the page file."""
    tokens: list[str] = []
    joined = ""
    for word in (word for block in blocks for line in block.lines for word in line.words):
        text = word.text.replace(" ", "").replace("\u00a0", "")
        joined += text[:-1] if word.join is Join.HYPHEN else text
        if word.join is Join.SPACE:
            tokens.append(joined)
            joined = ""
    if joined:
        tokens.append(joined)
    return " ".join(tokens)


def _block(block: Block) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": block.id, "role": block.role.value, "box": _numbers(block.box)}
    if block.level:
        entry["level"] = block.level
    for name in ("marker", "article", "continues", "group", "figure", "repeats", "reference"):
        if value := getattr(block, name):
            entry[name] = value
    if block.table:
        entry["table"] = table_entry(block.table)
    entry["lines"] = [_line(line) for line in block.lines]
    return entry


def table_entry(table: Table) -> dict[str, Any]:
    """A table's grid: cells as `[row, column, rows, columns, header, start, end]`."""
    return {
        "rows": table.rows,
        "columns": table.columns,
        "cells": [[int(part) for part in cell] for cell in table.cells],
    }


def _line(line: Line) -> dict[str, Any]:
    entry: dict[str, Any] = {"box": _numbers(line.box)}
    if line.angle:
        entry["angle"] = round(line.angle, 1)
    if line.right_to_left:
        entry["rtl"] = True
    entry["words"] = [_word(word) for word in line.words]
    return entry


def _word(word: Word) -> list[Any]:
    entry: list[Any] = [word.text, *_numbers(word.box)]
    if number := join_number(word.join):
        entry.append(number)
    return entry


def _numbers(box: Box) -> list[float]:
    """Tenths of a point: less than a pixel at 400 %, half the bytes."""
    return [round(value, 1) + 0.0 for value in box]
