"""What keeps people with a disability from reading an edition: findings in a finished folder, and a score.

References are to WCAG 2.2 (success criteria) and to EPUB Accessibility 1.1 (its metadata and sections). What a machine
cannot judge, such as whether a description is a good one, is not among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from masthead.edition.folder import Edition
from masthead.layout.language import detect_language

_UNSURE = 0.6  # confidence of a page below which its order is worth a look
_NAVIGABLE = 4  # pages from which an edition wants contents
_SAMPLE = 400  # letters of a page from which its language can be told
_SAYS_NOTHING = frozenset(
    (
        *("here", "click", "more", "link", "this", "page", "read", "readmore", "learnmore", "clickhere", "moreinfo"),
        *("continue", "hier", "klicken", "mehr", "weiter", "mehrinfos", "hierklicken", "ici", "plus", "liresuite"),
        *("aquí", "qui", "klik", "هنا", "المزيد", "اضغطهنا"),
    )
)
_NO_TITLES = frozenset({"", "untitled", "unbenannt"})


class Severity(StrEnum):
    """How much it stands in the way."""

    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"

    @property
    def weight(self) -> int:
        """How much it counts in the score."""
        return {Severity.SERIOUS: 5, Severity.MODERATE: 3, Severity.MINOR: 1}[self]


class Check(StrEnum):
    """What is looked at."""

    PICTURES = "pictures"  # without a description
    CAPTIONED = "captioned"  # described by their caption alone
    PAGES_FAILED = "pages_failed"
    PAGES_SILENT = "pages_silent"  # without any text
    RECOGNISED = "recognised"  # their text was read from a picture
    ORDER = "order"
    HEADINGS = "headings"
    LEVELS = "levels"
    LANGUAGE = "language"
    PAGE_LANGUAGES = "page_languages"
    TABLES = "tables"
    LINKS = "links"
    TITLE = "title"
    CONTENTS = "contents"


SEVERITIES: Mapping[Check, Severity] = {
    Check.PICTURES: Severity.SERIOUS,
    Check.CAPTIONED: Severity.MINOR,
    Check.PAGES_FAILED: Severity.SERIOUS,
    Check.PAGES_SILENT: Severity.MODERATE,
    Check.RECOGNISED: Severity.MINOR,
    Check.ORDER: Severity.MODERATE,
    Check.HEADINGS: Severity.MODERATE,
    Check.LEVELS: Severity.MINOR,
    Check.LANGUAGE: Severity.SERIOUS,
    Check.PAGE_LANGUAGES: Severity.MODERATE,
    Check.TABLES: Severity.SERIOUS,
    Check.LINKS: Severity.MODERATE,
    Check.TITLE: Severity.SERIOUS,
    Check.CONTENTS: Severity.MODERATE,
}
REFERENCES: Mapping[Check, tuple[str, ...]] = {
    Check.PICTURES: ("WCAG 1.1.1 (A)", "EPUB Accessibility: alternativeText"),
    Check.CAPTIONED: ("WCAG 1.1.1 (A)",),
    Check.PAGES_FAILED: ("WCAG 1.1.1 (A)",),
    Check.PAGES_SILENT: ("WCAG 1.4.5 (AA)", "WCAG 1.1.1 (A)"),
    Check.RECOGNISED: ("WCAG 1.4.5 (AA)",),
    Check.ORDER: ("WCAG 1.3.2 (A)", "EPUB Accessibility: readingOrder"),
    Check.HEADINGS: ("WCAG 1.3.1 (A)", "WCAG 2.4.6 (AA)", "EPUB Accessibility: structuralNavigation"),
    Check.LEVELS: ("WCAG 1.3.1 (A)",),
    Check.LANGUAGE: ("WCAG 3.1.1 (A)",),
    Check.PAGE_LANGUAGES: ("WCAG 3.1.2 (AA)",),
    Check.TABLES: ("WCAG 1.3.1 (A)",),
    Check.LINKS: ("WCAG 2.4.4 (A)",),
    Check.TITLE: ("WCAG 2.4.2 (A)",),
    Check.CONTENTS: ("WCAG 2.4.5 (AA)", "EPUB Accessibility: tableOfContents"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is: page, and the block, figure or article if it is one."""

    page: int = 0  # 0: the whole edition
    words: str = ""
    block: str = ""
    figure: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is looked at: how many there are, and which of them fail."""

    check: Check
    examined: int
    spots: tuple[Spot, ...]

    @property
    def severity(self) -> Severity:
        """How much it stands in the way."""
        return SEVERITIES[self.check]

    @property
    def references(self) -> tuple[str, ...]:
        """Which rules say so."""
        return REFERENCES[self.check]

    @property
    def has_passed(self) -> bool:
        """Whether nothing fails."""
        return not self.spots


@dataclass(frozen=True, slots=True)
class Report:
    """All that was looked at in one build."""

    build: str
    findings: tuple[Finding, ...]

    @property
    def score(self) -> int:
        """From 0 to 100: each check counts by its weight, for the share of things that pass it."""
        looked = [finding for finding in self.findings if finding.examined]
        whole = sum(finding.severity.weight for finding in looked)
        got = sum(finding.severity.weight * (1 - len(finding.spots) / finding.examined) for finding in looked)
        return int(100 * got / whole) if whole else 100

    @property
    def failed(self) -> list[Finding]:
        """What fails, what matters most first."""
        order = list(Severity)
        return sorted(
            (finding for finding in self.findings if not finding.has_passed), key=lambda one: order.index(one.severity)
        )


def report_of(edition: Edition) -> Report:
    """Look through a finished edition folder; page files that are missing count as pages without text."""
    manifest = edition.manifest
    pages = [_page(edition, page["number"]) for page in manifest["pages"]]
    return Report(
        edition.build,
        (
            *_of_pictures(pages),
            *_of_pages(manifest),
            *_of_headings(manifest, pages),
            *_of_languages(edition),
            _of_tables(pages),
            _of_links(pages),
            *_of_finding_ones_way(manifest),
        ),
    )


def _page(edition: Edition, number: int) -> dict[str, Any]:
    try:
        page: dict[str, Any] = json.loads((edition.path / f"pages/{number}.json").read_bytes())
    except (OSError, ValueError):
        page = {"number": number, "blocks": [], "links": [], "figures": []}
    return page


def _of_pictures(pages: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    figures = [(page["number"], figure) for page in pages for figure in page["figures"] if figure.get("size")]
    mute = [(number, one) for number, one in figures if not one.get("alt") and not one.get("decorative")]

    def spots(*, captioned: bool) -> tuple[Spot, ...]:
        return tuple(
            Spot(number, figure=one["id"], article=one.get("article", ""))
            for number, one in mute
            if bool(one.get("caption")) is captioned
        )

    yield Finding(Check.PICTURES, len(figures), spots(captioned=False))
    yield Finding(Check.CAPTIONED, len(figures), spots(captioned=True))


def _of_pages(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    pages = manifest["pages"]
    shown = [page for page in pages if page["status"] == "ready"]
    recognised = set(manifest.get("recognition", {}).get("pages", ()))
    failed = {failure["page"] for failure in manifest["failures"]} | {
        page["number"] for page in pages if page["status"] == "failed"
    }
    yield Finding(Check.PAGES_FAILED, len(pages), tuple(Spot(number) for number in sorted(failed)))
    silent = tuple(Spot(page["number"]) for page in shown if not page.get("has_text"))
    yield Finding(Check.PAGES_SILENT, len(shown), silent)
    yield Finding(Check.RECOGNISED, len(shown), tuple(Spot(number) for number in sorted(recognised)))
    judged = [page for page in shown if "confidence" in page and page.get("has_text")]
    unsure = tuple(Spot(page["number"]) for page in judged if page["confidence"] < _UNSURE)
    yield Finding(Check.ORDER, len(judged), unsure)


def _of_headings(manifest: Mapping[str, Any], pages: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    levels: dict[str, list[tuple[int, int, str]]] = {}
    for page in pages:
        for block in page["blocks"]:
            if block["role"] == "heading" and block.get("article"):
                levels.setdefault(block["article"], []).append((block.get("level", 1), page["number"], block["id"]))
    articles = manifest["articles"]
    without = tuple(
        Spot(article["pages"][0] if article["pages"] else 0, article["title"], article=article["id"])
        for article in articles
        if article["id"] not in levels
    )
    yield Finding(Check.HEADINGS, len(articles), without)
    jumps: list[Spot] = []
    count = 0
    for name, row in levels.items():
        count += len(row)
        deepest = 0
        for level, number, block in row:
            if deepest and level > deepest + 1:
                jumps.append(Spot(number, block=block, article=name))
            deepest = level
    yield Finding(Check.LEVELS, count, tuple(jumps))


def _of_languages(edition: Edition) -> Iterator[Finding]:
    manifest = edition.manifest
    own = manifest["language"]
    yield Finding(Check.LANGUAGE, 1, () if own not in ("", "und") else (Spot(),))
    if own in ("", "und"):
        return
    told = []
    other = []
    for page in manifest["pages"]:
        words = edition.plain_text(page["number"])
        if sum(char.isalpha() for char in words) < _SAMPLE:
            continue
        told.append(page["number"])
        language = detect_language([words])
        said = page.get("language", own)
        if language != "und" and language != said.split("-")[0].lower():
            other.append(Spot(page["number"], words=language))
    yield Finding(Check.PAGE_LANGUAGES, len(told), tuple(other))


def _of_tables(pages: Sequence[dict[str, Any]]) -> Finding:
    tables = [(page["number"], block) for page in pages for block in page["blocks"] if "table" in block]
    bare = tuple(
        Spot(number, block=block["id"], article=block.get("article", ""))
        for number, block in tables
        if not any(cell[4] for cell in block["table"]["cells"])
    )
    return Finding(Check.TABLES, len(tables), bare)


def _of_links(pages: Sequence[dict[str, Any]]) -> Finding:
    links = [(page["number"], link) for page in pages for link in page["links"] if link["kind"] != "page"]
    empty = tuple(Spot(number, link["target"][:80]) for number, link in links if _says_nothing(link["text"]))
    return Finding(Check.LINKS, len(links), empty)


def _says_nothing(words: str) -> bool:
    letters = "".join(char for char in words.casefold() if char.isalnum())
    return letters in _SAYS_NOTHING or not letters


def _of_finding_ones_way(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    has_title = manifest["title"].strip().casefold() not in _NO_TITLES
    yield Finding(Check.TITLE, 1, () if has_title else (Spot(),))
    if len(manifest["pages"]) >= _NAVIGABLE:
        leads = any(entry["page"] for entry in manifest["contents"])
        yield Finding(Check.CONTENTS, 1, () if leads else (Spot(),))
