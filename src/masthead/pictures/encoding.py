"""Encodes raw pixels into the picture files of an edition.

Widths and qualities follow what screens ask for and what the encoders cost: WebP for pages (method 4 for
what a slow network waits for; from 1200 pixels on method 2, which takes half the time for 2 or 3 % more bytes, while
method 1 would take a quarter less for 25 % more; pages without pictures go another way, see `flat`), JPEG for the
cover because link previews expect it.
"""

from __future__ import annotations

import io
import math
from typing import NamedTuple

from PIL import Image


class Quality(NamedTuple):
    """How hard the encoder tries: `quality` 0 to 100, `method` 0 (fast) to 6 (small)."""

    quality: int
    method: int


PAGE_WIDTHS: tuple[int, ...] = (240, 800, 1200, 1600, 2400)
"""Nominal widths of the pictures of an upright page, in pixels; a wide page gets more (see `real_width`)."""

READING_WIDTH = 800
"""The picture that is shown first."""

_QUALITY = {240: Quality(68, 4), 800: Quality(75, 4), 1200: Quality(78, 2)}
_ZOOM_QUALITY = Quality(75, 2)
_MAX_SIDE = 16383  # the WebP format's limit
_MAX_PIXELS = 24_000_000
_UPRIGHT = 0.77  # width / height of a usual magazine page


def real_width(nominal: int, page_width: float, page_height: float) -> int:
    """The width in pixels of a page's picture: wider for spreads, less for pages that are all height."""
    aspect = page_width / page_height
    width = nominal * min(2.0, max(1.0, aspect / _UPRIGHT))
    width = min(width, _MAX_SIDE, _MAX_SIDE * aspect, math.sqrt(_MAX_PIXELS * aspect))
    return max(1, round(width))


def picture_from_pixels(width: int, height: int, stride: int, mode: str, data: bytes) -> Image.Image:
    """A Pillow picture over raw pixels; `mode` is a raw mode of Pillow ("BGRX", "BGR", "RGB", "L"), stride in bytes."""
    target = "L" if mode == "L" else "RGB"
    return Image.frombuffer(target, (width, height), data, "raw", mode, stride, 1)


FIGURE_WIDTH = 1400
"""The widest picture of a figure, in pixels."""

_FIGURE_HEIGHT = 2000
_FIGURE_SCALE = 2.0  # pixels a point: sharp on a screen of twice the usual density in the width of a column
_FIGURE_QUALITY = Quality(78, 4)


def figure_scale(width: float, height: float) -> float:
    """Pixels a point of the picture of a figure of this size in points."""
    return min(_FIGURE_SCALE, FIGURE_WIDTH / max(width, 1.0), _FIGURE_HEIGHT / max(height, 1.0))


def encode_figure(picture: Image.Image) -> bytes:
    """WebP bytes of a figure."""
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=_FIGURE_QUALITY.quality, method=_FIGURE_QUALITY.method)
    return buffer.getvalue()


def encode_webp(picture: Image.Image, nominal_width: int) -> bytes:
    """WebP bytes of a page's picture; quality by its nominal width."""
    quality = _QUALITY.get(nominal_width, _ZOOM_QUALITY)
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality.quality, method=quality.method)
    return buffer.getvalue()


def encode_cover(picture: Image.Image) -> bytes:
    """JPEG bytes (4:2:0, progressive, no metadata) for link previews and shelves."""
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=82, progressive=True, optimize=True)
    return buffer.getvalue()


def mean_colour(picture: Image.Image) -> str:
    """The picture's mean colour as `#rrggbb`."""
    pixel = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    red, green, blue = pixel  # type: ignore[misc]
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
