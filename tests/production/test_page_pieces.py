"""What each page of an edition is made of: halves of sheets by the side on which they lie."""

from __future__ import annotations

from masthead.document.geometry import Box
from masthead.document.structure import PagePart, PageShape, SourceReport
from masthead.production.page_pieces import pieces_of

LEFT, RIGHT = Box(0, 0, 400, 600), Box(400, 0, 800, 600)


def _report(*places: tuple[int, Box | None]) -> SourceReport:
    pages = tuple(
        PageShape(at, str(at), 400, 600, 0, PagePart(sheet, window))
        for at, (sheet, window) in enumerate(places, start=1)
    )
    return SourceReport("0" * 64, 1, pages, "", "", "en", False, False, False, False, ())


def _halves(*places: tuple[int, Box | None]) -> list[tuple[int, str]]:
    return [(piece.sheet, piece.half) for piece in pieces_of(_report(*places), None)]


def test_spreads_are_halves_in_the_order_in_which_they_are_read() -> None:
    assert _halves((1, None), (2, LEFT), (2, RIGHT)) == [(1, ""), (2, "first"), (2, "second")]
    assert _halves((1, None), (2, RIGHT), (2, LEFT)) == [(1, ""), (2, "first"), (2, "second")]


def test_the_halves_of_a_folded_sheet_are_told_by_their_side() -> None:
    folded = ((1, RIGHT), (2, LEFT), (2, RIGHT), (1, LEFT))
    assert _halves(*folded) == [(1, "second"), (2, "first"), (2, "second"), (1, "first")]
    bound_right = ((1, LEFT), (2, RIGHT), (2, LEFT), (1, RIGHT))
    assert _halves(*bound_right) == [(1, "second"), (2, "first"), (2, "second"), (1, "first")]


def test_a_part_of_a_sheet_that_is_cut_to_its_finished_page_is_whole() -> None:
    assert _halves((1, LEFT), (2, LEFT)) == [(1, ""), (2, "")]
