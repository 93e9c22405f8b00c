"""Writes OPDS 2.0 catalogues: the same as 1.2, as JSON, in the shape of Readium's publication manifests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from masthead.exports.announcing.facts import EditionFacts, PublicationFacts
from masthead.exports.announcing.opds1 import Place, acquisition_of, offers
from masthead.exports.announcing.xml import stamp

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
NAME = "opds.json"  # below the edition's address
_OPEN = "http://opds-spec.org/acquisition/open-access"


def navigation(
    name: str, publications: Sequence[tuple[PublicationFacts, str]], changed: datetime | None, place: Place
) -> dict[str, Any]:
    """The catalogue's root: publications, each with the address of its own catalogue."""
    return {
        "metadata": _metadata(name, changed),
        "links": _links(place),
        "navigation": [
            {"href": address, "title": publication.name, "type": FEED, "rel": "subsection"}
            for publication, address in publications
        ]
        or [{"href": place.own, "title": name, "type": FEED, "rel": "self"}],
    }


def acquisition(
    publication: PublicationFacts, editions: Sequence[EditionFacts], place: Place, *, total: int, page: int, length: int
) -> dict[str, Any]:
    """One page of a publication's editions, newest first; `total` editions stand on all pages."""
    changed = max((edition.changed for edition in editions), default=None)
    counts = {"numberOfItems": total, "itemsPerPage": length, "currentPage": page}
    return {
        "metadata": {**_metadata(publication.name, changed), **counts},
        "links": _links(place),
        "publications": [publication_of(edition) for edition in editions],
    }


def publication_of(edition: EditionFacts) -> dict[str, Any]:
    """An edition as catalogues tell it, and as it stands at its own address."""
    publication = edition.publication
    periodical: dict[str, Any] = {"name": publication.name, "links": [{"href": publication.home, "type": "text/html"}]}
    if publication.issn:
        periodical["identifier"] = f"urn:issn:{publication.issn}"
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/PublicationIssue",
        "identifier": edition.home,
        "title": edition.title,
        "publisher": publication.publisher,
        "language": edition.language,
        "published": edition.date.isoformat(),
        "modified": stamp(edition.changed),
        "numberOfPages": edition.pages,
        "belongsTo": {"collection": periodical},
    }
    if edition.description:
        metadata["description"] = edition.description
    if edition.categories:
        metadata["subject"] = list(edition.categories)
    return {
        "metadata": metadata,
        "links": [
            {"rel": "self", "href": f"{edition.home}{NAME}", "type": PUBLICATION},
            *({"rel": acquisition_of(edition), "href": href, "type": kind} for href, kind in offers(edition)),
        ],
        **({"images": [{"href": edition.cover, "type": "image/jpeg"}]} if edition.cover else {}),
    }


def _metadata(title: str, changed: datetime | None) -> dict[str, Any]:
    return {"title": title, **({"modified": stamp(changed)} if changed else {})}


def _links(place: Place) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = [{"rel": "self", "href": place.own, "type": FEED}]
    named = [("start", place.start), ("up", place.up), ("first", place.first)]
    named += [("previous", place.previous), ("next", place.following)]
    links += [{"rel": rel, "href": href, "type": FEED} for rel, href in named if href]
    if place.search:
        links.append({"rel": "search", "href": place.search, "type": FEED, "templated": True})
    return links
