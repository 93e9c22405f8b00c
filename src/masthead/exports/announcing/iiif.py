"""Writes IIIF Presentation 3 manifests and collections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from masthead.edition.folder import Edition
from masthead.exports.announcing.facts import EditionFacts, PublicationFacts
from masthead.exports.announcing.iiif_images import Level

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"


def collection(publication: PublicationFacts, editions: Sequence[EditionFacts], address: str) -> dict[str, Any]:
    """All editions of a publication, newest first."""
    found: dict[str, Any] = {
        "@context": PRESENTATION,
        "id": address,
        "type": "Collection",
        "label": _said(publication.name, publication.language),
        "homepage": [_page(publication.home, publication.name, publication.language)],
        "provider": [_agent(publication)],
        "items": [
            {
                "id": edition.iiif,
                "type": "Manifest",
                "label": _said(edition.title, edition.language),
                "thumbnail": [{"id": edition.cover, "type": "Image", "format": "image/jpeg"}],
                "navDate": f"{edition.date.isoformat()}T00:00:00Z",
            }
            for edition in editions
        ],
    }
    if publication.description:
        found["summary"] = _said(publication.description, publication.language)
    return found


def manifest(
    facts: EditionFacts, edition: Edition, images: str, collection_address: str, level: Level
) -> dict[str, Any]:
    """An edition as a sequence of canvases, a page each.

    `images` is where the images are, ending with a slash; `level` is what can be asked of them.
    """
    read = edition.manifest
    language = facts.language
    found: dict[str, Any] = {
        "@context": PRESENTATION,
        "id": facts.iiif,
        "type": "Manifest",
        "label": _said(facts.title, language),
        "metadata": [
            {"label": _said("Date", "en"), "value": {"none": [facts.date.isoformat()]}},
            {"label": _said("Publisher", "en"), "value": {"none": [facts.publication.publisher]}},
        ],
        "viewingDirection": "right-to-left" if read["direction"] == "rtl" else "left-to-right",
        "behavior": ["paged"],
        "navDate": f"{facts.date.isoformat()}T00:00:00Z",
        "homepage": [_page(facts.home, facts.title, language)],
        "provider": [_agent(facts.publication)],
        "partOf": [{"id": collection_address, "type": "Collection"}],
        "thumbnail": [{"id": facts.cover, "type": "Image", "format": "image/jpeg"}],
        "items": [_canvas(facts, page, images, level) for page in read["pages"]],
    }
    if facts.description:
        found["summary"] = _said(facts.description, language)
    ranges = [_range(facts, article) for article in read["articles"] if article["pages"]]
    if ranges:
        found["structures"] = ranges
    files = [(facts.epub, "application/epub+zip", "EPUB"), (facts.pdf, "application/pdf", "PDF")]
    rendering = [
        {"id": href, "type": "Text", "label": _said(name, "en"), "format": kind} for href, kind, name in files if href
    ]
    if rendering:
        found["rendering"] = rendering
    return found


def _canvas(facts: EditionFacts, page: dict[str, Any], images: str, level: Level) -> dict[str, Any]:
    number = page["number"]
    identity = f"{facts.home}iiif/canvas/{number}"
    # A page whose picture could not be drawn has its place all the same, in points.
    sizes = page["sizes"] or [[0, round(page["width"]), round(page["height"])]]
    _, width, height = max(sizes)
    canvas: dict[str, Any] = {
        "id": identity,
        "type": "Canvas",
        "label": {"none": [str(page["label"])]},
        "width": width,
        "height": height,
        "rendering": [
            {
                "id": f"{facts.home}page/{number}",
                "type": "Text",
                "label": {"none": [str(page["label"])]},
                "format": "text/html",
            }
        ],
        "items": [],
    }
    if page["sizes"]:
        service = {"id": f"{images}{number}", "type": "ImageService3", "profile": level}
        _, small_width, small_height = min(sizes)
        canvas["thumbnail"] = [
            {
                "id": f"{images}{number}/full/{small_width},{small_height}/0/default.jpg",
                "type": "Image",
                "format": "image/jpeg",
                "width": small_width,
                "height": small_height,
            }
        ]
        painted = {
            "id": f"{identity}/painting",
            "type": "Annotation",
            "motivation": "painting",
            "target": identity,
            "body": {
                "id": f"{images}{number}/full/max/0/default.jpg",
                "type": "Image",
                "format": "image/jpeg",
                "width": width,
                "height": height,
                "service": [service],
            },
        }
        canvas["items"] = [{"id": f"{identity}/pictures", "type": "AnnotationPage", "items": [painted]}]
    return canvas


def _range(facts: EditionFacts, article: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{facts.home}iiif/range/{article['id']}",
        "type": "Range",
        "label": _said(article["title"], facts.language),
        "items": [{"id": f"{facts.home}iiif/canvas/{number}", "type": "Canvas"} for number in article["pages"]],
    }


def _said(text: str, language: str) -> dict[str, list[str]]:
    return {language if language and language != "und" else "none": [text]}


def _page(address: str, name: str, language: str) -> dict[str, Any]:
    return {"id": address, "type": "Text", "label": _said(name, language), "format": "text/html"}


def _agent(publication: PublicationFacts) -> dict[str, Any]:
    return {
        "id": publication.home,
        "type": "Agent",
        "label": _said(publication.publisher, publication.language),
        "homepage": [_page(publication.home, publication.publisher, publication.language)],
    }
