"""Writes an edition as an EPUB 3.3 book: `write_epub` is the table of contents of the work."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from markupsafe import Markup

from masthead import wording
from masthead.edition.folder import Edition
from masthead.exports.epub.accessibility import Findings, accessibility, summary
from masthead.exports.epub.container import pack
from masthead.exports.epub.contents import BodyWriter
from masthead.exports.epub.pages import PagePlace, place_pages
from masthead.exports.issue import Issue, Section, plain_words, read_issue
from masthead.exports.templates import templates_of
from masthead.layout.language import is_right_to_left
from masthead.wording import Translator

_UNKNOWN_DATE = "1980-01-01T00:00:00Z"  # what the container says of all its files
_NAMESPACE = uuid.UUID("0b8d7a5e-5a0e-5c55-9d0a-0d1c6f1c9c43")  # of the books made here; any constant does
_TITLE_LENGTH = 120  # characters of an entry of the contents

Files = Iterator[tuple[str, bytes]]


def write_epub(edition: Edition, target: Path, *, advertisements: bool = True) -> None:
    """Write the book to `target`; raises EditionInvalidError where the folder is not whole."""
    pack(target, _Book(read_issue(edition, advertisements=advertisements)).files())


class _Book:
    """One book as it is put together."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self._words: Translator = wording.translator(issue.manifest["language"])
        self._titles = {section.id: self._title(section) for section in issue.sections}
        self._places: list[PagePlace] = place_pages(issue)
        self._writer = BodyWriter(issue, self._places)

    def files(self) -> Files:
        """Every file of the book, the package first."""
        bodies = [(section, self._writer.body(section)) for section in self._issue.sections]
        findings = Findings(
            self._writer.with_alt, self._writer.without_alt, bool(self._places), self._writer.page_pictures
        )
        yield "package.opf", self._package(findings)
        yield "nav.xhtml", self._nav()
        yield "style.css", _style()
        title = self._issue.manifest["title"]
        cover = self._cover()
        if cover:
            yield "text/cover.xhtml", self._render("cover.xml", title=self._words.text("Cover"))
            yield "pictures/cover.jpg", cover
        yield "text/title.xhtml", self._render("title.xml", title=title, summary=summary(findings, self._words))
        for section, body in bodies:
            yield f"text/{section.id}.xhtml", self._section(section, body)
        folder = self._issue.edition.path
        for source, name in sorted(self._writer.pictures.items()):
            yield name, (folder / source).read_bytes()

    def _cover(self) -> bytes:
        """The picture of the cover; empty where none could be drawn."""
        path = self._issue.edition.path / self._issue.manifest["pictures"]["cover"]
        return path.read_bytes() if path.is_file() else b""

    def _title(self, section: Section) -> str:
        """What the contents call a section."""
        if section.kind == "advertisements":
            return self._words.text("Advertisements")
        title = section.title or (plain_words(section.content) if section.kind == "article" else "")
        if not title:
            title = self._words.text("Page {label}", label=self._issue.label(section.pages[0]))
        return title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"

    def _section(self, section: Section, body: str) -> bytes:
        heading = self._titles[section.id]
        if section.kind == "page":
            heading = self._words.text("Page {label}", label=self._issue.label(section.pages[0]))
        return self._render(
            "section.xml",
            title=self._titles[section.id],
            section=section,
            heading=heading,
            body=Markup(body),  # noqa: S704 - escaped at build, serialised from a tree
        )

    def _nav(self) -> bytes:
        sections = self._issue.sections
        start = next((section for section in sections if section.kind == "article"), sections[0] if sections else None)
        pages = [
            {"href": f"text/{place.section}.xhtml#{place.anchor}", "label": self._issue.label(place.page)}
            for place in self._places
        ]
        return self._render(
            "nav.xml",
            title=self._words.text("Contents"),
            root="",
            toc=self._toc(),
            pages=pages,
            start=f"text/{start.id}.xhtml" if start else "",
        )

    def _toc(self) -> list[dict[str, Any]]:
        """The sections in order; articles that follow each other in one part of the issue below its name."""
        rows: list[dict[str, Any]] = [
            {"title": self._words.text("Title page"), "href": "text/title.xhtml", "children": []}
        ]
        for section in self._issue.sections:
            entry = {"title": self._titles[section.id], "href": f"text/{section.id}.xhtml", "children": []}
            part = section.article.get("section", "")
            if part and rows[-1]["title"] == part and not rows[-1]["href"]:
                rows[-1]["children"].append(entry)
            elif part:
                rows.append({"title": part, "href": "", "children": [entry]})
            else:
                rows.append(entry)
        return rows

    def _package(self, findings: Findings) -> bytes:
        manifest = self._issue.manifest
        return self._render(
            "package.xml",
            title=manifest["title"],
            identifier=f"urn:uuid:{uuid.uuid5(_NAMESPACE, manifest['source']['sha256'])}",
            modified=manifest["source"].get("modified", _UNKNOWN_DATE),
            sections=self._issue.sections,
            pages=self._places,
            pictures=sorted(self._writer.pictures.values()),
            accessibility=list(accessibility(findings, self._words)),
        )

    def _render(self, template: str, **values: Any) -> bytes:
        manifest, words = self._issue.manifest, self._words
        shared = {
            "t": words.text,
            "tn": words.plural,
            "language": words.language,
            "words_direction": words.direction,
            "content_language": manifest["language"],
            "direction": _direction(manifest["language"]),
            "manifest": manifest,
            "root": "../",
            "has_cover": bool(self._cover()),
        }
        return templates_of("masthead.exports.epub").get_template(template).render({**shared, **values}).encode()


def _direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


@cache
def _style() -> bytes:
    return resources.files("masthead.exports.epub").joinpath("templates/style.css").read_bytes()
