"""Boxes and directions on a page: points (1/72 inch), origin top left, y downwards, after rotation and crop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points; `x0 <= x1` and `y0 <= y1`."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Area in square points."""
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle point (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def overlap(self, other: Box) -> float:
        """The area that both share, in square points."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def distance(self, other: Box) -> float:
        """How far apart both are, in points; 0 where they touch or overlap."""
        across = max(0.0, self.x0 - other.x1, other.x0 - self.x1)
        down = max(0.0, self.y0 - other.y1, other.y0 - self.y1)
        return float((across * across + down * down) ** 0.5)

    def contains(self, other: Box, slack: float = 0.0) -> bool:
        """Whether `other` lies inside, give or take `slack` points."""
        return (
            self.x0 - slack <= other.x0
            and self.y0 - slack <= other.y0
            and self.x1 + slack >= other.x1
            and self.y1 + slack >= other.y1
        )

    def rounded(self, digits: int = 2) -> Box:
        """The same box with coordinates rounded, so that it is written the same everywhere."""
        return Box(*(round(value, digits) + 0.0 for value in self))


def union_of(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all `boxes`; the empty box at the origin if there are none."""
    every = list(boxes)
    if len(every) < 2:
        return every[0] if every else Box(0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = zip(*every, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))
