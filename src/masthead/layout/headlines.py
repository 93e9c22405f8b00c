"""A headline that stands over a page is read before its text, wherever the order of columns has put it.

Display type is often tilted, stepped, or pushed to the right of a picture. Cut into columns, such a headline comes
after the text that it heads.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.layout.paragraphs import Group

_DISPLAY = 1.8  # to the body
_TOP = 0.45  # of the page's height
_NEAR = 0.75  # of the largest size on the page


def headlines_first(groups: Sequence[Group], body_size: float, height: float) -> list[int]:
    """The places of the groups in the order in which they are read."""
    order = list(range(len(groups)))
    large = [place for place in order if groups[place].size >= _DISPLAY * body_size]
    if not large:
        return order
    most = max(groups[place].size for place in large)
    for place in large:
        headline = groups[place]
        if headline.size < _NEAR * most or headline.box.y0 > _TOP * height or _has_own_text(place, groups):
            continue
        before = [other for other in order[: order.index(place)] if groups[other].size < _DISPLAY * body_size]
        text = [other for other in before if _is_text(groups[other])]
        if not text or any(groups[other].box.y0 < headline.box.y0 for other in text):
            continue
        order.remove(place)
        order.insert(order.index(before[0]), place)
    return order


def _has_own_text(place: int, groups: Sequence[Group]) -> bool:
    """Whether text of its own follows it: then it is the headline of another story."""
    following = groups[place + 1] if place + 1 < len(groups) else None
    if following is None:
        return False
    headline = groups[place].box
    shared = min(headline.x1, following.box.x1) - max(headline.x0, following.box.x0)
    return following.box.y0 > headline.centre[1] and shared > 0.3 * min(headline.width, following.box.width)


def _is_text(group: Group) -> bool:
    return sum(len(line.words) for line in group.lines) >= 12
