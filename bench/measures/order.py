"""Text and order against the tags of tagged PDFs: similarity of whole pages, and shingles of blocks that are found.

For each page that has tagged text, without white space and hyphens:
order     1 − indel distance / summed lengths of the page's whole text in order; gold files, whose order is sure
shingles  the share of all runs of 20 characters inside the truth's blocks that stand in the page's text; gold and
          silver files. It asks whether columns stay apart, not which of them comes first.
A figure is the mean over files of the mean over their pages, so that a long report counts no more than a brochure.

The truth holds what is tagged, and running heads and page numbers mostly are not. Other tools are scored on all that
they print, ours on all but what it calls running head or page number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from measures.corpus import Tagged
from measures.strings import bare, share_found, shingles, similarity


@dataclass(frozen=True)
class PageScore:
    """How one page was read."""

    file: Tagged
    page: int
    order: float
    shingles: float | None  # None where no block is long enough


def score_file(
    file: Tagged,
    texts: Sequence[str],
    without: frozenset[int] = frozenset(),
    truth: Mapping[int, Sequence[str]] | None = None,
) -> list[PageScore]:
    """Scores of the pages of a file; `texts` holds what a tool read on each page, from page 1.

    `truth` is another one than the file's: bare texts of blocks by page.
    """
    scores = []
    whole = file.texts()
    for page, truths in (whole if truth is None else truth).items():
        if page in without or page not in whole:
            continue
        text = bare(texts[page - 1]) if page <= len(texts) else ""
        wanted = [shingle for truth in truths for shingle in shingles(truth)]
        scores.append(
            PageScore(
                file,
                page,
                similarity("".join(truths), text),
                share_found(wanted, text) if wanted else None,
            )
        )
    return scores


@dataclass(frozen=True)
class Summary:
    """The four figures of a set of files; NaN where there is no page to judge."""

    order: float
    order_columns: float  # of the files with several columns
    shingles_gold: float
    shingles_silver: float
    shingles_tables: float

    def row(self) -> str:
        """As in the table: order, in several columns, shingles of gold and silver files, and of tables."""
        figures = (self.order, self.order_columns, self.shingles_gold, self.shingles_silver, self.shingles_tables)
        return "  ".join(f"{figure:7.3f}" for figure in figures)


def summarise(scores: Iterable[PageScore]) -> Summary:
    """The means over files of the means over pages."""
    scores = list(scores)
    gold = [score for score in scores if score.file.quality == "gold"]
    return Summary(
        _mean_over_files((score.file.name, score.order) for score in gold),
        _mean_over_files((score.file.name, score.order) for score in gold if score.file.many_columns),
        _mean_over_files((score.file.name, score.shingles) for score in gold),
        *(
            _mean_over_files((score.file.name, score.shingles) for score in scores if score.file.quality == quality)
            for quality in ("silver", "tables")
        ),
    )


def _mean_over_files(values: Iterable[tuple[str, float | None]]) -> float:
    files: dict[str, list[float]] = {}
    for name, value in values:
        if value is not None:
            files.setdefault(name, []).append(value)
    return mean(mean(pages) for pages in files.values()) if files else float("nan")
