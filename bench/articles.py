"""Measures how well articles are found, beside a truth that was made by hand (`bench/truth/articles`).

An article counts as found if one of ours has its title (nine tenths of the letters, or one title inside the other)
and begins with its first words. Of those found: whether the pages are the same, whether its last words stand near our
end, whether the authors are the same. Ours that are no article of the truth count against precision; what the truth
calls optional (a puzzle, a list of links) counts neither way.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masthead.document.text import Article, PageLines, ReadText, Role
from masthead.layout.lines import page_lines
from masthead.layout.reading import read
from masthead.pdf import glyphs, opening

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "bench" / "truth" / "articles"
NEAR = 90  # words from our start, or end, within which the first and last words must stand
ALIKE = 0.9


@dataclass
class Score:
    """What was found of one document."""

    wanted: int = 0
    ours: int = 0
    found: int = 0
    pages: int = 0
    ends: int = 0
    authors: int = 0
    with_authors: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """One line of the table."""
        precision = self.found / self.ours if self.ours else 0.0
        recall = self.found / self.wanted if self.wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.found else 0.0
        shares = [self.pages / max(1, self.found), self.ends / max(1, self.found)]
        shares.append(self.authors / max(1, self.with_authors))
        numbers = "  ".join(f"{value:7.2f}" for value in (precision, recall, f1, *shares))
        return f"{name:22} {self.wanted:4} {self.ours:4}  {numbers}"


def corpus() -> Path:
    """The folder of the corpus: MASTHEAD_CORPUS, else `shared/corpus` beside the checkout."""
    return Path(os.environ.get("MASTHEAD_CORPUS") or ROOT.parent / "shared" / "corpus")


def lines_of(pdf: Path) -> list[PageLines]:
    """The lines of a known file, read in this process."""
    document = opening.open_pdf(pdf, "").document
    return [page_lines(glyphs.page_text(document[number - 1], number)) for number in range(1, len(document) + 1)]


def letters(text: str) -> str:
    """Small letters and digits only."""
    return "".join(char for char in text.casefold() if char.isalnum())


def text_of(article: Article, text: ReadText) -> str:
    """The article's running text, without what stands before it and beside it."""
    blocks = {block.id: block for row in text.blocks.values() for block in row}
    return " ".join(blocks[name].text for name in article.blocks if blocks[name].role is not Role.CAPTION)


def same_title(wanted: str, title: str) -> bool:
    """Whether both titles say the same, or one is the other with a kicker or second deck."""
    first, second = letters(wanted), letters(title)
    if not first or not second:
        return False
    inside = min(first, second, key=len)
    if len(inside) >= 8 and (first in second or second in first) and len(inside) > 0.45 * max(len(first), len(second)):
        return True
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def score(truth: dict[str, Any], text: ReadText) -> Score:
    """Ours beside the truth."""
    result = Score()
    left = {article.id: article for article in text.articles}
    said = {article.id: text_of(article, text) for article in text.articles}
    for wanted in truth["articles"]:
        optional = wanted.get("optional", False)
        result.wanted += not optional
        match = next((article for article in left.values() if _is_it(wanted, article, said[article.id])), None)
        if match is None:
            if not optional:
                result.missing.append(wanted["title"])
            continue
        del left[match.id]
        if not optional:
            _compare(wanted, match, said[match.id], result)
    optional_titles = [wanted for wanted in truth["articles"] if wanted.get("optional", False)]
    extra = [
        article
        for article in left.values()
        if not any(same_title(wanted["title"], article.title) for wanted in optional_titles)
    ]
    result.extra = [f"{article.title} {list(article.pages)}" for article in extra]
    result.ours = result.found + len(extra)
    return result


def _is_it(wanted: dict[str, Any], article: Article, said: str) -> bool:
    if not same_title(wanted["title"], article.title) or not set(wanted["pages"]) & set(article.pages):
        return False
    return letters(wanted["first"]) in letters(" ".join(said.split()[: 2 * NEAR]))


def _compare(wanted: dict[str, Any], article: Article, said: str, result: Score) -> None:
    result.found += 1
    title = wanted["title"]
    if list(article.pages) == wanted["pages"]:
        result.pages += 1
    else:
        result.wrong.append(f"{title}: pages {list(article.pages)}, not {wanted['pages']}")
    if letters(wanted["last"]) in letters(" ".join(said.split()[-2 * NEAR :])):
        result.ends += 1
    else:
        result.wrong.append(f"{title}: ends with {said[-60:]!r}")
    if wanted["authors"]:
        result.with_authors += 1
        if [letters(name) for name in article.authors] == [letters(name) for name in wanted["authors"]]:
            result.authors += 1
        else:
            result.wrong.append(f"{title}: by {list(article.authors)}, not {wanted['authors']}")


def files(names: Sequence[str]) -> list[Path]:
    """Truth files whose names hold one of `names`; all without any."""
    return [path for path in sorted(TRUTH.glob("*.json")) if not names or any(name in path.stem for name in names)]


def main() -> None:
    """Print a row for each document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="parts of the names of truth files")
    parser.add_argument("--worst", action="store_true", help="say what is missing, extra and wrong")
    options = parser.parse_args()
    print(
        f"{'':22} {'true':>4} {'ours':>4}  "
        + "  ".join(f"{name:>7}" for name in ("prec", "recall", "F1", "pages", "ends", "authors"))
    )
    for path in files(options.names):
        truth = json.loads(path.read_text(encoding="utf-8"))
        pdf = ROOT / "build" / "sample-issue.pdf" if truth["file"] == "sample" else corpus() / truth["file"]
        if not pdf.is_file():
            print(f"{path.stem:22} is left out: there is no {pdf.name}")
            continue
        pages = lines_of(pdf)
        start = time.process_time()
        text = read(pages, language="en")
        spent = (time.process_time() - start) * 1000 / len(pages)
        result = score(truth, text)
        print(f"{result.row(path.stem)}   {spent:5.1f} ms a page to understand")
        if options.worst:
            for label, items in (("missing", result.missing), ("extra", result.extra), ("wrong", result.wrong)):
                for item in items:
                    print(f"    {label:8} {item}")


if __name__ == "__main__":
    main()
