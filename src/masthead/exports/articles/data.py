"""Writes all that is known of an issue as one JSON file: pages with their blocks, articles with their text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from masthead.document.errors import EditionInvalidError, OutputFailedError
from masthead.edition.folder import Edition
from masthead.exports.issue import page_file, parse, shown_blocks

Json = dict[str, Any]
_HYPHEN, _NONE = 2, 1  # joins as the page files write them


def write_json(edition: Edition, target: Path, *, words: bool = False) -> None:
    """Write the file; with `words` every block lists its words with their boxes."""
    if edition.manifest["status"] != "complete":
        raise EditionInvalidError("the edition is still being built")
    data = json.dumps(everything(edition, words=words), ensure_ascii=False, separators=(",", ":"))
    growing = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        growing.write_text(data + "\n", encoding="utf-8")
        growing.replace(target)
    except OSError as error:
        raise OutputFailedError(str(error)) from error
    finally:
        growing.unlink(missing_ok=True)


def everything(edition: Edition, *, words: bool = False) -> Json:
    """The issue as plain data; boxes in points, origin top left."""
    manifest = edition.manifest
    kept = ("generator", "title", "author", "language", "direction", "source", "contents", "warnings", "failures")
    return {
        **{name: manifest[name] for name in kept if name in manifest},
        "build": edition.build,
        "articles": [_article(edition, entry) for entry in manifest["articles"]],
        "pages": [_page(edition, entry, words) for entry in manifest["pages"]],
    }


def _article(edition: Edition, entry: Json) -> Json:
    html = edition.article_fragment(entry["id"])
    blocks = list(shown_blocks(parse(html, entry["path"])))
    return {**entry, "blocks": blocks, "text": edition.article_plain_text(entry["id"]), "html": html}


def _page(edition: Edition, entry: Json, words: bool) -> Json:
    file = page_file(edition, entry["number"])
    kept = ("number", "label", "width", "height", "status", "confidence", "reasons")
    return {
        **{name: entry[name] for name in kept if name in entry},
        "blocks": [_block(block, words) for block in file["blocks"]],
        "figures": file["figures"],
        "links": file["links"],
    }


def _block(block: Json, words: bool) -> Json:
    told = {name: value for name, value in block.items() if name != "lines"}
    rows = [word for line in block["lines"] for word in line["words"]]
    told["text"] = _sentence(rows).removeprefix(f"{block['marker']} " if block.get("marker") else "")
    if words:
        told["words"] = [word[:5] for word in rows]
    return told


def _sentence(rows: list[list[Any]]) -> str:
    out: list[str] = []
    for text, *_, last in ([*row, 0] if len(row) == 5 else row for row in rows):
        out.append(text[:-1] if last == _HYPHEN else text)
        out.append("" if last in (_HYPHEN, _NONE) else " ")
    return "".join(out).strip()
