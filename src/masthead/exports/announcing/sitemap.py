"""Writes sitemaps (sitemaps.org 0.9): every page and article that search engines may keep, and an index of them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from urllib.parse import quote

from masthead.edition.folder import Edition
from masthead.exports.announcing.facts import EditionFacts
from masthead.exports.announcing.xml import SITEMAP, add, document, stamp

LIMIT = 50_000  # addresses in one file, by the protocol
Entry = tuple[str, datetime | None]


def entries_of(facts: EditionFacts, edition: Edition, tail: str = "") -> Iterator[Entry]:
    """The addresses of one edition: its first page, the others, its articles; those below it end with `tail`."""
    yield facts.home, facts.changed
    for number in range(2, edition.page_count + 1):
        yield f"{facts.home}page/{number}{tail}", facts.changed
    for article in edition.manifest["articles"]:
        if article["pages"]:
            yield f"{facts.home}article/{quote(article['slug'], safe='')}{tail}", facts.changed


def pages(entries: Iterable[Entry], number: int) -> Sequence[Entry]:
    """The entries of the sitemap of this number, counted from 1."""
    return list(islice(entries, (number - 1) * LIMIT, number * LIMIT))


def sitemap(entries: Iterable[Entry]) -> bytes:
    """A sitemap of at most `LIMIT` addresses."""
    return _write("urlset", "url", islice(entries, LIMIT))


def index(sitemaps: Iterable[Entry]) -> bytes:
    """A list of sitemaps, each with its last change."""
    return _write("sitemapindex", "sitemap", islice(sitemaps, LIMIT))


def _write(root_name: str, name: str, entries: Iterable[Entry]) -> bytes:
    root = ET.Element(root_name, {"xmlns": SITEMAP})
    for address, changed in entries:
        entry = add(root, name)
        add(entry, "loc", address)
        if changed is not None:
            add(entry, "lastmod", stamp(changed))
    return document(root)
