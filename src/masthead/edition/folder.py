"""Reads an edition folder: the manifest, its build id, and where its files lie."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from masthead.document.errors import EditionInvalidError
from masthead.document.geometry import Box
from masthead.document.structure import PagePart

MANIFEST = "manifest.json"
INVENTORY = "inventory.json"
SOURCE = "source.pdf"
COVER = "cover.jpg"

FIGURE_TEMPLATE = "figures/{id}.webp"

Manifest = dict[str, Any]


def article_path(article: str, ending: str = "html") -> str:
    """Where an article's file lies in the folder, by its id."""
    return f"articles/{article}.{ending}"


def figure_path(figure: str) -> str:
    """Where a figure's picture lies in the folder, by its id."""
    return FIGURE_TEMPLATE.format(id=figure)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition folder that was read: `build` is the id under which its files never change."""

    path: Path
    build: str  # first 16 hex digits of the manifest's sha256; while it is built: building-<12 digits of the PDF's>
    manifest: Manifest

    @property
    def page_count(self) -> int:
        """Number of pages."""
        return len(self.manifest["pages"])

    def text_fragment(self, page: int) -> str:
        """The page's text as HTML; empty where the page failed."""
        path = self.path / f"text/{page}.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def article_fragment(self, article: str) -> str:
        """The article's text as HTML by its id; empty where there is none."""
        path = self.path / article_path(article)
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def article_plain_text(self, article: str) -> str:
        """The article's text by its id; empty where there is none."""
        path = self.path / article_path(article, "txt")
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def plain_text(self, page: int) -> str:
        """The page's text; empty where the page failed."""
        path = self.path / f"text/{page}.txt"
        return path.read_text(encoding="utf-8") if path.is_file() else ""


class FileFacts(NamedTuple):
    """What the inventory says of a file."""

    sha256: str
    size: int  # bytes


@cache
def schema(name: str) -> Draft202012Validator:
    """The validator of a published schema: "manifest-1" or "page-1"."""
    text = resources.files("masthead.edition").joinpath(f"schema/{name}.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def build_id(manifest: bytes) -> str:
    """The id of a build: its manifest holds the hash of the inventory, which holds the hash of every file."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def is_edition(path: Path) -> bool:
    """Whether the folder looks like an edition (it has a manifest)."""
    return (path / MANIFEST).is_file()


def read_edition(path: Path) -> Edition:
    """Read the folder's manifest; raises EditionInvalidError where it is missing, unreadable or of another version."""
    try:
        data = (path / MANIFEST).read_bytes()
        manifest = json.loads(data)
    except OSError as error:
        raise EditionInvalidError(f"{MANIFEST} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise EditionInvalidError(f"{MANIFEST} is not JSON: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("schema") != 1:
        raise EditionInvalidError(f"{MANIFEST} has a version that this program does not know")
    problem = next(schema("manifest-1").iter_errors(manifest), None)
    if problem is not None:
        raise EditionInvalidError(f"{MANIFEST}, {problem.json_path}: {problem.message}")
    if manifest["status"] == "building":  # the manifest grows, its address must not
        return Edition(path, f"building-{manifest['source']['sha256'][:12]}", manifest)
    return Edition(path, build_id(data), manifest)


def place_of(page: Mapping[str, Any]) -> PagePart:
    """Where a page of the manifest lies in the PDF."""
    window = page.get("window")
    return PagePart(page.get("sheet", page["number"]), Box(*window) if window else None)


def read_inventory(edition: Edition) -> dict[str, FileFacts]:
    """Hash and size of every file of a finished edition by its path, the inventory's own too; empty if unreadable."""
    own = edition.manifest["inventory"]
    try:
        entries = json.loads((edition.path / own["path"]).read_bytes())
        facts = {str(entry["path"]): FileFacts(str(entry["sha256"]), int(entry["size"])) for entry in entries}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    facts[own["path"]] = FileFacts(own["sha256"], own["size"])
    return facts
