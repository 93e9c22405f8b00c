"""Bullets that are drawn and not written: a small shape or picture before a line becomes the line's bullet.

A layout program turns the bullets of a list into outlines, or sets them as small pictures; no font knows of them then,
and the entries run into each other. A bullet is told by what a designer does with it: it is small beside the type,
stands at the height of its line with nothing before it and in one box with it, and is there several times, of one size
and colour and at one distance from the text. The marks of a legend differ in colour, the points of a drawing have no
line behind them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.document.text import Glyph, PageText, Shape
from masthead.layout.scripts import is_right_to_left
from masthead.layout.symbols import BULLET, is_bullet

MARK = "mark"  # the kind of shapes that may be bullets

_SMALLEST, _LARGEST = 0.12, 0.9  # ems: the height of a bullet beside the type of its line
_NEAREST, _FURTHEST = 0.1, 2.6  # ems between a bullet and its line
_ALONE = 1.2  # ems before a bullet in which nothing stands
_TAB = 0.6  # ems: what is left of a wider tab, so that line and bullet are seen to belong together
_FEWEST = 3  # of one kind on a page
_FEWEST_BELOW = 2  # that stand on one edge
_FEWEST_LETTERS = 3  # in the line behind it
_SENTENCE = 10  # letters from which on two are enough
_REACH = 14.0  # ems in which they are looked for
_MOST = 150  # marks on a page: with more it is a drawing
_SAME_SIZE, _SAME_GAP, _SAME_EDGE = 0.6, 1.5, 1.0  # points
_SAME_TAB = 0.4  # points, where nothing else stands on the edge
_ROW = 8.0  # points


class _Bullet(NamedTuple):
    mark: Shape
    at: int  # the place of the line's first character in the stream
    gap: float  # points to it
    letters: int  # that follow
    edge: float  # of the page, from which the line begins: -1 where it is read from the right


def with_drawn_bullets(text: PageText) -> PageText:
    """The page with a bullet among its characters for each that is drawn; its marks are used up."""
    marks = [shape for shape in text.shapes if shape.kind == MARK]
    pictures = [shape for shape in text.shapes if shape.kind == "picture" and _is_small(shape.box)]
    if not marks and len(pictures) < _FEWEST_BELOW:
        return text
    shapes = tuple(shape for shape in text.shapes if shape.kind != MARK)
    alone = _apart([*marks, *pictures]) if len(marks) + len(pictures) <= _MOST else ()
    if len(alone) < _FEWEST_BELOW:
        return replace(text, shapes=shapes)
    rows = _rows(text.glyphs, {int(mark.box.centre[1] // _ROW) for mark in alone})
    found = [bullet for mark in alone if (bullet := _bullet(mark, text.glyphs, rows)) is not None]
    found = [bullet for bullet in found if not _is_boxed_off(bullet, text.glyphs[bullet.at].box, shapes)]
    glyphs = list(text.glyphs)
    run = max((glyph.run for glyph in glyphs), default=0)
    for number, bullet in enumerate(sorted(_repeated(found), key=lambda bullet: -bullet.at), start=1):
        glyphs.insert(bullet.at, _written(bullet, text.glyphs[bullet.at], run + number))
    return replace(text, glyphs=tuple(glyphs), shapes=shapes)


def _is_small(box: Box) -> bool:
    return 1.5 <= box.width <= 14 and 1.5 <= box.height <= 14 and 0.5 <= box.width / box.height <= 2


def _rows(glyphs: Sequence[Glyph], wanted: set[int]) -> Mapping[int, list[int]]:
    """The upright characters that are seen, by those strips of the page that they reach into and that are wanted."""
    rows: dict[int, list[int]] = defaultdict(list)
    for at, glyph in enumerate(glyphs):
        box = glyph[1]
        for row in range(int(box[1] // _ROW), int(box[3] // _ROW) + 1):
            if row in wanted and glyph.visible and not glyph.angle and not glyph.text.isspace():
                rows[row].append(at)
    return rows


def _apart(marks: Sequence[Shape]) -> list[Shape]:
    """Those that are not the only one of their colour, and no part of a row of dots; of some over each other, one."""
    colours = Counter((mark.kind, mark.colour) for mark in marks)
    marks = [mark for mark in marks if colours[mark.kind, mark.colour] >= _FEWEST_BELOW]
    kept: list[Shape] = []
    rows: dict[int, list[Shape]] = defaultdict(list)
    for mark in marks:
        row = int(mark.box.centre[1] // _ROW)
        near = [other for at in (row - 1, row, row + 1) for other in rows[at]]
        if not any(other.box.overlap(mark.box) > 0.5 * mark.box.area for other in near):
            rows[row].append(mark)
            kept.append(mark)
    return [mark for mark in kept if not _is_in_a_row(mark, rows[int(mark.box.centre[1] // _ROW)])]


def _is_in_a_row(mark: Shape, others: Sequence[Shape]) -> bool:
    reach = 2.5 * mark.box.width
    return any(
        other is not mark
        and abs(other.box.centre[1] - mark.box.centre[1]) < 1
        and abs(other.box.centre[0] - mark.box.centre[0]) < reach
        for other in others
    )


def _bullet(mark: Shape, glyphs: Sequence[Glyph], rows: Mapping[int, list[int]]) -> _Bullet | None:
    """The mark as the bullet of a line, if it stands before one."""
    x0, _, x1, _ = mark.box
    middle = mark.box.centre[1]
    level = [at for at in rows.get(int(middle // _ROW), ()) if _is_level(glyphs[at].box, middle)]
    if any(glyphs[at].box.x0 < x1 - 0.5 and glyphs[at].box.x1 > x0 + 0.5 for at in level):
        return None
    right = min((at for at in level if glyphs[at].box.x0 >= x1 - 0.5), key=lambda at: glyphs[at].box.x0, default=None)
    left = max((at for at in level if glyphs[at].box.x1 <= x0 + 0.5), key=lambda at: glyphs[at].box.x1, default=None)
    to_right = glyphs[right].box.x0 - x1 if right is not None else float("inf")
    to_left = x0 - glyphs[left].box.x1 if left is not None else float("inf")
    backwards = left is not None and is_right_to_left(glyphs[left].text)
    at, gap, behind = (left, to_left, to_right) if backwards else (right, to_right, to_left)
    if at is None or not _stands_before(mark.box, glyphs[at], gap, behind):
        return None
    behind_it = _behind(glyphs[at], [glyphs[other] for other in level], backwards=backwards)
    letters = sum(map(str.isalpha, behind_it))
    return _Bullet(mark, at, gap, letters, -x1 if backwards else x0) if letters >= _FEWEST_LETTERS else None


def _is_level(box: Box, middle: float) -> bool:
    """Whether a bullet with its middle there stands beside the character, neither raised nor below it."""
    return box.y0 + 0.15 * box.height < middle < box.y1 - 0.1 * box.height


def _stands_before(box: Box, first: Glyph, gap: float, behind: float) -> bool:
    em = first.size
    return (
        _SMALLEST * em <= box.height <= _LARGEST * em
        and _NEAREST * em <= gap <= _FURTHEST * em
        and behind > max(_ALONE * em, gap)
        and not is_bullet(first.text)
    )


def _behind(first: Glyph, level: Sequence[Glyph], *, backwards: bool) -> Iterator[str]:
    """The letters of the line that begins with the character."""
    reach = _REACH * first.size
    for glyph in level:
        away = first.box.x1 - glyph.box.x1 if backwards else glyph.box.x0 - first.box.x0
        if 0 <= away < reach:
            yield glyph.text


def _is_boxed_off(bullet: _Bullet, first: Box, shapes: Sequence[Shape]) -> bool:
    """Whether the mark stands in a box or picture without its line: it is part of a drawing there."""
    box = bullet.mark.box
    return any(
        shape.kind != "rule"
        and shape.box.height > 2 * box.height
        and shape.box.contains(box, 1.0)
        and not _holds(shape.box, *first.centre)
        for shape in shapes
    )


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _repeated(bullets: Sequence[_Bullet]) -> list[_Bullet]:
    """Those that are there often enough to be meant: of one size and colour, and at one distance from their lines.

    Two before one line are part of a drawing that reaches into the text.
    """
    lines = Counter(bullet.at for bullet in bullets)
    single = [bullet for bullet in bullets if lines[bullet.at] == 1]
    return [bullet for bullet in single if _is_meant(bullet, [other for other in single if _is_kin(bullet, other)])]


def _is_meant(bullet: _Bullet, kin: Sequence[_Bullet]) -> bool:
    below = [other for other in kin if abs(other.edge - bullet.edge) < _SAME_EDGE]
    if len(below) < _FEWEST_BELOW:  # the only one of its column
        return sum(abs(other.gap - bullet.gap) < _SAME_TAB for other in kin) >= _FEWEST
    return len(below) >= _FEWEST or all(other.letters >= _SENTENCE for other in below)


def _is_kin(first: _Bullet, second: _Bullet) -> bool:
    a, b = first.mark, second.mark
    return (
        a.kind == b.kind
        and a.colour == b.colour
        and abs(a.box.width - b.box.width) < _SAME_SIZE
        and abs(a.box.height - b.box.height) < _SAME_SIZE
        and abs(first.gap - second.gap) < _SAME_GAP
    )


def _written(bullet: _Bullet, first: Glyph, run: int) -> Glyph:
    """The bullet as a character of its line; it reaches over what a tab leaves white."""
    box, tab = bullet.mark.box, _TAB * first.size
    x0, x1 = box.x0, box.x1
    if bullet.edge < 0:
        x0 = min(x0, first.box.x1 + tab)
    else:
        x1 = max(x1, first.box.x0 - tab)
    return first._replace(
        text=BULLET, box=Box(x0, first.box.y0, x1, first.box.y1), run=run, colour=bullet.mark.colour, visible=True
    )
