"""Measures how pages are read beside a truth that was made by hand (`bench/truth/pages`), with other tools beside ours.

`bench/measures/page_score.py` says what is counted. Every number is the mean over pages, those to develop with and
those held out apart. Spreads are split as the product splits them and scored as the sheet they were.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import mean
from typing import Any

from measures import ours, peers
from measures.corpus import corpus
from measures.page_score import FoundBlock, PlaceScore, TextScore, score_places, score_text
from measures.page_truth import SPLITS, PageTruth, page_truths

SHARES = ("order", "blocks", "found", "whole", "joined", "furniture")
PEERS = ("pdftotext", "pypdfium2", "pymupdf", "liteparse", "pdf-oxide-text", "opendataloader")


def our_pages(truths: Sequence[PageTruth], *, kept: bool) -> dict[str, list[dict[str, Any]]]:
    """By the name of the truth, the pages that we make of its sheet."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted({truth.file for truth in truths}):
        pages = ours.read(corpus() / file, words=True, spreads="auto", kept=kept).found["pages"]
        for truth in truths:
            if truth.file == file:
                found[truth.name] = [page for page in pages if page.get("sheet", page["number"]) == truth.number]
    return found


def found_blocks(pages: Iterable[dict[str, Any]]) -> list[FoundBlock]:
    """Blocks of the pages of one sheet, in reading order, with boxes on the sheet."""
    blocks = []
    for page in pages:
        left, top, _, _ = page.get("window", (0, 0, 0, 0))
        for block in page["blocks"]:
            words = tuple(
                (text, (x0 + left, y0 + top, x1 + left, y1 + top)) for text, x0, y0, x1, y1, *_ in block["words"]
            )
            blocks.append(FoundBlock(block["id"], block["role"], words, block.get("continues", "")))
    return blocks


def plain_text(pages: Iterable[dict[str, Any]]) -> str:
    """What we read of a sheet, without furniture."""
    return "\n".join(
        ours.spoken(block) for page in pages for block in page["blocks"] if not is_furniture(block["role"])
    )


def is_furniture(role: str) -> bool:
    """Whether a role is kept out of what is read."""
    return FoundBlock("", role, ()).is_furniture


def average(values: Iterable[float | None]) -> str:
    """The mean of what there is, as a cell of a table."""
    known = [value for value in values if value is not None]
    return f"{mean(known):7.3f}" if known else f"{'–':>7}"


def print_places(scores: dict[str, PlaceScore], truths: Sequence[PageTruth]) -> None:
    """Ours by the places of words."""
    print(f"\n{'by place':26}  " + "  ".join(f"{name:>9}" for name in SHARES) + f"  {'roles F1':>9}")
    for split in SPLITS:
        rows = [scores[truth.name] for truth in truths if truth.split == split]
        if rows:
            cells = [average(getattr(row, share) for row in rows) for share in SHARES]
            cells.append(f"{harmonic(sum((Counter(c) for row in rows for c in row.roles.values()), Counter())):7.3f}")
            print(f"{split + f', {len(rows)} pages':26}  " + "  ".join(f"{cell:>9}" for cell in cells))


def harmonic(counts: Counter[str]) -> float:
    """F1 of a role, or of all roles together."""
    right = counts["right"]
    return 2 * right / (2 * right + counts["wrong"] + counts["missed"]) if right else 0.0


def print_roles(scores: dict[str, PlaceScore], truths: Sequence[PageTruth]) -> None:
    """F1 of each role."""
    for split in SPLITS:
        total: dict[str, Counter[str]] = {}
        for truth in truths:
            if truth.split == split:
                for role, counts in scores[truth.name].roles.items():
                    total.setdefault(role, Counter()).update(counts)
        if total:
            print(f"\n{'roles, ' + split:26}  {'F1':>7}  {'right':>6}  {'wrong':>6}  {'missed':>6}")
        for role, counts in sorted(total.items(), key=lambda item: -item[1]["right"]):
            row = "  ".join(f"{counts[key]:6}" for key in ("right", "wrong", "missed"))
            print(f"{role:26}  {harmonic(counts):7.3f}  {row}")


def print_text_row(label: str, scores: dict[str, TextScore], truths: Sequence[PageTruth]) -> None:
    """A tool by its plain text, a pair of columns for each split."""
    cells = []
    for split in SPLITS:
        rows = [scores[truth.name] for truth in truths if truth.split == split]
        cells += [average(row.order for row in rows), average(row.pieces for row in rows)]
    print(f"{label:26}  " + "  ".join(f"{cell:>9}" for cell in cells))


def peer_scores(tool: str, truths: Sequence[PageTruth], *, fresh: bool) -> dict[str, TextScore]:
    """What another tool says of each page."""
    files = sorted({truth.file for truth in truths})
    answers = dict(zip(files, peers.answers(tool, [corpus() / file for file in files], fresh=fresh), strict=True))
    scores = {}
    for truth in truths:
        texts = answers[truth.file].texts()
        scores[truth.name] = score_text(truth, texts[truth.number - 1] if truth.number <= len(texts) else "")
    return scores


def print_pages(
    scores: dict[str, PlaceScore], texts: dict[str, TextScore], truths: Sequence[PageTruth], *, faults: bool
) -> None:
    """A row for each page, with what is wrong on it if asked."""
    print(f"{'':46}" + "  ".join(f"{name:>9}" for name in (*SHARES, "by words", "pieces")))
    for truth in truths:
        score, text = scores[truth.name], texts[truth.name]
        values = [*(getattr(score, share) for share in SHARES), text.order, text.pieces]
        cells = "  ".join(f"{average([value]):>9}" for value in values)
        print(f"{truth.name:36} {truth.split:9} {cells}")
        for fault in score.faults if faults and truth.split == "develop" else ():
            print(f"    {fault}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="parts of the names of truth files")
    parser.add_argument("--only", choices=SPLITS, help="only these pages")
    parser.add_argument("--pages", action="store_true", help="a row for each page")
    parser.add_argument("--faults", action="store_true", help="what is wrong, of the pages to develop with")
    parser.add_argument("--roles", action="store_true", help="F1 of each role")
    parser.add_argument("--peers", default=",".join(PEERS), help="other tools, with commas; empty for none")
    parser.add_argument("--fresh", action="store_true", help="ask the other tools again")
    parser.add_argument("--kept", action="store_true", help="take lines of pages from an earlier run")
    options = parser.parse_args()
    truths = [truth for truth in page_truths(options.names) if options.only in (None, truth.split)]
    if not truths:
        raise SystemExit("No truth has such a name; bench/truth/pages has them.")
    pages = our_pages(truths, kept=options.kept)
    scores = {truth.name: score_places(truth, found_blocks(pages[truth.name])) for truth in truths}
    texts = {truth.name: score_text(truth, plain_text(pages[truth.name])) for truth in truths}
    if options.pages or options.faults:
        print_pages(scores, texts, truths, faults=options.faults)
    print_places(scores, truths)
    if options.roles:
        print_roles(scores, truths)
    print(f"\n{'by first and last words':26}  " + "  ".join(f"{split:>9}  {'':>9}" for split in SPLITS))
    print(f"{'':26}  " + "  ".join([f"{'order':>9}", f"{'pieces':>9}"] * len(SPLITS)))
    print_text_row("Masthead", texts, truths)
    print_peers([tool for tool in options.peers.split(",") if tool], truths, fresh=options.fresh)


def print_peers(tools: Sequence[str], truths: Sequence[PageTruth], *, fresh: bool) -> None:
    """A row for each other tool that can run here."""
    if tools:
        peers.prepare()
    for tool in tools:
        if reason := peers.missing(tool):
            print(f"{peers.LABELS[tool]:26}  {reason}")
        else:
            print_text_row(peers.LABELS[tool], peer_scores(tool, truths, fresh=fresh), truths)


if __name__ == "__main__":
    main()
