"""An edition of which somebody may read some pages: what it says of the others is no more than that they are there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from masthead.document.page_sets import PageSet
from masthead.edition.folder import Edition, Manifest


def excerpt_of(edition: Edition, pages: PageSet, way_in: str, *, is_form: bool = False) -> Edition:
    """The edition with the manifest for somebody who may read only these pages.

    Every page keeps its number, label and size, so that places in the issue stay what they are. Contents and articles
    are named where every page of theirs may be read. `way_in` is the address, with {page} in it, that says how to get
    to a page that may not; `is_form` that filling in a form is all it takes.
    """
    manifest = edition.manifest
    own = pages.within(edition.page_count)
    made: Manifest = {
        **manifest,
        "source": {name: value for name, value in manifest["source"].items() if name != "path"},
        "pages": [page if page["number"] in own else _closed(page) for page in manifest["pages"]],
        "contents": _contents(manifest["contents"], own),
        "articles": [entry for entry in manifest["articles"] if all(page in own for page in entry["pages"])],
        "warnings": [],
        "failures": [entry for entry in manifest["failures"] if entry["page"] in own],
        "readable": {"pages": [list(run) for run in own.runs], "way_in": way_in, **({"form": True} if is_form else {})},
    }
    if "recognition" in made:
        words = made["recognition"]
        made["recognition"] = {**words, "pages": [page for page in words["pages"] if page in own]}
    return replace(edition, manifest=made)


def search_excerpt(data: bytes, pages: PageSet) -> bytes:
    """A search file with the words of these pages only."""
    entries = [entry for entry in json.loads(data)["pages"] if entry["number"] in pages]
    return json.dumps({"pages": entries}, ensure_ascii=False, separators=(",", ":")).encode()


def _closed(page: dict[str, Any]) -> dict[str, Any]:
    kept = {name: page[name] for name in ("number", "label", "width", "height")}
    return {**kept, "sizes": [], "status": "ready", "has_text": False}


def _contents(entries: list[dict[str, Any]], pages: PageSet) -> list[dict[str, Any]]:
    """Entries of these pages; what stood below one that is left out moves up."""
    found: list[dict[str, Any]] = []
    for entry in entries:
        below = _contents(entry["children"], pages)
        if entry["page"] in pages:
            found.append({**entry, "children": below})
        else:
            found += below
    return found
