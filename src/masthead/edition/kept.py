"""Keeps what was read from a PDF beside its edition folder, so that a correction need not read it again.

The file is no part of the edition and is not served: it holds the text as printed, before any correction. It can always
be made again by converting the PDF. JSON, compressed; another version of the format is as good as none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from masthead.document.geometry import Box
from masthead.document.structure import Link, PageFailure, PagePart, SourceReport
from masthead.document.text import Article, Block, Cell, Confidence, Figure, Font, PageLines, ReadText, Role, Table
from masthead.edition import crossing
from masthead.edition.manifest import BuildState, PageState
from masthead.edition.page_files import to_bytes
from masthead.edition.recognising import Recognition
from masthead.edition.writing import write_file

_FORMAT = 1
_BLOCK_NAMES = ("marker", "article", "continues", "group", "figure", "repeats", "reference")


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition as it was read: its state before corrections, the links that the PDF draws, the fonts of each page."""

    state: BuildState
    links: Mapping[int, Sequence[Link]]
    fonts: Mapping[int, Sequence[Font]]


def kept_path(folder: Path) -> Path:
    """Where the reading of an edition folder lies: beside it."""
    return folder.with_name(f"{folder.name}.reading")


def keep(path: Path, kept: Kept) -> None:
    """Write it down."""
    state = kept.state
    data = {
        "format": _FORMAT,
        "report": crossing.report_to_json(state.report),
        "places": [[shape.place.sheet, shape.part is not None] for shape in state.report.pages],
        "pages": {number: [page.status, page.sizes, page.colour] for number, page in state.pages.items()},
        "failures": [[failure.page, failure.code, failure.message] for failure in state.failures],
        "warnings": state.warnings,
        "has_source": state.has_source,
        "contents": crossing.outline_to_json(state.contents),
        "language": state.language,
        "recognition": _recognition(state.recognition),
        "figure_sizes": state.figure_sizes,
        "text": _text(state.text, state.report, kept.fonts),
        "links": {number: crossing.links_to_json(tuple(links)) for number, links in kept.links.items()},
    }
    write_file(path, zlib.compress(to_bytes(data), 6))


def read_kept(path: Path) -> Kept | None:
    """What was kept; None where there is nothing, or nothing that this version understands."""
    try:
        data = json.loads(zlib.decompress(path.read_bytes()))
        if data["format"] != _FORMAT:
            return None
        return _kept(data)
    except (OSError, ValueError, TypeError, KeyError, zlib.error):
        return None


def _kept(data: dict[str, Any]) -> Kept:
    report = crossing.report_from_json(data["report"])
    pages = tuple(
        replace(shape, part=PagePart(int(sheet), shape.part.window if shape.part else None) if is_part else None)
        for shape, (sheet, is_part) in zip(report.pages, data["places"], strict=True)
    )
    text, fonts = _text_from(data["text"])
    state = BuildState(
        report=replace(report, pages=pages),
        pages={int(number): _page_state(*row) for number, row in data["pages"].items()},
        failures=[PageFailure(int(page), str(code), str(message)) for page, code, message in data["failures"]],
        warnings=[str(warning) for warning in data["warnings"]],
        has_source=bool(data["has_source"]),
        text=text,
        contents=crossing.outline_from_json(data["contents"]),
        language=str(data["language"]),
        recognition=_recognition_from(data["recognition"]),
        figure_sizes={name: (int(width), int(height)) for name, (width, height) in data["figure_sizes"].items()},
    )
    links = {int(number): crossing.links_from_json(rows) for number, rows in data["links"].items()}
    return Kept(state, links, fonts)


def _page_state(status: str, sizes: list[list[int]], colour: str) -> PageState:
    return PageState(str(status), tuple((int(a), int(b), int(c)) for a, b, c in sizes), str(colour))


def _recognition(found: Recognition) -> dict[str, Any]:
    return {
        "engine": found.engine,
        "languages": list(found.languages),
        "pages": sorted(found.pages),
        "warnings": found.warnings,
    }


def _recognition_from(data: dict[str, Any]) -> Recognition:
    """Which pages were recognised; their lines are in the text already."""
    pages = {int(number): PageLines(int(number), 0.0, 0.0, (), (), ()) for number in data["pages"]}
    return Recognition(pages, str(data["engine"]), tuple(data["languages"]), [str(one) for one in data["warnings"]])


def _text(text: ReadText, report: SourceReport, fonts: Mapping[int, Sequence[Font]]) -> dict[str, Any]:
    """Blocks name how many of their page's lines are theirs; the lines stand one after the other."""
    sizes = {shape.number: (shape.width, shape.height) for shape in report.pages}
    lines = {
        number: crossing.lines_to_json(
            PageLines(
                number,
                *sizes[number],
                lines=tuple(line for block in row for line in block.lines),
                fonts=tuple(fonts.get(number, ())),
                shapes=(),
            )
        )
        for number, row in text.blocks.items()
    }
    return {
        "blocks": {number: [_block(block) for block in row] for number, row in text.blocks.items()},
        "lines": lines,
        "articles": [_article(article) for article in text.articles],
        "figures": {
            number: [[one.id, one.box, one.caption, one.article, one.alt] for one in row]
            for number, row in text.figures.items()
        },
        "confidence": {number: [one.value, one.reasons] for number, one in text.confidence.items()},
        "warnings": text.warnings,
    }


def _text_from(data: dict[str, Any]) -> tuple[ReadText, dict[int, tuple[Font, ...]]]:
    pages = {int(number): crossing.lines_from_json(rows) for number, rows in data["lines"].items()}
    blocks = {}
    for name, rows in data["blocks"].items():
        number, start, made = int(name), 0, []
        for row in rows:
            end = start + int(row["lines"])
            made.append(_block_from(number, row, pages[number].lines[start:end]))
            start = end
        blocks[number] = tuple(made)
    text = ReadText(
        blocks=blocks,
        articles=tuple(_article_from(row) for row in data["articles"]),
        warnings=tuple(data["warnings"]),
        figures={
            int(number): tuple(
                Figure(str(name), int(number), Box(*box), str(caption), str(article), str(alt))
                for name, box, caption, article, alt in rows
            )
            for number, rows in data["figures"].items()
        },
        confidence={
            int(number): Confidence(float(value), tuple(why)) for number, (value, why) in data["confidence"].items()
        },
    )
    return text, {number: page.fonts for number, page in pages.items()}


def _block(block: Block) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": block.id,
        "role": block.role.value,
        "box": block.box,
        "text": block.text,
        "level": block.level,
        "lines": len(block.lines),
    }
    row |= {name: value for name in _BLOCK_NAMES if (value := getattr(block, name))}
    if block.table:
        row["table"] = [block.table.rows, block.table.columns, block.table.cells]
    return row


def _block_from(page: int, row: dict[str, Any], lines: tuple[Any, ...]) -> Block:
    words = {name: str(row[name]) for name in _BLOCK_NAMES if name in row}
    table = None
    if "table" in row:
        rows, columns, cells = row["table"]
        table = Table(rows, columns, tuple(Cell(*cell)._replace(header=bool(cell[4])) for cell in cells))
    box = Box(*(float(value) for value in row["box"]))
    role, level = Role(row["role"]), int(row["level"])
    return Block(str(row["id"]), page, role, box, lines, str(row["text"]), level=level, table=table, **words)


def _article(article: Article) -> dict[str, Any]:
    names = ("id", "title", "slug", "pages", "blocks", "standfirst", "byline", "words", "section")
    return {name: getattr(article, name) for name in (*names, "authors", "mails", "figures", "asides")}


def _article_from(row: dict[str, Any]) -> Article:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Article(**values)
