"""The pages of an edition as pieces of its PDF: in which order they stand, and what a change of that order makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from masthead.document.corrections import PageArrangement, PagePiece
from masthead.document.structure import PageShape, SourceReport

_WIDE = 1.15  # width over height: a page that may be two


def pieces_of(report: SourceReport, arrangement: PageArrangement | None) -> list[PagePiece]:
    """What each page of an edition is made of: as arranged, else as it was read."""
    if arrangement is not None:
        return list(arrangement.pages)
    pieces = []
    edges: dict[int, list[float]] = defaultdict(list)
    for shape in report.pages:
        edges[shape.place.sheet].append(_edge(shape))
    from_right = _is_bound_right(report)
    for shape in report.pages:
        sheet = shape.place.sheet
        half = ""
        if len(edges[sheet]) > 1:
            half = "first" if _edge(shape) == sorted(edges[sheet], reverse=from_right)[0] else "second"
        pieces.append(PagePiece(sheet, half))
    return pieces


def _is_bound_right(report: SourceReport) -> bool:
    """Whether the halves of a sheet are counted from the right: as those do that follow each other.

    Those of sheets for the printer may follow each other nowhere but in the middle of the issue.
    """
    pairs = [(one, other) for one, other in pairwise(report.pages) if one.place.sheet == other.place.sheet]
    return bool(pairs) and all(_edge(one) > _edge(other) for one, other in pairs)


def _edge(shape: PageShape) -> float:
    """Where on its sheet a page begins, in points."""
    return shape.place.window.x0 if shape.place.window else 0.0


def can_split(piece: PagePiece, width: float, height: float) -> bool:
    """Whether a page may be two pages side by side."""
    return not piece.half and width > _WIDE * height


def moved(pieces: Sequence[PagePiece], at: int, step: int) -> list[PagePiece]:
    """The piece at a place one place earlier or later."""
    result = list(pieces)
    if 0 <= at + step < len(result):
        result[at], result[at + step] = result[at + step], result[at]
    return result


def removed(pieces: Sequence[PagePiece], at: int) -> list[PagePiece]:
    """Without the piece at a place; the last one stays."""
    return [piece for place, piece in enumerate(pieces) if place != at] if len(pieces) > 1 else list(pieces)


def split(pieces: Sequence[PagePiece], at: int) -> list[PagePiece]:
    """The piece at a place as two."""
    halves = [replace(pieces[at], half="first"), replace(pieces[at], half="second")]
    return [*pieces[:at], *halves, *pieces[at + 1 :]]


def replaced(pieces: Sequence[PagePiece], at: int, sha256: str) -> list[PagePiece]:
    """The first page of another PDF at a place."""
    return [*pieces[:at], PagePiece(1, inserted=sha256), *pieces[at + 1 :]]


def brought_back(pieces: Sequence[PagePiece], piece: PagePiece) -> list[PagePiece]:
    """With a piece that was left out, after the last one that stands before it in the PDF."""
    before = [
        at for at, one in enumerate(pieces) if not one.inserted and (one.sheet, one.half) < (piece.sheet, piece.half)
    ]
    at = before[-1] + 1 if before else 0
    return [*pieces[:at], piece, *pieces[at:]]


def left_out(pieces: Sequence[PagePiece], whole: Sequence[PagePiece]) -> list[PagePiece]:
    """What the PDF has and the edition will not."""
    there = {(piece.sheet, piece.half) for piece in pieces if not piece.inserted}
    return [
        piece
        for piece in whole
        if (piece.sheet, piece.half) not in there and (piece.half or (piece.sheet, "first") not in there)
    ]


def named(pieces: Sequence[PagePiece]) -> str:
    """The pieces as the ledger names them: 3, 4a and 4b for halves, +1 for a page of another PDF."""
    marks = {"": "", "first": "a", "second": "b"}
    return " ".join(f"{'+' if piece.inserted else ''}{piece.sheet}{marks[piece.half]}" for piece in pieces)
