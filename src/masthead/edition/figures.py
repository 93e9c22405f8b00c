"""Draws the figures that were found in a document, in the sandboxed processes, page by page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from masthead.document.errors import MastheadError
from masthead.document.text import Figure, ReadText
from masthead.edition.workforce import Workforce

MOST_FIGURES = 3000
"""In one edition; a catalogue with more keeps the first ones."""

Sizes = dict[str, tuple[int, int]]
"""Width and height in pixels by the figure's id."""


def draw_figures(
    workforce: Workforce, text: ReadText, keep: Callable[[str, bytes], None]
) -> tuple[ReadText, Sizes, list[str]]:
    """The text with those figures that could be drawn, their sizes, and warnings for people.

    `keep` is given each figure's id and its picture as WebP, from several threads.
    """
    pages = _bounded(text)
    drawn: Sizes = {}
    failed: list[int] = []
    lock = threading.Lock()

    def draw(number: int, figures: Sequence[Figure]) -> None:
        try:
            pictures = workforce.figures(number, [figure.box for figure in figures])
        except (MastheadError, ValueError, TypeError, KeyError):
            with lock:
                failed.append(number)
            return
        for figure, (size, data) in zip(figures, pictures, strict=True):
            keep(figure.id, data)
            with lock:
                drawn[figure.id] = size

    workforce.each([partial(draw, number, figures) for number, figures in sorted(pages.items())])
    warnings = [f"Page {number}: its figures could not be drawn on their own." for number in sorted(failed)]
    if sum(map(len, pages.values())) < sum(map(len, text.figures.values())):
        warnings.append(f"The edition has more than {MOST_FIGURES} figures; the others are only on their pages.")
    return _without_missing(text, drawn), dict(sorted(drawn.items())), warnings


def _bounded(text: ReadText) -> dict[int, Sequence[Figure]]:
    left = MOST_FIGURES
    pages: dict[int, Sequence[Figure]] = {}
    for number in sorted(text.figures):
        row = text.figures[number][:left]
        if row:
            pages[number] = row
        left -= len(row)
    return pages


def _without_missing(text: ReadText, drawn: Sizes) -> ReadText:
    figures = {
        number: kept
        for number, row in text.figures.items()
        if (kept := tuple(figure for figure in row if figure.id in drawn))
    }
    blocks = {
        number: tuple(
            replace(block, figure="") if block.figure and block.figure not in drawn else block for block in row
        )
        for number, row in text.blocks.items()
    }
    articles = tuple(
        replace(article, figures=tuple(figure for figure in article.figures if figure in drawn))
        for article in text.articles
    )
    return replace(text, figures=figures, blocks=blocks, articles=articles)
