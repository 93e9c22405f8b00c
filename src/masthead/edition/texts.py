"""Writes all that an edition says, from the state of its build: pages, articles, search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from masthead.document.structure import Link
from masthead.document.text import Font
from masthead.edition.article_files import Surroundings
from masthead.edition.correcting.applying import Numbered, Outcome, applied
from masthead.edition.correcting.learning import lessons
from masthead.edition.correcting.reading import Reading
from masthead.edition.links import links_of_pages
from masthead.edition.manifest import BuildState
from masthead.edition.writing import write_article_files, write_search_files, write_text_files


def write_texts(folder: Path, state: BuildState, annotated: Mapping[int, Sequence[Link]]) -> None:
    """What the pages and the articles say, page by page and article by article; `annotated` are the PDF's own links."""
    blocks = state.text.blocks
    links = links_of_pages(state.report, state.text, annotated)
    for shape in state.report.pages:
        page_blocks = blocks.get(shape.number, ())
        state.pages[shape.number].has_text = any(block.text for block in page_blocks)
        write_text_files(
            folder,
            shape,
            page_blocks,
            links[shape.number],
            state.text.figures.get(shape.number, ()),
            state.figure_sizes,
            state.languages.get(shape.number, ""),
        )
    labels = {shape.number: shape.label for shape in state.report.pages}
    around = Surroundings(labels, links, state.figure_sizes, state.languages)
    write_article_files(folder, state.text, around)
    write_search_files(folder, len(state.report.pages), blocks)


def reading_of(state: BuildState) -> Reading:
    """What corrections can be applied to."""
    return Reading(state.report, state.text, state.contents or state.report.outline, state.language)


def correct(state: BuildState, corrections: Sequence[Numbered], fonts: Mapping[int, Sequence[Font]]) -> Outcome:
    """Change the state by the corrections; says what became of them and what they teach. `fonts` by page."""
    printed = reading_of(state)
    reading, outcome = applied(printed, corrections)
    fitting = [correction for name, correction in corrections if name in set(outcome.fitting)]
    outcome = replace(outcome, lessons=lessons(printed, fitting, fonts))
    state.report, state.text, state.contents = reading.report, reading.text, reading.contents
    if reading.own_contents:
        state.report = replace(state.report, outline=reading.contents)
    state.language, state.languages = reading.language, dict(reading.languages)
    state.title, state.cover = reading.title, reading.cover
    return outcome
