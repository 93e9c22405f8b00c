"""How well a page answers: how often the words stand there, how rare they are, and whether in a headline.

The engines' own ranking reads every page that has the words, which takes most of a second for common words in a million
pages. So only hits that are counted anyway are ranked, here, alike for both engines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from masthead.search.engine import CAP, Group

_ENOUGH = 1.5  # occurrences after which one more says half as much (the k1 of BM25, Robertson and Zaragoza 2009)
_HEADLINE = 1.5  # what a headline counts, in occurrences that are without end
_FEWEST = 150  # hits that are ranked however many forms a word has


def ranked_number(groups: Sequence[Group]) -> int:
    """How many hits are ranked: fewer where there is much to count in each, as while a word is typed."""
    forms = max(len(group.phrases) for group in groups)
    return max(_FEWEST, min(CAP, 4 * CAP // (forms + 2)))


def rarity(pages_with: int, pages: int) -> float:
    """The weight of a word that stands on so many pages of all (inverse document frequency)."""
    return math.log(1 + (pages + 1) / (pages_with + 1))


def score(groups: Sequence[Group], weights: Sequence[float], headline: str, text: str) -> float:
    """The score of a row; words stand apart by single spaces."""
    total = 0.0
    text, headline = f" {text} ", f" {headline} "
    for group, weight in zip(groups, weights, strict=True):
        end = "" if group.begins else " "
        often = 0
        is_headline = False
        for phrase in group.phrases:
            looked_for = f" {' '.join(phrase)}{end}"
            often += text.count(looked_for)
            is_headline = is_headline or looked_for in headline
        total += weight * (often / (often + _ENOUGH) + _HEADLINE * is_headline)
    return total
