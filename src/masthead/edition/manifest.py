"""Puts the manifest of a build together; its format is `schema/manifest-1.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from masthead import __version__
from masthead.document.structure import OutlineEntry, PageFailure, SourceReport
from masthead.document.text import Article, ReadText
from masthead.edition import crossing
from masthead.edition.folder import COVER, FIGURE_TEMPLATE, INVENTORY, SOURCE, Manifest, article_path
from masthead.edition.options import BuildOptions
from masthead.edition.page_files import PAGES_PER_SEARCH_CHUNK
from masthead.edition.recognising import Recognition
from masthead.layout.language import is_right_to_left

PICTURE_TEMPLATE = "pictures/{width}/{page}.webp"
SEARCH_TEMPLATE = "search/{chunk}.json"


@dataclass(slots=True)
class PageState:
    """What is known of a page while the build runs."""

    status: str = "waiting"
    sizes: tuple[tuple[int, int, int], ...] = ()
    colour: str = ""
    has_text: bool = False


@dataclass(slots=True)
class BuildState:
    """All that a manifest is made of, as it grows."""

    report: SourceReport
    pages: dict[int, PageState]
    failures: list[PageFailure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)  # about single pages' pictures, and the PDF that was not kept
    has_source: bool = False  # whether the PDF lies in the folder
    text: ReadText = field(default_factory=ReadText)
    contents: tuple[OutlineEntry, ...] = ()
    language: str = "und"
    recognition: Recognition = field(default_factory=Recognition)
    figure_sizes: dict[str, tuple[int, int]] = field(default_factory=dict)  # pixels, by id
    languages: dict[int, str] = field(default_factory=dict)  # of pages that are in another one, by number
    title: str = ""  # as the publisher corrected it
    cover: int = 0  # the page that the publisher chose for it; 0: the first that could be drawn


def manifest_of(state: BuildState, options: BuildOptions, inventory: Mapping[str, Any] | None) -> Manifest:
    """The manifest; without an inventory it says that the build is still going on."""
    report = state.report
    right_to_left = report.right_to_left or is_right_to_left(state.language)
    return {
        "schema": 1,
        "status": "complete" if inventory is not None else "building",
        "generator": f"Masthead {__version__}",
        "title": state.title or options.title or report.title,
        "author": report.author,
        "language": state.language,
        "direction": options.direction or ("rtl" if right_to_left else "ltr"),
        "source": _source(state, kept=state.has_source and inventory is not None),
        "pictures": {
            "format": "webp",
            "template": PICTURE_TEMPLATE,
            "widths": sorted(options.widths),
            "cover": COVER,
            **({"cover_page": state.cover} if state.cover else {}),
        },
        "pages": [_page(state, shape.number) for shape in report.pages],
        "contents": crossing.outline_to_json(state.contents or report.outline),
        "articles": [_article(article) for article in state.text.articles],
        "figures": {"template": FIGURE_TEMPLATE, "count": len(state.figure_sizes)},
        "search": {
            "template": SEARCH_TEMPLATE,
            "chunks": -(-len(report.pages) // PAGES_PER_SEARCH_CHUNK) if inventory is not None else 0,
            "pages_per_chunk": PAGES_PER_SEARCH_CHUNK,
        },
        **({"recognition": found} if (found := recognition_entry(state.recognition)) else {}),
        "warnings": [
            *report.warnings,
            *sorted(state.warnings),
            *state.recognition.warnings,
            *state.text.warnings,
        ],
        "failures": [
            {"page": failure.page, "code": failure.code, "message": failure.message}
            for failure in sorted(state.failures, key=lambda failure: (failure.page, failure.code))
        ],
        "inventory": inventory or {"path": INVENTORY, "sha256": "", "size": 0},
    }


def _source(state: BuildState, *, kept: bool) -> dict[str, Any]:
    report = state.report
    source: dict[str, Any] = {
        "sha256": report.sha256,
        "size": report.size,
        "encrypted": report.encrypted,
        "tagged": report.tagged,
        "repaired": report.repaired,
    }
    if report.modified:
        source["modified"] = report.modified
    if kept:
        source["path"] = SOURCE
    return source


def recognition_entry(found: Recognition) -> dict[str, Any]:
    """Who read the pages that had to be read from their pictures, in which languages; empty if nobody did."""
    if not found.engine:
        return {}
    return {"engine": found.engine, "languages": list(found.languages), "pages": sorted(found.pages)}


def _page(state: BuildState, number: int) -> dict[str, Any]:
    shape = state.report.pages[number - 1]
    page = state.pages[number]
    entry: dict[str, Any] = {
        "number": number,
        "label": shape.label,
        "width": round(shape.width, 2),
        "height": round(shape.height, 2),
        "sizes": [list(size) for size in page.sizes],
        "status": page.status,
    }
    if shape.place.sheet != number or shape.place.window:
        entry["sheet"] = shape.place.sheet
    if shape.place.window:
        entry["window"] = list(shape.place.window.rounded())
    if page.colour:
        entry["colour"] = page.colour
    entry["has_text"] = page.has_text
    if language := state.languages.get(number):
        entry["language"] = language
    if confidence := state.text.confidence.get(number):
        entry["confidence"] = round(confidence.value, 2)
        if confidence.reasons:
            entry["reasons"] = list(confidence.reasons)
    return entry


def _article(article: Article) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": article.id, "title": article.title, "slug": article.slug}
    if article.standfirst:
        entry["standfirst"] = article.standfirst
    if article.byline:
        entry["byline"] = article.byline
    if article.section:
        entry["section"] = article.section
    if article.authors:
        entry["authors"] = list(article.authors)
    if article.mails:
        entry["mails"] = list(article.mails)
    entry["pages"] = list(article.pages)
    entry["words"] = article.words
    entry["minutes"] = article.minutes
    entry["path"] = article_path(article.id)
    if article.figures:
        entry["figures"] = list(article.figures)
    return entry


def title_of(report: SourceReport, file_name: str) -> str:
    """The PDF's own title if it is one; else the file's name without its ending."""
    title = report.title.strip()
    looks_like_a_file = "." in title and title.rsplit(".", 1)[-1].lower() in _FILE_ENDINGS
    if title and not looks_like_a_file and title.lower() not in ("untitled", "untitled document", "unbenannt"):
        return title
    return file_name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ").strip() or "Untitled"


_FILE_ENDINGS = frozenset(
    {
        "indd",
        "doc",
        "docx",
        "pdf",
        "qxd",
        "qxp",
        "cdr",
        "ai",
        "psd",
        "pub",
        "tex",
        "dvi",
        "ps",
        "eps",
        "ppt",
        "pptx",
    }
)
