"""Applies corrections in their order; those that do not fit any more are named and leave the rest as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from masthead.document import corrections as kinds
from masthead.document.corrections import Correction
from masthead.document.template import TemplateRule
from masthead.document.text import ReadText
from masthead.edition.correcting import articles, blocks, pages
from masthead.edition.correcting.places import find_block
from masthead.edition.correcting.reading import DoesNotFitError, Reading

Numbered = tuple[str, Correction]
"""A correction with the name under which it is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the corrections: the names of those that fitted, and of those that did not with the reason."""

    fitting: tuple[str, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    lessons: tuple[TemplateRule, ...] = ()  # what they teach about other issues


_OF_TEXT: dict[type[Correction], Callable[[ReadText, Any, int], ReadText]] = {
    kinds.BlockOrder: blocks.with_order,
    kinds.BlockRole: lambda text, one, _: blocks.with_role(text, one),
    kinds.BlockText: lambda text, one, _: blocks.with_words(text, one),
    kinds.CellText: lambda text, one, _: blocks.with_cell(text, one),
    kinds.BlockHidden: lambda text, one, _: blocks.with_hidden(text, find_block(text, one.at)),
    kinds.TableHeads: lambda text, one, _: blocks.with_heads(text, one),
    kinds.FigureWords: blocks.with_figure,
    kinds.BlockArticle: lambda text, one, _: articles.with_home(text, one),
    kinds.ArticleWords: lambda text, one, _: articles.with_article_words(text, one),
    kinds.ArticleSplit: lambda text, one, _: articles.with_split(text, one),
    kinds.ArticleMerge: lambda text, one, _: articles.with_merged(text, one),
    kinds.ArticleNew: lambda text, one, _: articles.with_new(text, one),
}
_OF_PAGES: dict[type[Correction], Callable[[Reading, Any], Reading]] = {
    kinds.PageLanguage: pages.with_page_language,
    kinds.PageLabel: pages.with_label,
    kinds.CoverPage: pages.with_cover,
    kinds.Contents: pages.with_contents,
    kinds.EditionWords: pages.with_edition_words,
}


def applied(reading: Reading, corrections: Iterable[Numbered]) -> tuple[Reading, Outcome]:
    """The reading as corrected, and what became of each correction.

    Arrangements of pages are made before anything is read; here they count as fitting if their PDF is this one.
    """
    fitting: list[str] = []
    lost: list[tuple[str, str]] = []
    for name, correction in corrections:
        try:
            reading = with_correction(reading, correction)
        except DoesNotFitError as reason:
            lost.append((name, str(reason)))
        else:
            fitting.append(name)
    return reading, Outcome(tuple(fitting), tuple(lost))


def with_correction(reading: Reading, correction: Correction) -> Reading:
    """The reading with one correction; raises DoesNotFitError."""
    if isinstance(correction, kinds.PageArrangement):
        if correction.source != reading.report.sha256:
            raise DoesNotFitError("the pages are those of another PDF")
        return reading
    of_pages = _OF_PAGES.get(type(correction))
    if of_pages is not None:
        return of_pages(reading, correction)
    text = _OF_TEXT[type(correction)](reading.text, correction, len(reading.report.pages))
    return replace(reading, text=text)
