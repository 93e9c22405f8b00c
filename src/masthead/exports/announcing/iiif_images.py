"""The images of pages by the IIIF Image API 3.0: what can be had of each, and what a request means (level 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

IMAGE: Final = "http://iiif.io/api/image/3/context.json"
Level = Literal["level0", "level1"]
_TILE: Final = 512  # pixels of the parts that viewers are told to ask for
_PIXELS: Final = re.compile(r"(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})")
_SIZE: Final = re.compile(r"(\d{0,5}),(\d{0,5})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page's image, in pixels of the largest picture that was made, and how large it is wanted."""

    left: int
    top: int
    width: int
    height: int
    wanted_width: int
    wanted_height: int


def information(page: dict[str, Any], address: str, level: Level) -> dict[str, Any]:
    """What can be had of a page's image: all of it in the sizes that were made, with level 1 any part of it too."""
    sizes = [(width, height) for _, width, height in page["sizes"]]
    width, height = whole_of(page)
    found: dict[str, Any] = {
        "@context": IMAGE,
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": level,
        "width": width,
        "height": height,
        "sizes": [{"width": wide, "height": high} for wide, high in sorted(sizes)],
    }
    if level == "level1":
        factors = [1]
        while factors[-1] * _TILE < max(width, height):
            factors.append(factors[-1] * 2)
        found["tiles"] = [{"width": _TILE, "scaleFactors": factors}]
    return found


def whole_of(page: dict[str, Any]) -> tuple[int, int]:
    """Width and height of the largest picture that was made, in pixels."""
    return max((width, height) for _, width, height in page["sizes"])


def nominal_of(page: dict[str, Any], size: str) -> int | None:
    """The nominal width of the picture that is the whole image in this size ("max", "812,1039"); None for no other."""
    for nominal, width, height in page["sizes"]:
        if size == f"{width},{height}" or (size == "max" and (width, height) == whole_of(page)):
            return int(nominal)
    return None


def piece_of(page: dict[str, Any], region: str, size: str) -> Piece | None:
    """What a request means; None for one that the standard has a bad request for, or that asks for more pixels."""
    area = _area(region, *whole_of(page))
    if area is None:
        return None
    left, top, width, height = area
    if size == "max":
        return Piece(left, top, width, height, width, height)
    found = _SIZE.fullmatch(size)
    if found is None or size == ",":
        return None
    wide, high = (int(side) if side else None for side in found.groups())
    if wide is None:
        assert high is not None
        wide = max(1, round(high * width / height))
    elif high is None:
        high = max(1, round(wide * height / width))
    if not (0 < wide <= width and 0 < high <= height):
        return None
    return Piece(left, top, width, height, wide, high)


def sharp_enough(page: dict[str, Any], piece: Piece) -> int:
    """The nominal width of the smallest picture from which the piece can be cut without blowing it up."""
    full_width, full_height = whole_of(page)
    for nominal, width, height in sorted(page["sizes"]):
        if (
            width * piece.width >= piece.wanted_width * full_width
            and height * piece.height >= piece.wanted_height * full_height
        ):
            return int(nominal)
    return int(max(page["sizes"])[0])


def _area(region: str, width: int, height: int) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of a region, cut off at the edges of the image; None where nothing of it is left."""
    if region == "full":
        return 0, 0, width, height
    if region == "square":
        side = min(width, height)
        return (width - side) // 2, (height - side) // 2, side, side
    found = _PIXELS.fullmatch(region)
    if found is None:
        return None
    left, top, wide, high = (int(number) for number in found.groups())
    wide, high = min(wide, width - left), min(high, height - top)
    return (left, top, wide, high) if wide > 0 and high > 0 else None
