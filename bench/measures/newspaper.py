"""Articles of a newspaper of 1850 against those that its library cut out: by the words that fall into their zones.

A word belongs to the truth's article whose zone holds its middle. A true article is found when one of ours shares with
it at least half of the words of both together. Since one wrong cut spoils two articles, the B-cubed figures (Bagga and
Baldwin 1998) are given too: for a word, precision is the share of its article with us that belongs to its true
article, recall the share of its true article that is with us in one; both averaged over words.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from measures.corpus import corpus
from measures.ours import read
from measures.strings import bare, similarity

_HALF = 0.5
_SAME_HEADLINE = 0.75  # the words of ours come from a rough recognition of characters

Zone = tuple[str, float, float, float, float]  # article, then x0, y0, x1, y1 in points


@dataclass(frozen=True)
class ArticleScore:
    """How the cut into articles agrees."""

    precision: float
    recall: float
    f: float
    word_precision: float
    word_recall: float
    word_f: float
    headlines: float  # the share of true headlines that one of our articles bears, of those articles that have one
    found: int
    wanted: int
    given: int


def articles_score() -> ArticleScore:
    """The score of our articles."""
    truth = json.loads(
        (corpus() / "bench/newspaper-articles/deseret-news-1850-06-15.articles.json").read_text(encoding="utf-8")
    )["articles"]
    found = read(corpus() / "newspaper/deseret-news-issue.pdf", words=True).found
    zones = _zones(truth, found["pages"])
    pairs: Counter[tuple[str, str]] = Counter()
    for page in found["pages"]:
        for block in page["blocks"]:
            for word in block["words"]:
                pairs[_zone_of(word, zones.get(page["number"], [])), block["article"] or ""] += 1
    return _score(pairs, truth, found["articles"])


def _zones(truth: list[dict[str, Any]], pages: list[dict[str, Any]]) -> dict[int, list[Zone]]:
    """Zones of each page in points; the truth has them in pixels of the page, counted from the corner of the clip."""
    extent: dict[int, list[float]] = {}
    parts = [(article["id"], part, int(part["page"][1:4])) for article in truth for part in article["parts"]]
    for _, part, page in parts:
        size = extent.setdefault(page, [1.0, 1.0])
        size[0], size[1] = max(size[0], part["clip"][2]), max(size[1], part["clip"][3])
    found: dict[int, list[Zone]] = {}
    for name, part, page in parts:
        across = pages[page - 1]["width"] / extent[page][0]
        down = pages[page - 1]["height"] / extent[page][1]
        left, top = part["clip"][:2]
        for element in part["elements"]:
            for zone in element["zones"]:
                x0, y0, x1, y1 = zone["box"]
                box = ((x0 + left) * across, (y0 + top) * down, (x1 + left) * across, (y1 + top) * down)
                found.setdefault(page, []).append((name, *box))
    return found


def _zone_of(word: list[Any], zones: list[Zone]) -> str:
    x, y = (word[1] + word[3]) / 2, (word[2] + word[4]) / 2
    return next((name for name, x0, y0, x1, y1 in zones if x0 <= x < x1 and y0 <= y < y1), "")


def _score(pairs: Counter[tuple[str, str]], truth: list[dict[str, Any]], ours: list[dict[str, Any]]) -> ArticleScore:
    true_sizes: Counter[str] = Counter()
    our_sizes: Counter[str] = Counter()
    for (true, our), count in pairs.items():
        true_sizes[true] += count
        our_sizes[our] += count
    matched = {
        (true, our)
        for (true, our), count in pairs.items()
        if true and our and count / (true_sizes[true] + our_sizes[our] - count) >= _HALF
    }
    wanted = {true for true in true_sizes if true}
    given = {our for our in our_sizes if our}
    precision, recall = len(matched) / max(1, len(given)), len(matched) / len(wanted)
    judged = {pair: count for pair, count in pairs.items() if pair[0]}
    total = sum(judged.values())
    word_precision = sum(c * (c / our_sizes[our] if our else 1 / c) for (_, our), c in judged.items()) / total
    word_recall = sum(c * (c / true_sizes[true] if our else 1 / c) for (true, our), c in judged.items()) / total
    headlines = [article["headline"] for article in truth if article.get("headline")]
    borne = sum(any(_same(headline, article["title"]) for article in ours) for headline in headlines)
    return ArticleScore(
        precision,
        recall,
        _harmonic(precision, recall),
        word_precision,
        word_recall,
        _harmonic(word_precision, word_recall),
        borne / len(headlines),
        len(matched),
        len(wanted),
        len(given),
    )


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _same(headline: str, title: str) -> bool:
    return similarity(bare(headline).casefold(), bare(title).casefold()) >= _SAME_HEADLINE
