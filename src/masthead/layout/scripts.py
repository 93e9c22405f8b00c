"""What a character's script asks of whoever sets words: direction of writing, spaces between words or none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\uff01", "\uff60"), ("\u3000", "\u303f"))


def is_cjk(char: str) -> bool:
    """Whether the character is Chinese or Japanese, which are written without spaces (Korean has them)."""
    return char >= "\u3000" and any(first <= char <= last for first, last in _CJK)


def is_right_to_left(char: str) -> bool:
    """Whether the character is of a script that runs from right to left, or an Arabic digit."""
    return char >= "\u0590" and unicodedata.bidirectional(char[0]) in ("R", "AL", "AN")


def runs_right_to_left(texts: Iterable[str]) -> bool:
    """Whether most letters of a line are of a script that runs from right to left."""
    right = left = 0
    for text in texts:
        kind = unicodedata.bidirectional(text[:1]) if text else ""
        right += kind in ("R", "AL")
        left += kind == "L"
    return right > left


def logical_order(texts: list[str], *, right_to_left: bool) -> list[int]:
    """From characters as they stand from left to right to the order in which they are read: indexes into `texts`.

    The reverse of rule L2 of the Unicode Bidirectional Algorithm (UAX 9), with its levels told from strong characters
    and numbers alone, since a page holds no embedding controls. Neutral characters go with their neighbours where
    both agree, else with the line.
    """
    levels = _levels(texts, right_to_left)
    order = list(range(len(texts)))
    if right_to_left:
        order.reverse()
    result: list[int] = []
    opposite: list[int] = []
    for index in order:
        if levels[index] != right_to_left:
            opposite.append(index)
            continue
        result += reversed(opposite)
        opposite = []
        result.append(index)
    return result + opposite[::-1]


def _levels(texts: list[str], right_to_left: bool) -> list[bool]:
    """For each character whether it runs from right to left."""
    kinds = [unicodedata.bidirectional(text[0]) if text else "ON" for text in texts]
    known: list[bool | None] = [
        True if kind in ("R", "AL") else False if kind in ("L", "EN", "AN") else None for kind in kinds
    ]
    before: list[bool | None] = []
    last: bool | None = None
    for value in known:
        last = value if value is not None else last
        before.append(last)
    result = [right_to_left] * len(texts)
    following: bool | None = None
    for index in range(len(texts) - 1, -1, -1):
        value = known[index]
        if value is not None:
            following = result[index] = value
        elif before[index] is not None and before[index] == following:
            result[index] = bool(following)
    return result
