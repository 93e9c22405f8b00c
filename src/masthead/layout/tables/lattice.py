"""Areas that rules, grids and striped fills mark out, with the walls inside them.

The lattice of Tabula and of Nurminen (2013, "Algorithmic extraction of data in tables in PDF documents"): level and
upright rules that touch are one grid. Two more signs of the trade belong here: rules of one length above each other
(a table without upright rules), and fills of one width above each other (striped rows).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.document.text import Shape

_TOUCH = 3.0  # points
_SAME = 4.0  # points by which the ends of stacked rules may differ
_MAX_WALLS = 1600  # a page; above, the shortest are left out
MANY_BANDS = 4  # between level rules: with upright rules as well they part cells, whatever stands in them
_WHITE = 0xFFFFFF


class Wall(NamedTuple):
    """A level wall (`at` is y, from x to x) or an upright one (`at` is x, from y to y)."""

    at: float
    start: float
    end: float
    drawn: bool = True  # as a rule or frame; False for the side of a fill


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page with the walls in it."""

    box: Box
    level: tuple[Wall, ...]
    upright: tuple[Wall, ...]


def areas_of(shapes: Sequence[Shape], page_area: float) -> list[Area]:
    """Areas in which a table may stand, the largest first."""
    level, upright = _walls(shapes, page_area)
    if len(level) < 2:
        return []
    groups = _connected(level, upright)
    areas = []
    for rows, columns in groups:
        if len(rows) >= 2:
            across = [end for wall in rows for end in (wall.start, wall.end)]
            down = [wall.at for wall in rows] + [end for wall in columns for end in (wall.start, wall.end)]
            box = Box(min(across), min(down), max(across), max(down))
            if box.width > 40 and box.height > 14:
                areas.append(Area(box, tuple(sorted(rows)), tuple(sorted(columns))))
    areas = [_with_inner_walls(area, level, upright) for area in areas]
    return sorted(areas, key=lambda area: -area.box.area)


def clusters(values: Iterable[float], reach: float = _TOUCH) -> list[float]:
    """Values that lie within `reach` of their neighbour, as one value each (their mean)."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= reach:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def through_walls(level: Sequence[Wall], width: float) -> list[float]:
    """Heights at which level walls, alone or side by side, cover more than `width` points."""
    result = []
    for at in clusters(wall.at for wall in level):
        covered, reach = 0.0, float("-inf")
        for wall in sorted((wall for wall in level if abs(wall.at - at) <= _TOUCH), key=lambda wall: wall.start):
            covered += max(0.0, wall.end - max(wall.start, reach))
            reach = max(reach, wall.end)
        if covered > width:
            result.append(at)
    return result


def is_drawn_through(area: Area) -> bool:
    """Whether rules part the area both ways: two or more from top to bottom, several from side to side."""
    box = area.box
    across = {round(wall.at / 3) for wall in area.level if wall.drawn and wall.end - wall.start > 0.9 * box.width}
    down: dict[int, float] = {}
    for wall in area.upright:
        if wall.drawn and box.x0 + 6 < wall.at < box.x1 - 6:
            down[round(wall.at / 3)] = down.get(round(wall.at / 3), 0.0) + wall.end - wall.start
    return len(across) >= MANY_BANDS and sum(length > 0.5 * box.height for length in down.values()) >= 2


def _walls(shapes: Sequence[Shape], page_area: float) -> tuple[list[Wall], list[Wall]]:
    """Rules, and the sides of frames and of fills that are not the page's ground."""
    level: list[Wall] = []
    upright: list[Wall] = []
    for kind, box, colour in shapes:
        if kind == "rule":
            if box.width >= box.height:
                level.append(Wall((box.y0 + box.y1) / 2, box.x0, box.x1))
            else:
                upright.append(Wall((box.x0 + box.x1) / 2, box.y0, box.y1))
        elif kind == "frame" or (kind == "fill" and colour != _WHITE and box.area < 0.6 * page_area):
            drawn = kind == "frame"
            level += [Wall(at, box.x0, box.x1, drawn) for at in (box.y0, box.y1)]
            upright += [Wall(at, box.y0, box.y1, drawn) for at in (box.x0, box.x1)]
    return _longest(level), _longest(upright)


def _longest(walls: list[Wall]) -> list[Wall]:
    unique = sorted({Wall(round(w.at, 1), round(w.start, 1), round(w.end, 1), w.drawn) for w in walls})
    if len(unique) <= _MAX_WALLS:
        return unique
    return sorted(sorted(unique, key=lambda wall: wall.start - wall.end)[:_MAX_WALLS])


def _connected(level: Sequence[Wall], upright: Sequence[Wall]) -> list[tuple[list[Wall], list[Wall]]]:
    """Walls that touch each other, and level walls of one length above each other."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    places = [wall.at for wall in upright]
    for row, wall in enumerate(level):
        first = bisect.bisect_left(places, wall.start - _TOUCH)
        last = bisect.bisect_right(places, wall.end + _TOUCH)
        for column in range(first, last):
            if upright[column].start - _TOUCH <= wall.at <= upright[column].end + _TOUCH:
                parent[root(len(level) + column)] = root(row)
    latest: list[int] = []
    for row, wall in enumerate(level):
        twin = next(
            (at for at, other in enumerate(latest) if _alike(level[other], wall)),
            None,
        )
        if twin is None:
            latest.append(row)
        else:
            parent[root(row)] = root(latest[twin])
            latest[twin] = row
    groups: dict[int, tuple[list[Wall], list[Wall]]] = {}
    for index, wall in enumerate([*level, *upright]):
        groups.setdefault(root(index), ([], []))[0 if index < len(level) else 1].append(wall)
    return list(groups.values())


def _alike(first: Wall, second: Wall) -> bool:
    return abs(first.start - second.start) < _SAME and abs(first.end - second.end) < _SAME


def _with_inner_walls(area: Area, level: Sequence[Wall], upright: Sequence[Wall]) -> Area:
    """Rules inside the area that touch no other, such as the short ones below a heading over several columns."""
    x0, y0, x1, y1 = area.box
    rows = {wall for wall in level if y0 <= wall.at <= y1 and wall.start >= x0 - _SAME and wall.end <= x1 + _SAME}
    columns = {wall for wall in upright if x0 <= wall.at <= x1 and wall.start >= y0 - _SAME and wall.end <= y1 + _SAME}
    return _by_rules_alone(
        Area(area.box, tuple(sorted(rows | set(area.level))), tuple(sorted(columns | set(area.upright))))
    )


def _by_rules_alone(area: Area) -> Area:
    """Where rules make a whole grid, fills only colour it, often line by line."""
    level = tuple(wall for wall in area.level if wall.drawn)
    upright = tuple(wall for wall in area.upright if wall.drawn)
    if len(clusters(wall.at for wall in level)) < 3 or len(clusters(wall.at for wall in upright)) < 3:
        return area
    top, bottom = level[0].at, level[-1].at
    left, right = upright[0].at, upright[-1].at
    if bottom - top < 0.9 * area.box.height or right - left < 0.9 * area.box.width:
        return area
    return Area(area.box, level, upright)
