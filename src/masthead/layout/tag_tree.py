"""What the structure elements of a page mean for its blocks: which leaves make one block, and what kind it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from masthead.document.tags import Element, PageTags


class Kind(StrEnum):
    """What a block is by its tags."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CONTENTS = "contents"  # an entry of a table of contents
    CAPTION = "caption"
    NOTE = "note"
    QUOTATION = "quotation"
    CODE = "code"
    ASIDE = "aside"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an element stands: numbers of the elements above it, -1 for none."""

    block: int = -1  # the element whose leaves are one block; -1: the tags draw no blocks here
    kind: Kind | None = None
    level: int = 0  # of a heading that names one
    table: int = -1
    row: int = -1
    cell: int = -1
    figure: int = -1
    label: bool = False  # the bullet or number of a list item
    code: bool = False
    artifact: bool = False


_CONTAINERS = {
    "LI": Kind.ITEM,
    "TOCI": Kind.CONTENTS,
    "Caption": Kind.CAPTION,
    "Note": Kind.NOTE,
    "FENote": Kind.NOTE,
    "BlockQuote": Kind.QUOTATION,
    "Aside": Kind.ASIDE,
}
_TAKES_FIRST = frozenset({Kind.ITEM, Kind.CONTENTS})  # its first paragraph is itself
_HANDS_DOWN = frozenset({Kind.NOTE, Kind.QUOTATION, Kind.ASIDE})  # each of its paragraphs is one of its kind


class PageTree:
    """The elements of a page, each with its standing. Parents stand before children, so one pass is enough."""

    def __init__(self, tags: PageTags) -> None:
        self.tags = tags
        self.standings: list[Standing] = []
        self.doubted: set[int] = set()  # elements that draw no blocks, for the page shows several things in them
        self._opened: set[int] = set()  # items whose first paragraph has come
        for number, element in enumerate(tags.elements):
            above = self.standings[element.parent] if element.parent >= 0 else Standing()
            self.standings.append(self._standing(number, element, above))

    def of_leaf(self, leaf: int) -> Standing:
        """The standing of a word with this leaf."""
        return self.standings[self.tags.leaves[leaf]] if leaf >= 0 else _NOWHERE

    def _standing(self, number: int, element: Element, above: Standing) -> Standing:
        role = element.role
        if role in _CONTAINERS:
            return replace(above, block=number, kind=_CONTAINERS[role], level=0, label=False)
        if role in ("P", "BibEntry"):
            return self._paragraph(number, above)
        if role == "Title" or (role[:1] == "H" and role[1:].isdigit()) or role == "H":
            level = int(role[1:]) if role[1:].isdigit() else int(role == "Title")
            return replace(above, block=number, kind=Kind.HEADING, level=level)
        if role in ("Table", "TR", "TD", "TH"):
            return _in_table(number, role, above)
        if role == "Code":
            started = above.block >= 0 and above.kind is not Kind.CELL
            return replace(above, code=True) if started else replace(above, block=number, kind=Kind.CODE, code=True)
        if role == "Lbl":
            return replace(above, label=above.kind in _TAKES_FIRST)
        if role == "Figure":
            return replace(above, block=-1, kind=None, figure=number if above.figure < 0 else above.figure)
        if role == "Artifact":
            return replace(above, block=-1, kind=None, artifact=True)
        return above

    def _paragraph(self, number: int, above: Standing) -> Standing:
        if above.kind is Kind.CAPTION:
            return above
        if above.kind in _TAKES_FIRST and above.block not in self._opened:
            self._opened.add(above.block)
            return above
        kind = above.kind if above.kind in _HANDS_DOWN else Kind.PARAGRAPH
        return replace(above, block=number, kind=kind, level=0)


_NOWHERE = Standing()


def _in_table(number: int, role: str, above: Standing) -> Standing:
    if role == "Table":
        outer = above.table if above.table >= 0 else number
        return replace(above, block=-1, kind=None, table=outer)
    if role == "TR":
        return replace(above, row=number)
    return replace(above, block=number, kind=Kind.CELL, cell=number)
