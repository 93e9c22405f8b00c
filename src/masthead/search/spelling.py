"""Finds what somebody may have meant where nothing is found: words of the archive that are spelled nearly so."""

from __future__ import annotations

import string
from collections.abc import Iterator

from masthead.search.engine import Engine
from masthead.search.words import folded, is_unspaced

_SHORTEST = 4  # letters: of shorter words too many are near
_LONG = 6  # letters from which on two mistakes are thought possible


def near(word: str, engine: Engine) -> list[str]:
    """Spellings near the word, the likeliest first: one mistake away, else two with the same beginning."""
    plain = folded(word)
    if len(plain) < _SHORTEST or is_unspaced(plain) or plain.isdigit():
        return []
    once = engine.spelled(sorted(set(_one_mistake(plain)) - {plain}))
    if once:
        return [spelling for spelling, _ in sorted(once, key=lambda entry: (-entry[1], entry[0]))][:3]
    if len(plain) < _LONG:
        return []
    twice = []
    for spelling, often in engine.neighbours(plain[:2], len(plain) - 2, len(plain) + 2):
        far = distance(plain, folded(spelling), 2)
        if 0 < far <= 2:
            twice.append((far, -often, spelling))
    return [spelling for _, _, spelling in sorted(twice)][:3]


def _one_mistake(word: str) -> Iterator[str]:
    """All words that differ by one letter too many, too few, another one, or two exchanged."""
    letters = string.ascii_lowercase if word.isascii() else "".join(sorted(set(word)))
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in letters)


def distance(first: str, second: str, most: int) -> int:
    """Letters to insert, drop, change or exchange with the next to make one of the other; `most` + 1 if more.

    The restricted Damerau-Levenshtein distance, row by row, given up as soon as a row is over `most`.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        above, row = row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if before and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
