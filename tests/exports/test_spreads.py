"""Where pages stand on a window that shows two."""

from __future__ import annotations

from masthead.exports.frame.spreads import stand_of


def stands(*widths: int) -> str:
    """One letter a page: alone, before or behind."""
    pages = [{"width": width, "height": 100} for width in widths]
    return "".join({"alone": "a", "before": "<", "behind": ">"}[stand_of(pages, n + 1)] for n in range(len(pages)))


def test_covers_stand_alone_and_pages_between_them_face_each_other() -> None:
    assert stands(70) == "a"
    assert stands(70, 70) == "aa"
    assert stands(70, 70, 70) == "a<>"
    assert stands(70, 70, 70, 70) == "a<>a"


def test_a_double_page_stands_alone_and_what_follows_pairs_anew() -> None:
    assert stands(70, 140, 70, 70) == "aa<>"
    assert stands(70, 70, 140, 70, 70) == "aaa<>"
    assert stands(70, 70, 70, 140) == "a<>a"
