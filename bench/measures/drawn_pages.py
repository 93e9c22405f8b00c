"""Pages as designers make them, drawn by chance from grids and parts, with the truth known by construction.

A document has a grid, fonts, running heads and folios; its pages are made of bands, one below the other: stories in
columns under a headline that spans them, stories side by side, rows of short items. Stories hold what stories hold:
standfirsts, bylines, initials, subheadings, lists, pull quotes, pictures with captions, tables, notes, boxes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from measures.drawn_sheet import BOLD, ITALIC, ROMAN, SANS, SANS_BOLD, Piece, Sheet, Style
from measures.drawn_story import Column, Story

_HEAD_ROOM, _FOOT_ROOM = 60.0, 56.0


@dataclass(frozen=True)
class Design:
    """What all pages of a document have in common; distances in points."""

    width: float
    height: float
    margin: float
    columns: int
    gutter: float
    body: Style
    headline: Style
    spaced: bool  # paragraphs have white between them instead of an indent
    hyphens: bool
    head: str  # the running head; empty: none
    turned_head: bool  # it runs up the outer edge
    spaces: str  # how the file parts words

    @property
    def column_width(self) -> float:
        """Of one column."""
        return (self.width - 2 * self.margin - (self.columns - 1) * self.gutter) / self.columns

    def left(self, column: int) -> float:
        """The left edge of a column, from 0."""
        return self.margin + column * (self.column_width + self.gutter)


def design_of(chance: random.Random) -> Design:
    """A design by chance."""
    width, height = chance.choice(((595, 842), (612, 792), (540, 720), (842, 1191)))
    columns = chance.choice((1, 2, 2, 3, 3, 4, 5) if width > 800 else (1, 2, 2, 3, 3, 4))
    size = chance.choice((8.0, 8.5, 9.0, 9.5, 10.0, 11.0))
    leading = size * chance.choice((1.12, 1.2, 1.25, 1.35, 1.45))
    spaced = chance.random() < 0.35
    align = "left" if columns < 5 and chance.random() < 0.35 else "justify"
    body = Style(chance.choice((ROMAN, ROMAN, SANS)), size, leading, align, 0.0, 0.0 if spaced else 1.2 * size)
    large = chance.choice((18.0, 24.0, 30.0, 38.0))
    tracking = chance.choice((0.0, 0.0, 0.0, 0.08, 0.18, -0.02))
    headline = Style(chance.choice((BOLD, SANS_BOLD, ROMAN)), large, 1.1 * large, "left", tracking)
    head = chance.choice(("", "The Harbour Light", "HARBOUR  |  WINTER 2026", "Quarterly Review of Lanterns"))
    return Design(
        width,
        height,
        chance.choice((36.0, 48.0, 60.0)),
        columns,
        chance.choice((10.0, 12.0, 16.0, 22.0)),
        body,
        headline,
        spaced,
        chance.random() < 0.5,
        head,
        chance.random() < 0.2,
        chance.choice(("spaces", "spaces", "spaces", "words", "letters", "kerned")),
    )


def document_of(seed: int, pages: int = 3) -> list[Sheet]:
    """The pages of a document, each of another make-up."""
    chance = random.Random(seed)
    design = design_of(chance)
    return [_page(design, number, chance) for number in range(1, pages + 1)]


def _page(design: Design, number: int, chance: random.Random) -> Sheet:
    sheet = Sheet(design.width, design.height, design.spaces)
    _furniture(sheet, design, number)
    top, bottom = _HEAD_ROOM, design.height - _FOOT_ROOM
    bands = 1 if chance.random() < 0.55 or design.columns == 1 else 2
    for band in range(bands):
        end = bottom if band == bands - 1 else top + (bottom - top) * chance.uniform(0.4, 0.6)
        if band:
            if chance.random() < 0.6:
                sheet.rule(design.margin, top + 4, design.width - 2 * design.margin)
            top += 16 + 0.5 * design.body.leading
        _band(sheet, design, f"{number}.{band}", top, end, chance)
        top = end
    return sheet


def _band(sheet: Sheet, design: Design, name: str, top: float, end: float, chance: random.Random) -> None:
    """One story over all columns, or two stories side by side."""
    count = design.columns
    if count >= 3 and chance.random() < 0.35:
        cut = chance.randint(1, count - 1)
        _story(sheet, design, f"{name}a", range(cut), top, end, chance)
        _story(sheet, design, f"{name}b", range(cut, count), top, end, chance)
    else:
        _story(sheet, design, name, range(count), top, end, chance)


def _story(
    sheet: Sheet, design: Design, name: str, columns: range, top: float, end: float, chance: random.Random
) -> None:
    left = design.left(columns[0])
    width = design.left(columns[-1]) + design.column_width - left
    story = Story(sheet, name, design.body, chance, spaced=design.spaced, hyphens=design.hyphens)
    headline = design.headline
    if width < 11 * headline.size or end - top < 14 * headline.size:
        headline = replace(headline, size=16.0, leading=18.0)
    y = story.headline(left, top, width, headline)
    if chance.random() < 0.5:
        y = story.standfirst(left, y, width)
    if chance.random() < 0.4:
        y = story.byline(left, y)
    y += 0.8 * design.body.leading
    if chance.random() < 0.25 and len(columns) >= 2:
        y = story.picture_above(left, y, width, end)
    tops = [y] * len(columns)
    ends = [end] * len(columns)
    if len(columns) >= 2 and chance.random() < 0.3:
        _box(story, design, columns, ends, chance)
    quote = len(columns) >= 2 and end - y > 300 and chance.random() < 0.2
    slots = [Column(design.left(column), tops[at], design.column_width, ends[at]) for at, column in enumerate(columns)]
    if quote:
        slots = story.quote_over_gutter(slots)
    story.run(slots)


def _box(story: Story, design: Design, columns: range, ends: list[float], chance: random.Random) -> None:
    """A tinted box at the foot of the last columns."""
    span = chance.randint(1, min(2, len(columns)))
    first = len(columns) - span
    left = design.left(columns[first])
    width = design.left(columns[-1]) + design.column_width - left
    height = chance.uniform(90, 160)
    if ends[first] - height < 0.45 * design.height:
        return
    story.box(left, ends[first] - height, width, height)
    for at in range(first, len(columns)):
        ends[at] -= height + 12


def _furniture(sheet: Sheet, design: Design, number: int) -> None:
    """Running head and folio."""
    small = Style(SANS, 7.5, 9.0)
    sheet.frame()
    if design.head and design.turned_head:
        sheet.line(design.head.split(), design.width - 14, 300, small, turn=90)
    elif design.head:
        sheet.line(design.head.split(), design.margin, 30, replace(small, font=ITALIC))
    if design.head:
        sheet.pieces.append(Piece("furniture", design.head))
    sheet.frame()
    folio = str(number + 11)
    sheet.line([folio], design.width - design.margin - 10 if number % 2 else design.margin, design.height - 26, small)
    sheet.pieces.append(Piece("folio", folio))
