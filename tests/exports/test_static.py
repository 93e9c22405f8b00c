"""Sites of files: every link leads to a file, wherever the folder lies; nothing is named that is not there."""

from __future__ import annotations

import json
import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from tests.editions import article_entry, write_edition

from masthead.exports.announcing.facts import EditionFacts, PublicationFacts
from masthead.exports.reader_files import FOLDER, OFFLINE
from masthead.exports.static.archive_site import Kept, write_archive, write_single
from masthead.exports.static.search_index import file_of, words_of

BASE = "https://archive.example/fathom/"
FATHOM = PublicationFacts("p1", "Fathom", "", "Harbour Press", description="Ships & lamps", language="en")
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
LINK = re.compile(r'\b(?:href|src|manifest|home|strings|source|archive)="([^"]*)"')


def kept(folder: Path, number: int, **changes: object) -> Kept:
    story = '<h2 data-block="p2-b1">Boats</h2>\n<p data-block="p2-b2">They came back.</p>\n'
    search = [{"number": 1, "text": f"Éclair number{number}"}, {"number": 2, "text": "the scientific harbour 東京都"}]
    edition = write_edition(
        folder / f"edition-{number}",
        stories={"a2": story},
        articles=[article_entry(2, "Boats", slug="boats-&-ships")],
        source=b"%PDF-1.7",
        search=search,
        **changes,
    )
    facts = EditionFacts(
        f"e{number}", FATHOM, f"No. {number}", "", "", date(2026, number, 1), MOMENT, MOMENT, edition.page_count, ""
    )
    return Kept(edition, f"no-{number}", facts)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    target = tmp_path / "site"
    write_archive(FATHOM, [kept(tmp_path, 2), kept(tmp_path, 1)], target, base="", said=lambda _: None)
    return target


def links(root: Path) -> Iterator[tuple[Path, str]]:
    """Every link of every page, with the page that has it."""
    for page in sorted(root.rglob("*.html")):
        if "/b/" not in page.as_posix():
            for address in LINK.findall(page.read_text(encoding="utf-8")):
                yield page, unescape(address)


def target_of(root: Path, page: Path, address: str) -> Path:
    """The file that a web server would send."""
    path = unquote(urldefrag(address)[0].split("?")[0])
    whole = posixpath.normpath(posixpath.join(page.parent.as_posix(), path)) if path else page.as_posix()
    found = Path(whole)
    return found / "index.html" if path.endswith("/") or found.is_dir() else found


def test_every_link_of_an_archive_leads_to_a_file_in_it(archive: Path) -> None:
    tried = 0
    for page, address in links(archive):
        assert not address.startswith(("/", "http")), f"{page}: {address}"
        found = target_of(archive, page, address)
        assert found.is_file(), f"{page}: {address}"
        assert archive in found.parents
        tried += 1
    assert tried > 100


def test_an_edition_alone_is_a_site_too(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write_single(kept(tmp_path, 1).edition, target, base="", language="en")
    for page, address in links(target):
        assert target_of(target, page, address).is_file(), f"{page}: {address}"
    assert (target / "issue.epub").read_bytes().startswith(b"PK")
    assert (target / "issue.pdf").read_bytes() == b"%PDF-1.7"
    assert not (target / "feed.atom").exists()
    if (FOLDER / OFFLINE).is_file():  # the reader is built
        assert 'offline="../../offline.js"' in (target / "page/2/index.html").read_text("utf-8")
        assert (target / OFFLINE).is_file()
        assert json.loads((target / "app.webmanifest").read_text("utf-8"))["start_url"] == "./"


def test_the_list_for_the_reader_leads_to_editions_and_pictures(archive: Path) -> None:
    said = json.loads((archive / "editions.json").read_text(encoding="utf-8"))
    assert [edition["label"] for edition in said["editions"]] == ["No. 2", "No. 1"]
    for edition in said["editions"]:
        assert (archive / edition["home"] / "index.html").is_file()
        assert (archive / edition["thumbnail"]).is_file()


def test_the_index_finds_words_as_people_write_them(archive: Path) -> None:
    def places(word: str) -> list[list[int]]:
        file = archive / "search" / file_of(word)
        found: list[list[int]] = json.loads(file.read_text(encoding="utf-8")).get(word, []) if file.is_file() else []
        return found

    assert places("eclair") == [[0, 1], [1, 1]]
    assert places("number1") == [[1, 1]]
    assert places("東京") == [[0, 2], [1, 2]]
    assert places("nowhere") == []
    about = json.loads((archive / "search/index.json").read_text(encoding="utf-8"))
    assert sorted(about["files"]) == sorted(p.name for p in (archive / "search").iterdir() if p.name != "index.json")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Élan, naïve", ["elan", "naive"]),
        ("東京都", ["東京", "京都"]),
        ("I’m 42", ["i", "m", "42"]),
        ("a語b", ["a", "語", "b"]),
    ],
)
def test_words_are_cut_and_written_alike(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_where_the_address_is_known_machines_are_told(tmp_path: Path) -> None:
    target = tmp_path / "site"
    hidden = kept(tmp_path, 1)
    hidden = replace(hidden, facts=replace(hidden.facts, is_indexed=False), robots="noindex", with_pdf=False)
    write_archive(FATHOM, [kept(tmp_path, 2), hidden], target, base=BASE, said=lambda _: None)
    for name in ("feed.atom", "feed.rss", "opds.xml", "sitemap.xml"):
        ET.parse(target / name)
    named = re.findall(r"<loc>([^<]*)</loc>", (target / "sitemap.xml").read_text(encoding="utf-8"))
    assert f"{BASE}no-2/page/3/" in named
    assert not any("no-1" in address for address in named)
    for address in named:
        assert (target / unquote(unescape(address)).removeprefix(BASE) / "index.html").is_file(), address
    page = (target / "no-2/page/2/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{BASE}no-2/page/2/">' in page
    preview = re.search(r'property="og:image" content="([^"]*)"', page)
    assert preview is not None
    assert (target / preview[1].removeprefix(BASE)).read_bytes().startswith(b"\xff\xd8")
    assert '<meta name="robots" content="noindex">' in (target / "no-1/index.html").read_text(encoding="utf-8")
    assert not list((target / "no-1").rglob("*.pdf"))
    catalogue = json.loads((target / "opds.json").read_text(encoding="utf-8"))
    for entry in catalogue["publications"]:
        assert json.loads((target / entry["links"][0]["href"].removeprefix(BASE)).read_text(encoding="utf-8")) == entry
    manifest = json.loads((target / "no-2/iiif/manifest.json").read_text(encoding="utf-8"))
    body = manifest["items"][0]["items"][0]["items"][0]["body"]["id"]
    assert (target / body.removeprefix(BASE)).is_file()


def test_the_house_keeps_its_own_files(tmp_path: Path) -> None:
    one = kept(tmp_path, 1)
    write_single(one.edition, tmp_path / "site", base="", language="en")
    copy = tmp_path / "site/b" / one.edition.build / "manifest.json"
    copy.write_text("changed by somebody who serves the files", encoding="utf-8")
    assert json.loads((one.edition.path / "manifest.json").read_text(encoding="utf-8"))["schema"] == 1
