"""Sheets with two pages side by side that need not follow each other: 4 | 1 and 2 | 3, back | front, 1 | 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name
from tests.pdfs import add_link, new_pdf
from tests.setting import FONTS, line

from masthead.document.text import Line, PageLines
from masthead.edition.build import build
from masthead.edition.check import check
from masthead.edition.imposition import Imposition, imposition_of
from masthead.edition.options import BuildOptions

WIDTH, HEIGHT = 420.0, 594.0  # of a page
FOLDED = ((4, 1), (2, 3))


def _page(number: int, left: float, *, folio: str | None = None, title: float = 12.0) -> list[Line]:
    lines = [line(f"Title of page {number}", left + 40, 60, title)]
    lines += [line(f"page {number} line {at} of a story", left + 40, 100 + 14 * at) for at in range(20)]
    if folio is None or folio:
        lines.append(line(folio or str(number), left + (40 if number % 2 == 0 else 360), 570))
    return lines


def _sheets(*pairs: tuple[int, int], folios: bool = True, titles: dict[int, float] | None = None) -> list[PageLines]:
    sheets = []
    for at, pair in enumerate(pairs, start=1):
        lines = [
            one
            for side, number in enumerate(pair)
            for one in _page(number, side * WIDTH, folio=None if folios else "", title=(titles or {}).get(number, 12.0))
        ]
        sheets.append(PageLines(at, 2 * WIDTH, HEIGHT, tuple(lines), FONTS, ()))
    return sheets


def _told(sheets: list[PageLines], *, right_to_left: bool = False) -> Imposition | None:
    return imposition_of(sheets, len(sheets), right_to_left=right_to_left)


@pytest.mark.parametrize(
    "pairs",
    [
        FOLDED,
        ((8, 1), (2, 7), (6, 3), (4, 5)),
        ((8, 1), (2, 3), (4, 5), (6, 7)),
        ((1, 2), (3, 4), (5, 6)),
    ],
)
def test_folios_tell_what_lies_on_the_sheets(pairs: tuple[tuple[int, int], ...]) -> None:
    assert _told(_sheets(*pairs)) == Imposition(pairs, 1)


def test_a_volume_goes_on_counting() -> None:
    sheets = _sheets((32, 29), (30, 31))
    assert _told(sheets) == Imposition(FOLDED, 29)


def test_sheets_that_are_bound_at_the_right_have_their_cover_on_the_left() -> None:
    sheets = _sheets((1, 4), (3, 2))
    assert _told(sheets, right_to_left=True) == Imposition(FOLDED, 1)


@pytest.mark.parametrize(
    "pairs",
    [
        ((1, 1), (2, 2), (3, 3)),  # wide pages with a folio at each end
        ((5, 9), (2, 7), (1, 4)),
    ],
)
def test_what_fits_no_way_of_laying_out_sheets_is_left_alone(pairs: tuple[tuple[int, int], ...]) -> None:
    assert _told(_sheets(*pairs)) is None


def test_wide_pages_with_one_folio_each_are_left_alone() -> None:
    sheets = [
        PageLines(at, 2 * WIDTH, HEIGHT, (*_page(at, 0, folio=""), *_page(at, WIDTH)), FONTS, ()) for at in range(1, 7)
    ]
    assert _told(sheets) is None


def test_without_folios_the_title_tells_the_outside_of_a_single_sheet() -> None:
    assert _told(_sheets(*FOLDED, folios=False, titles={1: 40})) == Imposition(FOLDED, 1)
    assert _told(_sheets(*FOLDED, folios=False)) is None
    assert _told(_sheets((1, 2), (3, 4), folios=False, titles={1: 40})) is None
    assert _told(_sheets((8, 1), (2, 7), (6, 3), (4, 5), folios=False, titles={1: 40})) is None


def test_text_over_the_fold_makes_a_page_of_a_sheet() -> None:
    sheets = _sheets(*FOLDED)
    across = [line("a line of the story that runs over the fold of the sheet", 300, 400 + 14 * at) for at in range(9)]
    crossed = [PageLines(one.number, one.width, one.height, (*one.lines, *across), FONTS, ()) for one in sheets]
    assert _told(crossed) is None


def _folded_pdf(path: Path) -> Path:
    """A newsletter of four pages on a single sheet; a link from its cover leads to the inside."""

    def content(pair: tuple[int, int]) -> str:
        rows = []
        for side, number in enumerate(pair):
            left = side * WIDTH + 40
            rows += [(left, 100 + 14 * at, f"Page {number} line {at} of the story") for at in range(20)]
            rows.append((left, 575, str(number)))
        return "\n".join(f"BT /F1 10 Tf {x} {HEIGHT - top} Td ({text}) Tj ET" for x, top, text in rows)

    with new_pdf([content(pair) for pair in FOLDED]) as pdf:
        for page in pdf.pages:
            page.MediaBox = Array([0, 0, 2 * WIDTH, HEIGHT])
        target = Array([pdf.pages[1].obj, Name.Fit])
        add_link(pdf, 1, (WIDTH + 40, 0, WIDTH + 200, 20), Dictionary(S=Name.GoTo, D=target))
        pdf.save(path)
    return path


def test_the_pages_of_a_folded_sheet_are_read_in_their_order(tmp_path: Path) -> None:
    edition = build(_folded_pdf(tmp_path / "issue.pdf"), tmp_path / "out", BuildOptions(widths=(240,), workers=1))
    pages = edition.manifest["pages"]
    assert [edition.plain_text(number)[:6] for number in range(1, 5)] == [f"Page {number}" for number in range(1, 5)]
    assert [(page.get("sheet", page["number"]), page["window"][0]) for page in pages] == [
        (1, WIDTH),
        (2, 0),
        (2, WIDTH),
        (1, 0),
    ]
    assert [page["label"] for page in pages] == ["1", "2", "3", "4"]
    assert check(tmp_path / "out") == []


def test_sheets_stay_as_they_are_if_spreads_are_kept(tmp_path: Path) -> None:
    options = BuildOptions(widths=(240,), workers=1, spreads="keep")
    assert build(_folded_pdf(tmp_path / "issue.pdf"), tmp_path / "out", options).page_count == 2
