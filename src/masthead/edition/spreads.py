"""Splits double pages that were saved as one wide page into the two pages that they are.

A layout program that exports "spreads" writes the cover alone (and often the back), and every pair of facing pages
as one page of twice the width. On a phone, in the contents, in links and in labels they must be single pages again.
It is clear that wide pages are spreads if all between the covers are wide, as high as the covers and twice as wide; a
report with a fold-out plan has narrow pages inside. Where all are wide, `imposition` may tell what lies on them.
Anything else is split only on request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from masthead.document.geometry import Box
from masthead.document.structure import OutlineEntry, PagePart, PageShape, SourceReport
from masthead.edition.imposition import Imposition
from masthead.edition.options import BuildOptions
from masthead.layout.language import is_right_to_left

_WIDE = 1.15  # width / height: no two upright pages side by side are narrower
_SAME = 0.02  # sizes differ by so much at most: programs round, and bleeds are cut by hand
_TWO_LABELS = re.compile(r"([0-9A-Za-z]+)\s*[-\N{EN DASH}/|]\s*([0-9A-Za-z]+)")


def split_spreads(report: SourceReport, options: BuildOptions, imposed: Imposition | None = None) -> SourceReport:
    """The report with single pages in reading order; outline and labels follow.

    Where it is known what lies on the sheets, `imposed` says it.
    """
    if imposed is not None and options.spreads != "keep":
        return _split_sheets(report, options, imposed)
    wide = [shape for shape in report.pages if shape.width > _WIDE * shape.height]
    if not wide or options.spreads == "keep" or (options.spreads == "auto" and not _are_spreads(report.pages)):
        return report
    right_to_left = is_bound_right(report, options)
    numbered = all(shape.label == str(shape.number) for shape in report.pages)
    pages: list[PageShape] = []
    first: dict[int, int] = {}
    for shape in report.pages:
        first[shape.number] = len(pages) + 1
        for part in halves_of(shape, right_to_left) if shape in wide else (shape,):
            number = len(pages) + 1
            label = str(number) if numbered else part.label
            pages.append(replace(part, number=number, label=label, part=part.place))
    warning = f"Wide pages were split in two because they are spreads ({len(wide)})."
    return replace(
        report,
        pages=tuple(pages),
        outline=_renumbered(report.outline, first),
        warnings=(*report.warnings, warning),
    )


def _split_sheets(report: SourceReport, options: BuildOptions, imposed: Imposition) -> SourceReport:
    """The report with the pages of sheets that each hold two, which need not follow each other."""
    right_to_left = is_bound_right(report, options)
    numbered = all(shape.label == str(shape.number) for shape in report.pages)
    pages: list[PageShape] = []
    first: dict[int, int] = {}
    for shape, numbers in zip(report.pages, imposed.numbers, strict=True):
        first[shape.number] = min(numbers)
        for part, number in zip(halves_of(shape, right_to_left), numbers, strict=True):
            label = str(number - 1 + imposed.first_folio) if numbered else part.label
            pages.append(replace(part, number=number, label=label, part=part.place))
    warning = f"Each sheet was split into the two pages that are printed on it ({len(report.pages)})."
    return replace(
        report,
        pages=tuple(sorted(pages, key=lambda page: page.number)),
        outline=_renumbered(report.outline, first),
        warnings=(*report.warnings, warning),
    )


def _are_spreads(pages: Sequence[PageShape]) -> bool:
    cover, *inside = pages
    back = inside[-1:] if inside and _is_like(inside[-1], cover.width, cover.height) else []
    spreads = inside[: len(inside) - len(back)]
    is_upright = cover.width < cover.height
    return is_upright and bool(spreads) and all(_is_like(page, 2 * cover.width, cover.height) for page in spreads)


def _is_like(page: PageShape, width: float, height: float) -> bool:
    return abs(page.width - width) <= _SAME * width and abs(page.height - height) <= _SAME * height


def is_bound_right(report: SourceReport, options: BuildOptions) -> bool:
    """Whether pages follow each other from right to left."""
    if options.direction:
        return options.direction == "rtl"
    return report.right_to_left or is_right_to_left(options.language or report.language or "und")


def halves_of(shape: PageShape, right_to_left: bool) -> Iterator[PageShape]:
    """The two pages of a sheet, the one that is read first before the other."""
    x0, y0, x1, y1 = shape.place.window or Box(0.0, 0.0, shape.width, shape.height)
    middle = (x0 + x1) / 2
    halves = [Box(x0, y0, middle, y1), Box(middle, y0, x1, y1)]
    for window, label in zip(reversed(halves) if right_to_left else halves, _labels(shape.label), strict=True):
        yield replace(shape, label=label, width=window.width, part=PagePart(shape.place.sheet, window))


def _labels(label: str) -> tuple[str, str]:
    """What is printed on the two pages of a sheet that is labelled "4-5", or "4" for its first page."""
    both = _TWO_LABELS.fullmatch(label)
    if both:
        return both[1], both[2]
    return (label, str(int(label) + 1)) if label.isdecimal() else (label, label)


def _renumbered(entries: tuple[OutlineEntry, ...], first: dict[int, int]) -> tuple[OutlineEntry, ...]:
    return tuple(
        replace(entry, page=first.get(entry.page, 0), children=_renumbered(entry.children, first)) for entry in entries
    )
