"""Measures how well text is read: order, headings, lists, tables, articles, beside other tools on the same files.

Each measure is a module in `bench/measures/` and says there what it counts. Pages a second are pages by the processor
seconds of the whole path from the file to its text, on one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

from measures import ours, peers
from measures.comparison import head, legend, row_of_tool, row_of_us
from measures.corpus import Tagged, tagged_files
from measures.faulty_truth import FAULTS, without_faults
from measures.newspaper import articles_score
from measures.order import PageScore, score_file, summarise
from measures.overleaf import texts_by_page
from measures.shuffling import twin_of, unreadable_pages
from measures.side_by_side import side_by_side
from measures.whole_text import recorded_scores

HEAD = f"{'':26}  {'order':>7}  {'columns':>7}  {'gold':>7}  {'silver':>7}  {'tables':>7}  {'pages/s':>7}"


@dataclass
class OurScores:
    """What we reach by the measures of order."""

    by_page: list[PageScore] = field(default_factory=list)
    whole: list[PageScore] = field(default_factory=list)  # paragraphs that go on overleaf counted where they begin
    parted: list[PageScore] = field(default_factory=list)  # by a truth that is parted where pages end
    speed: float = 0.0  # pages a second on one core


def our_order(files: list[Tagged], options: argparse.Namespace, *, shuffled: bool) -> OurScores:
    """Our scores."""
    scores = OurScores()
    pages, seconds = 0, 0.0
    for file in files:
        reading = ours.read(twin_of(file.pdf) if shuffled else file.pdf, tags=options.tags, kept=options.kept)
        texts = reading.texts()
        without = unreadable_pages(file.pdf) if shuffled else frozenset()
        scores.by_page += score_file(file, texts, without)
        scores.whole += score_file(file, reading.whole_paragraphs(), without)
        scores.parted += score_file(file, texts, without, texts_by_page(file))
        pages += len(texts)
        seconds += reading.seconds
    scores.speed = float("nan") if options.kept else pages / seconds
    return scores


def ceiling(files: list[Tagged]) -> list[PageScore]:
    """What a reading page by page would score that made no mistake at all."""
    scores: list[PageScore] = []
    for file in files:
        parts = texts_by_page(file)
        scores += score_file(file, ["".join(parts.get(page, ())) for page in range(1, max(parts, default=0) + 1)])
    return scores


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
            scores = our_order(files, options, shuffled=shuffled)
            name = f"{ours.NAME}, {'shuffled' if shuffled else 'as they are'}"
            print(f"{name:26}  {summarise(scores.by_page).row()}  {scores.speed:7.1f}", flush=True)
            for label, rows in (
                ("  sound truth only", without_faults(scores.by_page)),
                ("  paragraphs whole", scores.whole),
                ("  whole, sound truth only", without_faults(scores.whole)),
                ("  parted where pages end", scores.parted),
            ):
                print(f"{label:26}  {summarise(rows).row()}", flush=True)
            if options.files:
                print_files(scores.by_page)
            print_worst(scores.whole, options.worst)
    print("\n".join(f"unsound truth: {name} {page}: it {why}" for (name, page), why in FAULTS.items()))
    print(f"{'at most, page by page':26}  {summarise(ceiling(files)).row()}")


def dump(name: str, page: int, *, shuffled: bool, tags: bool) -> None:
    """Print the truth about a page and our reading of it side by side."""
    files = tagged_files(name)
    if len(files) != 1:
        raise SystemExit(f"{name!r} is part of {len(files)} names; one is needed: {', '.join(f.name for f in files)}")
    (file,) = files
    found = ours.read(twin_of(file.pdf) if shuffled else file.pdf, tags=tags).found
    print(side_by_side(file, page, found["pages"][page - 1]["blocks"]))


def compare(files: list[Tagged], tools: Sequence[str], *, fresh: bool) -> None:
    """One table of all measures, a row a tool; then what only ours does."""
    peers.prepare()
    print(head(), flush=True)
    ours_row = row_of_us(ours.NAME, files)
    print(ours_row, flush=True)
    notes = ours_row.notes
    if ours.knows_tags():
        print(row_of_us(f"{ours.NAME}, with tags", files, tags=True), flush=True)
    for tool in tools:
        if reason := peers.missing(tool):
            print(f"{peers.LABELS[tool]:26} {reason}")
            continue
        row = row_of_tool(peers.LABELS[tool], tool, files, fresh=fresh, shuffled=tool not in peers.SLOW)
        print(row, flush=True)
        notes += row.notes
    print(f"\n{legend()}\n")
    print("\n".join(notes))
    recorded = ", ".join(f"{name} {score:.3f}" for name, score in recorded_scores().items())
    print(f"whole, as recorded for other libraries: {recorded}")
    print_articles()


def print_articles() -> None:
    """How a newspaper is cut into articles; no other tool here does it."""
    score = articles_score()
    print(
        f"articles of a newspaper: {score.found} of {score.wanted} found, {score.given} given;"
        f" P {score.precision:.3f}  R {score.recall:.3f}  F {score.f:.3f};"
        f" by words P {score.word_precision:.3f}  R {score.word_recall:.3f}  F {score.word_f:.3f};"
        f" headlines {score.headlines:.3f}"
    )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours-only", action="store_true", help="only our own reading, on the tagged files")
    parser.add_argument("--file", default="", metavar="NAME", help="only files whose name holds this")
    parser.add_argument("--only", choices=("plain", "shuffled"), default="", help="only one of the two passes")
    parser.add_argument("--files", action="store_true", help="also one row for each file")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="how many of the worst pages are listed")
    parser.add_argument("--dump", nargs=2, metavar=("NAME", "PAGE"), help="truth and our reading side by side")
    parser.add_argument("--tools", default=",".join(peers.LABELS), metavar="A,B", help="which other tools")
    parser.add_argument(
        "--tags", action="store_true", help="let the tags of the PDFs help us, with --ours-only or --dump"
    )
    parser.add_argument("--kept", action="store_true", help="take lines of pages from an earlier run; with --ours-only")
    parser.add_argument("--fresh", action="store_true", help="ask the other tools again, whatever is kept")
    parser.add_argument("--roles", action="store_true", help="only our own headings, lists, tables, facts, articles")
    options = parser.parse_args()
    if options.dump:
        dump(options.dump[0], int(options.dump[1]), shuffled=options.only == "shuffled", tags=options.tags)
        return
    files = tagged_files(options.file)
    if options.ours_only:
        measure_ours(files, options)
    elif options.roles:
        print(f"{head()}\n{row_of_us(ours.NAME, files)}\n\n{legend()}\n")
        print_articles()
    else:
        compare(files, [tool for tool in options.tools.split(",") if tool], fresh=options.fresh)


if __name__ == "__main__":
    main()
