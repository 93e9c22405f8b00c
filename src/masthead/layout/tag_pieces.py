"""The lines of a page cut where their words belong to different elements, and gathered into what each element holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from masthead.document.geometry import Box, union_of
from masthead.document.tags import UNTAGGED
from masthead.document.text import Block, Line, Word
from masthead.layout.tag_tree import Kind, PageTree


class Piece(NamedTuple):
    """A line, or the part of one that belongs to one element."""

    line: Line
    block: int  # which of the page's blocks it comes from
    place: int  # its place in the order in which these blocks are read
    leaf: int  # the first leaf among its words; UNTAGGED if none has one


class Home(NamedTuple):
    """What a piece belongs to: an element of the tags, a table of the tags, or a block told by the page alone."""

    kind: str  # "element", "table" or "block"
    number: int


@dataclass(slots=True)
class Part:
    """All pieces with one home: what becomes one block."""

    home: Home
    pieces: list[Piece] = field(default_factory=list)
    rank: float = UNTAGGED  # its place in the order of the tags

    @property
    def place(self) -> int:
        """Where it begins in the order told by the page alone."""
        return min(piece.place for piece in self.pieces)

    @property
    def box(self) -> Box:
        """The box around it."""
        return union_of(piece.line.box for piece in self.pieces)

    @property
    def letters(self) -> int:
        """How many characters it has."""
        return sum(len(word.text) for piece in self.pieces for word in piece.line.words)


def part_of(line: Line, words: Sequence[Word]) -> Line:
    """The line with only these of its words."""
    return replace(line, words=tuple(words), box=union_of(word.box for word in words))


def letters_of(words: Iterable[Word]) -> int:
    """How many characters the words have."""
    return sum(len(word.text) for word in words)


def parts_of(blocks: Sequence[Block], tree: PageTree, tables: Iterable[int], *, grain: bool) -> list[Part]:
    """The page's text in parts, in the order of the blocks; `tables` are those to be kept as tables.

    Without `grain` the blocks stay as they are: the tags cut too finely, or not finely enough.
    """
    kept = frozenset(tables)
    parts: dict[Home, Part] = {}
    place = 0
    for index, block in enumerate(blocks):
        whole = block.table is not None
        homes = _homes_of_lines(block, index, tree, kept, grain=grain)
        if whole and not any(home.kind == "table" for row in homes for home in row):
            homes = [[Home("block", index)] * len(row) for row in homes]
        for line, row in zip(block.lines, homes, strict=True):
            for home, cut in _cut(line, row):
                leaves = [word.leaf for word in cut.words if word.leaf >= 0]
                piece = Piece(cut, index, place, min(leaves, default=UNTAGGED))
                parts.setdefault(home, Part(home)).pieces.append(piece)
                place += 1
    result = list(parts.values())
    for part in result:
        part.rank = min((piece.leaf for piece in part.pieces if piece.leaf >= 0), default=UNTAGGED)
        if part.home.kind != "block":
            _in_logical_order(part)
    _rank_the_untagged(result)
    return result


def _homes_of_lines(
    block: Block, index: int, tree: PageTree, tables: frozenset[int], *, grain: bool
) -> list[list[Home]]:
    """A home for every word. A word without one goes with its line; a line without one stays with the block, unless
    the lines around it belong to one element."""
    loose = Home("block", index)
    rows = [[_home(word, tree, tables, grain=grain) for word in line.words] for line in block.lines]
    told = [[home for home in row if home is not None] for row in rows]
    result: list[list[Home]] = []
    before: Home | None = None
    for number, row in enumerate(rows):
        current = told[number][0] if told[number] else loose
        if not told[number] and all(word.leaf < 0 for word in block.lines[number].words):
            later = next((other[0] for other in told[number + 1 :] if other), None)
            current = before if before is not None and before == later else loose
        filled = []
        for home in row:
            current = home or current
            filled.append(current)
        before = told[number][-1] if told[number] else before
        result.append(filled)
    return [[loose] * len(row) for row in result] if _one_a_line(result, tree) else result


def _one_a_line(rows: Sequence[Sequence[Home]], tree: PageTree) -> bool:
    """Whether every line of a paragraph is a paragraph to the tags, as where somebody broke the lines by hand."""
    firsts = {row[0] for row in rows if len(set(row)) == 1}
    return (
        len(rows) > 2
        and len(firsts) == len(rows)
        and all(home.kind == "element" and tree.standings[home.number].kind is Kind.PARAGRAPH for home in firsts)
    )


def _home(word: Word, tree: PageTree, tables: frozenset[int], *, grain: bool) -> Home | None:
    standing = tree.of_leaf(word.leaf)
    if standing.table in tables and standing.cell >= 0 and standing.kind is not Kind.CAPTION:
        return Home("table", standing.table)
    believed = grain and standing.block >= 0 and standing.block not in tree.doubted
    return Home("element", standing.block) if believed else None


def _cut(line: Line, homes: Sequence[Home]) -> list[tuple[Home, Line]]:
    if len(set(homes)) == 1:
        return [(homes[0], line)]
    result: list[tuple[Home, list[Word]]] = []
    for home, word in zip(homes, line.words, strict=True):
        if result and result[-1][0] == home:
            result[-1][1].append(word)
        else:
            result.append((home, [word]))
    return [(home, part_of(line, words)) for home, words in result]


def _in_logical_order(part: Part) -> None:
    """Lines inside an element: by their first leaf, and by the page where one leaf holds several lines."""
    ranked = []
    last = -1
    for piece in part.pieces:
        last = piece.leaf if piece.leaf >= 0 else last
        ranked.append((last, piece.place, piece))
    part.pieces = [piece for _, _, piece in sorted(ranked, key=lambda row: row[:2])]


def _rank_the_untagged(parts: Sequence[Part]) -> None:
    """Text without tags goes with what stands before it on the page."""
    last = -1.0
    for part in parts:
        if part.rank < 0:
            part.rank = last + 0.5
        last = int(part.rank) if part.rank >= 0 else last
