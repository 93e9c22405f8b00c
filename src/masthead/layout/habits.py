"""Learns a document's habits before any page is read: body size, running heads and folios, its own vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from masthead.document.text import PageLines
from masthead.layout.furniture import Furniture, learn_furniture
from masthead.layout.template import NO_TEMPLATE, Template


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for the whole document."""

    body_size: float  # points
    furniture: Furniture
    vocabulary: frozenset[str]  # every word, lower case, as printed inside lines
    template: Template = NO_TEMPLATE  # of the publication


def learn(pages: Sequence[PageLines], template: Template = NO_TEMPLATE) -> Habits:
    """Habits of the document; `template` is its publication's."""
    body_size = _body_size(pages)
    return Habits(body_size, learn_furniture(pages, body_size), _vocabulary(pages), template)


def _body_size(pages: Sequence[PageLines]) -> float:
    letters: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            for word in line.words:
                letters[word.size] = letters.get(word.size, 0) + len(word.text)
    sizes: Counter[float] = Counter()
    for size, count in letters.items():
        sizes[round(size * 2) / 2] += count
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _vocabulary(pages: Sequence[PageLines]) -> frozenset[str]:
    """Words that stand whole inside a line; the last word of a line may be half of one."""
    words: set[str] = set()
    for page in pages:
        for line in page.lines:
            words.update(word.text.strip(".,;:!?()[]“”\"'‘’").lower() for word in line.words[:-1])
    return frozenset(words)
