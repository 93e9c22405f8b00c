"""Tells what was understood of a PDF, as plain JSON: pages with blocks in reading order, articles, outline, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from masthead.document.geometry import union_of
from masthead.document.structure import Link, PageFailure, PagePart, PageShape, SourceReport
from masthead.document.tags import TagVerdict
from masthead.document.text import Block, ReadText, Table
from masthead.edition import crossing
from masthead.edition.links import links_of_pages
from masthead.edition.manifest import recognition_entry
from masthead.edition.options import BuildOptions, Silence
from masthead.edition.recognising import recognise
from masthead.edition.workforce import PageContent, Workforce, draw_page, read_page
from masthead.layout.contents import contents_from_headings
from masthead.layout.language import detect_language
from masthead.layout.reading import read
from masthead.recognition.scan import put_back


def inspect(pdf: Path, options: BuildOptions | None = None, *, words: bool = False) -> dict[str, Any]:
    """What we understood of `pdf`; boxes in points, origin top left, after crop and rotation.

    With `words` each block also lists its words as `[text, x0, y0, x1, y1]`. Raises one of the documented errors.
    """
    options = options or BuildOptions()
    contents: dict[int, PageContent] = {}
    failures: list[PageFailure] = []
    with Workforce(pdf, options) as workforce:
        report = workforce.open()
        jobs = [partial(_read, workforce, shape.number, contents, failures) for shape in report.pages]
        workforce.each(jobs)
        language = options.language or report.language
        pages = [contents[number].lines for number in sorted(contents)]
        recognition = recognise(workforce, pages, language, options, Silence())
    pages = [recognition.pages.get(page.number, page) for page in pages]
    if not language:
        language = detect_language(" ".join(word.text for line in page.lines for word in line.words) for page in pages)
    text = put_back(read(pages, language=language, habits=recognition.habits), pages)
    annotated = {number: content.links for number, content in contents.items()}
    answer = _answer(report, text, links_of_pages(report, text, annotated), language, failures, words)
    answer["recognition"] = recognition_entry(recognition) or None
    answer["warnings"] += recognition.warnings
    return answer


def page_pictures(pdf: Path, options: BuildOptions, numbers: Sequence[int], width: int) -> Iterator[tuple[int, bytes]]:
    """WebP of each page, nominally `width` pixels wide; pages that cannot be drawn are left out."""
    with Workforce(pdf, options) as workforce:
        workforce.open()  # it says which part of a sheet each page is
        for number in numbers:
            drawn, _ = draw_page(workforce, number, [width])
            if drawn is not None and drawn.files:
                yield number, drawn.files[0]


def _read(workforce: Workforce, number: int, contents: dict[int, PageContent], failures: list[PageFailure]) -> None:
    result = read_page(workforce, number)
    if isinstance(result, PageContent):
        contents[number] = result
    else:
        failures.append(result)


def _answer(
    report: SourceReport,
    text: ReadText,
    links: dict[int, tuple[Link, ...]],
    language: str,
    failures: Sequence[PageFailure],
    words: bool,
) -> dict[str, Any]:
    outline = report.outline or contents_from_headings(text, report.pages)
    warnings = [*report.warnings, *text.warnings]
    warnings += [f"Page {failure.page}: {failure.message}" for failure in sorted(failures, key=lambda f: f.page)]
    return {
        "title": report.title,
        "language": language,
        "pages": [_page(shape, text, words) for shape in report.pages],
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "standfirst": article.standfirst,
                "byline": article.byline,
                "pages": list(article.pages),
                "blocks": list(article.blocks),
                "words": article.words,
                "minutes": article.minutes,
                "section": article.section,
                "authors": list(article.authors),
                "mails": list(article.mails),
                "figures": list(article.figures),
                "asides": list(article.asides),
            }
            for article in text.articles
        ],
        "outline": crossing.outline_to_json(outline),
        "links": [_link(link) for shape in report.pages for link in links.get(shape.number, ())],
        "warnings": warnings,
    }


def _page(shape: PageShape, text: ReadText, words: bool) -> dict[str, Any]:
    confidence = text.confidence.get(shape.number)
    return {
        "number": shape.number,
        "label": shape.label,
        **_part(shape.part),
        "width": shape.width,
        "height": shape.height,
        "rotation": shape.rotation,
        "confidence": round(confidence.value, 2) if confidence else None,
        "reasons": list(confidence.reasons) if confidence else [],
        "tags": _tags(text.tagging.get(shape.number)),
        "blocks": [_block(block, words) for block in text.blocks.get(shape.number, ())],
        "figures": [
            {
                "id": figure.id,
                "bbox": list(figure.box.rounded()),
                "alt": figure.alt,
                "caption": figure.caption,
                "article": figure.article,
            }
            for figure in text.figures.get(shape.number, ())
        ],
    }


def _part(part: PagePart | None) -> dict[str, Any]:
    """Where in the PDF a page lies that is not the whole sheet of its number."""
    if part is None:
        return {}
    window = {"window": list(part.window.rounded())} if part.window else {}
    return {"sheet": part.sheet, **window}


def _tags(verdict: TagVerdict | None) -> dict[str, Any] | None:
    """What was believed of the page's tags; None where it has none."""
    if verdict is None:
        return None
    return {
        "order": verdict.order.value,
        "roles": verdict.roles,
        "coverage": round(verdict.coverage, 2),
        "reason": verdict.reason,
    }


def _block(block: Block, words: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": block.id,
        "role": block.role.value,
        "bbox": list(block.box.rounded()),
        "text": block.text,
        "article": block.article or None,
    }
    if block.level:
        entry["level"] = block.level
    if block.marker:
        entry["marker"] = block.marker
    for name in ("continues", "group", "figure", "repeats", "reference"):
        if value := getattr(block, name):
            entry[name] = value
    if block.table:
        entry["table"] = _table(block, block.table)
    if words:
        entry["words"] = [[word.text, *word.box.rounded()] for line in block.lines for word in line.words]
    return entry


def _table(block: Block, table: Table) -> dict[str, Any]:
    words = [word for line in block.lines for word in line.words]
    return {
        "rows": table.rows,
        "columns": table.columns,
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "rows": cell.rows,
                "columns": cell.columns,
                "header": cell.header,
                "bbox": list(union_of(word.box for word in words[cell.start : cell.end]).rounded()),
                "text": " ".join(word.text for word in words[cell.start : cell.end]),
            }
            for cell in table.cells
        ],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "page": link.page,
        "bbox": list(link.box.rounded()),
        "kind": link.kind.value,
        "target": link.target,
        "source": link.source,
        "text": link.text,
    }
