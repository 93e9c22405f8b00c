"""Reads an edition folder as rows of the index: its pages, articles and sections, and its words as they are spelled."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from masthead.edition.folder import Edition
from masthead.search.engine import Row
from masthead.search.pages import BlockText, read_blocks
from masthead.search.words import folded, is_unspaced, tokens

_HEADLINES = frozenset({"heading", "standfirst"})
_LONGEST_SPELLING = 40  # characters


@dataclass(slots=True)
class _Text:
    """Words that are gathered for a row."""

    headline: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """All that is indexed of an edition."""

    pages: list[Row] = field(default_factory=list)
    articles: list[Row] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    spellings: Counter[tuple[str, str]] = field(default_factory=Counter)


def section_key(name: str) -> str:
    """The key of a section: the same for the same words in every issue, whatever their case."""
    return hashlib.sha256(" ".join(folded(word) for word in name.split()).encode()).hexdigest()[:10]


def read_rows(edition: Edition, language: str) -> Rows:
    """The rows of an edition whose text is in this language."""
    found = Rows()
    entries = {entry["id"]: entry for entry in edition.manifest["articles"]}
    keys: dict[str, tuple[str, ...]] = {}
    for name, entry in entries.items():
        section = entry.get("section", "").strip()
        keys[name] = (section_key(section),) if section else ()
        if section:
            found.sections.setdefault(keys[name][0], section)
    stories = {name: _Text() for name in entries}
    for number in range(1, edition.page_count + 1):
        _read_page(found, number, read_blocks(edition.path, number), language, stories, keys)
    for number, (name, entry) in enumerate(entries.items(), start=1):
        story = stories[name]
        page = entry["pages"][0] if entry["pages"] else 1
        found.articles.append(
            Row(number, " ".join(story.headline), " ".join(story.body), keys[name], page=page, article=name)
        )
    return found


def _read_page(
    found: Rows,
    number: int,
    blocks: Iterable[BlockText],
    language: str,
    stories: dict[str, _Text],
    keys: dict[str, tuple[str, ...]],
) -> None:
    page = _Text()
    sections: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        words = list(tokens(block.text, language))
        terms = [word.term for word in words]
        seen.update((word.spelling, word.term) for word in words if _is_for_spelling(word.spelling))
        places = [page, stories[block.article]] if block.article in stories else [page]
        sections.update(keys.get(block.article, ()))
        for place in places:
            place.body += terms
            if block.role in _HEADLINES:
                place.headline += terms
    found.spellings.update(seen)
    found.pages.append(Row(number, " ".join(page.headline), " ".join(page.body), tuple(sorted(sections)), page=number))


def _is_for_spelling(word: str) -> bool:
    return 1 < len(word) <= _LONGEST_SPELLING and not word[0].isdigit() and not is_unspaced(word)
