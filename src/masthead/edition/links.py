"""Brings together the links a designer drew and those found in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from masthead.document.structure import Link, LinkKind, SourceReport
from masthead.document.text import ReadText
from masthead.layout.links import text_links


def links_of_pages(
    report: SourceReport, text: ReadText, annotated: Mapping[int, Sequence[Link]]
) -> dict[int, tuple[Link, ...]]:
    """All live links by page. The designer's win over those found under them; a link to no page is dropped."""
    labels: dict[str, int] = {}
    for shape in report.pages:
        labels.setdefault(shape.label, shape.number)  # where a label stands twice, the first page has it
    found: dict[int, list[Link]] = {}
    for link in text_links(text.blocks, labels):
        found.setdefault(link.page, []).append(link)
    return {
        shape.number: _merged(annotated.get(shape.number, ()), found.get(shape.number, ()), len(report.pages))
        for shape in report.pages
    }


def _merged(annotated: Sequence[Link], found: Sequence[Link], page_count: int) -> tuple[Link, ...]:
    kept = [link for link in annotated if _leads_somewhere(link, page_count)]
    for link in found:
        covered = any(link.box.overlap(other.box) > 0.3 * link.box.area for other in annotated)
        if not covered and _leads_somewhere(link, page_count):
            kept.append(link)
    return tuple(kept)


def _leads_somewhere(link: Link, page_count: int) -> bool:
    return link.kind is not LinkKind.PAGE or (link.target.isdecimal() and 1 <= int(link.target) <= page_count)
