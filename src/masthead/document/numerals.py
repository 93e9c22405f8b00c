"""Roman and Chinese numerals, as lists and front matter are counted with."""

from __future__ import annotations

_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SIGNS = "一二三四五六七八九"


def roman_value(numeral: str) -> int:
    """The number that small letters say, up to 399; raises KeyError where a letter is no numeral."""
    values = [_LETTERS[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def chinese_value(numeral: str) -> int:
    """The number that Chinese signs say, up to 99; 0 where they say none."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(_SIGNS):
        return 0
    return ((_SIGNS.find(tens) + 1 if tens else 1) * 10 if ten else 0) + (_SIGNS.find(ones) + 1 if ones else 0)
