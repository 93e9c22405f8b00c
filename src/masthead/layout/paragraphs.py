"""Lines of a column become paragraphs, headings and list items, by the signs a typesetter gives.

A new block begins at a wider gap, another size or weight, an indent, a bullet, or after a line that ends early.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from masthead.document.geometry import Box, union_of
from masthead.document.text import Font, Line, Table, Word
from masthead.layout.alphabets import entries_of
from masthead.layout.leaders import ends_with_number, is_led
from masthead.layout.measures import size_of, text_of
from masthead.layout.numbering import counted_markers
from masthead.layout.scripts import is_cjk
from masthead.layout.symbols import is_bullet

_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z][.)])")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
_ADDRESS = re.compile(r"[\w-]\.[a-z]{2,}(?:/|$|\.$)|^https?:|^www\.")
_STYLE = re.compile(r"[-,]|(?:ital|obli|bold|regu|roman|light|medium|black)", re.IGNORECASE)
_END = (".", "!", "?", ":", "。", "…")
_STROKE = "|"
_FULL = 0.3  # of a column's lines that must reach its edge for a short one to end a paragraph
_SHORT = 2.2  # ems of room that rules of line breaking do not leave between Chinese or Japanese characters
_CLOSING = "”’\"')]»“）」』0123456789"  # may stand after the end of a sentence, as may the number of a note


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are one block, with what tells its role."""

    lines: tuple[Line, ...]
    size: float
    bold: bool
    italic: bool
    marker: str
    table: Table | None = None  # the grid, if the lines are a table's

    @property
    def box(self) -> Box:
        """The block's box."""
        return union_of(line.box for line in self.lines)


def group_lines(lines: Sequence[Line], fonts: Sequence[Font]) -> list[Group]:
    """Blocks of one column, from top to bottom."""
    if not lines:
        return []
    right = -_edge([-line.box.x1 for line in lines])
    full = sum(line.box.x1 > right - size_of(line) for line in lines) / len(lines)
    column = _Column(_edge([line.box.x0 for line in lines]), right, _leading(lines), fonts, full)
    counted, entries = counted_markers(lines), entries_of(lines)
    markers = [marker_of(line) or counted.get(at, "") for at, line in enumerate(lines)]
    blocks = [_Block([lines[0]], markers[0])]
    for index in range(1, len(lines)):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if index in entries or _begins_block(blocks[-1], lines[index], markers[index], following, column):
            blocks.append(_Block([lines[index]], markers[index]))
        else:
            blocks[-1].lines.append(lines[index])
    return [_group(block, fonts) for block in blocks]


class _Block(NamedTuple):
    """A block that still grows, and the bullet or number that it began with."""

    lines: list[Line]
    marker: str


class _Column(NamedTuple):
    """What the lines of a column have in common: its edges and leading in points, the page's fonts."""

    left: float
    right: float
    leading: float
    fonts: Sequence[Font]
    full: float  # share of its lines that reach the right edge


def marker_of(line: Line) -> str:
    """The bullet or number that the line begins with; empty if none."""
    first = line.words[0].text
    if len(line.words) > 1 and (is_bullet(first) or _NUMBERED.fullmatch(first)):
        return first
    return ""


def is_address(word: str) -> bool:
    """Whether the word is an address in the web, or a part of one that goes over two lines."""
    return _ADDRESS.search(word) is not None


def _begins_block(block: _Block, line: Line, marker: str, following: Line | None, column: _Column) -> bool:
    before = block.lines[-1]
    size, last_size = size_of(line), size_of(before)
    if _same_height(before, line):
        gap = before.box.x0 - line.box.x1 if line.right_to_left else line.box.x0 - before.box.x1
        return gap > 2.5 * size
    if not marker and _runs_on(block, line, column.fonts):
        return False
    if abs(size - last_size) > 0.12 * max(size, last_size):
        return True
    step = line.box.centre[1] - before.box.centre[1]
    if step < 0 or (step > max(1.45 * column.leading, 1.0) * max(1.0, size / 40) and step > 1.55 * size):
        return True
    if marker and not _is_in_brackets(before, line):
        return True
    if ends_with_number(before) or is_led(before):
        return True  # an entry of a list of contents is over with its number, any other one with what dots lead to
    if block.marker and _is_hanging(block.lines[0], line, column.fonts):
        return False
    if _changes_face(before, line, column.fonts) and text_of(before)[-1:] not in ",;-":
        return True
    if block.marker:
        out = _start(block.lines[0]) - _start(line)
        if out > 0.15 * size and text_of(before).rstrip(_CLOSING).endswith(_END):
            return True
        return _ends_early(before, line, column) and out >= -1
    return _is_indented(block.lines, line, following, column) or _ends_early(before, line, column)


def _runs_on(block: _Block, line: Line, fonts: Sequence[Font]) -> bool:
    """Whether a title and its author are parted by an upright stroke at the break, or a title goes on below itself.

    Entries of contents name both in one line if there is room for them, in two faces or sizes.
    """
    before = block.lines[-1]
    last, first = before.words[-1], line.words[0]
    if not 0 < line.box.y1 - before.box.y1 < 1.5 * last.size:
        return False
    if _STROKE in (last.text, first.text):
        return True
    same = abs(last.size - first.size) < 0.3 and _face(last, fonts) == _face(first, fonts)
    marked = block.marker or _SECTION.fullmatch(block.lines[0].words[0].text)
    return bool(marked) and same and _is_hanging(block.lines[0], line, fonts)


def _is_in_brackets(before: Line, line: Line) -> bool:
    """Whether a bracket that the line before opened is still open, and the line begins below its beginning.

    Some books put a sign before the figures and tables that a sentence names.
    """
    text = text_of(before)
    return text.count("(") > text.count(")") and abs(_start(line) - _start(before)) < 0.3 * size_of(line)


def _is_hanging(first: Line, line: Line, fonts: Sequence[Font]) -> bool:
    """Whether the line stands below the words of an item and not below its marker; code in an item is another block."""
    word = first.words[1].box if len(first.words) > 1 else first.box
    text = -word.x1 if line.right_to_left else word.x0
    size = size_of(line)
    if abs(_start(line) - text) > 0.4 * size or text - _start(first) < 0.6 * size:
        return False
    if all(fonts[word.font].monospace for word in line.words):
        return len(line.words) == 1 and is_address(line.words[0].text)
    return True


def _is_indented(block: Sequence[Line], line: Line, following: Line | None, column: _Column) -> bool:
    """Whether the line begins a paragraph by its indent, or an entry by its outdent."""
    before, size = block[-1], size_of(line)
    indent = before.box.x1 - line.box.x1 if line.right_to_left else line.box.x0 - before.box.x0
    if 0.6 * size < indent < 4 * size:
        back = following is None or abs(_start(following) - _start(before)) < 0.6 * size or line.right_to_left
        finished = text_of(before).rstrip(_CLOSING).endswith(_END) or _is_short(before, line, column)
        return back and finished
    hanging = len(block) > 1 and all(abs(_start(other) - _start(block[0])) > 0.6 * size for other in block[1:])
    return hanging and abs(_start(line) - _start(block[0])) < 0.4 * size and -4 * size < indent < -0.6 * size


def _start(line: Line) -> float:
    return -line.box.x1 if line.right_to_left else line.box.x0


def _ends_early(before: Line, line: Line, column: _Column) -> bool:
    """Whether the line before ends a sentence and leaves room in which the next word would have stood.

    Between Chinese and Japanese characters a line may be broken anywhere: one that leaves room is the last of its own.
    """
    if column.full >= _FULL and is_cjk(before.words[-1].text[-1:]) and is_cjk(line.words[0].text[:1]):
        return column.right - before.box.x1 > _SHORT * size_of(before)
    if not text_of(before).rstrip(_CLOSING).endswith(_END):
        return False
    return _is_short(before, line, column)


def _is_short(before: Line, line: Line, column: _Column) -> bool:
    room = before.box.x0 - column.left if before.right_to_left else column.right - before.box.x1
    width = column.right - column.left
    return room > max(0.12 * width, line.words[0].box.width + 0.06 * width)


def _group(block: _Block, fonts: Sequence[Font]) -> Group:
    lines = block.lines
    sizes = [size_of(line) for line in lines]
    words = [word for line in lines for word in line.words]
    total = sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if fonts[word.font].bold)
    italic = sum(len(word.text) for word in words if fonts[word.font].italic)
    return Group(tuple(lines), statistics.median(sizes), bold > 0.6 * total, italic > 0.6 * total, block.marker)


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

    A bold or coloured word inside a running line is only emphasis, a bold beginning that runs on in the text's own
    face belongs to it, and so does a line in italics of the same family.
    """
    first, last = _faces(before, fonts), _faces(line, fonts)
    usual = max(first, key=lambda face: first[face])
    following = max(last, key=lambda face: last[face])
    if usual == following:
        return False
    return _face(before.words[-1], fonts) != _face(line.words[0], fonts)


def _face(word: Word, fonts: Sequence[Font]) -> tuple[str, bool, int]:
    font = fonts[word.font]
    return _family(font.name), font.bold, word.colour


@lru_cache(maxsize=1024)
def _family(name: str) -> str:
    """The font's family: its name without what it says of weight and slope."""
    return _STYLE.split(name, maxsplit=1)[0]


def _faces(line: Line, fonts: Sequence[Font]) -> dict[tuple[str, bool, int], int]:
    """Letters by family, weight and colour."""
    letters: dict[tuple[int, int], int] = {}
    for word in line.words:
        key = word.font, word.colour
        letters[key] = letters.get(key, 0) + len(word.text)
    counts: dict[tuple[str, bool, int], int] = {}
    for (number, colour), count in letters.items():
        font = fonts[number]
        if not font.symbolic:
            face = _family(font.name), font.bold, colour
            counts[face] = counts.get(face, 0) + count
    return counts or {("", False, 0): 1}
