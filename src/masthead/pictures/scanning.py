"""Grey pictures of pages for the recognition of characters: how fine they are drawn, and the format they are in.

300 pixels an inch are what Tesseract's models were trained on; a newspaper page is drawn coarser, so that memory and
time stay within bounds.
"""

from __future__ import annotations

import io
import math

from PIL import Image

_SCALE = 300 / 72  # pixels a point
_MAX_PIXELS = 24_000_000
_MAX_SIDE = 12_000
_INK = 48  # of 255 by which the darkest and the lightest part of a page that says anything differ


def scan_scale(width: float, height: float) -> float:
    """Pixels a point for a page of this size in points."""
    fitting = math.sqrt(_MAX_PIXELS / max(1.0, width * height))
    return min(_SCALE, fitting, _MAX_SIDE / max(width, height, 1.0))


def has_ink(picture: Image.Image) -> bool:
    """Whether anything stands on the page: some part of it is darker than another."""
    least, most = picture.reduce(4).getextrema()
    return bool(most - least > _INK)  # type: ignore[operator]


def encode_scan(picture: Image.Image) -> bytes:
    """The picture as a PGM file: grey, not compressed, read by every program."""
    buffer = io.BytesIO()
    picture.convert("L").save(buffer, "PPM")
    return buffer.getvalue()
