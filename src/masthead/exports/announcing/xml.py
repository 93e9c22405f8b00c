"""Writes XML documents from trees: the declaration, the namespaces' usual prefixes, the bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/terms/"
OPDS = "http://opds-spec.org/2010/catalog"
THREADING = "http://purl.org/syndication/thread/1.0"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

for _prefix, _uri in (("atom", ATOM), ("dcterms", DUBLIN_CORE), ("opds", OPDS), ("thr", THREADING)):
    ET.register_namespace(_prefix, _uri)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """An element below `parent`; characters that XML cannot hold are left out."""
    element = ET.SubElement(parent, tag, {name.rstrip("_"): clean(value) for name, value in attributes.items()})
    if text:
        element.text = clean(text)
    return element


def clean(text: str) -> str:
    """The text without characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def document(root: ET.Element) -> bytes:
    """The bytes of a whole document."""
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written


def stamp(moment: datetime) -> str:
    """A moment as RFC 3339 writes it, in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
