"""Reads an edition folder as what leaves it: all of an issue in the order in which it is read, nothing twice.

Articles come as they are written. What belongs to no article (the cover, the contents, small notices) becomes a
section of its own where it stands; advertisements come last; a page that has no words at all comes as its picture.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from masthead.document.errors import EditionInvalidError
from masthead.document.text import Role
from masthead.edition.folder import Edition

_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")  # ids become names of files
_FURNITURE = frozenset(role.value for role in Role if role.is_furniture)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_PICTURE_WIDTH = 1200  # of the picture that stands for a page without words, in pixels
_WHITE = "#ffffff"
_COVER_PART = 0.6  # of the first page that its picture must fill to be what the cover already shows

Kind = Literal["article", "page", "advertisements"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the issue that is read in one go. `content` holds the fragment's elements; readers may change it."""

    id: str  # "a3", "page-12" or "advertisements"
    kind: Kind
    title: str  # empty where the section has no words of its own for it
    pages: tuple[int, ...]
    content: ET.Element
    article: Json = field(default_factory=dict)  # of the manifest


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue with its sections in order."""

    edition: Edition
    sections: tuple[Section, ...]
    figures: Mapping[str, Json]  # of the page files, by id

    @property
    def manifest(self) -> Json:
        """The edition's manifest."""
        return self.edition.manifest

    def label(self, page: int) -> str:
        """The number printed on a page."""
        return str(self.manifest["pages"][page - 1]["label"])

    def picture(self, source: str) -> str:
        """The path in the folder of the picture that `figure:p12-f1` or `picture:12` names."""
        kind, _, name = source.partition(":")
        is_page = kind != "figure" and name.isdecimal() and 1 <= int(name) <= self.edition.page_count
        if not _NAME.fullmatch(name) or not (is_page or kind == "figure"):
            raise EditionInvalidError(f"{source!r} is no name of a picture")
        if kind == "figure":
            return str(self.manifest["figures"]["template"].format(id=name))
        entry = self.manifest["pages"][int(name) - 1]
        nominal = min(entry["sizes"], key=lambda size: abs(size[0] - _PICTURE_WIDTH))[0]
        return str(self.manifest["pictures"]["template"].format(width=nominal, page=name))


def read_issue(edition: Edition, *, advertisements: bool = True) -> Issue:
    """All that the folder says; without `advertisements` those are left out. Raises EditionInvalidError."""
    if edition.manifest["status"] != "complete":
        raise EditionInvalidError("the edition is still being built")
    for entry in edition.manifest["articles"]:
        if not _NAME.fullmatch(entry["id"]):
            raise EditionInvalidError(f"{entry['id']!r} is no name of an article")
    files = {page["number"]: _without_words(page_file(edition, page["number"])) for page in edition.manifest["pages"]}
    places = {
        block["id"]: (number, index) for number, file in files.items() for index, block in enumerate(file["blocks"])
    }
    placed: list[tuple[tuple[int, int], Section]] = []
    told: set[str] = set()
    for entry in edition.manifest["articles"]:
        content = parse(edition.article_fragment(entry["id"]), entry["path"])
        names = list(shown_blocks(content))
        told.update(names)
        start = min((places[name] for name in names if name in places), default=(min(entry["pages"], default=1), 0))
        placed.append((start, Section(entry["id"], "article", entry["title"], tuple(entry["pages"]), content, entry)))
    notices = ET.Element("section")
    noticed: list[int] = []
    for number, file in files.items():
        rest, bought = _rest(edition, file, told)
        if len(rest):
            names = list(shown_blocks(rest))
            start = min((places[name] for name in names if name in places), default=(number, len(file["blocks"])))
            placed.append((start, Section(f"page-{number}", "page", _first_heading(rest), (number,), rest)))
        if len(bought):
            notices.extend(bought)
            noticed.append(number)
    sections = [section for _, section in sorted(placed, key=lambda pair: pair[0])]
    if advertisements and noticed:
        sections.append(Section("advertisements", "advertisements", "", tuple(noticed), notices))
    figures = {figure["id"]: figure for file in files.values() for figure in file["figures"]}
    return Issue(edition, tuple(sections), figures)


def page_file(edition: Edition, number: int) -> Json:
    """The words and figures of a page; an empty page where there is no file."""
    path = edition.path / f"pages/{number}.json"
    if not path.is_file():
        return {"number": number, "blocks": [], "links": [], "figures": []}
    file: Json = json.loads(path.read_bytes())
    return file


def _without_words(file: Json) -> Json:
    """The page file with only the number of lines: an issue of a thousand pages fits into memory."""
    for block in file["blocks"]:
        block["lines"] = len(block["lines"])
    return file


def parse(fragment: str, name: str) -> ET.Element:
    """A fragment as a tree below a `section`; raises EditionInvalidError where it is not well-formed."""
    try:
        return ET.fromstring(f"<section>{fragment}</section>")  # noqa: S314 - no document type can stand inside
    except ET.ParseError as error:
        raise EditionInvalidError(f"{name} is not well-formed: {error}") from error


def shown_blocks(content: ET.Element) -> Iterator[str]:
    """The blocks that elements show, in order."""
    return (name for element in content.iter() if (name := element.get("data-block")))


def plain_words(element: ET.Element) -> str:
    """All words in an element, one space between them."""
    return " ".join("".join(element.itertext()).split())


def _rest(edition: Edition, file: Json, told: set[str]) -> tuple[ET.Element, ET.Element]:
    """What a page says outside articles, and its advertisements."""
    number = file["number"]
    blocks = {block["id"]: block for block in file["blocks"]}
    left = {name for name, block in blocks.items() if name not in told and not block.get("article")}
    bought = _bought(file)
    page = parse(edition.text_fragment(number), f"text/{number}.html")
    rest, notices = ET.Element("section"), ET.Element("section")
    for element in list(page):
        if element.tag in ("ol", "ul") and not element.get("data-block"):
            _keep_items(element, left)
            if not len(element):
                continue
        names = set(shown_blocks(element)) or ({""} if element.tag not in ("ol", "ul") else set())
        if names & left:
            (notices if names & bought else rest).append(element)
    rest.extend(_loose_figures(edition, file))
    has_words = any(block["role"] not in _FURNITURE and block["lines"] for block in file["blocks"])
    if not len(rest) and not len(notices) and not has_words and not file["figures"]:
        rest.extend(_page_picture(edition, number))
    _without_skips(rest)
    _without_skips(notices)
    return rest, notices


def _keep_items(rows: ET.Element, left: set[str]) -> None:
    """Leave only these items in a list; those of lists inside an item that goes take its place."""
    kept: list[ET.Element] = []
    for item in rows:
        inner = [child for child in item if child.tag in ("ol", "ul")]
        for child in inner:
            _keep_items(child, left)
            if not len(child):
                item.remove(child)
        kept += [item] if item.get("data-block", "") in left else [row for child in inner for row in child]
    rows[:] = kept


def _without_skips(content: ET.Element) -> None:
    """Heading levels from h2 on without a gap, since headings between them may stand in an article."""
    last = 1
    for element in content.iter():
        if element.tag in _HEADINGS:
            last = min(int(element.tag[1]), last + 1)
            element.tag = f"h{last}"


def _bought(file: Json) -> set[str]:
    """Blocks of advertisements: those of the role, and all in a box with one."""
    roles = [block for block in file["blocks"] if block["role"] == Role.ADVERTISEMENT.value]
    groups = {block["group"] for block in roles if block.get("group")}
    return {block["id"] for block in file["blocks"] if block in roles or block.get("group") in groups}


def _loose_figures(edition: Edition, file: Json) -> Iterator[ET.Element]:
    """Figures of a page that stand in no article; not the picture that the cover shows anyway."""
    entry = edition.manifest["pages"][file["number"] - 1]
    for figure in file["figures"]:
        x0, y0, x1, y1 = figure["box"]
        fills = (x1 - x0) * (y1 - y0) > _COVER_PART * entry["width"] * entry["height"]
        if figure.get("article") or "size" not in figure or (file["number"] == 1 and fills):
            continue
        holder = ET.Element("figure", {"data-figure": figure["id"]})
        width, height = figure["size"]
        picture = _add_picture(holder, f"figure:{figure['id']}", figure.get("alt", ""), width, height)
        if figure.get("decorative"):
            picture.set("role", "presentation")
        yield holder


def _page_picture(edition: Edition, number: int) -> Iterator[ET.Element]:
    """The picture of a page without words, unless the page is blank or the cover."""
    entry = edition.manifest["pages"][number - 1]
    if not entry["sizes"] or entry.get("colour") == _WHITE or number == 1:
        return
    _, width, height = min(entry["sizes"], key=lambda size: abs(size[0] - _PICTURE_WIDTH))
    holder = ET.Element("figure", {"class": "page-picture"})
    _add_picture(holder, f"picture:{number}", "", width, height)
    yield holder


def _add_picture(holder: ET.Element, source: str, alt: str, width: int, height: int) -> ET.Element:
    return ET.SubElement(holder, "img", {"src": source, "alt": alt, "width": str(width), "height": str(height)})


def _first_heading(content: ET.Element) -> str:
    for element in content.iter():
        if element.tag in _HEADINGS:
            return plain_words(element)
    return ""
