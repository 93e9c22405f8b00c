"""Writes the newest editions of a publication as an Atom feed (RFC 4287) and as an RSS 2.0 feed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from masthead.exports.announcing.facts import EditionFacts, PublicationFacts, newest
from masthead.exports.announcing.xml import ATOM, add, document, stamp

LENGTH = 50  # editions in a feed: readers of feeds keep older ones themselves
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # what a feed without editions says of its last change


def atom(publication: PublicationFacts, editions: Sequence[EditionFacts], address: str) -> bytes:
    """The Atom feed that stands at `address`; editions come newest first."""
    editions = list(editions)[:LENGTH]
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": publication.language})
    add(feed, f"{{{ATOM}}}id", publication.home)
    add(feed, f"{{{ATOM}}}title", publication.name)
    if publication.description:
        add(feed, f"{{{ATOM}}}subtitle", publication.description)
    add(feed, f"{{{ATOM}}}updated", stamp(newest(editions, _BEGINNING)))
    add(add(feed, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", publication.publisher)
    add(feed, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=address)
    add(feed, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=publication.home)
    add(feed, f"{{{ATOM}}}generator", "Masthead")
    for edition in editions:
        entry = add(feed, f"{{{ATOM}}}entry")
        add(entry, f"{{{ATOM}}}id", edition.home)
        add(entry, f"{{{ATOM}}}title", edition.title)
        add(entry, f"{{{ATOM}}}published", stamp(edition.published))
        add(entry, f"{{{ATOM}}}updated", stamp(edition.changed))
        add(entry, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=edition.home)
        for kind, href in (("application/epub+zip", edition.epub), ("application/pdf", edition.pdf)):
            if href:
                add(entry, f"{{{ATOM}}}link", rel="enclosure", type=kind, href=href)
        for name in edition.categories:
            add(entry, f"{{{ATOM}}}category", term=name)
        if edition.description:
            add(entry, f"{{{ATOM}}}summary", edition.description)
        add(entry, f"{{{ATOM}}}content", _html(edition), type="html")
    return document(feed)


def rss(publication: PublicationFacts, editions: Sequence[EditionFacts], address: str) -> bytes:
    """The RSS feed that stands at `address`; editions come newest first."""
    editions = list(editions)[:LENGTH]
    root = ET.Element("rss", {"version": "2.0"})
    channel = add(root, "channel")
    add(channel, "title", publication.name)
    add(channel, "link", publication.home)
    add(channel, "description", publication.description or publication.name)
    add(channel, "language", publication.language)
    add(channel, "lastBuildDate", format_datetime(newest(editions, _BEGINNING).astimezone(UTC)))
    add(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=address)
    for edition in editions:
        item = add(channel, "item")
        add(item, "title", edition.title)
        add(item, "link", edition.home)
        add(item, "guid", edition.home, isPermaLink="true")
        add(item, "pubDate", format_datetime(edition.published.astimezone(UTC)))
        for name in edition.categories:
            add(item, "category", name)
        add(item, "description", _html(edition))
    return document(root)


def _html(edition: EditionFacts) -> str:
    """The cover as a link, and the description, for programs that show HTML."""
    holder = ET.Element("div")
    if edition.cover:
        way = ET.SubElement(ET.SubElement(holder, "p"), "a", {"href": edition.home})
        ET.SubElement(way, "img", {"src": edition.cover, "alt": edition.title})
    if edition.description:
        add(holder, "p", edition.description)
    return ET.tostring(holder, encoding="unicode", method="html")
