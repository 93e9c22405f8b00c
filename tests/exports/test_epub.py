"""The book of an edition: everything once, pages marked, links that lead somewhere, honest about itself."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from tests.exports.issues import block, story, write_issue

from masthead.document.errors import EditionInvalidError
from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Figure, Role
from masthead.edition.folder import Edition
from masthead.exports.epub.book import write_epub
from masthead.exports.epub.contents import valid_address

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


def issue(folder: Path, **changes: object) -> Edition:
    """Two stories that lie over each other, a contents page, an advertisement, a figure, a page without words."""
    first = story(
        "a1",
        block("p2-b1", "The keeper & his lamp", Role.HEADING, level=1),
        block("p2-b2", "It was dark, see page 4 and", y=50),
        block("p4-b1", "nobody came.", continues="p2-b2"),
    )
    second = story("a2", block("p3-b1", "The sea", Role.HEADING, level=1), block("p3-b2", "It was wet.", y=50))
    loose = [
        block("p1-b1", "Harbour Quarterly", Role.HEADING, level=1),
        block("p3-b3", "Buy lamps at Hill's", Role.ADVERTISEMENT),
        block("p4-b2", "Printed in Hull", Role.CAPTION),
        block("p4-b3", "4", Role.FOLIO),
    ]
    figures = [Figure("p2-f1", 2, Box(0, 60, 100, 110), article="a1", alt="A lamp")]
    links = [Link(2, Box(40, 50, 59, 58), LinkKind.PAGE, "4", "text")]
    return write_issue(folder, [first, second], loose=loose, figures=figures, links=links, pages=5, **changes)


def book(edition: Edition, target: Path, *, advertisements: bool = True) -> dict[str, bytes]:
    write_epub(edition, target, advertisements=advertisements)
    with zipfile.ZipFile(target) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"application/epub+zip"
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def text_of(files: dict[str, bytes], name: str) -> str:
    return " ".join("".join(ET.fromstring(files[name]).itertext()).split())


def spine(files: dict[str, bytes]) -> list[str]:
    package = ET.fromstring(files["package.opf"])
    names = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    return [str(names[ref.get("idref")]) for ref in package.iter(f"{OPF}itemref")]


def metadata(files: dict[str, bytes], prop: str) -> list[str | None]:
    package = ET.fromstring(files["package.opf"])
    return [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == prop]


def test_sections_come_in_reading_order_and_nothing_is_lost(tmp_path: Path) -> None:
    files = book(issue(tmp_path / "edition"), tmp_path / "book.epub")
    assert spine(files) == [
        "text/cover.xhtml",
        "text/title.xhtml",
        "nav.xhtml",
        "text/page-1.xhtml",
        "text/a1.xhtml",
        "text/a2.xhtml",
        "text/page-4.xhtml",
        "text/page-5.xhtml",
        "text/advertisements.xhtml",
    ]
    assert "Harbour Quarterly" in text_of(files, "text/page-1.xhtml")
    assert "Printed in Hull" in text_of(files, "text/page-4.xhtml")
    assert "Buy lamps" in text_of(files, "text/advertisements.xhtml")
    assert b"pictures-1200-5.webp" in files["text/page-5.xhtml"]
    assert "pictures/pictures-1200-5.webp" in files


def test_advertisements_can_be_left_out(tmp_path: Path) -> None:
    files = book(issue(tmp_path / "edition"), tmp_path / "book.epub", advertisements=False)
    assert not [name for name, data in files.items() if b"Buy lamps" in data]


def test_every_link_and_every_file_leads_somewhere(tmp_path: Path) -> None:
    files = book(issue(tmp_path / "edition"), tmp_path / "book.epub")
    ids = {
        name: {element.get("id") for element in ET.fromstring(data).iter()}
        for name, data in files.items()
        if name.endswith(".xhtml")
    }
    seen = 0
    for name in ids:
        folder = name.rpartition("/")[0]
        for element in ET.fromstring(files[name]).iter():
            target = element.get("href") or element.get("src")
            if not target or "://" in target:
                continue
            path, _, anchor = target.partition("#")
            path = re.sub(r"^[^/]+/\.\./", "", f"{folder}/{path}".lstrip("/")) if path else name
            assert path in files, f"{name}: {target}"
            assert not anchor or anchor in ids[path], f"{name}: {target}"
            seen += 1
    assert seen > 15
    package = ET.fromstring(files["package.opf"])
    named = {item.get("href") for item in package.iter(f"{OPF}item")}
    assert named == {name for name in files if name not in ("mimetype", "META-INF/container.xml", "package.opf")}


def test_each_page_is_marked_once_and_as_many_as_possible_in_their_order(tmp_path: Path) -> None:
    files = book(issue(tmp_path / "edition"), tmp_path / "book.epub")
    nav = ET.fromstring(files["nav.xhtml"])
    pages = next(element for element in nav.iter(f"{XHTML}nav") if element.get("id") == "page-list")
    links = [(link.text, link.get("href")) for link in pages.iter(f"{XHTML}a")]
    assert links == [
        ("1", "text/page-1.xhtml#page-1"),
        ("2", "text/a1.xhtml#page-2"),
        ("3", "text/a2.xhtml#page-3"),
        ("4", "text/page-4.xhtml#page-4"),
        ("5", "text/page-5.xhtml#page-5"),
    ]
    marks = [data.count(b'class="page-mark"') for name, data in files.items() if name.endswith(".xhtml")]
    assert sum(marks) == 5
    assert "It was dark, see page 4 and nobody came." in text_of(files, "text/a1.xhtml")


def test_the_article_has_its_title_as_h1_and_its_blocks_as_ids(tmp_path: Path) -> None:
    files = book(issue(tmp_path / "edition"), tmp_path / "book.epub")
    html = ET.fromstring(files["text/a1.xhtml"])
    title = html.find(f".//{XHTML}h1")
    assert title is not None
    assert title.text == "The keeper & his lamp"
    assert html.get("lang") == "en"
    assert {"p2-b2", "p4-b1", "p2-f1"} <= {element.get("id") for element in html.iter()}
    assert not [name for element in html.iter() for name in element.attrib if name.startswith("data-")]


def test_types_of_the_book_trade_have_the_roles_that_assistive_technology_knows(tmp_path: Path) -> None:
    noted = story(
        "a1",
        block("p1-b1", "Title", Role.HEADING, level=1),
        block("p1-b2", "Text1 here.", y=50),
        block("p1-b3", "1 Note.", Role.FOOTNOTE, reference="p1-b2"),
        block("p1-b4", "2 Another.", Role.FOOTNOTE),
    )
    files = book(write_issue(tmp_path / "edition", [noted], pages=1), tmp_path / "book.epub")
    types = "{http://www.idpf.org/2007/ops}type"
    found = {(e.get(types), e.get("role")) for e in ET.fromstring(files["text/a1.xhtml"]).iter() if e.get(types)}
    assert found == {
        ("chapter", "doc-chapter"),
        ("pagebreak", "doc-pagebreak"),
        ("noteref", "doc-noteref"),
        ("footnote", "doc-footnote"),
    }


def test_it_says_of_its_accessibility_what_is_true(tmp_path: Path) -> None:
    described = book(issue(tmp_path / "edition"), tmp_path / "book.epub")
    assert metadata(described, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in metadata(described, "schema:accessibilityFeature")
    assert "1 page comes only as a picture" in str(metadata(described, "schema:accessibilitySummary"))
    assert "dcterms:conformsTo" not in described["package.opf"].decode()
    ornament = Figure("p1-f1", 1, Box(0, 60, 100, 110), article="a1", decorative=True)
    calm = story("a1", block("p1-b1", "Words", Role.HEADING, level=1), block("p1-b2", "Only words.", y=50))
    decorated = book(write_issue(tmp_path / "calm", [calm], figures=[ornament], pages=1), tmp_path / "calm.epub")
    assert "no description" not in str(metadata(decorated, "schema:accessibilitySummary"))
    only = story("a1", block("p1-b1", "Words", Role.HEADING, level=1), block("p1-b2", "Only words.", y=50))
    plain = book(write_issue(tmp_path / "plain", [only], pages=1), tmp_path / "plain.epub")
    assert metadata(plain, "schema:accessMode") == ["textual"]
    assert metadata(plain, "schema:accessModeSufficient") == ["textual"]


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    edition = issue(tmp_path / "edition")
    write_epub(edition, tmp_path / "one.epub")
    write_epub(edition, tmp_path / "two.epub")
    assert (tmp_path / "one.epub").read_bytes() == (tmp_path / "two.epub").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edition", "one.epub", "two.epub"]


def test_the_date_and_the_direction_are_those_of_the_edition(tmp_path: Path) -> None:
    source = {"sha256": "b" * 64, "size": 1, "encrypted": False, "tagged": False, "repaired": False}
    edition = issue(
        tmp_path / "edition",
        language="ar",
        direction="rtl",
        source={**source, "modified": "2019-05-01T10:00:00Z"},
    )
    files = book(edition, tmp_path / "book.epub")
    assert metadata(files, "dcterms:modified") == ["2019-05-01T10:00:00Z"]
    assert b'page-progression-direction="rtl"' in files["package.opf"]
    assert ET.fromstring(files["text/a1.xhtml"]).get("dir") == "rtl"
    assert "المحتويات" in files["nav.xhtml"].decode()


def test_articles_of_one_part_stand_below_its_name(tmp_path: Path) -> None:
    stories = [
        story(
            f"a{n}", block(f"p{n}-b1", f"Title {n}", Role.HEADING, level=1), block(f"p{n}-b2", "Text."), section="News"
        )
        for n in (1, 2)
    ]
    files = book(write_issue(tmp_path / "edition", stories, pages=2), tmp_path / "book.epub")
    toc = next(ET.fromstring(files["nav.xhtml"]).iter(f"{XHTML}nav"))
    part = next(item for item in toc.iter(f"{XHTML}li") if item.find(f"{XHTML}span") is not None)
    assert [link.text for link in part.iter(f"{XHTML}a")] == ["Title 1", "Title 2"]


def test_what_stands_between_articles_skips_no_level(tmp_path: Path) -> None:
    told = story("a1", block("p1-b1", "Title", Role.HEADING, level=1), block("p1-b2", "Text."))
    loose = [block("p1-b3", "A lesser thing", Role.HEADING, level=3), block("p1-b4", "Words.")]
    files = book(write_issue(tmp_path / "edition", [told], loose=loose, pages=1), tmp_path / "book.epub")
    tags = [element.tag for element in ET.fromstring(files["text/page-1.xhtml"]).iter() if element.get("id") == "p1-b3"]
    assert tags == [f"{XHTML}h2"]


def test_a_book_does_without_a_cover(tmp_path: Path) -> None:
    edition = issue(tmp_path / "edition")
    (edition.path / "cover.jpg").unlink()
    files = book(edition, tmp_path / "book.epub")
    assert not [name for name, data in files.items() if "cover" in name or b"cover.xhtml" in data]


def test_an_edition_that_is_still_built_is_refused(tmp_path: Path) -> None:
    edition = issue(tmp_path / "edition", status="building")
    with pytest.raises(EditionInvalidError):
        write_epub(edition, tmp_path / "book.epub")
    assert not (tmp_path / "book.epub").exists()


@pytest.mark.parametrize(
    ("address", "valid"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org/a b", "http://example.org/a%20b"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://", ""),
        ("http://exa mple.org", ""),
        ("http://[::1", ""),
        ("https://example.org:99999/", ""),
        ("javascript:alert(1)", ""),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("tel:+49 30 1234", "tel:+49301234"),
    ],
)
def test_addresses_are_valid_or_no_links(address: str, valid: str) -> None:
    assert valid_address(address) == valid
