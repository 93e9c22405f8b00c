"""Writes an issue as Markdown (CommonMark, with tables and footnotes), one file for each part and an index.

Each file begins with its particulars as YAML, in the subset that JSON is: what a static site generator expects.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from masthead import wording
from masthead.edition.folder import Edition
from masthead.exports.articles.folder import (
    Named,
    copy_pictures,
    header_of,
    links_of,
    named_sections,
    picture_name,
    write_folder,
)
from masthead.exports.articles.text import without_lists
from masthead.exports.issue import Issue, read_issue

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(\s*)([#+=-]|\d{1,9}(?=[.)]))")
_HOLDERS = frozenset({"section", "figcaption", "div"})


def write_markdown(edition: Edition, target: Path, *, advertisements: bool = True) -> None:
    """Write the folder of Markdown files and `index.md`."""
    issue = read_issue(edition, advertisements=advertisements)
    named = named_sections(issue, wording.translator(edition.manifest["language"]))
    writer = MarkdownWriter(links_of(named, ".md"), lambda source: picture_name(issue, source))

    def fill(folder: Path) -> None:
        for part in named:
            body = writer.document(part.section.content, deeper=part.section.kind != "article")
            heading = "" if part.section.kind == "article" else f"# {escaped(part.label)}\n\n"
            text = f"{_front_matter(issue, part)}\n{heading}{body}"
            (folder / f"{part.stem}.md").write_text(text, encoding="utf-8")
        (folder / "index.md").write_text(_index(issue, named), encoding="utf-8")
        copy_pictures(issue, named, folder)

    write_folder(target, fill)


def _front_matter(issue: Issue, part: Named) -> str:
    rows = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header_of(issue, part).items()]
    return "\n".join(["---", *rows, "---", ""])


def _index(issue: Issue, named: Sequence[Named]) -> str:
    rows = [f"# {escaped(issue.manifest['title'])}", ""]
    for part in named:
        pages = ", ".join(issue.label(page) for page in part.section.pages)
        rows.append(f"- [{escaped(part.title)}](<{part.stem}.md>) ({pages})")
    return "\n".join(rows) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown takes for text."""
    return _not_opening(" ".join(_inside(text).split()))


class MarkdownWriter:
    """Writes the elements of a fragment; `link` and `picture` say where links lead and pictures lie."""

    def __init__(self, link: Callable[[str], str], picture: Callable[[str], str]) -> None:
        self._link = link
        self._picture = picture
        self._deeper = False

    def document(self, content: ET.Element, *, deeper: bool = False) -> str:
        """All blocks, a blank line between them; h2 becomes the first level, or with `deeper` the second."""
        self._deeper = deeper
        rows = [row for row in self._blocks(content) if row]
        return "\n\n".join(rows) + ("\n" if rows else "")

    def _blocks(self, content: ET.Element) -> Iterator[str]:
        for element in content:
            if element.tag in ("ul", "ol"):
                yield self._list(element)
            elif element.tag == "figure":
                yield from self._figure(element)
            elif element.tag in ("aside", "blockquote"):
                yield _quoted("\n\n".join(self._blocks(element)) or self._words(element))
            elif element.tag == "table":
                yield self._table(element)
            elif element.tag == "pre":
                yield _fenced("".join(element.itertext()))
            elif element.tag in _HOLDERS:
                yield from self._blocks(element)
            elif element.get("class") == "footnote" and element.get("id", "").startswith("note-"):
                yield f"[^{element.get('id', '').removeprefix('note-')}]: {self._words(element)}"
            elif len(element.tag) == 2 and element.tag[0] == "h":
                level = int(element.tag[1]) - (0 if self._deeper else 1)
                yield f"{'#' * level} {self._words(element)}"
            else:
                yield self._words(element)

    def _list(self, element: ET.Element) -> str:
        rows = []
        for number, item in enumerate(element.findall("li"), start=1):
            marker = f"{item.get('value') or number}. " if element.tag == "ol" else "- "
            rows.append(marker + self._words(without_lists(item)))
            for inner in item:
                if inner.tag in ("ul", "ol"):
                    rows += [" " * len(marker) + row for row in self._list(inner).split("\n")]
        return "\n".join(rows)

    def _figure(self, element: ET.Element) -> Iterator[str]:
        image = element.find("img")
        if image is not None:
            yield f"![{escaped(image.get('alt', ''))}](<{self._picture(image.get('src', ''))}>)"
        caption = element.find("figcaption")
        if caption is not None:
            words = self._words(caption)
            yield f"*{words}*" if words and "*" not in words else words

    def _table(self, element: ET.Element) -> str:
        rows = [[self._words(cell) for cell in row] for row in element.iter("tr")]
        width = max((len(row) for row in rows), default=0)
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        if lines:
            lines.insert(1, "|" + " --- |" * width)
        return "\n".join(lines)

    def _words(self, element: ET.Element) -> str:
        """The element's words in one line; what would open a heading or a list is escaped."""
        return _not_opening(" ".join(self._inline(element).split()))

    def _inline(self, element: ET.Element) -> str:
        out = [_inside(element.text)]
        for child in element:
            if child.get("role") == "doc-noteref":
                out.append(f"[^{child.get('href', '').removeprefix('#note-')}]")
            elif child.tag == "a" and (target := self._link(child.get("href", ""))) and not target.startswith("#"):
                out.append(f"[{self._inline(child)}](<{target.replace('>', '%3E').replace('<', '%3C')}>)")
            elif child.get("role") != "doc-backlink":
                out.append(self._inline(child))
            out.append(_inside(child.tail))
        return "".join(out)


def _inside(text: str | None) -> str:
    return _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text or ""))


def _not_opening(text: str) -> str:
    """Text whose beginning would otherwise open a heading, a list or a rule."""
    found = _OPENING.match(text)
    if found is None:
        return text
    at = found.end(2) if found[2].isdigit() else found.start(2)
    return f"{text[:at]}\\{text[at:]}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {row}".rstrip() for row in text.split("\n"))


def _fenced(code: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{code}\n{fence}"
