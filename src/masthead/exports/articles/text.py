"""Writes an issue as plain text, one file for each part, in reading order."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from masthead import wording
from masthead.edition.folder import Edition
from masthead.exports.articles.folder import Named, named_sections, write_folder
from masthead.exports.issue import Issue, plain_words, read_issue

_HOLDERS = frozenset({"ul", "ol", "aside", "section", "figure", "figcaption", "blockquote", "div"})


def write_text(edition: Edition, target: Path, *, advertisements: bool = True) -> None:
    """Write the folder of text files."""
    issue = read_issue(edition, advertisements=advertisements)
    named = named_sections(issue, wording.translator(edition.manifest["language"]))

    def fill(folder: Path) -> None:
        for part in named:
            (folder / f"{part.stem}.txt").write_text(_text(issue, part), encoding="utf-8")

    write_folder(target, fill)


def _text(issue: Issue, part: Named) -> str:
    if part.section.kind == "article":
        return issue.edition.article_plain_text(part.section.id)
    rows = [row for row in paragraphs(part.section.content) if row]
    return "\n\n".join(rows) + "\n" if rows else f"{part.title}\n"


def without_lists(item: ET.Element) -> ET.Element:
    """A list's item with its own words only: not those of the lists inside it."""
    own = copy.copy(item)
    own[:] = [child for child in item if child.tag not in ("ul", "ol")]
    return own


def paragraphs(content: ET.Element) -> Iterator[str]:
    """The words of a fragment, paragraph by paragraph."""
    for element in content:
        if element.tag == "table":
            yield "\n".join("\t".join(plain_words(cell) for cell in row) for row in element.iter("tr"))
        elif element.tag == "pre":
            yield "".join(element.itertext())
        elif element.tag == "li":
            inner = [row for child in element if child.tag in ("ul", "ol") for row in paragraphs(child)]
            mark = f"{value}." if (value := element.get("value")) else "•"
            yield f"{mark} {plain_words(without_lists(element))}"
            yield from (f"  {row}" for row in inner)
        elif element.tag in _HOLDERS and len(element) and not (element.text or "").strip():
            yield from paragraphs(element)
        else:
            yield plain_words(element)
