"""Annotations for tests, as devices make them."""

from __future__ import annotations

from typing import Any

from masthead.annotations.checking import Content


def note(text: str = "Look here", page: int = 2, **more: Any) -> Content:
    """A note on a page; `more` replaces its entries."""
    locator = {"build": "made", "page": page, "places": [], "spans": []}
    moments = {"created": "2026-11-28T10:00:00Z", "changed": "2026-11-28T10:00:00Z"}
    return {"kind": "note", "locator": locator, "text": text, "at": [0.5, 0.5], **moments, **more}


def highlight(words: str, page: int = 2, build: str = "made", **more: Any) -> Content:
    """Highlighted words of a page."""
    quote = {"exact": words, "prefix": "", "suffix": "", "position": 0.5}
    place = {"page": page, "boxes": [[0.1, 0.1, 0.4, 0.12]]}
    span = {"block": f"p{page}-b2", "from": 0, "to": len(words)}
    locator = {"build": build, "page": page, "places": [place], "spans": [span], "quote": quote}
    return {**note("", page), "kind": "highlight", "colour": "yellow", "locator": locator, **more}


def change(name: str, content: Content | None, base: int = 0, change_name: str = "") -> dict[str, Any]:
    """A change as it is sent."""
    return {"id": name, "change": change_name or f"change-{name}-{base}", "base": base, "content": content}


def body(*changes: dict[str, Any], since: int = 0, device: str = "device-one") -> dict[str, Any]:
    """The body of a request."""
    return {"device": device, "since": since, "changes": list(changes)}
