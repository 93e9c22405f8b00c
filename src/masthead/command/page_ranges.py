"""Reads which pages somebody means, such as 3,7-9."""

from __future__ import annotations

import re

import click

_PART = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


class PageRanges(click.ParamType[tuple[int, ...]]):
    """Page numbers from 1, ascending, each once."""

    name = "pages"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "3,7-9"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        numbers: set[int] = set()
        for part in str(value).split(","):
            found = _PART.fullmatch(part.strip())
            first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
            if not 1 <= first <= last:
                self.fail(f"{part.strip()!r} is no page or range of pages; write them as in 3,7-9.", param, ctx)
            numbers.update(range(first, last + 1))
        return tuple(sorted(numbers))
