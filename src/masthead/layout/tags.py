"""Lets the tags of a tagged PDF tell order and roles of the blocks, as far as they bear a comparison with the page.

The page builds lines and blocks first. Then its tags are judged (`tag_verdicts`); where their order is good it decides
between blocks, where their elements are paragraphs they draw the blocks, where their roles are good they name them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from masthead.document.geometry import union_of
from masthead.document.tags import TagOrder, TagVerdict
from masthead.document.text import Block, Confidence, Figure, Join, Line, PageLines, ReadText, Role
from masthead.layout.hyphens import join_cells, join_lines, sentence
from masthead.layout.paragraphs import marker_of
from masthead.layout.tag_figures import figures_of, with_captions
from masthead.layout.tag_order import threads_of
from masthead.layout.tag_pieces import Part, letters_of, parts_of
from masthead.layout.tag_tables import grid_of, table_of
from masthead.layout.tag_tree import Kind, PageTree, Standing
from masthead.layout.tag_verdicts import (
    DocumentEvidence,
    PageEvidence,
    evidence_of,
    evidence_of_document,
    is_careless,
    order_evidence,
    verdict_of,
)

_ROLES = {
    Kind.ITEM: Role.LIST_ITEM,
    Kind.CONTENTS: Role.LIST_ITEM,
    Kind.CAPTION: Role.CAPTION,
    Kind.NOTE: Role.FOOTNOTE,
    Kind.QUOTATION: Role.QUOTATION,
    Kind.CODE: Role.CODE,
    Kind.ASIDE: Role.SIDEBAR,
}
_MAX_LEVEL = 6
_DISAGREED = 0.95  # of the confidence in a page is left where its tags tell another order


class Tagged(NamedTuple):
    """A document's blocks and figures after its tags were heard, and what was believed of each tagged page."""

    blocks: dict[int, tuple[Block, ...]]
    figures: dict[int, tuple[Figure, ...]]
    verdicts: dict[int, TagVerdict]


def with_tags(
    pages: Sequence[PageLines],
    blocks: Mapping[int, tuple[Block, ...]],
    vocabulary: Set[str],
    language: str,
    *,
    right_to_left: bool,
) -> Tagged:
    """The blocks of all pages, those of tagged pages with the order and roles that their tags tell."""
    evidence = {
        page.number: evidence_of(PageTree(page.tags), blocks.get(page.number, ()))
        for page in pages
        if page.tags is not None
    }
    sizes = {page.number: (page.width, page.height) for page in pages}
    result = Tagged(dict(blocks), {}, {})
    if not evidence:
        return result
    document = evidence_of_document(list(evidence.values()))
    parts = {
        number: parts_of(page.blocks, page.tree, page.tables, grain=document.grain) for number, page in evidence.items()
    }
    orders = {number: order_evidence(row) for number, row in parts.items()}
    careless = is_careless(list(orders.values()))
    for number, page in evidence.items():
        verdict = verdict_of(page, document, orders[number], careless=careless)
        ordered = _in_order(parts[number], page.tree, verdict.order, right_to_left)
        if verdict.order is TagOrder.PARTS and ordered == _in_order(parts[number], page.tree, TagOrder.WHOLE, False):
            verdict = replace(verdict, order=TagOrder.WHOLE, reason="The tags and the page tell the same order.")
        result.verdicts[number] = verdict
        made = _Maker(page, document, vocabulary, language).blocks(ordered)
        furniture = [block for block in blocks[number] if block.role.is_furniture]
        numbered = _renumbered(number, [*made, *((block, -1) for block in furniture)], blocks[number])
        figures = figures_of(number, page.tree, sizes[number])
        result.blocks[number], result.figures[number] = with_captions(numbered, figures, page.tree)
    return result


def _in_order(parts: Sequence[Part], tree: PageTree, order: TagOrder, right_to_left: bool) -> list[Part]:
    if order is TagOrder.REFUSED:
        return sorted(parts, key=lambda part: part.place)
    ranked = sorted(parts, key=lambda part: (part.rank, part.place))
    if order is TagOrder.WHOLE:
        return ranked
    threads = threads_of(ranked, tree, right_to_left=right_to_left)
    return [part for thread in sorted(threads, key=lambda thread: thread[0].place) for part in thread]


def heard(text: ReadText, verdicts: Mapping[int, TagVerdict]) -> ReadText:
    """The text with the verdicts on its tags, and what they mean for the confidence in its pages."""
    if not verdicts:
        return text
    confidence = dict(text.confidence)
    for number, verdict in verdicts.items():
        if verdict.order is not TagOrder.WHOLE:
            before = confidence.get(number, Confidence(1.0))
            confidence[number] = Confidence(round(before.value * _DISAGREED, 3), (*before.reasons, verdict.reason))
    refused = sum(verdict.order is TagOrder.REFUSED for verdict in verdicts.values())
    warnings = text.warnings
    if refused:
        warnings += (f"On {refused} of {len(verdicts)} tagged pages the order of the file's tags is not followed.",)
    return replace(text, confidence=confidence, tagging=dict(verdicts), warnings=warnings)


class _Maker:
    """Makes the blocks of one page."""

    def __init__(self, page: PageEvidence, document: DocumentEvidence, vocabulary: Set[str], language: str) -> None:
        self._page = page
        self._document = document
        self._vocabulary = vocabulary
        self._language = language

    def blocks(self, parts: Sequence[Part]) -> list[tuple[Block, int]]:
        """The blocks, each with the number of the block of the page that most of its text comes from."""
        return [self._block(run) for part in parts for run in self._runs(part)]

    def _runs(self, part: Part) -> list[Part]:
        """An element that goes on in the next column is a block in each, as everywhere in an edition."""
        if part.home.kind != "element" or self._page.tree.standings[part.home.number].kind is Kind.HEADING:
            return [part]
        runs = [Part(part.home, [part.pieces[0]], part.rank)]
        for before, piece in pairwise(part.pieces):
            last, box = before.line.box, piece.line.box
            if box.y1 < last.y0 and min(box.x1, last.x1) <= max(box.x0, last.x0):
                runs.append(Part(part.home, [], part.rank))
            runs[-1].pieces.append(piece)
        return runs

    def _block(self, part: Part) -> tuple[Block, int]:
        counts: Counter[int] = Counter()
        for piece in part.pieces:
            counts[piece.block] += letters_of(piece.line.words)
        source = counts.most_common(1)[0][0]
        told = self._page.blocks[source]
        if part.home.kind == "table":
            tree = self._page.tree
            lines, table = table_of(tree, grid_of(tree, part.home.number), part.pieces)
            joined = join_cells([_ended(line) for line in lines], table, self._vocabulary, self._language)
            block = replace(told, role=Role.TABLE, level=0, marker="", table=table)
            return _with_text(block, joined, ""), source
        lines = tuple(piece.line for piece in part.pieces)
        block = told if lines == told.lines else self._with_lines(told, lines)
        if part.home.kind == "element":
            block = self._with_role(block, part, self._page.tree.standings[part.home.number])
        return block, source

    def _with_lines(self, block: Block, lines: Sequence[Line]) -> Block:
        joined = join_lines([_ended(line) for line in lines], self._vocabulary, self._language)
        if block.role is Role.TABLE:  # what is left of a table that the page shows and the tags cut up
            block = replace(block, role=Role.PARAGRAPH, table=None)
        if block.role is Role.PARAGRAPH:  # whether it is a list item is still to be found
            return replace(_with_text(block, joined, ""), marker=marker_of(joined[0]))
        return _with_text(block, joined, marker_of(joined[0]) if block.role is Role.LIST_ITEM else "")

    def _with_role(self, block: Block, part: Part, standing: Standing) -> Block:
        kind = standing.kind
        if kind is Kind.HEADING and self._document.headings:
            return _plain(block, Role.HEADING, self._level(block, standing))
        if kind in (Kind.ITEM, Kind.CONTENTS) and (self._document.lists or kind is Kind.CONTENTS):
            return self._item(block)
        if kind in (Kind.CAPTION, Kind.NOTE, Kind.QUOTATION, Kind.ASIDE, Kind.CODE):
            return _plain(block, _ROLES[kind])
        if self._code_share(part) > 0.9:
            return _plain(block, Role.CODE)
        if kind is Kind.PARAGRAPH and block.role is Role.HEADING and self._document.complete:
            return _plain(block, Role.PARAGRAPH)
        return block

    def _level(self, block: Block, standing: Standing) -> int:
        if self._document.levels and standing.level:
            return max(1, min(_MAX_LEVEL, standing.level))
        return block.level

    def _item(self, block: Block) -> Block:
        """A list item with its label, or with the bullet that it begins with."""
        labels = []
        for word in block.lines[0].words:
            if not self._page.tree.of_leaf(word.leaf).label:
                break
            labels.append(word.text)
        marker = " ".join(labels) if len(labels) < len(block.lines[0].words) or len(block.lines) > 1 else ""
        marker = marker or marker_of(block.lines[0])
        text = sentence(list(block.lines)).removeprefix(marker).strip()
        return replace(block, role=Role.LIST_ITEM, level=0, marker=marker, text=text)

    def _code_share(self, part: Part) -> float:
        words = [word for piece in part.pieces for word in piece.line.words]
        code = [word for word in words if self._page.tree.of_leaf(word.leaf).code]
        return letters_of(code) / max(1, letters_of(words))


def _with_text(block: Block, lines: Sequence[Line], marker: str) -> Block:
    box = union_of(line.box for line in lines).rounded()
    text = sentence(list(lines)).removeprefix(marker).strip()
    return replace(block, lines=tuple(lines), box=box, text=text, marker=marker)


def _plain(block: Block, role: Role, level: int = 0) -> Block:
    text = sentence(list(block.lines)) if block.marker else block.text
    marker = block.marker if role is Role.PARAGRAPH else ""
    return replace(block, role=role, level=level, marker=marker, text=text)


def _ended(line: Line) -> Line:
    """The line as the last one of its block: its last word joins nothing."""
    last = line.words[-1]
    if last.join is Join.SPACE:
        return line
    return replace(line, words=(*line.words[:-1], replace(last, join=Join.SPACE)))


def _renumbered(number: int, made: Sequence[tuple[Block, int]], before: Sequence[Block]) -> tuple[Block, ...]:
    """Ids in the new order, and what pointed to an old id points to the first block made of it."""
    body = [block.id for block in before if not block.role.is_furniture]
    names: dict[str, str] = {}
    for index, (block, source) in enumerate(made, start=1):
        names.setdefault(body[source] if source >= 0 else block.id, f"p{number}-b{index}")
    return tuple(
        replace(
            block,
            id=f"p{number}-b{index}",
            continues=names.get(block.continues, block.continues),
            repeats=names.get(block.repeats, block.repeats),
            reference=names.get(block.reference, block.reference),
        )
        for index, (block, _) in enumerate(made, start=1)
    )
