"""What schema.org says of publications and issues, as JSON-LD that can stand inside a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from masthead.exports.announcing.facts import EditionFacts, PublicationFacts

_CONTEXT = "https://schema.org"


def json_ld(*things: dict[str, Any]) -> Markup:
    """JSON inside an element of the page. "<" is written as an escape: no text can end the element."""
    whole = {"@context": _CONTEXT, **things[0]} if len(things) == 1 else {"@context": _CONTEXT, "@graph": list(things)}
    return Markup(json.dumps(whole, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - "<" is escaped


def periodical(publication: PublicationFacts) -> dict[str, Any]:
    """A publication."""
    found: dict[str, Any] = {
        "@type": "Periodical",
        "@id": publication.home,
        "name": publication.name,
        "url": publication.home,
        "inLanguage": publication.language,
        "publisher": {"@type": "Organization", "name": publication.publisher},
    }
    if publication.issn:
        found["issn"] = publication.issn
    if publication.description:
        found["description"] = publication.description
    return found


def issue(edition: EditionFacts) -> dict[str, Any]:
    """An edition of a publication."""
    found: dict[str, Any] = {
        "@type": "PublicationIssue",
        "@id": edition.home,
        "name": edition.title,
        "url": edition.home,
        "issueNumber": edition.label,
        "datePublished": edition.date.isoformat(),
        "dateModified": edition.changed.date().isoformat(),
        "inLanguage": edition.language,
        **({"image": edition.cover} if edition.cover else {}),
        "isAccessibleForFree": edition.is_open,
        "isPartOf": {"@id": edition.publication.home},
    }
    if edition.description:
        found["description"] = edition.description
    return found


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page: names and addresses, from the home on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }
