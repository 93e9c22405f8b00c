"""The accessibility report: what each check finds in a folder, and that fixing it makes the score whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.editions import article_entry, page_entry, write_edition

from masthead.edition.accessibility import REFERENCES, SEVERITIES, Check, report_of
from masthead.edition.page_files import to_bytes
from masthead.edition.writing import write_file

GOOD = {
    "articles": [article_entry(1, "The keeper")],
    "pages": [page_entry(number, confidence=0.9) for number in range(1, 5)],
}


def written(folder: Path, page: dict[str, Any], **changes: Any) -> dict[Check, int]:
    """An edition whose first page's file is this one; how many things fail each check."""
    edition = write_edition(folder / "edition", 4, **{**GOOD, **changes})
    base: dict[str, Any] = {"number": 1, "width": 400, "height": 500, "blocks": [], "links": [], "figures": []}
    write_file(edition.path / "pages/1.json", to_bytes({**base, **page}))
    report = report_of(edition)
    return {finding.check: len(finding.spots) for finding in report.findings}


HEADLINE = {"id": "p1-b1", "role": "heading", "level": 1, "article": "a1", "box": [0, 0, 1, 1], "lines": []}


BOX = [0, 0, 10, 10]
FIGURES = [
    {"id": "p1-f1", "box": BOX, "size": [9, 9]},
    {"id": "p1-f2", "box": BOX, "size": [9, 9], "caption": "p1-b2"},
    {"id": "p1-f3", "box": BOX, "size": [9, 9], "decorative": True},
    {"id": "p1-f4", "box": BOX, "size": [9, 9], "alt": "A lamp"},
]
CELLS = [[0, 0, 1, 1, 0, 0, 1], [0, 1, 1, 1, 0, 1, 2]]
TABLE = {
    "id": "p1-b3",
    "role": "table",
    "box": BOX,
    "lines": [],
    "table": {"rows": 1, "columns": 2, "cells": CELLS},
}
DEEP = {**HEADLINE, "id": "p1-b4", "level": 4}
LINKS = [
    {"box": BOX, "kind": "web", "target": "https://example.org/", "text": "Click here"},
    {"box": BOX, "kind": "web", "target": "https://example.org/", "text": ""},
    {"box": BOX, "kind": "web", "target": "https://example.org/", "text": "The tide table"},
    {"box": BOX, "kind": "page", "target": "2", "text": "2"},
]


def test_an_edition_without_faults_has_the_whole_score(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition", 4, **GOOD)
    base: dict[str, Any] = {"number": 1, "width": 400, "height": 500, "links": [], "figures": []}
    write_file(edition.path / "pages/1.json", to_bytes({**base, "blocks": [HEADLINE]}))
    report = report_of(edition)
    assert report.failed == []
    assert report.score == 100


def test_each_check_finds_its_fault(tmp_path: Path) -> None:
    pages = [
        page_entry(1, confidence=0.4),
        page_entry(2, has_text=False),
        page_entry(3, status="failed", sizes=[], has_text=False),
        page_entry(4),
    ]
    found = written(
        tmp_path,
        {"figures": FIGURES, "blocks": [HEADLINE, DEEP, TABLE], "links": LINKS},
        pages=pages,
        articles=[article_entry(1, "The keeper"), article_entry(2, "No headline")],
        language="und",
        title="Untitled",
        contents=[],
        recognition={"engine": "T", "languages": ["eng"], "pages": [4]},
    )
    assert found == {
        Check.PICTURES: 1,
        Check.CAPTIONED: 1,
        Check.PAGES_FAILED: 1,
        Check.PAGES_SILENT: 1,
        Check.RECOGNISED: 1,
        Check.ORDER: 1,
        Check.HEADINGS: 1,
        Check.LEVELS: 1,
        Check.LANGUAGE: 1,
        Check.TABLES: 1,
        Check.LINKS: 2,
        Check.TITLE: 1,
        Check.CONTENTS: 1,
    }


def test_a_page_in_another_language_is_found_until_it_says_so(tmp_path: Path) -> None:
    german = "Der Wärter ist nicht auf dem Turm und die Lampe wird von der Frau für den Mann nicht mit Öl gefüllt. " * 8
    edition = write_edition(tmp_path / "edition", 4, **GOOD)
    (edition.path / "text/2.txt").write_text(german, encoding="utf-8")
    spots = {one.check: one.spots for one in report_of(edition).findings}[Check.PAGE_LANGUAGES]
    assert [(spot.page, spot.words) for spot in spots] == [(2, "de")]
    edition.manifest["pages"][1]["language"] = "de"
    assert {one.check: one.spots for one in report_of(edition).findings}[Check.PAGE_LANGUAGES] == ()


def test_every_check_has_its_weight_and_its_rule() -> None:
    assert set(SEVERITIES) == set(REFERENCES) == set(Check)
    assert all(any("WCAG" in rule for rule in rules) for rules in REFERENCES.values())


def test_the_score_counts_shares_by_weight(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition", 4, **{**GOOD, "articles": [], "language": "und"})
    report = report_of(edition)
    assert report.score == int(
        100 * (1 - 5 / sum(SEVERITIES[one.check].weight for one in report.findings if one.examined))
    )
