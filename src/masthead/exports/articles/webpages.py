"""Writes an issue as HTML files that need nothing else: one for each part, an index, the pictures beside."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from markupsafe import Markup

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
from masthead.exports.issue import Issue, Section, read_issue
from masthead.exports.templates import templates_of
from masthead.layout.language import is_right_to_left


def write_html(edition: Edition, target: Path, *, advertisements: bool = True) -> None:
    """Write the folder of HTML files and `index.html`."""
    issue = read_issue(edition, advertisements=advertisements)
    named = named_sections(issue, wording.translator(edition.manifest["language"]))
    link = links_of(named, ".html")

    def fill(folder: Path) -> None:
        copy_pictures(issue, named, folder)
        for index, part in enumerate(named):
            text = _page(issue, named, index, _body(issue, part.section, link))
            (folder / f"{part.stem}.html").write_text(text, encoding="utf-8")
        (folder / "index.html").write_text(
            _render(issue, "index.html", title=issue.manifest["title"], parts=_entries(issue, named)), encoding="utf-8"
        )

    write_folder(target, fill)


def _page(issue: Issue, named: Sequence[Named], index: int, body: str) -> str:
    part = named[index]
    return _render(
        issue,
        "part.html",
        title=part.title,
        part=part,
        header=header_of(issue, part),
        before=named[index - 1] if index else None,
        after=named[index + 1] if index + 1 < len(named) else None,
        body=Markup(body),  # noqa: S704 - escaped at build, serialised from a tree
    )


def _entries(issue: Issue, named: Sequence[Named]) -> list[dict[str, Any]]:
    return [
        {"stem": part.stem, "pages": ", ".join(issue.label(page) for page in part.section.pages), "title": part.title}
        for part in named
    ]


def _render(issue: Issue, template: str, **values: Any) -> str:
    language = issue.manifest["language"]
    words = wording.translator(language)
    style = resources.files("masthead.exports.articles").joinpath("templates/part.css").read_text(encoding="utf-8")
    return (
        templates_of("masthead.exports.articles")
        .get_template(template)
        .render(
            t=words.text,
            tn=words.plural,
            language=words.language,
            words_direction=words.direction,
            content_language=language,
            direction="rtl" if is_right_to_left(language) else "ltr",
            manifest=issue.manifest,
            style=Markup(style),  # noqa: S704 - our own file
            **values,
        )
    )


def _body(issue: Issue, section: Section, link: Callable[[str], str]) -> str:
    """The section's HTML with links to the other files; an article's title is its h1."""
    for element in section.content.iter():
        if element.tag == "img":
            element.set("src", picture_name(issue, element.get("src", "")))
            element.set("loading", "lazy")
        elif element.tag == "a":
            element.set("href", link(element.get("href", "")) or "#")
        elif section.kind == "article" and element.tag in ("h2", "h3", "h4", "h5", "h6"):
            element.tag = f"h{int(element.tag[1]) - 1}"
    return "".join(ET.tostring(child, encoding="unicode", method="html") for child in section.content)
