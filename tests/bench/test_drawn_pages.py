"""Pages drawn by chance as designers make them are read as they were meant, whatever the order of the stream."""

from __future__ import annotations

import random
from pathlib import Path

import pytest


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("seed", [6, 8, 27, 33])
def test_drawn_pages_are_read_in_order_and_their_pieces_whole(seed: int, shuffled: bool, tmp_path: Path) -> None:
    from measures import ours
    from measures.drawn_pages import document_of
    from measures.drawn_score import score_page
    from measures.drawn_sheet import save

    sheets = document_of(seed, pages=2)
    save(sheets, tmp_path / "drawn.pdf", random.Random(seed) if shuffled else None)
    pages = ours.read(tmp_path / "drawn.pdf").found["pages"]
    for sheet, page in zip(sheets, pages, strict=True):
        score = score_page(sheet, page["blocks"])
        assert score.order > 0.995
        assert not score.torn
        assert not score.lost


def test_a_page_read_badly_scores_badly() -> None:
    from measures.drawn_pages import document_of
    from measures.drawn_score import score_page

    sheet = document_of(3, pages=1)[0]
    said = [{"role": "paragraph", "text": piece.text} for piece in sheet.pieces]
    assert score_page(sheet, said).order == 1
    turned = score_page(sheet, said[::-1])
    assert turned.order < 0.7
    assert not turned.torn
    assert score_page(sheet, said[: len(said) // 2]).torn


def test_the_same_seed_draws_the_same_page() -> None:
    from measures.drawn_pages import document_of

    assert document_of(5)[2].content(None) == document_of(5)[2].content(None)
