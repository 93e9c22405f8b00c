"""Small edition folders written by hand, for tests of what is made from a folder: quick, no PDF is opened."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from masthead.edition.folder import Edition, read_edition
from masthead.edition.page_files import to_bytes
from masthead.edition.seal import seal
from masthead.edition.writing import write_file

WIDTHS = (240, 800, 1200, 1600, 2400)
SENTENCE = "The keeper of the light wrote his journal every evening before the lamp was lit."


@cache
def picture(width: int, height: int, colour: str = "#c8d0d8", kind: str = "WEBP") -> bytes:
    """An encoded picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def fragment_of(number: int) -> str:
    """The text of a page as a build writes it."""
    return (
        f'<h2 data-block="p{number}b1">Harbour story {number}</h2>\n'
        f'<p data-block="p{number}b2">{SENTENCE} <a href="page:1">Begin</a> &amp; go on.</p>\n'
    )


def manifest_without_inventory(count: int, /, **changes: Any) -> dict[str, Any]:
    """A manifest by the schema; `changes` replace its entries."""
    manifest: dict[str, Any] = {
        "schema": 1,
        "status": "complete",
        "generator": "Masthead tests",
        "title": "Harbour Quarterly",
        "author": "Harbour Press",
        "language": "en",
        "direction": "ltr",
        "source": {"sha256": "a" * 64, "size": 10, "encrypted": False, "tagged": False, "repaired": False},
        "pictures": {
            "format": "webp",
            "template": "pictures/{width}/{page}.webp",
            "widths": list(WIDTHS),
            "cover": "cover.jpg",
        },
        "pages": [page_entry(number) for number in range(1, count + 1)],
        "contents": [
            {"title": "The keeper", "page": 1, "children": [{"title": "His lamp", "page": 2, "children": []}]}
        ],
        "articles": [],
        "figures": {"template": "figures/{id}.webp", "count": 0},
        "search": {"template": "search/{chunk}.json", "chunks": 1, "pages_per_chunk": 100},
        "warnings": [],
        "failures": [],
        "inventory": {"path": "inventory.json", "sha256": "", "size": 0},
    }
    return {**manifest, **changes}


def article_entry(number: int, title: str, **changes: Any) -> dict[str, Any]:
    """The manifest's entry of an article on one page; `changes` replace its entries."""
    slug = title.lower().replace(" ", "-")
    entry = {"id": f"a{number}", "title": title, "slug": slug, "pages": [number], "words": 200}
    made = {**entry, "minutes": 1, **changes}
    return {"path": f"articles/{made['id']}.html", **made}


def page_entry(number: int, **changes: Any) -> dict[str, Any]:
    """A page of 400 by 500 points that is ready; `changes` replace its entries."""
    entry: dict[str, Any] = {
        "number": number,
        "label": str(number),
        "width": 400.0,
        "height": 500.0,
        "sizes": [[width, width, width * 5 // 4] for width in WIDTHS],
        "status": "ready",
        "has_text": True,
    }
    return {**entry, **changes}


def write_edition(
    folder: Path,
    count: int = 3,
    *,
    fragments: Sequence[str] = (),
    stories: Mapping[str, str] | None = None,
    blocks: Mapping[int, Sequence[Any]] | None = None,
    search: Sequence[Any] = (),
    source: bytes = b"",
    **changes: Any,
) -> Edition:
    """Write a whole edition and read it; pictures are real but only the first pages have them.

    `fragments` replace the text of the first pages, `stories` are the articles' files by id, `blocks` those of the
    page files by page, `search` the rows of the search file; `source` becomes source.pdf; `changes` go into the
    manifest.
    """
    for name, story in (stories or {}).items():
        write_file(folder / f"articles/{name}.html", story.encode())
        write_file(folder / f"articles/{name}.txt", re.sub("<[^>]*>", "", story.replace("\n", "\n\n")).encode())
    small = picture(8, 10)
    for number in range(1, count + 1):
        text = fragments[number - 1] if number <= len(fragments) else fragment_of(number)
        write_file(folder / f"text/{number}.html", text.encode())
        write_file(folder / f"text/{number}.txt", f"Harbour story {number}\n\n{SENTENCE}\n".encode())
        row = (blocks or {}).get(number, [])
        page = {"number": number, "width": 400, "height": 500, "blocks": row, "links": [], "figures": []}
        write_file(folder / f"pages/{number}.json", to_bytes(page))
        if number <= 5:
            for width in WIDTHS:
                write_file(folder / f"pictures/{width}/{number}.webp", small)
    write_file(folder / "cover.jpg", picture(80, 100, kind="JPEG"))
    rows = search or [{"number": number, "text": SENTENCE * 20} for number in range(1, count + 1)]
    write_file(folder / "search/1.json", to_bytes({"pages": rows}))
    manifest = manifest_without_inventory(count, **changes)
    if source:
        write_file(folder / "source.pdf", source)
        manifest["source"] = {**manifest["source"], "path": "source.pdf", "size": len(source)}
    seal(folder, lambda inventory: {**manifest, "inventory": inventory})
    return read_edition(folder)
