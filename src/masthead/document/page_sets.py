"""A set of pages as people write it, such as "1-3, 8", and as programs ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PART = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class PageSet:
    """Runs of page numbers from 1, both ends included, ascending and apart from each other."""

    runs: tuple[tuple[int, int], ...] = ()

    def __contains__(self, page: object) -> bool:
        return isinstance(page, int) and any(first <= page <= last for first, last in self.runs)

    def __iter__(self) -> Iterator[int]:
        for first, last in self.runs:
            yield from range(first, last + 1)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __str__(self) -> str:
        return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in self.runs)

    def after(self, page: int) -> int | None:
        """The next page of the set behind this one; None where there is none."""
        return next((max(first, page + 1) for first, last in self.runs if last > page), None)

    def within(self, count: int) -> PageSet:
        """Those of its pages that an edition of so many pages has."""
        return PageSet(tuple((first, min(last, count)) for first, last in self.runs if first <= count))


NO_PAGES = PageSet()


def page_set(text: str) -> PageSet:
    """The set that somebody wrote; raises ValueError with the part that is no page or range of pages."""
    spans = []
    for part in (part.strip() for part in text.split(",")):
        found = _PART.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last:
            raise ValueError(part)
        spans.append((first, last))
    runs: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return PageSet(tuple(runs))
