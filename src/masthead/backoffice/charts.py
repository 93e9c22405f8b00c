"""Charts as drawings that the server makes: bars with the period before behind them, strips of pages, bars in tables.

Drawings carry no words, so that they may be stretched to any width; what they show stands in a table beside them. All
colours come from the style sheet; sizes are attributes, because styles in elements are not allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDTH, _HEIGHT = 720, 180  # units of the drawing
_GAP = 0.25  # of a bar's place
_CELL, _CELL_HEIGHT = 20, 34
_ROW = 50  # pages in a row of a strip
_LEAST = 0.06  # what a page that was seen once is coloured at least


@dataclass(frozen=True, slots=True)
class Bar:
    """A number and what is said of it; `before` is that of the period before, None where there is none."""

    value: int
    said: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A page of a strip: how often it was seen, what is said of it, and whether it lies beside the one before."""

    value: int
    said: str
    address: str
    is_beside: bool


def nice_top(largest: int) -> int:
    """The number at the upper edge of a chart: a round one, not below the largest; at least 4."""
    size = 1
    while True:
        for step in (1, 2, 3, 4, 5, 6, 8):
            if step * size >= max(4, largest):
                return step * size
        size *= 10


def bars(values: Sequence[Bar], title: str) -> Markup:
    """Upright bars in order, the period before as a line over them."""
    top = nice_top(max([bar.value for bar in values] + [bar.before or 0 for bar in values], default=0))
    place = _WIDTH / max(1, len(values))
    drawn = [_grid(part) for part in (0, 0.5, 1)]
    for number, bar in enumerate(values):
        height = bar.value / top * _HEIGHT
        drawn.append(
            Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                _short(number * place + place * _GAP / 2),
                _short(_HEIGHT - height),
                _short(place * (1 - _GAP)),
                _short(height),
                bar.said,
            )
        )
    points = " ".join(
        f"{_short(number * place + place / 2)},{_short(_HEIGHT - bar.before / top * _HEIGHT)}"
        for number, bar in enumerate(values)
        if bar.before is not None
    )
    if points:
        drawn.append(Markup('<polyline class="line-before" points="{}"/>').format(points))
    return _drawing("chart", _WIDTH, _HEIGHT, title, drawn, is_stretched=True)


def strip(cells: Sequence[Cell], title: str, *, is_from_right: bool = False) -> list[Markup]:
    """Pages in their order as cells, the more seen the stronger, spreads together; a drawing for each row of them."""
    largest = max((cell.value for cell in cells), default=0)
    rows = []
    for begin in range(0, len(cells), _ROW):
        drawn: list[Markup] = []
        x = 0.0
        for cell in cells[begin : begin + _ROW]:
            x += 0 if cell.is_beside or not drawn else 3
            strength = max(_LEAST, cell.value / largest) if cell.value else 0
            drawn.append(_cell(cell, x, strength))
            x += _CELL
        width = _ROW * _CELL + _ROW / 2 * 3 + 3 if len(cells) > _ROW else x
        if is_from_right:
            drawn = [Markup('<g transform="translate({} 0) scale(-1 1)">{}</g>').format(_short(width), _all(drawn))]
        rows.append(_drawing("strip", width, _CELL_HEIGHT, title, drawn, is_stretched=False))
    return rows


def share(part: int, largest: int) -> Markup:
    """A bar lying in a cell of a table."""
    width = 0 if largest <= 0 else part / largest * 100
    return Markup(
        '<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="8"/></svg>'
    ).format(_short(width))


def _cell(cell: Cell, x: float, strength: float) -> Markup:
    return Markup(
        '<a href="{}" aria-label="{}"><title>{}</title><rect class="paper" x="{}" y="0" width="{}" height="{}"/>'
        '<rect class="heat" x="{}" y="0" width="{}" height="{}" fill-opacity="{}"/></a>'
    ).format(
        cell.address,
        cell.said,
        cell.said,
        *(_short(x), _CELL, _CELL_HEIGHT),
        *(_short(x), _CELL, _CELL_HEIGHT, f"{strength:.2f}"),
    )


def _grid(part: float) -> Markup:
    y = _short(_HEIGHT * (1 - part))
    return Markup('<line class="grid" x1="0" x2="{}" y1="{}" y2="{}"/>').format(_WIDTH, y, y)


def _drawing(
    kind: str, width: float, height: float, title: str, drawn: Sequence[Markup], *, is_stretched: bool
) -> Markup:
    fit = Markup(' preserveAspectRatio="none"') if is_stretched else Markup("")
    role = Markup(' role="img"') if is_stretched else Markup(' role="group"')
    return Markup('<svg class="{}" viewBox="0 0 {} {}"{}{} aria-label="{}">{}</svg>').format(
        kind, _short(width), _short(height), fit, role, escape(title), _all(drawn)
    )


def _all(drawn: Sequence[Markup]) -> Markup:
    return Markup("").join(drawn)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
