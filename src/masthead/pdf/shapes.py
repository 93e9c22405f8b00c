"""Reads what a page draws that is not text: pictures, fills, frames and rules; runs inside the sandboxed process.

A rule is a rule however it was drawn: as a stroke, as a thin filled box, as a side of a stroked box, as one of the
lines of a grid that is a single path, or as many short pieces in a row. Forms are opened, for layout programs wrap
whole pages and advertisements in them. Drawings (maps, charts) have thousands of segments and no rules: what has too
few level or upright segments among its first is given up early.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.geometry import Box
from masthead.document.text import Shape
from masthead.pdf import plain_calls as calls
from masthead.pdf.clipping import Bounds, seen
from masthead.pdf.page_space import Transform

_MAX_OBJECTS = 6000  # a page
_MAX_SHAPES = 3000  # a page
_MAX_SEGMENTS = 24_000  # a page
_MAX_DEPTH = 4  # of forms within forms
_TRIAL = 40  # segments after which a path that is mostly slanted is taken for a drawing
_THICKNESS = 2.5  # points: a box thinner than this is a rule
_LENGTH = 12.0  # points: a shorter rule is part of a drawing
_PIECE = 2.0  # points: the shortest piece that may be joined to a rule
_JOIN = 2.0  # points between two pieces of one rule
_LEVEL = 0.4  # points off the level or the plumb line
_FULL = 0.8  # of its box: a shape that covers less holds no text as a box does
_MARK = (1.5, 14.0)  # points: the sides of what may be a bullet
_MAX_MARKS = 301  # a page; what has more is a drawing
_WHITE = 0xF0  # from here on each of the three colours is too light to be seen on paper

_BOUND = calls.each_number(ctypes.c_float, 4)  # what calls write into, made once
_POINT = calls.each_number(ctypes.c_float, 2)
_MATRIX = calls.numbers(ctypes.c_float, 6)
_MODES = calls.each_number(ctypes.c_int, 2)
_CHANNELS = calls.each_number(ctypes.c_uint, 4)

Point = tuple[float, float]


class _SubPath(NamedTuple):
    points: list[Point]  # page space
    curved: bool
    closed: bool


class _Paint(NamedTuple):
    filled: bool
    stroked: bool
    fill: int
    stroke: int


def page_shapes(page: pypdfium2.PdfPage, transform: Transform, width: float, height: float) -> tuple[Shape, ...]:
    """Pictures, fills, frames and rules on the page, in the order of the content stream; pieces of rules joined."""
    reader = _ShapeReader(width, height)
    items = _items(calls.page_object, calls.address_of(page.raw), pdfium.FPDFPage_CountObjects(page.raw))
    reader.read(items, transform, 0)
    return (*_joined(reader.found)[:_MAX_SHAPES], *reader.marks)


def _items(ask: Callable[..., int | None], parent: calls.Address, count: int) -> Iterator[calls.Address]:
    return (calls.Address(ask(parent, index)) for index in range(count))


class _ShapeReader:
    """Walks over the objects of a page and of the forms on it, within bounds."""

    def __init__(self, width: float, height: float) -> None:
        self.found: list[Shape] = []
        self.marks: list[Shape] = []  # small shapes, which are bullets if a line stands behind them
        self._width, self._height = width, height
        self._objects = _MAX_OBJECTS
        self._segments = _MAX_SEGMENTS

    def read(self, items: Iterator[calls.Address], transform: Transform, depth: int) -> None:
        for item in items:
            if self._objects <= 0 or len(self.found) >= 2 * _MAX_SHAPES:
                return
            self._objects -= 1
            kind = calls.object_kind(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < _MAX_DEPTH:
                    inner = _items(calls.form_object, item, calls.count_form_objects(item))
                    self.read(inner, transform.after(_matrix(item)), depth + 1)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
                is_picture = kind == pdfium.FPDF_PAGEOBJ_IMAGE
                box = self._bounds(item, transform, is_picture=is_picture)
                if box is None:
                    continue
                if is_picture:
                    self.found.append(Shape("picture", box, 0))
                else:
                    self.found += self._path(item, box, transform)

    def _bounds(self, item: calls.Address, transform: Transform, *, is_picture: bool) -> Box | None:
        places, numbers = _BOUND
        if not calls.object_bounds(item, *places):
            return None
        bounds = Bounds(*numbers())
        if is_picture:
            bounds = seen(item, bounds)
        box = transform.box(bounds.left, bounds.top, bounds.right, bounds.bottom)
        if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= self._width or box.y0 >= self._height:
            return None
        return box

    def _path(self, item: calls.Address, box: Box, transform: Transform) -> list[Shape]:
        if max(box.width, box.height) < _PIECE:
            return []
        paint = _paint(item)
        if not (paint.filled or paint.stroked):
            return []
        colour = paint.fill if paint.filled else paint.stroke
        if len(self.marks) < _MAX_MARKS and _may_be_bullet(box, colour):
            self.marks.append(Shape("mark", box, colour))
        if min(box.width, box.height) < _THICKNESS:
            return [Shape("rule", box, colour)]
        parts = self._sub_paths(item, transform.after(_matrix(item)))
        if parts is None or not any(_is_box(part) for part in parts):
            is_ground = paint.filled and (parts is None or _fills_its_box(parts, box))
            shapes = [_filled(box, paint.fill)] if is_ground else []
        else:
            shapes = [_filled(_around(part), paint.fill) for part in parts if paint.filled and _is_box(part)]
        if paint.stroked and not paint.filled and _is_frame(box) and (parts is None or len(parts) == 1):
            shapes.append(Shape("frame", box, paint.stroke))
        elif parts is not None and paint.stroked:
            shapes += [Shape("rule", edge, paint.stroke) for part in parts for edge in _edges(part)]
        return [shape for shape in shapes if shape is not None]

    def _sub_paths(self, item: calls.Address, transform: Transform) -> list[_SubPath] | None:
        """The path's parts; None for a drawing."""
        count = calls.count_segments(item)
        if not 2 <= count <= self._segments:
            return None
        parts: list[_SubPath] = []
        places, numbers = _POINT
        slanted = 0
        for index in range(count):
            segment = calls.Address(calls.path_segment(item, index))
            if not calls.segment_point(segment, *places):
                continue
            point = transform.point(*numbers())
            kind = calls.segment_kind(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
                parts.append(_SubPath([point], curved=False, closed=False))
                continue
            points, curved, closed = parts[-1]
            is_curve = kind == pdfium.FPDF_SEGMENT_BEZIERTO
            slanted += is_curve or not _is_straight(points[-1], point)
            points.append(point)
            closed = closed or bool(calls.segment_closes(segment))
            parts[-1] = _SubPath(points, curved or is_curve, closed)
            if index == _TRIAL and slanted > 0.4 * index:
                self._segments -= index
                return None
        self._segments -= count
        return parts


def _matrix(item: calls.Address) -> Transform:
    at, numbers = _MATRIX
    return Transform(*numbers()) if calls.object_matrix(item, at) else Transform(1, 0, 0, 1, 0, 0)


def _paint(item: calls.Address) -> _Paint:
    places, numbers = _MODES
    if not calls.draw_mode(item, *places):
        return _Paint(filled=False, stroked=False, fill=0, stroke=0)
    filled, stroked = numbers()
    fill_colour, fill_alpha = _colour(item, calls.object_fill) if filled else (0, 0)
    stroke_colour, stroke_alpha = _colour(item, calls.object_stroke) if stroked else (0, 0)
    return _Paint(fill_alpha > 8, stroke_alpha > 8, fill_colour, stroke_colour)


def _colour(item: calls.Address, ask: Callable[..., int]) -> tuple[int, int]:
    places, numbers = _CHANNELS
    if not ask(item, *places):
        return 0, 0
    red, green, blue, alpha = numbers()
    return red << 16 | green << 8 | blue, alpha


def _filled(box: Box, colour: int) -> Shape | None:
    if min(box.width, box.height) < _THICKNESS and max(box.width, box.height) > _PIECE:
        return Shape("rule", box, colour)
    return Shape("fill", box, colour) if box.width > 12 and box.height > 6 else None


def _may_be_bullet(box: Box, colour: int) -> bool:
    """Small, about as wide as high, and to be seen on paper."""
    least, most = _MARK
    if not (least <= box.width <= most and least <= box.height <= most and 0.5 <= box.width / box.height <= 2):
        return False
    return not all(channel >= _WHITE for channel in (colour >> 16, colour >> 8 & 255, colour & 255))


def _is_frame(box: Box) -> bool:
    """Large enough to hold text."""
    return box.width > 30 and box.height > 20


def _is_straight(first: Point, last: Point) -> bool:
    return abs(first[0] - last[0]) <= _LEVEL or abs(first[1] - last[1]) <= _LEVEL


def _is_box(part: _SubPath) -> bool:
    """Four corners, level and upright sides; PDF closes a filled path by itself."""
    points = part.points
    if part.curved or not 4 <= len(points) <= 5:
        return False
    if len(points) == 5 and not (
        abs(points[0][0] - points[4][0]) <= _LEVEL and abs(points[0][1] - points[4][1]) <= _LEVEL
    ):
        return False
    ring = [*points[:4], points[0]]
    return all(_is_straight(ring[index], ring[index + 1]) for index in range(4))


def _fills_its_box(parts: list[_SubPath], box: Box) -> bool:
    """Whether a shape that is no box is nearly one, with round corners or a point; a wedge or a wave is not."""
    return max(_area(part.points) for part in parts) >= _FULL * box.area


def _area(points: list[Point]) -> float:
    """The area inside a line through the points and back; what points pull a curve outwards is within the tolerance."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def _around(part: _SubPath) -> Box:
    across, down = [x for x, _ in part.points], [y for _, y in part.points]
    return Box(round(min(across), 2), round(min(down), 2), round(max(across), 2), round(max(down), 2))


def _edges(part: _SubPath) -> Iterator[Box]:
    """The level and upright sides of a stroked path."""
    points = [*part.points, part.points[0]] if part.closed else part.points
    for index in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[index], points[index + 1]
        if _is_straight((x0, y0), (x1, y1)) and max(abs(x1 - x0), abs(y1 - y0)) >= _PIECE:
            yield Box(round(min(x0, x1), 2), round(min(y0, y1), 2), round(max(x0, x1), 2), round(max(y0, y1), 2))


def _joined(shapes: list[Shape]) -> list[Shape]:
    """Pieces of one rule joined, in the place of its first piece; what stays short is left out."""
    tracks: dict[tuple[bool, int, int], list[int]] = {}
    for index, (kind, box, colour) in enumerate(shapes):
        if kind == "rule":
            level = box.width >= box.height
            across = box.y0 + box.y1 if level else box.x0 + box.x1
            tracks.setdefault((level, round(across), colour), []).append(index)
    result: dict[int, Shape] = {index: shape for index, shape in enumerate(shapes) if shape.kind != "rule"}
    for (level, _, colour), indices in tracks.items():
        indices.sort(key=lambda index: shapes[index].box.x0 if level else shapes[index].box.y0)
        place, box = indices[0], shapes[indices[0]].box
        for index in indices[1:]:
            following = shapes[index].box
            gap = following.x0 - box.x1 if level else following.y0 - box.y1
            if gap <= _JOIN:
                place, box = min(place, index), box.union(following)
            else:
                result[place] = Shape("rule", box, colour)
                place, box = index, following
        result[place] = Shape("rule", box, colour)
    return [
        shape
        for _, shape in sorted(result.items())
        if shape.kind != "rule" or max(shape.box.width, shape.box.height) > _LENGTH
    ]
