"""Pages whose truth is wrong, each looked at beside its picture and its marked content, and why.

They stay in all figures; the figures without them are said on a line of their own, for every tool alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from measures.order import PageScore

FAULTS: dict[tuple[str, int], str] = {
    (
        "pdfua-brochure-tagged",
        1,
    ): "loses what follows a hyphen that is marked in a tagged sequence: 580 of 2525 runs of letters",
    (
        "pdfua-brochure-tagged",
        2,
    ): "loses what follows a hyphen that is marked in a tagged sequence: 384 of 3410 runs of letters",
    ("elsevier-scaffolds-tagged", 1): "has neither the title nor the authors, which are not tagged",
    ("elsevier-scaffolds-tagged", 5): "has none of the table that is half of the page; a tag a column cuts sentences",
    ("va-virec-guide-tagged", 101): "reads four lists that stand side by side line by line across them",
}


def without_faults(scores: Iterable[PageScore]) -> list[PageScore]:
    """The scores of pages whose truth can be trusted."""
    return [score for score in scores if (score.file.name, score.page) not in FAULTS]
