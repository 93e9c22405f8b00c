"""Leaflets of one folded sheet: of the three panels that are printed outside, the one at the end is the cover.

A sheet folded twice is printed as two wide pages of three panels. Outside stand, from left to right, the flap that is
turned in, the back, and the cover; who takes the leaflet in hand reads the cover first. Nothing is read over a fold.

Two pages side by side on a sheet for the printer are read one after the other too, even where it cannot be told which
pages of the issue they are: between them lie two margins, which are wider than any gutter.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.text import Line, PageLines
from masthead.layout.measures import size_of

_WIDE = 1.2  # times its height, from which on a page may be a sheet that is folded to panels
_STRAY = 0.04  # share of the letters that may stand over a fold, a line below the title
_PANEL_LINES = 4
_TITLE = 1.25  # times the largest type of the other panels
_SHEET = 1100.0  # points: a sheet that is nearly as wide holds two pages of a common size
_HALF = (0.6, 0.85)  # width over height of each of the two
_MARGINS = 0.03  # of the sheet's width: what two margins side by side have at least
_SIDE_LINES = 12  # on each side of the fold


Panels = tuple[tuple[float, float], ...]
"""The left and right edges of panels in points, in the order in which they are read."""


def panels_of(pages: Sequence[PageLines], *, right_to_left: bool = False) -> dict[int, Panels]:
    """The panels of a leaflet by page; none if the document is no leaflet."""
    if pages and all(_holds_two(page) for page in pages):
        return {page.number: _sides(page, right_to_left=right_to_left) for page in pages}
    if len(pages) != 2 or any(page.width < _WIDE * page.height for page in pages):
        return {}
    panels = [_panels(page) for page in pages]
    if not all(panels):
        return {}
    last = 0 if right_to_left else 2
    others = [panel for row in panels for panel in row if panel is not panels[0][last]]
    if not panels[0][last] or any(len(panel) < _PANEL_LINES for panel in others):
        return {}
    if max(map(size_of, panels[0][last])) < _TITLE * max(size_of(line) for panel in others for line in panel):
        return {}
    first, second = ([(at * page.width / 3, (at + 1) * page.width / 3) for at in range(3)] for page in pages)
    if right_to_left:
        first, second = first[::-1], second[::-1]
    return {pages[0].number: (first[2], *first[:2]), pages[1].number: tuple(second)}


def by_panel(lines: Sequence[Line], panels: Panels) -> list[list[Line]]:
    """The lines of each panel; all of them where there are no panels."""
    if not panels:
        return [list(lines)]
    found: list[list[Line]] = [[] for _ in panels]
    for line in lines:
        middle = line.box.centre[0]
        found[min(range(len(panels)), key=lambda at: abs(sum(panels[at]) / 2 - middle))].append(line)
    return found


def _holds_two(page: PageLines) -> bool:
    """Whether the page is a sheet with two pages on it, each with text, and nothing but white along the fold."""
    if page.width < _SHEET or not _HALF[0] <= page.width / 2 / page.height <= _HALF[1]:
        return False
    middle, room = page.width / 2, _MARGINS * page.width / 2
    total = stray = 0
    sides = [0, 0]
    for line in page.lines:
        letters = sum(len(word.text) for word in line.words)
        total += letters
        if line.box.x0 < middle + room and line.box.x1 > middle - room:
            stray += letters
        else:
            sides[int(line.box.x0 > middle)] += 1
    return min(sides) >= _SIDE_LINES and stray <= _STRAY * total


def _sides(page: PageLines, *, right_to_left: bool) -> Panels:
    halves = (0.0, page.width / 2), (page.width / 2, page.width)
    return halves[::-1] if right_to_left else halves


def _panels(page: PageLines) -> list[list[Line]]:
    """The lines of the three panels; none if the text runs over the folds."""
    third = page.width / 3
    panels: list[list[Line]] = [[], [], []]
    total = stray = 0
    for line in page.lines:
        letters = sum(len(word.text) for word in line.words)
        total += letters
        first, last = (min(2, max(0, int(x / third))) for x in (line.box.x0 + 0.06 * third, line.box.x1 - 0.06 * third))
        if first == last:
            panels[first].append(line)
        else:
            stray += letters
    return panels if total and stray <= _STRAY * total else []
