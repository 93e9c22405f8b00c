"""The links that a build found in an area: kept with an advertisement, so that no page is read to list them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from masthead.document.overlays import Area

PAGE = "page"
OUTSIDE = frozenset({"web", "mail", "phone"})  # kinds of found links that lead out of the edition
MOST = 50  # links of one advertisement
_KEPT = OUTSIDE | {PAGE}
_LONGEST_TEXT = 300  # characters, as of found links elsewhere


def links_beneath(folder: Path, page: int, area: Area) -> list[list[str]]:
    """Kind, target and words of the links that lie in the area; each once, in the page's order."""
    read = page_file(folder, page)
    found: dict[tuple[str, str, str], None] = {}
    for link in read.get("links", ()):
        if link["kind"] in _KEPT and area.holds(area_of(link["box"], read)):
            found.setdefault((link["kind"], link["target"], link["text"][:_LONGEST_TEXT]))
    return [list(key) for key in found][:MOST]


def page_file(folder: Path, page: int) -> Mapping[str, Any]:
    """The file of a page; empty for one that failed."""
    try:
        read: Mapping[str, Any] = json.loads((folder / f"pages/{page}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read


def area_of(box: list[float], page: Mapping[str, Any]) -> Area:
    """A box of a page file in fractions of the page, as far as it lies on it."""
    width, height = page["width"] or 1, page["height"] or 1
    x0, y0, x1, y1 = box[0] / width, box[1] / height, box[2] / width, box[3] / height
    left, top = min(1.0, max(0.0, x0)), min(1.0, max(0.0, y0))
    return Area(left, top, min(1.0, max(left, x1)) - left, min(1.0, max(top, y1)) - top)
