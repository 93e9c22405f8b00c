"""One page's lines in reading order, parted into stretches of one column; boxes drawn on the page are read whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from masthead.document.geometry import Box
from masthead.document.text import Line, PageLines
from masthead.layout.bands import Drawn
from masthead.layout.columns import Page, reading_order
from masthead.layout.directions import as_read, line_quarter, quarter_of
from masthead.layout.floats import lifted, put_back
from masthead.layout.frames import Frame, PlacedLine, frames_of, placed
from masthead.layout.measures import size_of
from masthead.layout.regions import boxes_of

_MIN_PICTURE = 30.0  # points
_MAX_PICTURES = 200  # looked at
_ROUGH = 0.35  # ems by which a recognised line may reach beyond its column
_TILTED = 30.0  # degrees up to which a short line is a label that is read where it stands
_TILTED_WORDS = 4
_SAME_EDGE = 3.0  # ems by which the left edges of one column's frames may differ (an indent, a list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one column from top to bottom, with the number of the box that they stand in (0: none)."""

    lines: tuple[Line, ...]
    group: int
    quarter: int  # quarter turns of the writing


def stretches_of(
    page: PageLines, lines: Sequence[Line], *, body_size: float = 10.0, right_to_left: bool = False
) -> list[Stretch]:
    """The lines of a page as they are read; those written another way than most come last."""
    quarter = quarter_of(lines)
    main = [line for line in lines if line_quarter(line) == quarter]
    main = _with_labels(main, lines) if quarter == 0 else main
    chosen = set(map(id, main))
    turned = [line for line in lines if id(line) not in chosen]
    inset = _ROUGH * median([size_of(line) for line in main]) if page.recognised and main else 0.0
    rows = placed(main, [_narrowed(_upright(line, quarter), inset) for line in main])
    drawn = _drawn(page, rows, quarter)
    order = Page(right_to_left and quarter == 0, drawn, body_size)
    width, height = (page.height, page.width) if quarter % 2 else (page.width, page.height)
    shapes = [shape._replace(box=as_read(shape.box, quarter)) for shape in page.shapes]
    boxes = boxes_of(shapes, rows, width, height)
    frames = _boxed(rows, boxes, order)
    result = [Stretch(lines_, group, quarter) for lines_, group in _stretches(frames)]
    for way in sorted({line_quarter(line) for line in turned}):
        own = [line for line in turned if line_quarter(line) == way]
        for frame in frames_of(placed(own, [as_read(line.box, max(0, way)) for line in own])):
            result.append(Stretch(frame.lines, 0, max(0, way)))
    return result


def _with_labels(main: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """The upright lines, and among them those labels set askew that stand in white of their own, each alone."""
    tilted = [line for line in lines if 2 <= abs(line.angle) < _TILTED]
    labels = {
        id(line)
        for line in tilted
        if _is_tilted(line)
        and not any(_upright(line, 0).overlap(other.box) > 0 for other in main)
        and not any(other is not line and _is_next_to(line, other) for other in tilted)
    }
    upright = set(map(id, main))
    return [line for line in lines if id(line) in upright or id(line) in labels]


def _is_tilted(line: Line) -> bool:
    """Whether it is a label that a designer has set a little askew."""
    return 2 <= abs(line.angle) < _TILTED and len(line.words) <= _TILTED_WORDS and not line.vertical


def _is_next_to(line: Line, other: Line) -> bool:
    """Whether both are lines of one text that is askew."""
    apart = abs(line.box.centre[1] - other.box.centre[1])
    return apart < 2.5 * size_of(line) and min(line.box.x1, other.box.x1) > max(line.box.x0, other.box.x0)


def _upright(line: Line, quarter: int) -> Box:
    """The line's box as it is read; of a tilted one what it would fill if it were level."""
    box = as_read(line.box, quarter)
    if not _is_tilted(line):
        return box
    middle, half = box.centre[1], size_of(line) / 2
    return box._replace(y0=middle - half, y1=middle + half)


def _drawn(page: PageLines, rows: Sequence[PlacedLine], quarter: int) -> Drawn:
    """Rules, and pictures or grounds on which no text stands."""
    rules = tuple(as_read(shape.box, quarter) for shape in page.shapes if shape.kind == "rule")
    pictures = [
        as_read(shape.box, quarter)
        for shape in page.shapes
        if shape.kind in ("fill", "frame", "picture") and min(shape.box.width, shape.box.height) >= _MIN_PICTURE
    ][:_MAX_PICTURES]
    bare = [box for box in pictures if not any(_holds(box, row.box) for row in rows)]
    return Drawn(rules, tuple(bare))


def _narrowed(box: Box, inset: float) -> Box:
    """The box of a recognised line, which may reach into the gutter, without its ends."""
    inset = min(inset, 0.25 * box.width)
    return box._replace(x0=box.x0 + inset, x1=box.x1 - inset) if inset else box


def _boxed(rows: Sequence[PlacedLine], boxes: Sequence[Box], page: Page) -> list[tuple[Frame, int]]:
    """Frames in reading order with their box's number: what stands in a box is read where the box stands."""
    waiting = list(rows)
    whole: dict[int, list[tuple[Frame, int]]] = {}  # what each box holds, in order
    drawn: list[Frame] = []  # boxes not yet inside a larger one
    for number, box in enumerate(boxes, start=1):
        inside = [row for row in waiting if _holds(box, row.box)]
        held = [frame for frame in drawn if _holds(box, frame.box)]
        waiting = [row for row in waiting if not _holds(box, row.box)]
        drawn = [frame for frame in drawn if not _holds(box, frame.box)]
        if not inside and not held:
            continue
        order = _in_order(inside, held, page)
        whole[number] = _opened(order, number, whole)
        drawn.append(_frame_of_box(box, number, [frame for frame, _ in whole[number]]))
    return _opened(_in_order(waiting, drawn, page), 0, whole)


def _in_order(rows: Sequence[PlacedLine], boxes: Sequence[Frame], page: Page) -> list[Frame]:
    """Lines and boxes in order; where a pull quote is lifted out, the lines beside it join their columns again."""
    stay, floats = lifted([*frames_of(rows), *boxes], page.body_size)
    if floats:
        away = {id(line) for frame in floats for line in frame.lines}
        boxes = [frame for frame in stay if frame.group]
        stay = [*frames_of([row for row in rows if id(row.line) not in away]), *boxes]
        page = replace(page, drawn=page.drawn._replace(floats=tuple(frame.box for frame in floats)))
    return put_back(reading_order(stay, page), floats)


def _holds(box: Box, inner: Box) -> bool:
    x, y = inner.centre
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _opened(order: Sequence[Frame], group: int, whole: dict[int, list[tuple[Frame, int]]]) -> list[tuple[Frame, int]]:
    result: list[tuple[Frame, int]] = []
    for frame in order:
        result += whole.pop(frame.group) if frame.group else [(frame, group)]
    return result


def _frame_of_box(box: Box, number: int, frames: Sequence[Frame]) -> Frame:
    sizes = sorted(frame.size for frame in frames)
    return Frame(
        box,
        tuple(line for frame in frames for line in frame.lines),
        sizes[len(sizes) // 2],
        min(frame.first for frame in frames),
        max(frame.last for frame in frames),
        number,
    )


def _stretches(frames: Sequence[tuple[Frame, int]]) -> list[tuple[tuple[Line, ...], int]]:
    """Frames of one column, one below the other, taken together."""
    result: list[tuple[list[Line], int]] = []
    numbers: dict[int, int] = {}
    before: Frame | None = None
    for frame, group in frames:
        number = numbers.setdefault(group, len(numbers) + (0 not in numbers and group != 0)) if group else 0
        if before is not None and result[-1][1] == number and _goes_on(before, frame):
            result[-1][0].extend(frame.lines)
        else:
            result.append((list(frame.lines), number))
        before = frame
    return [(tuple(lines), number) for lines, number in result]


def _goes_on(upper: Frame, lower: Frame) -> bool:
    """Whether the lower frame stands below the upper one in the same column."""
    a, b = upper.box, lower.box
    if b.y0 < a.y1 - 0.6 * min(upper.size, lower.size):
        return False
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return shared > 0.5 * min(a.width, b.width) and abs(a.x0 - b.x0) < _SAME_EDGE * max(upper.size, lower.size)
