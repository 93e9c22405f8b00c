"""Articles as text, Markdown, HTML and JSON: each block once in each, pictures beside, nothing of others lost."""

from __future__ import annotations

import json
import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exports.issues import block, story, write_issue
from tests.pdfs import story_pdf

from masthead.command import main
from masthead.document.errors import EditionInvalidError, ExportExistsError
from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Block, Cell, Figure, Role, Table
from masthead.edition.folder import Edition
from masthead.exports.articles.data import everything, write_json
from masthead.exports.articles.markdown import MarkdownWriter, write_markdown
from masthead.exports.articles.text import paragraphs, write_text
from masthead.exports.articles.webpages import write_html
from masthead.exports.epub.book import write_epub


def issue(folder: Path) -> Edition:
    keeper = story(
        "a1",
        block("p1-b1", "The *keeper*", Role.HEADING, level=1),
        block("p1-b2", "By Ann Lee", Role.BYLINE, y=20),
        block("p1-b3", "1. It was dark, turn to page 2", y=50),
        block("p1-b4", "oil", Role.LIST_ITEM, marker="3.", y=70),
        block("p1-b5", "wicks", Role.LIST_ITEM, marker="4.", y=80),
        block("p1-b6", "* Hill.", Role.FOOTNOTE, reference="p1-b3"),
        block("p1-b7", "The lamp", Role.CAPTION, y=125, figure="p1-f1"),
        block("p1-b8", "Never again", Role.PULL_QUOTE, y=400),
        byline="By Ann Lee",
    )
    loose = [block("p2-b1", "Printed in Hull"), block("p2-b2", "Buy lamps", Role.ADVERTISEMENT)]
    figures = [Figure("p1-f1", 1, Box(0, 90, 100, 120), "p1-b7", "a1")]
    links = [Link(1, Box(60, 50, 69, 58), LinkKind.PAGE, "2", "text")]
    return write_issue(folder, [keeper], loose=loose, figures=figures, links=links, pages=2)


def test_markdown(tmp_path: Path) -> None:
    write_markdown(issue(tmp_path / "edition"), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "1-slug-a1.md",
        "2-page-2.md",
        "3-advertisements.md",
        "figures",
        "index.md",
    ]
    assert (tmp_path / "out/figures/p1-f1.webp").read_bytes()[:4] == b"RIFF"
    text = (tmp_path / "out/1-slug-a1.md").read_text(encoding="utf-8")
    assert text == (
        '---\ntitle: "The *keeper*"\nissue: "Harbour Quarterly"\nauthors: ["By Ann Lee"]\npages: ["1"]\n'
        'language: "en"\nwords: 21\n---\n\n'
        "# The \\*keeper\\*\n\nBy Ann Lee\n\n"
        "1\\. It was dark, turn to [page](<2-page-2.md>) 2[^p1-b6]\n\n"
        "3. oil\n4. wicks\n\n![The lamp](<figures/p1-f1.webp>)\n\n*The lamp*\n\n> Never again\n\n[^p1-b6]: Hill.\n"
    )
    assert "[The \\*keeper\\*](<1-slug-a1.md>) (1)" in (tmp_path / "out/index.md").read_text(encoding="utf-8")


def test_a_table_is_a_table_everywhere(tmp_path: Path) -> None:
    cells = [(0, 0, "Lamp"), (0, 1, "Price"), (1, 0, "Small"), (1, 1, "12")]
    table = Table(
        2, 2, tuple(Cell(row, column, 1, 1, row == 0, at, at + 1) for at, (row, column, _) in enumerate(cells))
    )
    told = block("p1-b2", "Lamp Price Small 12", Role.TABLE, y=50, table=table)
    edition = write_issue(
        tmp_path / "edition", [story("a1", block("p1-b1", "Prices", Role.HEADING, level=1), told)], pages=1
    )
    write_text(edition, tmp_path / "text")
    assert "Lamp\tPrice\nSmall\t12" in _all(tmp_path / "text", "*.txt")
    write_markdown(edition, tmp_path / "markdown")
    assert "| Lamp | Price |\n| --- | --- |\n| Small | 12 |" in _all(tmp_path / "markdown", "1-*.md")
    write_html(edition, tmp_path / "html")
    assert '<th scope="col">Price</th>' in _all(tmp_path / "html", "1-*.html")


def test_html(tmp_path: Path) -> None:
    write_html(issue(tmp_path / "edition"), tmp_path / "out")
    html = (tmp_path / "out/1-slug-a1.html").read_text(encoding="utf-8")
    assert '<h1 data-block="p1-b1">The *keeper*</h1>' in html
    assert 'turn to <a href="2-page-2.html">page</a> 2' in html
    assert 'src="figures/p1-f1.webp"' in html
    assert (tmp_path / "out/figures/p1-f1.webp").is_file()
    assert 'rel="next" href="2-page-2.html"' in html
    index = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert '<a href="1-slug-a1.html">The *keeper*</a>' in index


def test_text(tmp_path: Path) -> None:
    write_text(issue(tmp_path / "edition"), tmp_path / "out", advertisements=False)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"1-slug-a1.txt", "2-page-2.txt"}
    assert (tmp_path / "out/2-page-2.txt").read_text(encoding="utf-8") == "Printed in Hull\n"
    assert "\n\n3. oil\n\n4. wicks\n\n" in (tmp_path / "out/1-slug-a1.txt").read_text(encoding="utf-8")


def test_json(tmp_path: Path) -> None:
    edition = issue(tmp_path / "edition")
    write_json(edition, tmp_path / "deep/all.json", words=True)
    data = json.loads((tmp_path / "deep/all.json").read_text(encoding="utf-8"))
    assert data["build"] == edition.build
    assert data["articles"][0]["blocks"][:3] == ["p1-b1", "p1-b2", "p1-b3"]
    item = next(part for part in data["pages"][0]["blocks"] if part["id"] == "p1-b4")
    assert (item["role"], item["marker"], item["text"], len(item["words"])) == ("list_item", "3.", "oil", 1)
    assert "words" not in everything(edition)["pages"][0]["blocks"][0]


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    edition = issue(tmp_path / "edition")
    (tmp_path / "out").mkdir()
    write_text(edition, tmp_path / "out")
    before = sorted((tmp_path / "out").iterdir())
    with pytest.raises(ExportExistsError):
        write_markdown(edition, tmp_path / "out")
    assert sorted((tmp_path / "out").iterdir()) == before


@pytest.mark.parametrize("old", ["p1-f1", "a1"])
def test_a_folder_of_others_cannot_write_elsewhere(tmp_path: Path, old: str) -> None:
    edition = issue(tmp_path / "edition")
    fragment = edition.path / "articles/a1.html"
    fragment.write_text(fragment.read_text(encoding="utf-8").replace("figure:p1-f1", "figure:../../p1-f1"), "utf-8")
    if old == "a1":
        edition.manifest["articles"][0]["id"] = "../a1"
    for write in (write_html, write_markdown):
        with pytest.raises(EditionInvalidError):
            write(edition, tmp_path / "out")
    with pytest.raises(EditionInvalidError):
        write_epub(edition, tmp_path / "book.epub")
    assert [path.name for path in tmp_path.iterdir()] == ["edition"]


ROLES = [role for role in Role if not role.is_furniture]
TOKEN = re.compile(r"(?<![\w])zq\d+zq(?![\w])")

rows = st.lists(
    st.tuples(st.sampled_from(ROLES), st.integers(1, 3), st.integers(0, 2), st.booleans(), st.booleans()),
    min_size=1,
    max_size=14,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_every_block_is_once_in_every_export(shape: list[tuple[Role, int, int, bool, bool]]) -> None:
    stories: dict[int, list[Block]] = {1: [], 2: []}
    loose: list[Block] = []
    for index, (role, page, wanted, goes_on, boxed) in enumerate(sorted(shape, key=lambda row: row[1])):
        home = 0 if role is Role.ADVERTISEMENT else wanted  # an advertisement never is part of a story
        before = stories[home][-1].id if home and goes_on and stories[home] else ""
        part = block(
            f"p{page}-b{index}",
            f"zq{index}zq",
            role,
            y=index * 20.0,
            level=index % 4 + 1 if role in (Role.HEADING, Role.LIST_ITEM) else 0,
            continues=before,
            group=f"p{page}-g1" if boxed else "",
        )
        (stories[home] if home else loose).append(part)
    told = [story(f"a{home}", *blocks, title="Title") for home, blocks in stories.items() if blocks]
    count = len(shape)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        edition = write_issue(folder / "edition", told, loose=loose)
        for kind, words in _exports(edition, folder):
            found = Counter(TOKEN.findall(words))
            assert found == {f"zq{index}zq": 1 for index in range(count)}, kind


def _exports(edition: Edition, folder: Path) -> Iterator[tuple[str, str]]:
    """The words of every export, without indexes and particulars, which say titles again."""
    write_text(edition, folder / "text")
    yield "text", _all(folder / "text", "*.txt")
    write_markdown(edition, folder / "markdown")
    yield "markdown", re.sub(r"^---\n.*?\n---\n", "", _all(folder / "markdown", "[0-9]*.md"), flags=re.S | re.M)
    write_html(edition, folder / "html")
    pages = (re.search(r"<main.*</main>", page.read_text("utf-8"), re.S) for page in (folder / "html").glob("[0-9]*"))
    yield "html", "".join(re.sub(r'<h1 class="label">.*?</h1>', "", page[0]) for page in pages if page)
    write_epub(edition, folder / "book.epub")
    with zipfile.ZipFile(folder / "book.epub") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("EPUB/text/")]
    yield "epub", "".join(text.split("<body", 1)[1] for text in texts)
    data = everything(edition)
    yield "json", " ".join(part["text"] for page in data["pages"] for part in page["blocks"])


def _all(folder: Path, pattern: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))


def test_the_command_exports_a_folder_and_a_pdf(tmp_path: Path) -> None:
    issue(tmp_path / "edition")
    run = CliRunner().invoke(
        main, ["export", str(tmp_path / "edition"), "--epub", str(tmp_path / "a.epub"), "--text", str(tmp_path / "t")]
    )
    assert run.exit_code == 0, run.output
    assert (tmp_path / "a.epub").is_file()
    assert (tmp_path / "t/1-slug-a1.txt").is_file()
    pdf = story_pdf(tmp_path / "harbour.pdf")
    run = CliRunner().invoke(main, ["export", str(pdf), "--epub", str(tmp_path / "b.epub")])
    assert run.exit_code == 0, run.output
    with zipfile.ZipFile(tmp_path / "b.epub") as archive:
        words = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("EPUB/text/"))
    assert words.count("wrote his journal") == 3


def test_the_command_wants_to_know_what_to_write(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["export", str(tmp_path)])
    assert run.exit_code == 2
    assert "--epub" in run.output


def test_deeper_items_are_drawn_in_in_markdown_and_text() -> None:
    content = ET.fromstring(
        '<div><ol><li value="1">trim<ul><li>nightly</li></ul></li><li value="2">light</li></ol></div>'
    )
    written = MarkdownWriter(lambda target: target, lambda target: target).document(content)
    assert written == "1. trim\n   - nightly\n2. light\n"
    assert list(paragraphs(content)) == ["1. trim", "  • nightly", "2. light"]


def test_an_item_of_an_article_inside_a_loose_item_is_told_once(tmp_path: Path) -> None:
    loose = [block("p1-b1", "zq1zq", Role.LIST_ITEM, level=1)]
    inner = block("p1-b2", "zq2zq", Role.LIST_ITEM, y=20.0, level=2)
    edition = write_issue(tmp_path / "edition", [story("a1", inner, title="Title")], loose=loose)
    for kind, words in _exports(edition, tmp_path):
        assert Counter(TOKEN.findall(words)) == {"zq1zq": 1, "zq2zq": 1}, kind
