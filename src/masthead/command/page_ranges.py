"""Reads which pages somebody means, such as 3,7-9."""

from __future__ import annotations

import click

from masthead.document.page_sets import page_set


class PageRanges(click.ParamType[tuple[int, ...]]):
    """Page numbers from 1, ascending, each once."""

    name = "pages"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "3,7-9"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        try:
            return tuple(page_set(str(value)))
        except ValueError as error:
            self.fail(f"{str(error)!r} is no page or range of pages; write them as in 3,7-9.", param, ctx)
