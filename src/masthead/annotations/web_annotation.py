"""What a person added to all editions, as W3C Web Annotations; the reader writes the same shape for one edition."""

from __future__ import annotations

from typing import Any

from masthead.annotations.checking import Content

_OWN = {"masthead": "urn:masthead:terms#", "masthead:content": {"@type": "@json"}}
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", _OWN]
_MOTIVES = {"bookmark": "bookmarking", "highlight": "highlighting", "note": "commenting", "drawing": "describing"}


def annotation_of(content: Content, home: str) -> dict[str, Any]:
    """One annotation; `home` is the absolute address of its edition. Words that are withheld are not in `content`."""
    locator, text = content["locator"], content.get("text", "")
    made: dict[str, Any] = {
        "type": "Annotation",
        "motivation": _MOTIVES[content["kind"]],
        "created": content["created"],
        "modified": content["changed"],
    }
    if text:
        made["body"] = [{"type": "TextualBody", "value": text, "format": "text/plain", "purpose": "commenting"}]
    target: dict[str, Any] = {"type": "SpecificResource", "source": f"{home}page/{locator['page']}"}
    if "colour" in content:
        target["styleClass"] = content["colour"]
    if "quote" in locator:
        quote = {name: locator["quote"][name] for name in ("exact", "prefix", "suffix") if locator["quote"].get(name)}
        target["selector"] = {"type": "TextQuoteSelector", **quote}
    own = {name: value for name, value in content.items() if name != "foreign"}
    return {**made, "target": target, "masthead:content": own}


def collection(label: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """All of them as one collection."""
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    return {"@context": CONTEXT, "type": "AnnotationCollection", "label": label, "total": len(items), "first": page}
