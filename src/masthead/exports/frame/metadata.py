"""What machines read about a page: the description of search engines, schema.org data as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses

_DESCRIPTION = 160  # characters that search engines show


def description_of(text: str) -> str:
    """The beginning of a text, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= _DESCRIPTION:
        return flat
    cut = flat[: _DESCRIPTION + 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut[:-1]).rstrip(",;:–—- ") + "…"


def structured_data(edition: Edition, number: int, title: str, addresses: Addresses) -> Markup:
    """schema.org data: a page that is part of an issue. "<" is written as an escape: no text can end the element."""
    manifest = edition.manifest
    pages = manifest["pages"]
    issue: dict[str, Any] = {
        "@type": "PublicationIssue",
        "@id": addresses.absolute(addresses.home),
        "name": manifest["title"],
        "url": addresses.absolute(addresses.home),
        "image": addresses.absolute(addresses.file(manifest["pictures"]["cover"])),
        "pageStart": pages[0]["label"],
        "pageEnd": pages[-1]["label"],
        "accessMode": ["textual", "visual"],
        "accessibilityFeature": ["readingOrder", "structuralNavigation", "pageNavigation"],
    }
    if manifest["language"] != "und":
        issue["inLanguage"] = manifest["language"]
    if manifest.get("author"):
        issue["author"] = {"@type": "Organization", "name": manifest["author"]}
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "url": addresses.canonical(number),
        "position": number,
        "isPartOf": issue,
    }
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - "<" is escaped
