"""The order of frames that no cut can part: a partial order of neighbours, made whole (Breuel 2003, section 4)."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.layout.frames import Frame

_MAX_FRAMES = 300  # the order costs the square of this


def topological_order(frames: Sequence[Frame], *, right_to_left: bool = False) -> list[Frame]:
    """Upper before lower where frames share a width; else the side where reading begins, if nothing lies between."""
    items = sorted(frames, key=lambda frame: (frame.box.y0, -frame.box.x1 if right_to_left else frame.box.x0))
    if len(items) > _MAX_FRAMES:
        return items
    count = len(items)
    before: list[set[int]] = [set() for _ in items]
    for first in range(count):
        for second in range(count):
            if first != second and _is_before(items[first], items[second], items, right_to_left):
                before[second].add(first)
    result: list[int] = []
    waiting = list(range(count))
    while waiting:
        done = set(result)
        ready = next((index for index in waiting if before[index] <= done), waiting[0])
        result.append(ready)
        waiting.remove(ready)
    return [items[index] for index in result]


def _is_before(first: Frame, second: Frame, items: Sequence[Frame], right_to_left: bool) -> bool:
    a, b = first.box, second.box
    if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.1 * min(a.width, b.width):
        return (a.y0 + a.y1) < (b.y0 + b.y1)
    is_left = a.x1 <= b.x0 + 0.1 * min(a.width, b.width)
    if is_left is right_to_left:
        return False
    top, bottom = min(a.y0, b.y0), max(a.y1, b.y1)
    return not any(
        item.box.y0 > top and item.box.y1 < bottom and item.box.x0 < min(a.x1, b.x1) and item.box.x1 > max(a.x0, b.x0)
        for item in items
    )
