"""Tells text from rubbish: fonts that do not say which letters they draw, or say it wrongly.

Four signs, each of which good text of any kind does not show:

- characters that mean nothing (private use, control codes, U+FFFD);
- Latin letters that nearly all bear accents: an alphabet of eight bits (Russian, Greek, Thai) shown as Latin-1;
- vowels far rarer or more frequent than in any language: codes moved along the alphabet, which is how a subset font
  without a map comes out;
- frequencies of letters unlike those of European languages in general (cosine of the two vectors): any other mix-up.
  That frequencies betray a substitution is as old as cryptanalysis (al-Kindi); here they only tell that there is one.

Lists of codes, formulas and programs have odd letters too. So only words of four letters and more count, whole and
without digits, and a text that holds the commonest words of a language is never rubbish, whatever else it holds.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from masthead.layout.language import frequent_share

NO_MEANING = "Its fonts do not say which letters they draw."
WRONG_ALPHABET = "Its fonts give the letters of another alphabet than they draw."
WRONG_LETTERS = "Its fonts give other letters than they draw."

_MEANINGLESS = 0.2  # share of the characters
_MIN_CHARACTERS = 40
_ACCENTED = 0.5  # share of the Latin letters; Vietnamese, which has most, stays below a third
_VOWELS = (0.27, 0.56)  # share of the letters; good pages in eleven languages lie between .31 and .49
_LIKENESS = 0.6  # cosine; good pages lie above .64, prose above .8
_MIN_WORDS = 40
_KNOWN = 0.05  # share of the commonest words of a language from which on a text is no rubbish
_WORD = re.compile(r"[^\W\d_]+")
_MIN_LETTERS = 4
_VOWEL_LETTERS = frozenset("aeiouyæœøıə")
# Per mille of the letters, rounded means of English, French, German, Spanish, Italian, Portuguese and Dutch.
_USUAL = dict(
    zip(
        "eanitsrodlucmhpgbvfkwyzqjx",
        (149, 90, 76, 76, 69, 67, 66, 65, 44, 44, 43, 32, 28, 26, 23, 19, 14, 14, 14, 9, 9, 7, 7, 5, 3, 2),
        strict=True,
    )
)
_USUAL_LENGTH = math.sqrt(sum(share * share for share in _USUAL.values()))


def rubbish_in(words: Iterable[str]) -> str:
    """Why these words are no text, as a sentence; "" if nothing speaks against them. Few words are never judged."""
    words = list(words)
    characters = Counter("".join(words))
    total = characters.total()
    if total < _MIN_CHARACTERS:
        return ""
    if sum(count for char, count in characters.items() if _means_nothing(char)) > _MEANINGLESS * total:
        return NO_MEANING
    tokens = [token for word in words for token in _WORD.findall(word)]
    if frequent_share(token.lower() for token in tokens) >= _KNOWN:
        return ""
    latin = {char: count for char, count in characters.items() if _latin_base(char)}
    letters = sum(count for char, count in characters.items() if char.isalpha())
    bearing = sum(count for char, count in latin.items() if not char.isascii())
    if sum(latin.values()) > max(_MIN_CHARACTERS, 0.5 * letters) and bearing > _ACCENTED * sum(latin.values()):
        return WRONG_ALPHABET
    judged = [token for token in tokens if len(token) >= _MIN_LETTERS and all(map(_latin_base, token))]
    return WRONG_LETTERS if len(judged) >= _MIN_WORDS and _are_mixed_up(judged) else ""


def _are_mixed_up(words: list[str]) -> bool:
    counts: Counter[str] = Counter()
    for char, count in Counter("".join(words)).items():
        counts[_latin_base(char)] += count
    least, most = _VOWELS
    vowels = sum(count for base, count in counts.items() if base in _VOWEL_LETTERS) / counts.total()
    return not least <= vowels <= most or _likeness(counts) < _LIKENESS


def _likeness(counts: Counter[str]) -> float:
    """The cosine between these frequencies of letters and the usual ones."""
    length = math.sqrt(sum(count * count for count in counts.values()))
    return sum(_USUAL.get(base, 0) * count for base, count in counts.items()) / (length * _USUAL_LENGTH)


def _means_nothing(char: str) -> bool:
    return (not char.isascii() and (char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn"))) or char < " "


@lru_cache(maxsize=4096)
def _latin_base(char: str) -> str:
    """The small letter without its accents; "" for what is no Latin letter."""
    if char.isascii():
        return char.lower() if char.isalpha() else ""
    if not char.isalpha() or "LATIN" not in unicodedata.name(char, ""):
        return ""
    return unicodedata.normalize("NFD", char)[0].lower()
