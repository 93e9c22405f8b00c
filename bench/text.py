"""Measures how well text is read: order, headings, lists, tables, articles, beside other tools on the same files.

Each measure is a module in `bench/measures/` and says there what it counts. Pages a second are pages by the processor
seconds of the whole path from the file to its text, on one core.
"""

from __future__ import annotations

import argparse

from measures import ours
from measures.corpus import Tagged, tagged_files
from measures.order import PageScore, score_file, summarise
from measures.shuffling import twin_of
from measures.side_by_side import side_by_side

HEAD = f"{'':26}  {'order':>7}  {'columns':>7}  {'gold':>7}  {'silver':>7}  {'tables':>7}  {'pages/s':>7}"


def our_order(files: list[Tagged], *, shuffled: bool) -> tuple[list[PageScore], float]:
    """Our scores, and pages a second on one core."""
    scores: list[PageScore] = []
    pages, seconds = 0, 0.0
    for file in files:
        reading = ours.read(twin_of(file.pdf) if shuffled else file.pdf)
        texts = reading.texts()
        scores += score_file(file, texts)
        pages += len(texts)
        seconds += reading.seconds
    return scores, pages / seconds


def print_worst(scores: list[PageScore], count: int) -> None:
    """The pages that lose most: by order in gold files, by shingles in the others."""

    def value(score: PageScore) -> float:
        return score.order if score.file.quality == "gold" or score.shingles is None else score.shingles

    for score in sorted(scores, key=value)[:count]:
        found = "" if score.shingles is None else f"shingles {score.shingles:.3f}"
        print(f"  {score.file.name} {score.page:4}  {score.file.quality:6}  order {score.order:.3f}  {found}")


def print_files(scores: list[PageScore]) -> None:
    """One row a file."""
    by_file: dict[str, list[PageScore]] = {}
    for score in scores:
        by_file.setdefault(score.file.name, []).append(score)
    for name, rows in by_file.items():
        order = sum(row.order for row in rows) / len(rows)
        found = [row.shingles for row in rows if row.shingles is not None]
        shingles = f"{sum(found) / len(found):.3f}" if found else "–"
        print(f"  {name:32} {rows[0].file.quality:6}  order {order:.3f}  shingles {shingles}  ({len(rows)} pages)")


def measure_ours(files: list[Tagged], options: argparse.Namespace) -> None:
    """Our rows, and the pages that lose most."""
    print(HEAD)
    for shuffled in (False, True):
        if options.only in ("", "shuffled" if shuffled else "plain"):
            scores, speed = our_order(files, shuffled=shuffled)
            name = f"{ours.NAME}, {'shuffled' if shuffled else 'as they are'}"
            print(f"{name:26}  {summarise(scores).row()}  {speed:7.1f}", flush=True)
            if options.files:
                print_files(scores)
            print_worst(scores, options.worst)


def dump(name: str, page: int, *, shuffled: bool) -> None:
    """Print the truth about a page and our reading of it side by side."""
    files = tagged_files(name)
    if len(files) != 1:
        raise SystemExit(f"{name!r} is part of {len(files)} names; one is needed: {', '.join(f.name for f in files)}")
    (file,) = files
    found = ours.read(twin_of(file.pdf) if shuffled else file.pdf).found
    print(side_by_side(file, page, found["pages"][page - 1]["blocks"]))


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours-only", action="store_true", help="only our own reading, on the tagged files")
    parser.add_argument("--file", default="", metavar="NAME", help="only files whose name holds this")
    parser.add_argument("--only", choices=("plain", "shuffled"), default="", help="only one of the two passes")
    parser.add_argument("--files", action="store_true", help="also one row for each file")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="how many of the worst pages are listed")
    parser.add_argument("--dump", nargs=2, metavar=("NAME", "PAGE"), help="truth and our reading side by side")
    options = parser.parse_args()
    if options.dump:
        dump(options.dump[0], int(options.dump[1]), shuffled=options.only == "shuffled")
        return
    measure_ours(tagged_files(options.file), options)


if __name__ == "__main__":
    main()
