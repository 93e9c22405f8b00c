"""Compares texts without what differs by taste: white space, hyphens, ligatures."""

from __future__ import annotations

import re
import unicodedata

SHINGLE = 20  # characters: long enough to be found by chance hardly ever, short enough to fit into a line
# White space, hyphens, soft hyphens, and the control characters that PDFium gives for hyphens of line ends.
_IGNORED = re.compile(r"[\s\x00-\x1f\-\u00ad\u2010\u2011\u200b-\u200f\ufeff\ufffe]+")


def bare(text: str) -> str:
    """The text without white space and hyphens, ligatures and width variants resolved (NFKC)."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def similarity(one: str, other: str) -> float:
    """1 − indel distance / summed lengths, which is twice the longest common subsequence over the lengths' sum.

    The subsequence's length after Hyyrö (2004), "Bit-parallel LCS-length computation revisited": one row of the
    table is one integer, so that a page costs milliseconds and the bench needs no library.
    """
    if not one and not other:
        return 1.0
    short, long = sorted((one, other), key=len)
    places: dict[str, int] = {}
    for index, char in enumerate(short):
        places[char] = places.get(char, 0) | 1 << index
    mask = (1 << len(short)) - 1
    row = mask
    for char in long:
        hits = row & places.get(char, 0)
        if hits:
            row = ((row + hits) | (row - hits)) & mask
    common = len(short) - row.bit_count()
    return 2 * common / (len(short) + len(long))


def shingles(text: str) -> list[str]:
    """Every run of `SHINGLE` characters in a bare text, in order."""
    return [text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)]


def share_found(wanted: list[str], text: str) -> float:
    """The share of the shingles wanted that stand somewhere in the bare text; they must not be none."""
    there = set(shingles(text))
    return sum(shingle in there for shingle in wanted) / len(wanted)
