"""Lines of a column become paragraphs, headings and list items, by the signs a typesetter gives.

A new block begins at a wider gap, another size or weight, an indent, a bullet, or after a line that ends early.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from masthead.document.geometry import Box, union_of
from masthead.document.text import Font, Line
from masthead.layout.measures import size_of, text_of
from masthead.layout.symbols import is_bullet

_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z][.)])")
_STYLE = re.compile(r"[-,]|(?:ital|obli|bold|regu|roman|light|medium|black)", re.IGNORECASE)
_END = (".", "!", "?", ":", "”", '"', "»", "。", "…")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are one block, with what tells its role."""

    lines: tuple[Line, ...]
    size: float
    bold: bool
    italic: bool
    marker: str

    @property
    def box(self) -> Box:
        """The block's box."""
        return union_of(line.box for line in self.lines)


def group_lines(lines: Sequence[Line], fonts: Sequence[Font]) -> list[Group]:
    """Blocks of one column, from top to bottom."""
    if not lines:
        return []
    left = _edge([line.box.x0 for line in lines])
    right = _edge([-line.box.x1 for line in lines]) * -1
    leading = _leading(lines)
    blocks: list[list[Line]] = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        if _begins_block(blocks[-1], before, line, fonts, (left, right), leading):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [_group(block, fonts) for block in blocks]


def marker_of(line: Line) -> str:
    """The bullet or number that the line begins with; empty if none."""
    first = line.words[0].text
    if len(line.words) > 1 and (is_bullet(first) or _NUMBERED.fullmatch(first)):
        return first
    return ""


def _begins_block(
    block: Sequence[Line],
    before: Line,
    line: Line,
    fonts: Sequence[Font],
    edges: tuple[float, float],
    leading: float,
) -> bool:
    size, last_size = size_of(line), size_of(before)
    if abs(size - last_size) > 0.12 * max(size, last_size) and not _same_height(before, line):
        return True
    if _same_height(before, line):
        return line.box.x0 - before.box.x1 > 2.5 * size
    step = line.box.centre[1] - before.box.centre[1]
    if step < 0 or (step > max(1.45 * leading, 1.0) * max(1.0, size / 40) and step > 1.55 * size):
        return True
    if marker_of(line):
        return True
    if _changes_face(before, line, fonts) and text_of(before)[-1:] not in ",;-":
        return True
    left, right = edges
    indented = line.box.x0 > left + 0.6 * size and abs(before.box.x0 - left) < 0.5 * size and len(block) >= 1
    ended_early = before.box.x1 < right - 0.18 * (right - left) and text_of(before).rstrip().endswith(_END)
    if marker_of(block[0]):
        return ended_early and line.box.x0 <= block[0].box.x0 + 1
    return (indented and line.box.x0 < left + 4 * size) or ended_early


def _group(lines: Sequence[Line], fonts: Sequence[Font]) -> Group:
    sizes = [size_of(line) for line in lines]
    words = [word for line in lines for word in line.words]
    total = sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if fonts[word.font].bold)
    italic = sum(len(word.text) for word in words if fonts[word.font].italic)
    return Group(tuple(lines), statistics.median(sizes), bold > 0.6 * total, italic > 0.6 * total, marker_of(lines[0]))


def _edge(values: Sequence[float]) -> float:
    """The edge that most lines keep to: the lower quartile."""
    ordered = sorted(values)
    return ordered[len(ordered) // 4]


def _leading(lines: Sequence[Line]) -> float:
    steps = [
        b.box.centre[1] - a.box.centre[1] for a, b in itertools.pairwise(lines) if b.box.centre[1] - a.box.centre[1] > 2
    ]
    return statistics.median(steps) if steps else 12.0


def _same_height(first: Line, second: Line) -> bool:
    shared = min(first.box.y1, second.box.y1) - max(first.box.y0, second.box.y0)
    return shared > 0.6 * min(first.box.height, second.box.height)


def _changes_face(before: Line, line: Line, fonts: Sequence[Font]) -> bool:
    """Whether a line set in one face is followed by another face, as a heading by its text.

    A bold or coloured word inside a running line is only emphasis, and so is a line in italics of the same family.
    """
    first, last = _faces(before, fonts), _faces(line, fonts)
    if len(first) > 1 and len(last) > 1:
        return False
    usual = max(first, key=lambda face: first[face])
    following = max(last, key=lambda face: last[face])
    return usual != following and (usual not in last or following not in first or 1 in (len(first), len(last)))


def _faces(line: Line, fonts: Sequence[Font]) -> dict[tuple[str, bool, int], int]:
    """Letters by family, weight and colour."""
    counts: dict[tuple[str, bool, int], int] = {}
    for word in line.words:
        font = fonts[word.font]
        if not font.symbolic:
            face = _STYLE.split(font.name, maxsplit=1)[0], font.bold, word.colour
            counts[face] = counts.get(face, 0) + len(word.text)
    return counts or {("", False, 0): 1}
