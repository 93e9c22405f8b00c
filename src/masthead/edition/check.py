"""Validates an edition folder: schema, sizes, hashes, missing and foreign files; says all that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.document.errors import EditionInvalidError
from masthead.edition.folder import INVENTORY, MANIFEST, read_edition, schema


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the file and a sentence."""

    path: str
    message: str


def check(path: Path) -> list[Finding]:
    """All findings of the folder; empty if it is whole. Raises EditionInvalidError if there is no readable manifest."""
    edition = read_edition(path)
    if edition.manifest["status"] != "complete":
        return [Finding(MANIFEST, "The edition is not finished: its build was interrupted.")]
    return [
        *_inventory_findings(path, edition.manifest),
        *_page_findings(path, edition.manifest),
        *_article_findings(path, edition.manifest),
    ]


def _inventory_findings(path: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    expected = manifest["inventory"]
    inventory = path / INVENTORY
    if not inventory.is_file():
        yield Finding(INVENTORY, "The file is missing.")
        return
    data = inventory.read_bytes()
    if hashlib.sha256(data).hexdigest() != expected["sha256"]:
        yield Finding(INVENTORY, "The file was changed: its hash is not the one in the manifest.")
    try:
        entries = {entry["path"]: entry for entry in json.loads(data)}
    except (ValueError, TypeError, KeyError):
        yield Finding(INVENTORY, "The file is not a list of files.")
        return
    for name, entry in sorted(entries.items()):
        yield from _file_findings(path, name, entry)
    known = {*entries, MANIFEST, INVENTORY}
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.relative_to(path).as_posix() not in known:
            yield Finding(file.relative_to(path).as_posix(), "The file does not belong to the edition.")


def _file_findings(path: Path, name: str, entry: dict[str, Any]) -> Iterator[Finding]:
    file = path / name
    if not file.resolve().is_relative_to(path.resolve()):
        yield Finding(name, "The path leads out of the folder.")
    elif not file.is_file():
        yield Finding(name, "The file is missing.")
    elif file.stat().st_size != entry["size"]:
        yield Finding(name, f"The file has {file.stat().st_size} bytes instead of {entry['size']}.")
    elif _hash(file) != entry["sha256"]:
        yield Finding(name, "The file was changed: its hash is not the one in the inventory.")
    elif name.startswith("pages/"):
        problem = next(schema("page-1").iter_errors(json.loads(file.read_bytes())), None)
        if problem is not None:
            yield Finding(name, f"{problem.json_path}: {problem.message}")


def _page_findings(path: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    numbers = [page["number"] for page in manifest["pages"]]
    if numbers != list(range(1, len(numbers) + 1)):
        yield Finding(MANIFEST, "The pages are not numbered from 1 on without a gap.")
    cover = manifest["pictures"]["cover"]
    if not (path / cover).is_file():
        yield Finding(cover, "The picture of the cover is missing.")
    template = manifest["pictures"]["template"]
    for page in manifest["pages"]:
        for width, *_ in page["sizes"]:
            name = template.format(width=width, page=page["number"])
            if not (path / name).is_file():
                yield Finding(name, f"The picture of page {page['number']} is missing.")


def _article_findings(path: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    for article in manifest["articles"]:
        for name in (article["path"], str(Path(article["path"]).with_suffix(".txt"))):
            if not (path / name).is_file():
                yield Finding(name, f"The text of the article “{article['title']}” is missing.")
        for figure in article.get("figures", ()):
            name = manifest["figures"]["template"].format(id=figure)
            if not (path / name).is_file():
                yield Finding(name, f"A figure of the article “{article['title']}” is missing.")


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def raise_if_broken(path: Path) -> None:
    """Raise EditionInvalidError with the first finding if the folder is not whole."""
    for finding in check(path):
        raise EditionInvalidError(f"{finding.path}: {finding.message}")
