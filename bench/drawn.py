"""Reads pages that are drawn by chance, whose truth is known by construction: stories in order, pieces whole."""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from measures import ours
from measures.drawn_pages import document_of
from measures.drawn_score import DrawnScore, score_page
from measures.drawn_sheet import save


def measure(seed: int, folder: Path, *, shuffled: bool) -> list[DrawnScore]:
    """The scores of a document's pages."""
    sheets = document_of(seed)
    path = folder / f"drawn-{seed}{'-shuffled' if shuffled else ''}.pdf"
    save(sheets, path, random.Random(seed) if shuffled else None)
    found = ours.read(path).found["pages"]
    return [score_page(sheet, page["blocks"]) for sheet, page in zip(sheets, found, strict=True)]


def row(scores: list[DrawnScore]) -> str:
    """The means."""
    order = sum(score.order for score in scores) / len(scores)
    whole = 1 - sum(len(score.torn) for score in scores) / sum(score.pieces for score in scores)
    words = sum(score.words[0] for score in scores) / sum(score.words[1] for score in scores)
    found, wanted, given = (sum(score.headings[at] for score in scores) for at in range(3))
    out = sum(score.kept_out[0] for score in scores) / max(1, sum(score.kept_out[1] for score in scores))
    lost = sum(len(score.lost) for score in scores)
    return f"{order:7.4f}  {whole:7.4f}  {words:7.4f}  {2 * found / (wanted + given):8.3f}  {out:8.3f}  {lost:4}"


def print_worst(pages: list[tuple[int, int, DrawnScore]], count: int) -> None:
    """The pages that lose most, with the texts that are torn."""
    for seed, number, score in sorted(pages, key=lambda page: (page[2].order, -len(page[2].torn)))[:count]:
        torn, lost = len(score.torn), len(score.lost)
        print(f"  {seed:4} {number}  order {score.order:.3f}  torn {torn} of {score.pieces}  lost {lost}")
        for text in score.torn[:3]:
            print(f"          {text[:90]}")


def main() -> None:
    """Draw, read and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="0:40", metavar="FROM:TO", help="which documents; three pages each")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="how many of the worst pages are listed")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the PDFs there")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    print(f"{'':14}  {'order':>7}  {'whole':>7}  {'words':>7}  {'headings':>8}  {'kept out':>8}  lost")
    for shuffled in (False, True):
        with tempfile.TemporaryDirectory() as made:
            folder = options.keep or Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            pages = [
                (seed, number, score)
                for seed in range(first, last)
                for number, score in enumerate(measure(seed, folder, shuffled=shuffled), start=1)
            ]
        name = "shuffled" if shuffled else "as they are"
        print(f"{name:14}  {row([score for _, _, score in pages])}", flush=True)
        print_worst(pages, options.worst)


if __name__ == "__main__":
    main()
