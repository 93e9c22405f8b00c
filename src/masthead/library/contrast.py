"""Whether text can be read in a colour: the contrast of WCAG 2.2, and colours that keep it by day and by night."""

from __future__ import annotations

import re

from masthead.library.errors import ColourFaintError

LEAST = 4.5  # to 1: WCAG 2.2, success criterion 1.4.3, level AA for text
_HEX = re.compile(r"#[0-9a-f]{6}")
Colour = tuple[int, int, int]


def colour(written: str) -> Colour:
    """Red, green and blue, 0 to 255, of "#rrggbb"; raises ValueError."""
    if not _HEX.fullmatch(written.lower()):
        raise ValueError(written)
    return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


def ratio(one: str, other: str) -> float:
    """The contrast of two colours: from 1 (the same) to 21 (black on white)."""
    bright, dark = sorted((_luminance(colour(one)), _luminance(colour(other))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def ink_on(ground: str) -> str:
    """Black or white, whichever is read better on the ground."""
    return max("#000000", "#ffffff", key=lambda ink: ratio(ink, ground))


def require(ink: str, ground: str) -> None:
    """Raise ColourFaintError where text in `ink` could not be read on `ground`."""
    found = ratio(ink, ground)
    if found < LEAST:
        raise ColourFaintError(f"{found:.2f}")


def lightened(ink: str, ground: str) -> str:
    """The colour, with as much white mixed in as it needs to be read on a dark ground."""
    for share in range(21):
        mixed = "#" + "".join(f"{round(part + (255 - part) * share / 20):02x}" for part in colour(ink))
        if ratio(mixed, ground) >= LEAST:
            return mixed
    return "#ffffff"


def washed(ink: str, ground: str) -> str:
    """The ground with some of the colour in it, to mark what is chosen: as much as leaves the colour readable on it."""
    for share in range(16, 0, -1):
        pairs = zip(colour(ink), colour(ground), strict=True)
        mixed = "#" + "".join(f"{round(below + (part - below) * share / 100):02x}" for part, below in pairs)
        if ratio(ink, mixed) >= LEAST:
            return mixed
    return ground


def _luminance(parts: Colour) -> float:
    """Relative luminance (WCAG 2.2, glossary)."""
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
