"""What a tagged PDF says of a page: the structure elements in logical order, and which one each word belongs to.

The roles are the standard structure types of ISO 32000-1, 14.8.4, and ISO 32000-2, 14.8.4; a producer's own types are
mapped to them by the file's role map.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from masthead.document.geometry import Box

UNTAGGED = -1  # the leaf of a word that no structure element holds
ARTIFACT = -2  # the leaf of a word that is marked as no part of the text: a running head, a decoration


class Element(NamedTuple):
    """A structure element, as far as it has content on the page."""

    role: str  # a standard structure type; or the producer's own where the role map does not know it
    parent: int  # index into `PageTags.elements`, always smaller than its own; -1 at the top
    place: int = -1  # of a table's cell: which one of its row, empty ones counted
    alt: str = ""  # of a figure or formula: the text that stands for it
    rows: int = 1  # of a table's cell: how many rows it spans
    columns: int = 1
    box: Box | None = None  # of a figure: around what it draws, in points


class PageTags(NamedTuple):
    """The page's part of the structure tree. A leaf is one marked-content sequence; `Word.leaf` numbers them."""

    elements: tuple[Element, ...]  # in logical order, parents before their children
    leaves: tuple[int, ...]  # the element of each leaf, in logical order


class TagOrder(StrEnum):
    """How far the order of a page's tags is followed."""

    WHOLE = "whole"  # from the first block to the last
    PARTS = "parts"  # inside its parts; the parts themselves are ordered by their places on the page
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TagVerdict:
    """What is believed of a page's tags, and why."""

    order: TagOrder
    roles: bool
    coverage: float  # share of the page's letters that are tagged, from 0 to 1
    reason: str  # a sentence
