"""Tells the alternative text that a person wrote from what a program put there."""

from __future__ import annotations

_PICTURE_ENDINGS = frozenset(
    {"jpg", "jpeg", "png", "tif", "tiff", "gif", "eps", "psd", "ai", "svg", "bmp", "wmf", "emf"}
)
_PICTURE_WORDS = frozenset(
    {"image", "picture", "figure", "graphic", "photo", "img", "dsc", "bild", "grafik", "untitled", "clip", "logo", ""}
)


def alternative_of(text: str) -> str:
    """The alternative text if a person wrote it: programs put in file names and the word "image"."""
    plain = text.strip()
    lower = plain.lower()
    if not any(char.isalpha() for char in plain) or "://" in lower or "\\" in plain:
        return ""
    if " " not in plain and ("/" in plain or lower.rsplit(".", 1)[-1] in _PICTURE_ENDINGS):
        return ""
    stem = lower.rsplit(".", 1)[0] if lower.rsplit(".", 1)[-1] in _PICTURE_ENDINGS else lower
    return "" if stem.strip(" 0123456789_-") in _PICTURE_WORDS else plain
