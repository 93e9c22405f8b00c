"""What machines read about a page or an article: the description of search engines, schema.org data as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from masthead.edition.folder import Edition
from masthead.exports.announcing import schema_org
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
    """schema.org data of a page that is part of an issue."""
    data = {
        "@type": "WebPage",
        "name": title,
        "url": addresses.canonical(number),
        "position": number,
        "isPartOf": _issue(edition, addresses),
    }
    return _whole(data, addresses, title, addresses.canonical(number))


def article_data(
    edition: Edition,
    article: dict[str, Any],
    description: str,
    picture: str,
    addresses: Addresses,
    more: Mapping[str, Any] | None = None,
) -> Markup:
    """schema.org data of an article that is part of an issue; `more` is what the house knows of it."""
    manifest = edition.manifest
    labels = [manifest["pages"][number - 1]["label"] for number in article["pages"]]
    data: dict[str, Any] = {
        "@type": "Article",
        "headline": article["title"],
        "url": addresses.canonical_article(article["slug"]),
        "description": description,
        "image": picture,
        "pageStart": labels[0],
        "pageEnd": labels[-1],
        "wordCount": article["words"],
        "isPartOf": _issue(edition, addresses),
    }
    if article.get("minutes"):
        data["timeRequired"] = f"PT{article['minutes']}M"
    if article.get("section"):
        data["articleSection"] = article["section"]
    if article.get("authors"):
        data["author"] = [{"@type": "Person", "name": name} for name in article["authors"]]
    data |= more or {}
    if manifest["language"] != "und":
        data["inLanguage"] = manifest["language"]
    data = {name: value for name, value in data.items() if value != ""}
    return _whole(data, addresses, article["title"], addresses.canonical_article(article["slug"]))


def _issue(edition: Edition, addresses: Addresses) -> dict[str, Any]:
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
    if addresses.belonging and _is_whole(addresses.belonging.facts.home):
        facts = addresses.belonging.facts
        issue |= {**schema_org.issue(facts), "isPartOf": schema_org.periodical(facts.publication)}
    return issue


def _whole(data: dict[str, Any], addresses: Addresses, title: str, address: str) -> Markup:
    """The data with the way to it where a house or an archive stands around the edition."""
    if addresses.belonging is None or not _is_whole(addresses.belonging.facts.home):
        return schema_org.json_ld(data)
    facts = addresses.belonging.facts
    steps = [(facts.publication.name, facts.publication.home), (facts.title, facts.home)]
    if address != facts.home:
        steps.append((title, address))
    return schema_org.json_ld(data, schema_org.breadcrumbs(steps))


def _is_whole(address: str) -> bool:
    """Whether an address means the same in every file: in an archive that may lie anywhere none does."""
    return "://" in address
