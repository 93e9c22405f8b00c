"""Captions: the words under, over or beside a picture, and the figure that they belong to.

A caption is set near its picture in another style than the body (smaller, in italics, bold, another face), flush with
one of its edges; or it says what it is: "Figure 1", "Abb. 2", "Photo: …".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from masthead.document.geometry import Box
from masthead.document.text import Figure, PageLines, Role
from masthead.layout.bylines import byline_of
from masthead.layout.styles import Piece, StyleSheet

_LABEL = re.compile(
    r"^(?:fig(?:ure|ura|uur)?|abb(?:ildung)?|bild|foto|photo|image|illustration|ill|rys(?:unek)?|ryc|afb(?:eelding)?|"
    r"chart|diagram|map|karte|carte|grafik|gráfico|grafico|table|tab(?:elle|leau|la|el|ela)?|plate|scheme|schema)"
    r"\.?\s*(?:[A-Z]?\d{1,3}(?:[.–-]\d{1,2})*[a-z]?\b|[:|])",
    re.IGNORECASE,
)
_NEAR = 2.6  # ems between a caption and its picture
_SMALLEST = 1600.0  # square points: below, a picture is an icon
_MOST_WORDS = 90
_PAGE = 0.8  # of the page: such a picture is a ground


def is_caption(piece: Piece, page: PageLines, sheet: StyleSheet) -> bool:
    """Whether the piece is a caption by its first words, or by its place and style."""
    if piece.words > _MOST_WORDS or piece.letters < 2:
        return False
    label = _LABEL.match(piece.text.removeprefix(piece.marker).lstrip())
    set_apart = piece.style not in sheet.prose or piece.style.size < 0.95 * sheet.body.size
    if label and (set_apart or piece.text[label.end() :].lstrip()[:1] in (":", ".", "|", "–", "—")):
        return True
    pictures = [
        shape.box
        for shape in page.shapes
        if shape.kind == "picture" and _SMALLEST < shape.box.area < _PAGE * page.width * page.height
    ]
    near = any(_is_near(piece.box, box, sheet.body.size) for box in pictures)
    if not near:
        return False
    style, body = piece.style, sheet.body
    smaller = style.size < 0.95 * body.size
    other = smaller or (style.italic and not body.italic) or (style.family != body.family and style not in sheet.prose)
    if style.size > 1.05 * body.size or (style in sheet.prose and not smaller):
        return False
    if smaller:
        return True
    return (other or style.bold != body.bold) and (piece.ends_sentence or piece.words > 8)


def is_labelled(piece: Piece) -> bool:
    """Whether the piece says itself that it is a caption, behind a bullet or number."""
    return bool(piece.marker) and _LABEL.match(piece.text.removeprefix(piece.marker).lstrip()) is not None


def is_label(text: str) -> bool:
    """Whether the text begins with what a caption calls itself: "Figure 1", "Abb. 2"."""
    return _LABEL.match(text) is not None


def captions_to_figures(
    rows: Mapping[int, Sequence[Piece]], figures: Mapping[int, Sequence[Figure]], body_size: float
) -> dict[int, tuple[Figure, ...]]:
    """The figures with their captions, and captions given their figure: the nearest, each figure once if it can be."""
    result: dict[int, tuple[Figure, ...]] = {}
    for number, on_page in figures.items():
        captions = [piece for piece in rows.get(number, ()) if piece.role is Role.CAPTION and not _is_table(piece)]
        pairs = sorted(
            (distance(piece.box, figure.box), index, place)
            for index, piece in enumerate(captions)
            for place, figure in enumerate(on_page)
        )
        known = {figure.id: place for place, figure in enumerate(on_page)}
        found = {known[piece.figure]: piece.block.id for piece in captions if piece.figure in known}  # by its tags
        for gap, index, place in pairs:
            piece = captions[index]
            reach = 12.0 if _LABEL.match(piece.text) else _NEAR
            if piece.figure or gap > reach * body_size or (place in found and not _is_credit(piece)):
                continue
            piece.figure = on_page[place].id
            found.setdefault(place, piece.block.id)
        result[number] = tuple(replace(figure, caption=found.get(place, "")) for place, figure in enumerate(on_page))
    return result


def distance(first: Box, second: Box) -> float:
    """The white between two boxes, in points; 0 if they touch."""
    across = max(0.0, first.x0 - second.x1, second.x0 - first.x1)
    down = max(0.0, first.y0 - second.y1, second.y0 - first.y1)
    return float((across**2 + down**2) ** 0.5)


def _is_near(text: Box, picture: Box, body_size: float) -> bool:
    """Under or over the picture inside its width, beside it inside its height, or on its edge."""
    if distance(text, picture) > _NEAR * body_size:
        return False
    across = min(text.x1, picture.x1) - max(text.x0, picture.x0)
    down = min(text.y1, picture.y1) - max(text.y0, picture.y0)
    inside_width = across > 0.75 * text.width
    inside_height = down > 0.75 * text.height and text.width < 0.9 * picture.width
    return inside_width or inside_height


def _is_table(piece: Piece) -> bool:
    return piece.text.lower().startswith("tab")


def _is_credit(piece: Piece) -> bool:
    line = byline_of(piece.text)
    return line is not None and line.credits_pictures
