"""Sentences by chance for drawn pages, and lines of them, broken as a typesetter breaks them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from measures.drawn_sheet import Style, width_of

_WORDS = """
the of and to in that was for with as his on at by had from they this were have but not are which one all when there
been their who more would said into could than other some then only its over also may after before time harbour
lantern keeper island winter morning letter village market journal evening water bridge garden office railway captain
teacher minister council library painting building machine engine valley mountain river forest summer dinner station
captain journey history question answer measure company public private ancient modern yellow silver narrow gentle
sudden careful distant familiar ordinary remarkable considerable international development neighbourhood communication
understanding responsibility extraordinary announced described carried followed returned remembered considered opened
closed walked waited promised discovered collected repaired
""".split()  # noqa: SIM905
_FIRST = "Ada Berta Carl Dora Emil Frieda Gustav Hanna Ida Jonas Karla"
_LAST = "Anders Bergmann Cole Dietz Evans Fischer Grant Holm"
_HYPHENATED = 9  # letters from which on a word may be broken


class Author:
    """Writes sentences; the same seed writes the same."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def sentence(self, least: int = 6, most: int = 22) -> str:
        """A sentence of some words, now and then with a comma, a number or a name."""
        words = [self._word() for _ in range(self._chance.randint(least, most))]
        words[0] = words[0].capitalize()
        for index in range(2, len(words) - 2, 7):
            if self._chance.random() < 0.3:
                words[index] += ","
        return " ".join(words) + self._chance.choice("......?")

    def paragraph(self, least: int = 2, most: int = 6) -> str:
        """Some sentences."""
        return " ".join(self.sentence() for _ in range(self._chance.randint(least, most)))

    def title(self, least: int = 3, most: int = 7) -> str:
        """Words without a stop."""
        return " ".join([self._word().capitalize(), *(self._word() for _ in range(self._chance.randint(least, most)))])

    def name(self) -> str:
        """First and last name."""
        return f"{self._chance.choice(_FIRST.split())} {self._chance.choice(_LAST.split())}"

    def _word(self) -> str:
        if self._chance.random() < 0.03:
            return str(self._chance.randint(2, 2000))
        return self._chance.choice(_WORDS)


def broken(text: str, width: float, style: Style, *, first: float = 0.0, hyphens: bool = False) -> Iterator[list[str]]:
    """The words of each line; the first line begins `first` points further in."""
    waiting = text.split()
    room = width - first
    line: list[str] = []
    while waiting:
        word = waiting[0]
        if width_of(" ".join([*line, word]), style) <= room or not line:
            line.append(waiting.pop(0))
            continue
        if hyphens and (parts := _parts(line, word, room, style)):
            line.append(parts[0])
            waiting[0] = parts[1]
        yield line
        line, room = [], width
    if line:
        yield line


def _parts(line: Sequence[str], word: str, room: float, style: Style) -> tuple[str, str] | None:
    """A long word with a hyphen, and what goes on in the next line."""
    if len(word) < _HYPHENATED or not word.isalpha():
        return None
    for cut in range(len(word) - 3, 2, -1):
        if width_of(" ".join([*line, word[:cut] + "-"]), style) <= room:
            return word[:cut] + "-", word[cut:]
    return None
