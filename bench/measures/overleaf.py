"""Gives each page the part of the truth that stands on it: a tag belongs to the page on which it begins.

A paragraph that goes on overleaf is one tag, and the truth counts all of it on its first page, where no tool that reads
pages can find its end. Where such a block is cut is told by PDFium's plain text of both pages, which knows nothing of
ours: the cut is where the runs of letters before it stand on the one page, and those behind it on the next.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Set
from pathlib import Path

import pypdfium2

from measures.corpus import KEPT, Tagged
from measures.strings import bare

_RUN = 8  # letters
_PLAINLY = 0.6  # share of the runs behind a cut that must stand overleaf
_ALSO_HERE = 0.5  # share of them that may stand on the first page too
_MAX_PAGES = 4  # over which a block goes on

Runs = Set[str]


def texts_by_page(file: Tagged) -> dict[int, list[str]]:
    """The bare text of each block or part of one, by page, in logical order; made once and kept."""
    kept = KEPT / "overleaf" / f"{file.name}.json"
    if not kept.exists() or kept.stat().st_mtime < max(file.pdf.stat().st_mtime, file.truth.stat().st_mtime):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_parted(file)), encoding="utf-8")
    found: dict[str, list[str]] = json.loads(kept.read_text(encoding="utf-8"))
    return {int(page): texts for page, texts in found.items()}


def _parted(file: Tagged) -> dict[int, list[str]]:
    drawn = _runs_of_pages(file.pdf)
    pages: dict[int, list[str]] = defaultdict(list)
    for block in json.loads(file.truth.read_text(encoding="utf-8"))["blocks"]:
        page, text = block["page"], bare(block["text"])
        if not page:
            continue
        for _ in range(_MAX_PAGES):
            at = place_of_cut(text, drawn.get(page, frozenset()), drawn.get(page + 1, frozenset()))
            if at == len(text):
                break
            pages[page].append(text[:at])
            page, text = page + 1, text[at:]
        pages[page].append(text)
    return {page: texts for page, texts in sorted(pages.items()) if any(texts)}


def _runs_of_pages(pdf: Path) -> dict[int, Runs]:
    with pypdfium2.PdfDocument(pdf) as document:
        return {
            number: frozenset(runs_of(bare(page.get_textpage().get_text_bounded())))
            for number, page in enumerate(document, start=1)
        }


def runs_of(text: str) -> list[str]:
    """Every run of a few letters, in order."""
    return [text[start : start + _RUN] for start in range(len(text) - _RUN + 1)]


def place_of_cut(text: str, here: Runs, overleaf: Runs) -> int:
    """Where the bare text goes on overleaf; its length if it does not."""
    runs = runs_of(text)
    signs = [(run in here) - (run in overleaf) for run in runs]
    best = value = sum(signs)
    cut = len(signs)
    for at in range(len(signs) - 1, -1, -1):
        value -= 2 * signs[at]
        if value > best:
            best, cut = value, at
    last = max((at for at in range(cut) if signs[at] > 0), default=-_RUN)
    place = last + _RUN  # runs that lie across the cut stand on neither page
    behind = runs_of(text[place:])
    if not behind or sum(run in overleaf for run in behind) < _PLAINLY * len(behind):
        return len(text)
    return place if sum(run in here for run in behind) <= _ALSO_HERE * len(behind) else len(text)
