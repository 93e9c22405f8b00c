"""Articles: a large headline and what follows it, until the next one of its rank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from masthead.document.text import Article, Block, Role

_MIN_WORDS = 60
_MAX_SLUG = 60
_OUTSIDE = frozenset({Role.RUNNING_HEAD, Role.FOLIO, Role.ADVERTISEMENT})


def articles_of(
    blocks: dict[int, tuple[Block, ...]],
) -> tuple[dict[int, tuple[Block, ...]], tuple[Article, ...]]:
    """The blocks with their article set, and the articles."""
    stories: list[list[Block]] = []
    top = _title_level(blocks)
    for number in sorted(blocks):
        fresh = True  # a lesser headline may open a story at the top of a page, not in the middle of one
        for block in blocks[number]:
            if block.role in _OUTSIDE:
                continue
            opens = block.role is Role.HEADING and (block.level <= top)
            follows_title = bool(stories) and all(part.role is Role.HEADING for part in stories[-1])
            if opens and not (follows_title and stories[-1][-1].page == block.page):
                stories.append([block])
            elif stories and (not fresh or block.page - stories[-1][-1].page <= 1):
                stories[-1].append(block)
            fresh = False
    articles: list[Article] = []
    homes: dict[str, str] = {}
    slugs: set[str] = set()
    for story in stories:
        article = _article(story, len(articles) + 1, slugs)
        if article is not None:
            articles.append(article)
            homes.update(dict.fromkeys(article.blocks, article.id))
    placed = {
        number: tuple(replace(block, article=homes.get(block.id, "")) for block in row)
        for number, row in blocks.items()
    }
    return placed, tuple(articles)


def _title_level(blocks: dict[int, tuple[Block, ...]]) -> int:
    """The lowest rank that still opens articles: few enough headings that each has a page or so to itself."""
    counts = dict.fromkeys(range(1, 6), 0)
    for row in blocks.values():
        for level in {block.level for block in row if block.role is Role.HEADING}:
            counts[level] = counts.get(level, 0) + 1
    total, pages = 0, max(1, len(blocks))
    for level in range(1, 6):
        total += counts[level]
        if total >= 0.3 * pages:
            return level
    return 5


def _article(story: Sequence[Block], number: int, slugs: set[str]) -> Article | None:
    words = sum(len(block.text.split()) for block in story if block.role is not Role.HEADING)
    if words < _MIN_WORDS:
        return None
    headings = []
    for block in story:
        if block.role is not Role.HEADING:
            break
        headings.append(block.text)
    title = " ".join(headings[:2]) or story[0].text
    standfirst = next((block.text for block in story if block.role is Role.STANDFIRST), "")
    byline = next((block.text for block in story if block.role is Role.BYLINE), "")
    return Article(
        id=f"a{number}",
        title=title,
        slug=_slug(title, slugs),
        pages=tuple(sorted({block.page for block in story})),
        blocks=tuple(block.id for block in story),
        standfirst=standfirst,
        byline=byline,
        words=words,
    )


def _slug(title: str, taken: set[str]) -> str:
    """The title as it may stand in an address: letters of any script, digits and hyphens; unique in the edition."""
    plain = unicodedata.normalize("NFKC", title).lower()
    base = re.sub(r"[^\w]+", "-", plain).strip("-_")[:_MAX_SLUG].strip("-") or "article"
    slug, count = base, 2
    while slug in taken:
        slug, count = f"{base}-{count}", count + 1
    taken.add(slug)
    return slug
