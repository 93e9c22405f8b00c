"""Cuts what was read from a sheet of the PDF down to the part of it that is a page, in the page's own coordinates."""

from __future__ import annotations

from dataclasses import replace

from masthead.document.geometry import Box
from masthead.document.structure import Link
from masthead.document.tags import PageTags
from masthead.document.text import PageText


def text_of_part(text: PageText, number: int, window: Box | None) -> PageText:
    """The sheet's text as that of page `number`: characters belong to the part in which their middle lies."""
    if window is None:
        return text if text.number == number else replace(text, number=number)
    glyphs = tuple(
        glyph._replace(box=_moved(glyph.box, window)) for glyph in text.glyphs if _holds(window, *glyph.box.centre)
    )
    shapes = []
    for shape in text.shapes:
        cut = cut_to(window, shape.box)
        if cut is not None:
            shapes.append(shape._replace(box=cut))
    return replace(
        text,
        number=number,
        width=window.width,
        height=window.height,
        glyphs=glyphs,
        shapes=tuple(shapes),
        tags=_tags_of_part(text.tags, window),
    )


def _tags_of_part(tags: PageTags | None, window: Box) -> PageTags | None:
    """The sheet's tags with the boxes of its figures in the page's coordinates; what lies outside has none."""
    if tags is None:
        return None
    elements = [
        element._replace(box=cut_to(window, element.box)) if element.box else element for element in tags.elements
    ]
    return tags._replace(elements=tuple(elements))


def links_of_part(links: tuple[Link, ...], number: int, window: Box | None) -> tuple[Link, ...]:
    """The sheet's links as those of page `number`; a link over the cut leads on from both sides."""
    if window is None:
        return tuple(replace(link, page=number) for link in links)
    cut = [(link, cut_to(window, link.box)) for link in links]
    return tuple(
        replace(link, page=number, box=box.rounded())
        for link, box in cut
        if box is not None and box.width > 1 and box.height > 1
    )


def cut_to(window: Box, box: Box) -> Box | None:
    """The part of a sheet's box that lies in the window, in the page's coordinates; None if it lies outside."""
    cut = Box(max(box.x0, window.x0), max(box.y0, window.y0), min(box.x1, window.x1), min(box.y1, window.y1))
    return _moved(cut, window) if cut.x0 <= cut.x1 and cut.y0 <= cut.y1 else None


def on_sheet(box: Box, window: Box | None) -> Box:
    """A box of the page in the coordinates of its sheet."""
    return box if window is None else Box(*(value + (window.x0, window.y0)[at % 2] for at, value in enumerate(box)))


def _moved(box: Box, window: Box) -> Box:
    return Box(box.x0 - window.x0, box.y0 - window.y0, box.x1 - window.x0, box.y1 - window.y0)


def _holds(window: Box, x: float, y: float) -> bool:
    return window.x0 <= x < window.x1 and window.y0 <= y < window.y1
