"""Brings together the links a designer drew, with the words under them, and those found in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from masthead.document.structure import Link, LinkKind, SourceReport
from masthead.document.text import Block, Join, ReadText, Word
from masthead.layout.links import text_links

_MOST_TEXT = 300  # characters: a link drawn over a whole page is not its text


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
    named = {number: _with_words(links, text.blocks.get(number, ())) for number, links in annotated.items()}
    return {
        shape.number: _merged(named.get(shape.number, ()), found.get(shape.number, ()), len(report.pages))
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


def _with_words(links: Sequence[Link], blocks: Sequence[Block]) -> tuple[Link, ...]:
    """The links with what is written under each: words whose middle lies in the link's box, in reading order."""
    words: dict[int, list[Word]] = {}
    for block in blocks:
        over = [at for at, link in enumerate(links) if link.box.overlap(block.box) > 0]
        for word in (word for line in block.lines for word in line.words) if over else ():
            x, y = word.box.centre
            for at in over:
                box = links[at].box
                if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                    words.setdefault(at, []).append(word)
    return tuple(
        link if link.text else replace(link, text=_sentence(words.get(at, ()))) for at, link in enumerate(links)
    )


def _sentence(words: Sequence[Word]) -> str:
    parts = [
        word.text[:-1] if word.join is Join.HYPHEN else f"{word.text} " if word.join is Join.SPACE else word.text
        for word in words
    ]
    return "".join(parts).strip()[:_MOST_TEXT]
