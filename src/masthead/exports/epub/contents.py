"""Turns the fragments of an edition into the bodies of a book's documents: links, pictures, ids, heading levels."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from masthead.exports.epub.pages import PagePlace
from masthead.exports.issue import Issue, Section

_HEADING = re.compile(r"h([2-6])")
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*\.?(:\d{1,5})?")
_MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]+")
_PHONE = re.compile(r"tel:[+\d().\-\s]+")
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


class BodyWriter:
    """Rewrites the contents of an issue's sections for a book."""

    def __init__(self, issue: Issue, places: list[PagePlace]) -> None:
        self._issue = issue
        self._places: Mapping[str, PagePlace] = {str(place.page): place for place in places}
        self._sections = {section.id for section in issue.sections}
        self.pictures: dict[str, str] = {}  # path in the book by path in the edition folder
        self.without_alt = 0
        self.with_alt = 0
        self.page_pictures = 0  # pages that come only as a picture

    def body(self, section: Section) -> str:
        """The section's inner XHTML; the title of an article is its h1."""
        content = section.content
        self._unlink(content)
        for element in content.iter():
            self._rewrite(element, raise_headings=section.kind == "article")
        if section.kind == "article":
            _name_title(section)
        out = [content.text or ""]
        out += [ET.tostring(child, encoding="unicode") for child in content]
        return "".join(out)

    def _rewrite(self, element: ET.Element, *, raise_headings: bool) -> None:
        block, figure = element.attrib.pop("data-block", ""), element.attrib.pop("data-figure", "")
        for name in [name for name in element.attrib if name.startswith("data-")]:
            del element.attrib[name]
        if (block or figure) and not element.get("id"):
            element.set("id", block or figure)
        found = _HEADING.fullmatch(element.tag)
        if found and raise_headings:
            element.tag = f"h{int(found[1]) - 1}"
        match element.tag:
            case "img":
                self._picture(element)
            case "aside" if element.get("class") == "pull-quote":
                element.set("role", "doc-pullquote")
            case "aside":
                element.set("role", "note")
                element.set("epub:type", "sidebar")
            case "a" if element.get("role") == "doc-noteref":
                element.set("epub:type", "noteref")
            case "p" if element.get("id", "").startswith("note-"):
                element.set("epub:type", "footnote")
                element.set("role", "doc-footnote")

    def _picture(self, element: ET.Element) -> None:
        source = self._issue.picture(element.get("src", ""))
        name = "pictures/" + source.replace("/", "-")
        self.pictures[source] = name
        self.page_pictures += element.get("src", "").startswith("picture:")
        element.set("src", f"../{name}")
        if element.get("alt"):
            self.with_alt += 1
        elif element.get("role") != "presentation":  # what only decorates wants no description
            self.without_alt += 1

    def _unlink(self, content: ET.Element) -> None:
        """Make every link lead somewhere in the book or on the web; what leads nowhere is text."""
        for parent in list(content.iter()):
            for element in [child for child in parent if child.tag == "a"]:
                element.attrib.pop("rel", None)
                if target := self._target(element.get("href", "")):
                    element.set("href", target)
                else:
                    element.tag = "span"
                    element.attrib.pop("href", None)
                    element.attrib.pop("role", None)

    def _target(self, address: str) -> str:
        kind, _, name = address.partition(":")
        if address.startswith("#"):
            return address
        if kind == "page":
            place = self._places.get(name)
            return f"{place.section}.xhtml#{place.anchor}" if place else ""
        if kind == "article":
            return f"{name}.xhtml" if name in self._sections else ""
        return valid_address(address)


def _name_title(section: Section) -> None:
    """The article's title gets the id by which its section is named."""
    title = section.content.find("h1")
    if title is not None:
        title.set("id", f"{section.id}-title")


def valid_address(address: str) -> str:
    """The address with what a URL cannot hold written as escapes; empty if it still is none."""
    if kind := _MAIL.fullmatch(address) or _PHONE.fullmatch(address):
        return quote("".join(kind[0].split()), safe=_SAFE)
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
        _ = parts.port
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    rest = parts._replace(scheme="", netloc="").geturl()
    rest = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(rest, safe=_SAFE)).replace("[", "%5B").replace("]", "%5D")
    head, mark, tail = rest.partition("#")
    return f"{parts.scheme}://{host}{head}{mark}{tail.replace('#', '%23')}"
