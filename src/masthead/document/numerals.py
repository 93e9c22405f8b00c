"""Roman numerals, as lists and front matter are counted with."""

from __future__ import annotations

_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def roman_value(numeral: str) -> int:
    """The number that small letters say, up to 399; raises KeyError where a letter is no numeral."""
    values = [_LETTERS[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
