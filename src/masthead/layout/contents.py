"""Contents for a PDF without an outline: its articles, with the headings inside them."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.structure import OutlineEntry, PageShape
from masthead.document.text import ReadText, Role

_MAX_CHILDREN = 12
_MAX_TITLE = 120  # characters


def contents_from_headings(text: ReadText, pages: Sequence[PageShape]) -> tuple[OutlineEntry, ...]:
    """Two levels: articles, and the headings inside each that open a part of it."""
    headings = {
        block.id: block for row in text.blocks.values() for block in row if block.role is Role.HEADING and block.text
    }
    entries = []
    for article in text.articles:
        inside = [headings[name] for name in article.blocks if name in headings]
        title_parts = {part.id for part in inside[:2]}
        parts = [part for part in inside if part.id not in title_parts and len(part.text) > 2]
        children = tuple(OutlineEntry(part.text[:_MAX_TITLE], part.page) for part in parts)
        kept = children if 1 < len(children) <= _MAX_CHILDREN else ()
        entries.append(OutlineEntry(article.title[:_MAX_TITLE], article.pages[0], kept))
    return tuple(entry for entry in entries if 1 <= entry.page <= len(pages))
