"""The items of an edition, in COUNTER's sense: its articles, or where it has none the edition as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WHOLE = "-"  # the item of an edition without articles


def items_on_page(manifest: Mapping[str, Any], page: int) -> tuple[str, ...]:
    """Slugs of the articles that begin on the page."""
    if not manifest["articles"]:
        return (WHOLE,)
    return tuple(entry["slug"] for entry in manifest["articles"] if entry["pages"] and entry["pages"][0] == page)


def all_items(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """All of them, as a file of the whole edition holds them."""
    return tuple(entry["slug"] for entry in manifest["articles"]) or (WHOLE,)


def has_article(manifest: Mapping[str, Any], slug: str) -> bool:
    """Whether there is such an article."""
    return any(entry["slug"] == slug for entry in manifest["articles"])
