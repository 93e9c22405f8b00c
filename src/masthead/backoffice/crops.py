"""Parts of pages as small pictures: a drawing that shows one area of the page's picture, made by no program."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from masthead.document.errors import EditionInvalidError
from masthead.document.overlays import Area
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition

_OPEN = 512  # builds whose sizes stay in memory
_ACROSS = 1000.0  # units of a page's width
_SMALL, _LARGE = 240, 800  # pixels of the page's picture
_WIDE = 0.6  # of the page: a part so wide is seen well in the small picture


@dataclass(frozen=True, slots=True)
class Crop:
    """The picture of a page, and the part of it that is shown: x, y, width and height in units of the drawing."""

    picture: str
    across: float
    down: float
    x: float
    y: float
    width: float
    height: float


def crop_of(edition: Edition, page: int, area: Area, *, is_large: bool = False) -> Crop | None:
    """A part of a page; None where there is no such page, or its folder is gone."""
    if edition.build is None:
        return None
    with suppress(EditionInvalidError):
        sizes = _sizes(edition.build.folder)
        if not 0 < page <= len(sizes):
            return None
        down = _ACROSS * sizes[page - 1]
        width = _LARGE if is_large or area.width < _WIDE else _SMALL
        path = f"pictures/{width}/{page}.webp"
        names = [edition.publication.slug, edition.slug, edition.build.build_id, path]
        at = (area.x * _ACROSS, area.y * down, area.width * _ACROSS, area.height * down)
        return Crop(reverse("edition-file", args=names), _ACROSS, round(down, 1), *(round(value, 1) for value in at))
    return None


@lru_cache(maxsize=_OPEN)
def _sizes(folder: str) -> tuple[float, ...]:
    """How high each page of a build is for its width; a build never changes. Raises EditionInvalidError."""
    return tuple(page["height"] / page["width"] for page in read_build(folder).manifest["pages"])
