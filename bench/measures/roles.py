"""Headings and list items against the tags of gold files: precision, recall and their harmonic mean F.

A heading (H1 to H6, or a tag of its own that says heading) is found when one of the page's headings has its words,
letter case aside: similarity of at least 0.9. A list item is found when one of the page's items begins with the same
40 characters, so that two items run together count once. Entries of a list of contents (TOCI) may be called items or
not: they are neither wanted nor counted as wrong. F is the mean over files that have such tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import mean

from measures.corpus import Tagged
from measures.strings import bare, similarity
from measures.understood import Found

_ALIKE = 0.9
_BEGINNING = 40  # characters
_FEWEST = 5  # tags of a kind that make a file worth judging
_HEADING = re.compile(r"H[1-6]?|heading\w*")
_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}")
_LABEL = re.compile(r"^(?:[•·▪■█◦‣➢✓*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s*")


def headings_score(files: Sequence[Tagged], found: Sequence[Found]) -> float:
    """Mean F of headings."""
    return _mean_score(files, found, true_headings, lambda page: page.headings, lambda text: bare(text).casefold())


def items_score(files: Sequence[Tagged], found: Sequence[Found]) -> float:
    """Mean F of list items."""
    return _mean_score(files, found, true_items, lambda page: page.items, _beginning, contents_entries)


def true_headings(file: Tagged) -> dict[int, list[str]]:
    """Headings of each page."""
    return {
        page: [block["text"] for block in blocks if _HEADING.fullmatch(block["tag"]) and block["text"].strip()]
        for page, blocks in file.blocks.items()
    }


def true_items(file: Tagged) -> dict[int, list[str]]:
    """List items of each page: a label begins one, or a body that no label came before."""
    found: dict[int, list[str]] = {}
    for page, blocks in file.blocks.items():
        items: list[str] = []
        labelled = False
        for block in blocks:
            if "/LI" not in block.get("path", ""):
                continue
            if block["tag"] == "Lbl":
                labelled = True
            elif labelled or block["tag"] == "LBody":
                items.append(block["text"])
                labelled = False
        found[page] = [item for item in items if item.strip()]
    return found


def contents_entries(file: Tagged) -> dict[int, list[str]]:
    """Entries of lists of contents of each page."""
    return {
        page: [block["text"] for block in blocks if "TOCI" in (block["tag"], *block.get("path", "").split("/"))]
        for page, blocks in file.blocks.items()
    }


def _nothing(file: Tagged) -> dict[int, list[str]]:
    return {}


def _beginning(text: str) -> str:
    return bare(_LABEL.sub("", _LEADERS.sub(" ", text.strip()))).casefold()[:_BEGINNING]


def _mean_score(
    files: Sequence[Tagged],
    found: Sequence[Found],
    truth_of: Callable[[Tagged], dict[int, list[str]]],
    ours_of: Callable[..., Sequence[str]],
    key: Callable[[str], str],
    either_of: Callable[[Tagged], dict[int, list[str]]] = _nothing,
) -> float:
    scores = []
    for file, one in zip(files, found, strict=True):
        truth, either = truth_of(file), either_of(file)
        if file.quality != "gold" or sum(map(len, truth.values())) < _FEWEST:
            continue
        hits = wanted = given = 0
        for page, texts in truth.items():
            theirs = [key(text) for text in ours_of(one.pages[page - 1])] if page <= len(one.pages) else []
            wrong = len(theirs) - (right := _matches([key(text) for text in texts], theirs))
            open_to_both = min(wrong, _matches([key(text) for text in either.get(page, ())], theirs))
            hits += right
            wanted += len(texts)
            given += len(theirs) - open_to_both
        scores.append(2 * hits / (wanted + given))
    return mean(scores) if scores else float("nan")


def _matches(wanted: list[str], given: list[str]) -> int:
    left = list(given)
    hits = 0
    for text in wanted:
        best = max(left, key=lambda other: similarity(text, other), default=None)
        if best is not None and similarity(text, best) >= _ALIKE:
            left.remove(best)
            hits += 1
    return hits
