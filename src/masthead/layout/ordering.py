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
    turned = [line for line in lines if line_quarter(line) != quarter]
    inset = _ROUGH * median([size_of(line) for line in main]) if page.recognised and main else 0.0
    rows = placed(main, [_narrowed(as_read(line.box, quarter), inset) for line in main])
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
