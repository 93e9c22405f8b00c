"""Fills the templates: the words in the person's language, the style of the first paint, the built reader."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.presentation import PLAIN, Presentation
from masthead.exports.frame.style import style_of
from masthead.exports.reader_files import reader_files
from masthead.exports.templates import templates_of

_FIRST_PICTURE = 800  # pixels: wide enough to read, small enough for a slow network


def render(template: str, language: str, presentation: Presentation = PLAIN, **values: Any) -> str:
    """The HTML of a template."""
    words = presentation.words(language)
    return (
        templates_of("masthead.exports.frame")
        .get_template(template)
        .render(
            t=words.text,
            tn=words.plural,
            language=words.language,
            direction=words.direction,
            presentation=presentation,
            reader=reader_files(),
            style=Markup(style_of(template)),  # noqa: S704 - our own file
            **values,
        )
    )


def page_picture(edition: Edition, number: int, addresses: Addresses) -> dict[str, Any] | None:
    """The picture of a page for the first paint; None where the page has none."""
    sizes = edition.manifest["pages"][number - 1]["sizes"]
    if not sizes:
        return None
    nominal, width, height = min(sizes, key=lambda size: abs(size[0] - _FIRST_PICTURE))
    path = edition.manifest["pictures"]["template"].format(width=nominal, page=number)
    return {"src": addresses.file(path), "width": width, "height": height}


def preview_of(number: int, picture: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    """The picture of a page for link previews: as JPEG where that can be had, because not all of them take WebP."""
    if addresses.jpegs:
        src = addresses.jpeg(number, picture["width"], picture["height"])
        return {**picture, "src": addresses.absolute(src)}
    return {**picture, "src": addresses.absolute(picture["src"])}
