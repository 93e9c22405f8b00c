"""Writes oEmbed answers (version 1.0, type rich): the line with which another site shows an edition in a frame."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from markupsafe import Markup

from masthead.exports.announcing.facts import EditionFacts
from masthead.exports.announcing.xml import add, document

_WIDTH, _HEIGHT = 960, 640  # pixels where nobody asks for less
_ASPECT = 3 / 2
_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" style="border:0" allowfullscreen loading="lazy"></iframe>'
)


def frame_line(address: str, title: str, width: int | str = "100%", height: int = _HEIGHT) -> str:
    """The one line of HTML that shows the reader in another page."""
    return str(_FRAME.format(address, title, width, height))


def answer(edition: EditionFacts, *, page: int, max_width: int | None, max_height: int | None) -> dict[str, Any]:
    """The answer for an edition, or a page of it; never larger than asked for, in pixels."""
    width = min(_WIDTH, max_width or _WIDTH)
    height = min(max_height or _HEIGHT, max(240, round(width / _ASPECT)))
    address = f"{edition.home}embed" + (f"?page={page}" if page > 1 else "")
    return {
        "version": "1.0",
        "type": "rich",
        "title": edition.title,
        "author_name": edition.publication.name,
        "author_url": edition.publication.home,
        "provider_name": edition.publication.publisher,
        "provider_url": edition.publication.home,
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": frame_line(address, edition.title, width, height),
    }


def as_xml(said: dict[str, Any]) -> bytes:
    """The same answer as XML."""
    root = ET.Element("oembed")
    for name, value in said.items():
        add(root, name, str(value))
    return document(root)
