"""Writes OPDS 1.2 catalogues: the publications of a house, and the editions of a publication page by page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from masthead.exports.announcing.facts import EditionFacts, PublicationFacts, newest
from masthead.exports.announcing.xml import ATOM, DUBLIN_CORE, add, document, stamp

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
LENGTH = 50  # editions on one page of a catalogue
_OPEN = "http://opds-spec.org/acquisition/open-access"
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a catalogue stands: its own address, the catalogue's root, the pages beside it ("" for none)."""

    own: str
    start: str
    search: str = ""
    previous: str = ""
    following: str = ""
    first: str = ""
    up: str = ""


def navigation(
    name: str, publications: Sequence[tuple[PublicationFacts, str]], changed: datetime | None, place: Place
) -> bytes:
    """The catalogue's root: publications, each with the address of its own catalogue."""
    feed = _feed(name, place.own, changed or _BEGINNING, place, NAVIGATION)
    for publication, address in publications:
        entry = add(feed, f"{{{ATOM}}}entry")
        add(entry, f"{{{ATOM}}}id", publication.home)
        add(entry, f"{{{ATOM}}}title", publication.name)
        add(entry, f"{{{ATOM}}}updated", stamp(changed or _BEGINNING))
        add(entry, f"{{{ATOM}}}content", publication.description or publication.name, type="text")
        add(entry, f"{{{ATOM}}}link", rel="subsection", href=address, type=ACQUISITION)
    return document(feed)


def acquisition(publication: PublicationFacts, editions: Sequence[EditionFacts], place: Place) -> bytes:
    """One page of a publication's editions, newest first."""
    feed = _feed(publication.name, place.own, newest(list(editions), _BEGINNING), place, ACQUISITION)
    add(add(feed, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", publication.publisher)
    for edition in editions:
        entry = add(feed, f"{{{ATOM}}}entry")
        add(entry, f"{{{ATOM}}}id", edition.home)
        add(entry, f"{{{ATOM}}}title", edition.title)
        add(entry, f"{{{ATOM}}}updated", stamp(edition.changed))
        add(entry, f"{{{ATOM}}}published", stamp(edition.published))
        add(add(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", publication.publisher)
        add(entry, f"{{{DUBLIN_CORE}}}language", edition.language)
        add(entry, f"{{{DUBLIN_CORE}}}publisher", publication.publisher)
        add(entry, f"{{{DUBLIN_CORE}}}issued", edition.date.isoformat())
        if publication.issn:
            add(entry, f"{{{DUBLIN_CORE}}}isPartOf", f"urn:issn:{publication.issn}")
        for name in edition.categories:
            add(entry, f"{{{ATOM}}}category", term=name, label=name)
        if edition.description:
            add(entry, f"{{{ATOM}}}summary", edition.description, type="text")
        for rel in ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail") if edition.cover else ():
            add(entry, f"{{{ATOM}}}link", rel=rel, href=edition.cover, type="image/jpeg")
        add(entry, f"{{{ATOM}}}link", rel="alternate", href=edition.home, type="text/html")
        for href, kind in offers(edition):
            add(entry, f"{{{ATOM}}}link", rel=acquisition_of(edition), href=href, type=kind)
    return document(feed)


def acquisition_of(edition: EditionFacts) -> str:
    """How an edition is had: by everybody, or by those who subscribe."""
    return _OPEN if edition.is_open else "http://opds-spec.org/acquisition/subscribe"


def offers(edition: EditionFacts) -> list[tuple[str, str]]:
    """Addresses and media types under which an edition can be had; what is read in the browser is always there."""
    files = [(edition.epub, "application/epub+zip"), (edition.pdf, "application/pdf")]
    return [(href, kind) for href, kind in files if href] + [(edition.home, "text/html")]


def _feed(title: str, identity: str, changed: datetime, place: Place, kind: str) -> ET.Element:
    feed = ET.Element(f"{{{ATOM}}}feed")
    add(feed, f"{{{ATOM}}}id", identity)
    add(feed, f"{{{ATOM}}}title", title)
    add(feed, f"{{{ATOM}}}updated", stamp(changed))
    add(feed, f"{{{ATOM}}}link", rel="self", href=place.own, type=kind)
    add(feed, f"{{{ATOM}}}link", rel="start", href=place.start, type=NAVIGATION)
    if place.up:
        add(feed, f"{{{ATOM}}}link", rel="up", href=place.up, type=NAVIGATION)
    if place.search:
        add(feed, f"{{{ATOM}}}link", rel="search", href=place.search, type="application/opensearchdescription+xml")
    for rel, href in (("first", place.first), ("previous", place.previous), ("next", place.following)):
        if href:
            add(feed, f"{{{ATOM}}}link", rel=rel, href=href, type=kind)
    return feed


def search_description(name: str, template: str) -> bytes:
    """How programs search the catalogue (OpenSearch 1.1); `template` has `{searchTerms}`."""
    space = "http://a9.com/-/spec/opensearch/1.1/"
    root = ET.Element(f"{{{space}}}OpenSearchDescription")
    add(root, f"{{{space}}}ShortName", name[:16])
    add(root, f"{{{space}}}Description", name)
    add(root, f"{{{space}}}InputEncoding", "UTF-8")
    add(root, f"{{{space}}}Url", type=ACQUISITION, template=template)
    return document(root)
