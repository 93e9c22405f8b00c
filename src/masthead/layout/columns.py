"""Reading order of one page: columns one after the other, what spans them where it stands.

A recursive cut in the family of XY-cut (Nagy and Seth 1984; Ha, Haralick and Phillips 1995; Meunier 2005) over text
frames. What the plain cut cannot know, which of a gutter and a white band comes first, is decided by evidence: how
wide both are, whether a rule is drawn, and where sentences that are cut at one place go on (`seams`). Frames that
span a gutter part the page into bands, unless the columns plainly go on below them. Where nothing can be cut, frames
are sorted by the partial order of Breuel (2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from masthead.layout.bands import NOTHING_DRAWN, Band, Drawn, cut_is_before_columns, evidence_for_columns, parts_of
from masthead.layout.floats import is_light, put_back
from masthead.layout.frames import Frame
from masthead.layout.gutters import Gutter, clean_gutters, soft_gutter
from masthead.layout.margins import beside, in_rows, is_grid, rows_of
from masthead.layout.seams import follows
from masthead.layout.topology import topological_order

_MAX_DEPTH = 40
_FLOATS = 1.0  # evidence from which on columns are taken to go on below what spans them


@dataclass(frozen=True, slots=True)
class Page:
    """What the order of a page hangs on besides its frames."""

    right_to_left: bool = False
    drawn: Drawn = NOTHING_DRAWN
    body_size: float = 10.0  # points: the size of the document's running text


def reading_order(frames: Sequence[Frame], page: Page | None = None) -> list[Frame]:
    """The frames in the order in which they are read."""
    return _order(list(frames), page or Page(), 0)


def _order(frames: list[Frame], page: Page, depth: int) -> list[Frame]:
    if len(frames) < 2:
        return frames
    if depth > _MAX_DEPTH:
        return topological_order(frames, right_to_left=page.right_to_left)
    parts = parts_of(frames)
    result: list[Frame] = []
    for group, floats in _with_common_gutter(parts, page):
        result += put_back(_ordered_group(group, page, depth), floats)
    return result


def _with_common_gutter(parts: list[list[Frame]], page: Page) -> list[tuple[list[list[Frame]], list[Frame]]]:
    """Neighbouring parts through which one white gutter runs: only there it is a question what to cut first.

    Short frames over the gutter are set aside where sentences plainly go on in the columns beside them.
    """
    groups: list[tuple[list[list[Frame]], list[Frame]]] = []
    for part in parts:
        if groups:
            above = [frame for member in groups[-1][0] for frame in member]
            if clean_gutters(above + part):
                groups[-1][0].append(part)
                continue
            if (start := _start_of_gutter(groups[-1], part)) is not None:
                members = groups[-1][0]
                groups[-1:] = [(members[:start], []), ([*members[start:], part], [])]
                continue
            text, floats = _set_aside(above, part, page)
            if floats:
                chosen = {id(frame) for frame in floats}
                members = [[frame for frame in member if id(frame) not in chosen] for member in groups[-1][0]]
                groups[-1] = ([member for member in [*members, text] if member], groups[-1][1] + floats)
                continue
        groups.append(([part], []))
    return groups


def _start_of_gutter(group: tuple[list[list[Frame]], list[Frame]], part: list[Frame]) -> int | None:
    """The member from which on one gutter runs down into the part, if what stands above has no gutter of its own.

    A caption over the first two columns hides their gutter, a box at the foot of the last two hides the other one; the
    first still parts all that stands below the caption.
    """
    members, floats = group
    if floats:
        return None
    for start in range(1, len(members)):
        if clean_gutters([frame for member in members[:start] for frame in member]):
            return None
        if clean_gutters([*(frame for member in members[start:] for frame in member), *part]):
            return start
    return None


def _set_aside(above: list[Frame], part: list[Frame], page: Page) -> tuple[list[Frame], list[Frame]]:
    """The part's text and the short frames over the gutter (of both), if the columns go on; else no floats."""
    light = [frame for frame in above + part if is_light(frame, page.body_size)]
    if not light or len(light) == len(above) + len(part):
        return part, []
    chosen = {id(frame) for frame in light}
    over, under = [f for f in above if id(f) not in chosen], [f for f in part if id(f) not in chosen]
    gutters = clean_gutters(over + under) if over and under else []
    if not gutters:
        return part, []
    band = Band(_columns(over, gutters, page), _columns(under, gutters, page), gutters)
    if evidence_for_columns(band) < _FLOATS or cut_is_before_columns(band, page.drawn):
        return part, []
    floats = [frame for frame in light if any(_is_over(frame, gutter) for gutter in gutters)]
    away = {id(frame) for frame in floats}
    return [frame for frame in part if id(frame) not in away], floats


def _is_over(frame: Frame, gutter: Gutter) -> bool:
    return frame.box.x0 < gutter.x1 - 0.5 and frame.box.x1 > gutter.x0 + 0.5


def _ordered_group(parts: list[list[Frame]], page: Page, depth: int) -> list[Frame]:
    frames = [frame for part in parts for frame in part]
    gutters = clean_gutters(frames)
    if not gutters:
        return _bridged(frames, page, depth) if len(parts) == 1 else _each(parts, page, depth)
    stacks: list[list[list[Frame]]] = [[parts[0]]]
    for part in parts[1:]:
        above = [frame for member in stacks[-1] for frame in member]
        band = Band(_columns(above, gutters, page), _columns(part, gutters, page), gutters)
        if cut_is_before_columns(band, page.drawn):
            stacks.append([part])
        else:
            stacks[-1].append(part)
    if len(stacks) > 1:
        return _each([[frame for part in stack for frame in part] for stack in stacks], page, depth)
    return _side_by_side(_columns(frames, gutters, page), page, depth)


def _each(parts: Sequence[list[Frame]], page: Page, depth: int) -> list[Frame]:
    return [frame for part in parts for frame in _order(part, page, depth + 1)]


def _columns(frames: Sequence[Frame], gutters: Sequence[Gutter], page: Page) -> list[list[Frame]]:
    """The frames of each column, in the direction of reading; columns may be empty."""
    columns: list[list[Frame]] = [[] for _ in range(len(gutters) + 1)]
    for frame in frames:
        middle = (frame.box.x0 + frame.box.x1) / 2
        columns[sum(middle > gutter.middle for gutter in gutters)].append(frame)
    return columns[::-1] if page.right_to_left else columns


def _side_by_side(columns: list[list[Frame]], page: Page, depth: int) -> list[Frame]:
    """Columns one after the other; a table's cells row by row, margins beside what they belong to."""
    columns = [column for column in columns if column]
    if is_grid(columns):
        return rows_of(columns, right_to_left=page.right_to_left)
    if len(columns) == 2 and (rows := in_rows(*columns)):
        return _each(rows, page, depth)
    result: list[Frame] = []
    for column in beside(columns):
        result += _order(column, page, depth + 1)
    return result


def _bridged(frames: list[Frame], page: Page, depth: int) -> list[Frame]:
    """No white lane runs through: frames that span the best gutter part the rest into bands."""
    gutter = soft_gutter(frames)
    if gutter is None:
        return topological_order(frames, right_to_left=page.right_to_left)
    spanning = sorted((frames[index] for index in gutter.crossing), key=lambda frame: frame.box.y0)
    waiting = [frame for index, frame in enumerate(frames) if index not in gutter.crossing]
    usual = median([frame.size for frame in waiting])
    floats: list[Frame] = []
    result: list[Frame] = []
    for frame in spanning:
        above = [other for other in waiting if _middle(other) < _middle(frame)]
        below = [other for other in waiting if _middle(other) >= _middle(frame)]
        if above and below and _go_on(above, below, gutter, frame, usual, page):
            floats.append(frame)
            continue
        if above:
            result += _order([*above, *[other for other in floats if _middle(other) < _middle(frame)]], page, depth + 1)
            floats = []
        result.append(frame)
        waiting = below
    if floats and len(waiting) + len(floats) == len(frames):
        return _order(waiting, page, depth + 1) + floats
    return result + _order([*waiting, *floats], page, depth + 1) if waiting or floats else result


def _middle(frame: Frame) -> float:
    return (frame.box.y0 + frame.box.y1) / 2


def _go_on(
    above: Sequence[Frame], below: Sequence[Frame], gutter: Gutter, frame: Frame, usual: float, page: Page
) -> bool:
    """Whether the columns plainly go on below a pull quote, picture line or box that spans them."""
    if not frame.group and 0.88 < frame.size / max(0.1, usual) < 1.12:
        return False
    evidence = 0.0
    upper, lower = _columns(above, [gutter], page), _columns(below, [gutter], page)
    for over, under in zip(upper, lower, strict=True):
        if over and under:
            last = max(over, key=lambda item: item.box.y1)
            first = min(under, key=lambda item: item.box.y0)
            if not last.group and not first.group:
                evidence += follows(last.lines[-1], first.lines[0])
    return evidence >= _FLOATS
