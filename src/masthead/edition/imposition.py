"""Tells which pages lie side by side on each sheet of a file that was laid out for the printer, or is wide throughout.

The halves of such sheets need not follow each other: a newsletter of four pages is printed as 4 | 1 and 2 | 3, a cover
as back | front. Nothing is guessed. Either the folios that are printed on the halves fit one way of laying out sheets,
and no other way as well; or the file is a single sheet, printed on both sides, whose title stands on the right of its
outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from masthead.document.structure import SourceReport
from masthead.document.text import Line, PageLines
from masthead.layout.measures import size_of

READ_SHEETS = 12  # of the first sheets, which are read for their folios
_HALF = (0.6, 0.85)  # width over height of an upright page
_SMALLEST = 400.0  # points: half the width of A4, from which on a sheet may hold two pages to be read
_PAPERS = (0.7071, 0.7727)  # of ISO 216, and of letter
_SAME = 0.02  # sizes differ by so much at most
_STRAY = 0.04  # share of the letters that may stand over the fold: a band that runs along the head of both pages
_FOLD = 0.01  # of the sheet's width: what reaches further over its middle stands over it
_BAND = 0.1  # of the height, in which folios stand
_FEWEST = 3  # folios
_MOSTLY = 0.5  # of the halves that were read
_RIGHT = 0.7  # of the halves with numbers at their head or foot
_TITLE = 1.25  # times the largest type on the half beside the title
_TITLE_BAND = 0.4  # of the height, in which the title stands
_PANEL_LINES = 4
_FOLIO = re.compile(r"\W*(\d{1,4})\W*")

Numbers = tuple[tuple[int, int], ...]
"""For each sheet the numbers of its halves, counted from one; the half that is read first in a spread comes first."""


class Imposition(NamedTuple):
    """What lies on the sheets."""

    numbers: Numbers
    first_folio: int  # what is printed on the first page


def may_be_imposed(report: SourceReport) -> bool:
    """Whether all sheets are alike and may each hold two upright pages; only then is it worth reading them."""
    first, *others = report.pages
    if not others or first.width < 2 * _SMALLEST or not _HALF[0] <= first.width / 2 / first.height <= _HALF[1]:
        return False
    return all(
        abs(shape.width - first.width) <= _SAME * first.width
        and abs(shape.height - first.height) <= _SAME * first.height
        for shape in others
    )


def imposition_of(sheets: Sequence[PageLines], count: int, *, right_to_left: bool) -> Imposition | None:
    """What lies on `count` sheets, told by the lines of the first of them; None where it is not certain."""
    if not sheets or not _keeps_off_the_fold(sheets):
        return None
    halves = [halves if not right_to_left else halves[::-1] for halves in map(_halves, sheets)]
    folios = [
        (_folios(sheet, first), _folios(sheet, second)) for sheet, (first, second) in zip(sheets, halves, strict=True)
    ]
    found = _by_folios(folios, count)
    if found is None and count == len(sheets) == 2 and _has_title_behind(sheets, halves):
        return Imposition(_folded(2), 1)
    return found


def _by_folios(folios: Sequence[tuple[frozenset[int], frozenset[int]]], count: int) -> Imposition | None:
    """The one way of laying out sheets that the folios fit."""
    fits: list[tuple[int, Imposition]] = []
    for numbers in dict.fromkeys((_in_order(count), _covered(count), _folded(count))):
        firsts = Counter(
            folio - number + 1
            for pair, expected in zip(folios, numbers, strict=False)
            for found, number in zip(pair, expected, strict=True)
            for folio in found
        )
        if firsts:
            first, hits = max(firsts.items(), key=lambda item: (item[1], -item[0]))
            if hits > _RIGHT * sum(bool(found) for pair in folios for found in pair):
                fits.append((hits, Imposition(numbers, first)))
    fits.sort(key=lambda fit: -fit[0])
    if not fits or fits[0][0] < max(_FEWEST, _MOSTLY * 2 * len(folios)) or fits[0][1].first_folio < 1:
        return None
    return fits[0][1] if len(fits) == 1 or fits[1][0] < fits[0][0] else None


def _in_order(count: int) -> Numbers:
    """1 | 2, 3 | 4, …"""
    return tuple((2 * sheet + 1, 2 * sheet + 2) for sheet in range(count))


def _covered(count: int) -> Numbers:
    """The back beside the cover on the first sheet, then 2 | 3, 4 | 5, …"""
    return ((2 * count, 1), *((2 * sheet, 2 * sheet + 1) for sheet in range(1, count)))


def _folded(count: int) -> Numbers:
    """Sheets that are put into each other and folded: the outside of each, then its inside."""
    pairs = ((2 * count - side, side + 1) for side in range(count))
    return tuple(pair if side % 2 == 0 else pair[::-1] for side, pair in enumerate(pairs))


def _halves(sheet: PageLines) -> tuple[list[Line], list[Line]]:
    """The lines left and right of the fold."""
    left: list[Line] = []
    right: list[Line] = []
    for line in sheet.lines:
        if not _is_over_the_fold(line, sheet):
            (left if line.box.centre[0] < sheet.width / 2 else right).append(line)
    return left, right


def _keeps_off_the_fold(sheets: Sequence[PageLines]) -> bool:
    letters = stray = 0
    for sheet in sheets:
        for line in sheet.lines:
            count = sum(len(word.text) for word in line.words)
            letters += count
            stray += count if _is_over_the_fold(line, sheet) else 0
    return letters > 0 and stray <= _STRAY * letters


def _is_over_the_fold(line: Line, sheet: PageLines) -> bool:
    room = _FOLD * sheet.width
    return line.box.x0 < sheet.width / 2 - room and line.box.x1 > sheet.width / 2 + room


def _folios(sheet: PageLines, half: Sequence[Line]) -> frozenset[int]:
    """The numbers that may be the folio of a half: alone in a line, or at an end of one, at its head or foot."""
    return frozenset(number for line in half if _is_at_an_edge(line, sheet) for number in _numbers(line))


def _is_at_an_edge(line: Line, sheet: PageLines) -> bool:
    return line.box.y1 < _BAND * sheet.height or line.box.y0 > (1 - _BAND) * sheet.height


def _numbers(line: Line) -> Iterator[int]:
    for word in {line.words[0], line.words[-1]}:
        if match := _FOLIO.fullmatch(word.text):
            yield int(match[1])


def _has_title_behind(sheets: Sequence[PageLines], halves: Sequence[tuple[list[Line], list[Line]]]) -> bool:
    """Whether the largest type stands at the head of the second half of the first sheet: it is the cover."""
    sheet, (back, cover) = sheets[0], halves[0]
    ratio = sheet.width / 2 / sheet.height
    if not any(abs(ratio - paper) <= _SAME * paper for paper in _PAPERS):
        return False
    inside = [line for half in halves[1] for line in half]
    if any(len(half) < _PANEL_LINES for half in (cover, *halves[1])):
        return False
    title = max((size_of(line) for line in cover if line.box.y0 < _TITLE_BAND * sheet.height), default=0.0)
    largest = max((size_of(line) for line in cover), default=0.0)
    return (
        title >= largest
        and title >= _TITLE * max((size_of(line) for line in back), default=0.0)
        and title >= max(size_of(line) for line in inside)
    )
