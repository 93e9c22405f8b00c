"""Whole texts written down by hand: the ratio of Levenshtein's library, white space runs counted as one space."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import mean

from measures.corpus import corpus
from measures.strings import similarity
from measures.understood import Found

_DOCUMENTS = {
    "1601.03642": "journal/creativity-ml-1601.03642.pdf",
    "GeoTopo-book": "difficult/geotopo-117p.pdf",
}


def whole_text_pdfs() -> list[Path]:
    """The documents."""
    return [corpus() / name for name in _DOCUMENTS.values()]


def whole_text_score(found: Sequence[Found]) -> float:
    """Mean ratio over the documents."""
    return mean(ratio(name, "\n".join(one.texts())) for name, one in zip(_DOCUMENTS, found, strict=True))


def recorded_scores() -> dict[str, float]:
    """Mean ratios of the texts that other libraries' authors handed in."""
    folder = corpus() / "bench/py-pdf/results"
    names = sorted({path.name.split(".")[-2] for path in folder.glob("*.txt")})
    return {
        name: mean(ratio(one, (folder / f"{one}.{name}.txt").read_text(encoding="utf-8")) for one in _DOCUMENTS)
        for name in names
        if all((folder / f"{one}.{name}.txt").exists() for one in _DOCUMENTS)
    }


def ratio(name: str, text: str) -> float:
    """How like the truth of a document the text is."""
    return similarity(_truth(name), _plain(text))


@cache
def _truth(name: str) -> str:
    return _plain((corpus() / f"bench/py-pdf/{name}.groundtruth.txt").read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
