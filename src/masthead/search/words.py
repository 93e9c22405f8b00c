"""Cuts text into the words that are compared: without case, accents and endings, whatever the engine behind it.

Both engines are given these words ready-made, so that they find the same. Endings are cut by the Snowball stemmers of
the text's language. Scripts that are written without spaces, and Korean, whose particles hang on the words, become
overlapping pairs of characters.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

import snowballstemmer

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_ELIDING = frozenset({"ca", "fr", "it"})  # their articles lose a vowel before another: l'eau
_APOSTROPHES = ("'", "\u2019")
_LONGEST = 60  # characters; what is longer is no word that anybody types


class _Stemmer(Protocol):
    """A stemmer of the library."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - its name there
        """The word without its ending."""


class Token(NamedTuple):
    """A word of a text: as it is compared, as it is spelled, and where it stands (characters)."""

    term: str
    spelling: str
    start: int
    end: int


def _marks() -> str:
    """The combining marks of Unicode, as ranges of a character class: they belong to the letter before them."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1E000):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_marks()}\u200c\u200d])*")
_UNSPACED_FIRST = re.compile(f"[{_UNSPACED}]")
_PARTS = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")


def base_language(code: str) -> str:
    """The language without its country: `de` of `de-AT`."""
    return re.split("[-_]", code, maxsplit=1)[0].lower()


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of a text in this language (BCP 47), in order."""
    stemmed = base_language(language)
    for found in _WORD.finditer(text):
        for part in _PARTS.finditer(found[0]):
            start = found.start() + part.start()
            if is_unspaced(part[0]):
                yield from _pairs(part[0], start)
            elif not (
                stemmed in _ELIDING and len(part[0]) <= 2 and text[found.end() : found.end() + 1] in _APOSTROPHES
            ):
                spelling = part[0][:_LONGEST].lower()
                yield Token(term_of(spelling, stemmed), spelling, start, start + len(part[0]))


def terms(text: str, language: str) -> list[str]:
    """The words of a text as they are compared."""
    return [token.term for token in tokens(text, language)]


@lru_cache(maxsize=200_000)
def term_of(spelling: str, language: str) -> str:
    """A word as it is compared: without accents and ending.

    Latin letters lose their accents first: stemmers go by them, and who searches often leaves them out.
    """
    bare = folded(spelling)
    whole = bare if bare.isascii() and bare else unicodedata.normalize("NFKC", spelling.casefold())
    stemmer = _stemmer(language)
    stem = stemmer.stemWord(whole) if stemmer and len(whole) > 2 else whole
    return sys.intern(folded(stem) or folded(whole) or whole)


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Without case and accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in letters if char.isalnum() or unicodedata.category(char) == "Mc")


def is_unspaced(term: str) -> bool:
    """Whether it is of a script that is compared by pairs of characters."""
    return term[0] >= "\u0e00" and _UNSPACED_FIRST.match(term) is not None


def _pairs(run: str, start: int) -> Iterator[Token]:
    """Overlapping pairs of characters; the last character stands alone too, so that each begins a word."""
    for at in range(len(run)):
        pair = run[at : at + 2]
        yield Token(unicodedata.normalize("NFKC", pair), pair, start + at, start + at + len(pair))


@cache
def _stemmer(language: str) -> _Stemmer | None:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
