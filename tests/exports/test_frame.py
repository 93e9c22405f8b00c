"""The HTML around a page: whole and valid on its own, linked to all others, and deaf to what texts try."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.editions import page_entry, write_edition

from masthead import wording
from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.metadata import description_of
from masthead.exports.frame.pages import render_all_pages, render_failure, render_page

VOID = {"meta", "link", "img", "br", "hr", "input"}
HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)> & <!-- {{ 7*7 }}"


class Page(HTMLParser):
    """Reads HTML strictly: every element closed in its turn; remembers elements, ids and texts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice on {tag}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def meta(self, name: str) -> str | None:
        found = [one for one in self.all("meta") if name in (one.get("name"), one.get("property"))]
        return found[0]["content"] if found else None

    def link(self, rel: str) -> str | None:
        return next((one["href"] for one in self.all("link") if one.get("rel") == rel), None)

    @property
    def data(self) -> Any:
        return json.loads(self.texts["script"])


ADDRESSES = Addresses(build="/b/1234/", origin="https://fathom.example", tiles=True)


def page_of(edition: Edition, number: int, language: str = "en", **changes: Any) -> Page:
    return Page(render_page(edition, number, language=language, addresses=ADDRESSES, **changes))


def at_once(page: Page) -> int:
    """How many scripts run before anything is drawn; each is the reader's own file."""
    found = [one for one in page.all("script") if one.get("type") not in ("module", "application/ld+json")]
    assert all(one["src"].startswith("/reader/assets/first-") for one in found)
    return len(found)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return write_edition(tmp_path_factory.mktemp("frame") / "edition", 12, source=b"%PDF-1.7")


@pytest.mark.parametrize("language", wording.languages())
@pytest.mark.parametrize("number", [1, 7, 12])
def test_structure(edition: Edition, number: int, language: str) -> None:
    page = page_of(edition, number, language)
    assert page.all("html") == [{"lang": language, "dir": wording.direction(language)}]
    for landmark in ("h1", "header", "main", "footer", "title"):
        assert len(page.all(landmark)) == 1, landmark
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    names = [one["aria-label"] for one in page.all("nav")]
    assert all(names)
    assert len(names) == len(set(names))
    assert page.all("main")[0] == {
        "class": "frame-page",
        "id": f"page-{number}",
        "data-page": str(number),
        "data-stand": {1: "alone", 7: "behind", 12: "alone"}[number],
        "lang": "en",
        "dir": "ltr",
    }
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    skip = next(one for one in page.all("a"))
    assert skip["href"] == f"#text-{number}"
    assert f"text-{number}" in ids


def test_a_page_says_what_it_is(edition: Edition) -> None:
    page = page_of(edition, 7)
    assert page.texts["title"] == "Page 7 – Harbour Quarterly"
    assert str(page.meta("description")).startswith("Harbour story 7 The keeper")
    assert page.link("canonical") == "https://fathom.example/page/7"
    assert page.link("prev") == "/page/6"
    assert page.link("next") == "/page/8"
    assert page.meta("og:title") == "Page 7 – Harbour Quarterly"
    assert page.meta("og:type") == "article"
    data = page.data
    assert data["@type"] == "WebPage"
    assert data["isPartOf"]["@type"] == "PublicationIssue"
    assert data["isPartOf"]["inLanguage"] == "en"


def test_the_edition_itself(edition: Edition) -> None:
    home = page_of(edition, 1, is_home=True)
    assert home.texts["title"] == "Harbour Quarterly"
    assert home.link("canonical") == page_of(edition, 1).link("canonical") == "https://fathom.example/"
    assert home.meta("og:image") == "https://fathom.example/b/1234/cover.jpg"
    assert home.link("prev") is None
    assert page_of(edition, 12).link("next") is None


def test_the_first_picture_has_a_size_and_comes_first(edition: Edition) -> None:
    page = page_of(edition, 3)
    picture = next(one for one in page.all("img"))
    assert picture["src"] == page.link("preload") == "/b/1234/pictures/800/3.webp"
    assert (picture["width"], picture["height"]) == ("800", "1000")
    assert picture["alt"] == "Page 3"
    assert picture["fetchpriority"] == "high"
    assert page.meta("og:image") == "https://fathom.example/b/1234/pictures/800/3.webp"
    assert not [one for one in page.all("link") if one["rel"] == "stylesheet"]
    assert at_once(page) <= 1  # the one that knows the view of the last visit


def test_the_reader_is_told_where_all_is(edition: Edition) -> None:
    reader = page_of(edition, 3).all("masthead-reader")[0]
    assert reader["manifest"] == "/b/1234/manifest.json"
    assert reader["home"] == "/"
    assert reader["page"] == "3"
    assert reader["strings"] == "/reader/strings/en.json"
    assert reader["tiles"] == "/b/1234/tiles/{page}/{width}/{x}/{y}.webp"
    assert reader["source"] == "/b/1234/source.pdf"


def test_no_pdf_no_tiles_no_author(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition", author="")
    page = Page(render_page(edition, 1, language="en", addresses=Addresses(build="/b/1/")))
    reader = page.all("masthead-reader")[0]
    assert "source" not in reader
    assert "tiles" not in reader
    assert "author" not in page.data["isPartOf"]


def test_all_pages_are_linked(edition: Edition) -> None:
    targets = {one["href"] for one in page_of(edition, 5).all("a")}
    assert {f"/page/{number}" for number in range(1, 13)} <= targets


def test_very_long_editions_link_neighbours_steps_and_the_list(tmp_path: Path) -> None:
    pages = [page_entry(number) for number in range(1, 1201)]
    edition = write_edition(tmp_path / "edition", 2, pages=pages)
    page = page_of(edition, 600)
    targets = [one["href"] for one in page.all("a")]
    assert "/pages" in targets
    for number in (1, 588, 599, 612, 120, 1200):
        assert f"/page/{number}" in targets
    assert len(targets) < 200
    listed = Page(render_all_pages(edition, language="en", addresses=ADDRESSES))
    assert {f"/page/{number}" for number in range(1, 1201)} <= {one["href"] for one in listed.all("a")}
    assert len(listed.all("h1")) == 1


def test_contents_and_links_in_the_text_lead_to_pages(edition: Edition) -> None:
    first = page_of(edition, 1)
    contents = [one for one in first.all("nav") if one["aria-label"] == "Contents"]
    assert len(contents) == 1
    assert "/page/2" in [one["href"] for one in first.all("a")]
    html = render_page(edition, 4, language="en", addresses=ADDRESSES)
    assert '<a href="/page/1">Begin</a>' in html
    assert "page:1" not in html


def test_hostile_strings_stay_text(tmp_path: Path) -> None:
    edition = write_edition(
        tmp_path / "edition",
        title=HOSTILE,
        author=HOSTILE,
        contents=[{"title": HOSTILE, "page": 1, "children": []}],
        pages=[page_entry(1, label=HOSTILE), page_entry(2, label=HOSTILE), page_entry(3)],
    )
    (edition.path / "text/1.txt").write_text(HOSTILE)
    for number in (1, 2):
        page = page_of(edition, number)
        assert at_once(page) <= 1
        assert len(page.all("img")) == 1
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert HOSTILE in page.texts["a"]
        assert page.data["isPartOf"]["name"] == HOSTILE
        assert "49" not in page.texts["title"]
    assert page_of(edition, 1).meta("description") == description_of(HOSTILE)
    listed = Page(render_all_pages(edition, language="en", addresses=ADDRESSES))
    assert listed.all("script") == []


def test_a_page_that_failed_says_so(tmp_path: Path) -> None:
    edition = write_edition(
        tmp_path / "edition",
        pages=[page_entry(1), page_entry(2, status="failed", sizes=[], has_text=False), page_entry(3)],
        failures=[{"page": 2, "code": "page_failed", "message": "The page could not be drawn."}],
        fragments=["", ""],
    )
    html = render_page(edition, 2, language="en", addresses=ADDRESSES)
    assert "<img" not in html
    assert "The picture of this page is missing." in html
    assert "The page could not be drawn." in html
    assert "This page has no text." in html


def test_right_to_left_editions(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition", language="ar", direction="rtl")
    page = page_of(edition, 2, "de")
    assert page.all("html") == [{"lang": "de", "dir": "ltr"}]
    assert (page.all("main")[0]["lang"], page.all("main")[0]["dir"]) == ("ar", "rtl")


def test_an_unknown_language_is_not_claimed(tmp_path: Path) -> None:
    page = page_of(write_edition(tmp_path / "edition", language="und"), 2)
    assert "inLanguage" not in page.data["isPartOf"]
    assert page.all("main")[0]["lang"] == "en"


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_failures_are_whole_pages(status: int) -> None:
    html = render_failure(
        status=status,
        heading=HOSTILE,
        message=HOSTILE,
        way=HOSTILE,
        language="ar",
        addresses=Addresses(),
        request_id="abc123",
    )
    page = Page(html)
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert page.all("script") == page.all("img") == []
    assert "abc123" in html
    assert page.meta("robots") == "noindex"


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", ""),
        ("  A lamp\n\nwas lit. ", "A lamp was lit."),
        ("word " * 50, ("word " * 32).strip() + "…"),
        ("x" * 500, "x" * 160 + "…"),
        ("a, " * 100, ("a, " * 54).strip(", ") + "…"),
    ],
)
def test_descriptions_end_at_a_word(text: str, description: str) -> None:
    found = description_of(text)
    assert len(found) <= 161
    if len(text.strip()) <= 160 or "word" in text or "xx" in text:
        assert found == description


def test_relative_addresses_for_folders_of_files(edition: Edition) -> None:
    addresses = Addresses(home="../", build="../", reader="../reader/")
    html = render_page(edition, 2, language="en", addresses=addresses)
    reader = Page(html).all("masthead-reader")[0]
    assert reader["manifest"] == "../manifest.json"
    assert reader["strings"] == "../reader/strings/en.json"
    assert 'src="../pictures/800/2.webp"' in html
