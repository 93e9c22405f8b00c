"""Finds a quoted passage again in other words: where a note, a link or an overlay belongs after the PDF was replaced.

A quote is kept with what stood before and after it (W3C Web Annotation, TextQuoteSelector). It is looked for as it is,
then without regard to how it was set (case, hyphens, ligatures, kinds of quotation marks, white space), then with
changes. Of several places the one wins whose surroundings, and whose place in the whole, are likest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

CONTEXT = 32
"""Characters before and after a quote that are kept with it."""
_LEAST = 0.72  # likeness below which a place is not the quote's
_SHORT = 12  # characters: a shorter quote is not looked for with changes, it would be found everywhere
_SEED = 8  # characters of a piece of the quote that is looked for as it is
_SEEDS = 24  # pieces of a quote that are tried
_CANDIDATES = 40  # places that are looked at closely
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‐": "-"}
)
_LEFT_OUT = re.compile(r"\s|\u00ad|\u200b|\u200c|\u200d|-")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with what stood around it; `position` is where it began, from 0 to 1 of the whole, None if unknown."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: characters from `start` up to `end`, and how like it is, from 0 to 1."""

    start: int
    end: int
    likeness: float


def quote_of(text: str, start: int, end: int) -> Quote:
    """The quote of these characters of the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError("no characters are quoted")
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        position=start / len(text),
    )


def find_quote(quote: Quote, text: str | Searchable) -> Place | None:
    """The likeliest place of the quote in the text, or None where it is not there any more."""
    plain = Searchable(text) if isinstance(text, str) else text
    wanted = Searchable(quote.exact).text
    if not wanted:
        return None
    around = (Searchable(quote.prefix).text, Searchable(quote.suffix).text)
    same = list(_all(wanted, plain.text))
    if same:
        best = max(same, key=lambda at: _likeness_of_place(plain.text, at, at + len(wanted), around, quote.position))
        return Place(*plain.span(best, best + len(wanted)), likeness=1.0)
    if len(wanted) < _SHORT:
        return None
    found: list[tuple[float, float, int, int]] = []
    for begin in _candidates(wanted, plain.text):
        start, end, likeness = _closest(wanted, plain.text, begin)
        if likeness >= _LEAST:
            beside = _likeness_of_place(plain.text, start, end, around, quote.position)
            found.append((likeness + 0.3 * beside, likeness, start, end))
    if not found:
        return None
    _, likeness, start, end = max(found)
    return Place(*plain.span(start, end), likeness=round(likeness, 3))


class Searchable:
    """A text made ready for many quotes: without what depends on how it was set, and where each character came from."""

    def __init__(self, text: str) -> None:
        signs: list[str] = []
        origins: list[int] = []
        for origin, sign in enumerate(text):
            if _LEFT_OUT.fullmatch(sign):
                continue
            for plain in _plain(sign):
                signs.append(plain)
                origins.append(origin)
        self.text = "".join(signs)
        self._origins = origins

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same characters in the text as it was."""
        return self._origins[start], self._origins[end - 1] + 1


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    sign = _LIGATURES.get(sign, sign).translate(_SAME)
    folded = "".join(one for one in unicodedata.normalize("NFKD", sign).casefold() if not unicodedata.combining(one))
    return _LEFT_OUT.sub("", folded)


def _all(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _candidates(wanted: str, text: str) -> list[int]:
    """Where the quote could begin: many pieces of it stand there as they were, at about their distances."""
    step = max(1, (len(wanted) - _SEED) // _SEEDS)
    votes: dict[int, int] = {}
    for offset in range(0, len(wanted) - _SEED + 1, step):
        for count, at in enumerate(_all(wanted[offset : offset + _SEED], text)):
            if count >= 200:  # a piece that stands everywhere tells nothing
                break
            bucket = max(0, at - offset) // 16
            votes[bucket] = votes.get(bucket, 0) + 1
    likeliest = sorted(votes, key=lambda bucket: (-votes[bucket] - votes.get(bucket + 1, 0), bucket))[:_CANDIDATES]
    return [bucket * 16 for bucket in likeliest]


def _closest(wanted: str, text: str, begin: int) -> tuple[int, int, float]:
    """The characters near `begin` that are likest to the quote, and how like."""
    slack = max(16, len(wanted) // 4)
    low = max(0, begin - slack)
    window = text[low : begin + len(wanted) + 2 * slack]
    aligned = fuzz.partial_ratio_alignment(wanted, window)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return 0, 1, 0.0
    start, end = aligned.dest_start, aligned.dest_end
    for _ in range(2):  # one edge after the other to where the passage is likest
        ends = range(max(start + 1, end - slack), min(len(window), end + slack) + 1)
        end = max((end, *ends), key=lambda stop: _likeness(wanted, window[start:stop]))
        starts = range(max(0, start - slack), min(end - 1, start + slack) + 1)
        start = max((start, *starts), key=lambda first: _likeness(wanted, window[first:end]))
    return low + start, low + end, _likeness(wanted, window[start:end])


def _likeness(wanted: str, found: str) -> float:
    return float(Levenshtein.normalized_similarity(wanted, found))


def _likeness_of_place(text: str, start: int, end: int, around: tuple[str, str], position: float | None) -> float:
    """How like the surroundings are and how near the place is to where it was, from 0 to 1."""
    before, after = around
    beside = 0.0
    if before:
        beside += _suffix_likeness(before, text[max(0, start - len(before)) : start])
    if after:
        beside += _suffix_likeness(after[::-1], text[end : end + len(after)][::-1])
    near = 1 - abs(position - start / max(1, len(text))) if position is not None else 0.5
    return 0.45 * beside + 0.1 * near


def _suffix_likeness(wanted: str, found: str) -> float:
    """How like two stretches are that touch the quote; changed far from it counts less than changed beside it."""
    touching = 0
    for one, other in zip(reversed(wanted), reversed(found), strict=False):
        if one != other:
            break
        touching += 1
    return 0.5 * touching / len(wanted) + 0.5 * Levenshtein.normalized_similarity(wanted, found)
