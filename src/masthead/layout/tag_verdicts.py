"""Judges a document's tags: whether their order can be followed, whether their roles say anything, and why not.

Most tags are made by programs and looked at by nobody. Those of a designer's export are right inside a story, for the
story's text is one; the order of the stories is that in which their frames were drawn. Those of a person or program
that knew the structure can be told by what they say beside "paragraph": headings, list items with their labels,
captions, notes, alternative texts.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

from masthead.document.tags import TagOrder, TagVerdict
from masthead.document.text import Block, Role, Word
from masthead.layout.tag_alternatives import alternative_of
from masthead.layout.tag_order import breaks
from masthead.layout.tag_pieces import Part, parts_of
from masthead.layout.tag_tables import grid_of, is_table
from masthead.layout.tag_tree import Kind, PageTree

_MIN_COVERAGE = 0.5  # share of letters under tags from which on their order is that of the page
_ONE_FIGURE = 0.6
_MANY_BREAKS = 0.34  # share of steps that break the page's order
_FEW_BREAKS = 0.2
_CARELESS = 0.09
_MIN_STEPS = 4
_LONG_HEADING = 30  # words
_SPLIT = 0.5  # share of neighbouring lines of a paragraph that the tags part
_COARSE = 4  # paragraphs of the page in one element
_MAX_PAIRS = 400  # headings that are compared with each other


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the tags."""

    level: int
    size: float  # points
    words: int


@dataclass(slots=True)
class PageEvidence:
    """What a page's tags look like against the page."""

    tree: PageTree
    blocks: tuple[Block, ...]  # without furniture
    letters: int = 0
    tagged: int = 0
    in_figures: int = 0
    letters_by_kind: dict[Kind, int] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    labels: int = 0
    alternatives: int = 0
    figures: int = 0
    tables: tuple[int, ...] = ()  # the elements that are tables indeed
    seams: int = 0  # neighbouring lines of one paragraph
    split_seams: int = 0  # of these, parted by the tags
    coarse: int = 0  # letters in elements that hold many paragraphs
    told_headings: int = 0  # letters of headings as the page shows them
    tagged_headings: int = 0  # of these, tagged as headings


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """What holds for the tags of the whole document."""

    headings: bool  # they are believed
    levels: bool
    complete: bool  # what is not tagged as a heading is none
    lists: bool
    tended: bool  # somebody knew the structure
    grain: bool  # an element is a paragraph, no line and no page


class OrderEvidence(NamedTuple):
    """How the order of a page's tags bears the comparison with the page."""

    steps: int  # from one part to the next
    broken: int  # of these, leave text unread
    torn: int  # sentences that the page's own order joins and the tags' does not


def evidence_of(tree: PageTree, blocks: Sequence[Block]) -> PageEvidence:
    """Look at one page."""
    body = tuple(block for block in blocks if not block.role.is_furniture)
    found = PageEvidence(tree, body)
    for block in body:
        for word in (word for line in block.lines for word in line.words):
            standing = tree.of_leaf(word.leaf)
            count = len(word.text)
            found.letters += count
            if word.leaf < 0 or standing.artifact:
                continue
            found.tagged += count
            if standing.kind is not None:
                found.letters_by_kind[standing.kind] = found.letters_by_kind.get(standing.kind, 0) + count
            elif standing.figure >= 0:
                found.in_figures += count
            if block.role is Role.HEADING:
                found.told_headings += count
                found.tagged_headings += count if standing.kind is Kind.HEADING else 0
    found.labels = len({standing.block for standing in tree.standings if standing.label})
    figures = [element for element in tree.tags.elements if element.role == "Figure"]
    found.figures, found.alternatives = len(figures), sum(bool(alternative_of(figure.alt)) for figure in figures)
    found.tables = _tables(tree, body)
    _look_at_grain(found)
    return found


def _tables(tree: PageTree, blocks: Sequence[Block]) -> tuple[int, ...]:
    wanted = {standing.table for standing in tree.standings if standing.table >= 0}
    if not wanted:
        return ()
    parts = [part for part in parts_of(blocks, tree, wanted, grain=True) if part.home.kind == "table"]
    rows = {part.home.number: _rows(part) for part in parts}
    torn = _torn_tables(parts, blocks)
    return tuple(
        part.home.number
        for part in parts
        if part.home.number not in torn
        and is_table(tree, grid_of(tree, part.home.number), part.pieces)
        and not any(_is_cut_off(part, other) and _share(rows, part, other) for other in parts if other is not part)
    )


def _torn_tables(parts: Sequence[Part], blocks: Sequence[Block]) -> set[int]:
    """Tables of the tags that are pieces of one that the page shows, for some of its pieces are numbers alone."""
    pieces: dict[int, list[Part]] = {}
    for part in parts:
        home = Counter(piece.block for piece in part.pieces).most_common(1)[0][0]
        if blocks[home].table is not None:
            pieces.setdefault(home, []).append(part)
    return {
        part.home.number
        for row in pieces.values()
        if len(row) > 1 and any(_has_no_words(part) for part in row)
        for part in row
    }


def _rows(part: Part) -> frozenset[int]:
    return frozenset(round(piece.line.box.y1 / 2) for piece in part.pieces)


def _is_cut_off(part: Part, other: Part) -> bool:
    """Whether one of two tables side by side has nothing but numbers: it belongs to the other, which has the words."""
    one, two = part.box, other.box
    beside = min(one.x1, two.x1) <= max(one.x0, two.x0) and min(one.y1, two.y1) > max(one.y0, two.y0)
    return beside and (_has_no_words(part) or _has_no_words(other))


def _has_no_words(part: Part) -> bool:
    text = "".join(word.text for piece in part.pieces for word in piece.line.words)
    return sum(char.isalpha() for char in text) < 0.3 * len(text)


def _share(rows: Mapping[int, frozenset[int]], part: Part, other: Part) -> bool:
    """Whether two tables keep to the same base lines, as columns of one table that a spreadsheet cut."""
    one, two = rows[part.home.number], rows[other.home.number]
    return len(one & two) >= 3 and len(one & two) >= 0.7 * min(len(one), len(two))


def _look_at_grain(found: PageEvidence) -> None:
    """Whether an element is a paragraph; and the headings, which are read off the same parts."""
    homes: dict[tuple[int, int], tuple[str, int]] = {}
    for part in parts_of(found.blocks, found.tree, found.tables, grain=True):
        if part.home.kind != "element":
            continue
        standing = found.tree.standings[part.home.number]
        blocks = {piece.block for piece in part.pieces}
        if len(blocks) >= _COARSE and standing.kind in (Kind.PARAGRAPH, Kind.HEADING):
            found.coarse += part.letters
        words = [word for piece in part.pieces for word in piece.line.words]
        if standing.kind is Kind.HEADING and len(blocks) > 1 and _holds_text(words):
            found.tree.doubted.add(part.home.number)
        elif standing.kind is Kind.HEADING:
            found.headings.append(Heading(standing.level, statistics.median(w.size for w in words), len(words)))
        for piece in part.pieces:
            homes.setdefault((piece.block, piece.place), (part.home.kind, part.home.number))
    ordered = sorted(homes)
    for first, second in pairwise(ordered):
        if first[0] == second[0]:
            found.seams += 1
            found.split_seams += homes[first] != homes[second]


def _holds_text(words: Sequence[Word]) -> bool:
    """Whether a heading of several blocks is a heading and the text under it."""
    sizes = [word.size for word in words]
    return len(words) > _LONG_HEADING or (len(words) > _LONG_HEADING / 2 and max(sizes) > 1.2 * min(sizes))


def evidence_of_document(pages: Sequence[PageEvidence]) -> DocumentEvidence:
    """Put the pages' evidence together."""
    tagged = sum(page.tagged for page in pages)
    by_kind = {kind: sum(page.letters_by_kind.get(kind, 0) for page in pages) for kind in Kind}
    headings = [heading for page in pages for heading in page.headings]
    believed = (
        bool(headings)
        and by_kind[Kind.HEADING] < 0.3 * tagged
        and statistics.median(heading.words for heading in headings) <= _LONG_HEADING
    )
    told = sum(page.told_headings for page in pages)
    complete = believed and sum(page.tagged_headings for page in pages) >= 0.5 * told
    labels = sum(page.labels for page in pages)
    lists = by_kind[Kind.ITEM] > 0 and by_kind[Kind.ITEM] < 0.8 * tagged
    figures, alternatives = sum(page.figures for page in pages), sum(page.alternatives for page in pages)
    ranks = len({heading.level for heading in headings})
    levels = _levels_fit(headings)
    signs = (
        believed and (complete or ranks > 1),
        complete and levels and ranks > 1,
        lists and labels > 1,
        figures > 0 and alternatives >= 0.5 * figures,
        by_kind[Kind.NOTE] > 0 or by_kind[Kind.CAPTION] > 0,
        by_kind[Kind.CONTENTS] > 0 or by_kind[Kind.CODE] > 0 or by_kind[Kind.QUOTATION] > 0,
        any(page.tables for page in pages),
    )
    seams, split = sum(page.seams for page in pages), sum(page.split_seams for page in pages)
    coarse = sum(page.coarse for page in pages)
    grain = split <= _SPLIT * seams and coarse <= 0.5 * tagged
    return DocumentEvidence(believed, levels, complete, lists, sum(signs) >= 2, grain)


def _levels_fit(headings: Sequence[Heading]) -> bool:
    """Whether a higher rank is rarely set smaller, and one rank is not everything from the title to the last line."""
    sizes = [heading.size for heading in headings]
    if len({heading.level for heading in headings}) < 2:
        return len(sizes) > 0 and max(sizes) < 1.3 * min(sizes)
    step = max(1, len(headings) // 60)
    pairs = [pair for pair in combinations(headings[::step], 2) if pair[0].level != pair[1].level][: _MAX_PAIRS * 4]
    against = sum((a.level < b.level) == (a.size < b.size - 0.3) and abs(a.size - b.size) > 0.3 for a, b in pairs)
    return against <= 0.3 * len(pairs)


def order_evidence(parts: Sequence[Part]) -> OrderEvidence:
    """Look at the order of one page's parts in the tags against the order told by the page."""
    ranked = sorted(parts, key=lambda part: (part.rank, part.place))
    steps = breaks(ranked)
    here = sum(_goes_on(*pair) for pair in pairwise(sorted(parts, key=lambda part: part.place)))
    there = sum(_goes_on(*pair) for pair in pairwise(ranked))
    return OrderEvidence(len(steps), sum(steps), max(0, here - there))


def _goes_on(before: Part, after: Part) -> bool:
    """Whether a sentence goes on from one paragraph to the next, as over the end of a column."""
    last, first = before.pieces[-1].line.words[-1], after.pieces[0].line.words[0]
    alike = len(before.pieces) > 1 and abs(last.size - first.size) < 0.6
    return alike and last.text[-1:].isalpha() and first.text[:1].islower()


def is_careless(pages: Sequence[OrderEvidence]) -> bool:
    """Whether the order of the tags so often leaves text unread or tears sentences that nobody can have checked it."""
    steps, broken = sum(page.steps for page in pages), sum(page.broken for page in pages)
    return broken > _CARELESS * steps or sum(page.torn for page in pages) > max(2, len(pages) // 10)


def verdict_of(page: PageEvidence, document: DocumentEvidence, order: OrderEvidence, *, careless: bool) -> TagVerdict:
    """What is believed of one page."""
    coverage = page.tagged / page.letters if page.letters else 0.0
    judged, reason = _order_of(page, document, order, coverage, careless=careless)
    return TagVerdict(judged, _says_roles(page, document), coverage, reason)


def _order_of(
    page: PageEvidence, document: DocumentEvidence, order: OrderEvidence, coverage: float, *, careless: bool
) -> tuple[TagOrder, str]:
    if coverage < _MIN_COVERAGE:
        return TagOrder.REFUSED, f"Only {coverage:.0%} of the page's letters are tagged."
    if page.in_figures > _ONE_FIGURE * page.letters:
        return TagOrder.REFUSED, "Most of the page's text is tagged as a figure."
    counted = f"{order.broken} of {order.steps} steps leave text unread"
    if order.steps >= _MIN_STEPS and order.broken > (_FEW_BREAKS if careless else _MANY_BREAKS) * order.steps:
        return TagOrder.REFUSED, f"The tags' order does not fit the page: {counted}."
    if careless:
        return TagOrder.PARTS, "The order of the file's tags leaves text unread or tears sentences on many pages."
    if not document.tended:
        return (
            TagOrder.PARTS,
            "The tags know paragraphs only: their order is followed inside stories, not from one to the next.",
        )
    if order.broken > max(1, _FEW_BREAKS * order.steps) or order.torn > 1:
        return (
            TagOrder.PARTS,
            f"The tags' order is followed inside its parts only: {counted}, {order.torn} sentences torn.",
        )
    return TagOrder.WHOLE, "The tags' order fits the page."


def _says_roles(page: PageEvidence, document: DocumentEvidence) -> bool:
    kinds = {kind for kind, count in page.letters_by_kind.items() if count} - {Kind.PARAGRAPH, Kind.CELL}
    if not document.headings:
        kinds.discard(Kind.HEADING)
    if not document.lists:
        kinds.discard(Kind.ITEM)
    return bool(page.tables) or (document.grain and bool(kinds))
