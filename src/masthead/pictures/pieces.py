"""Cuts a piece out of the picture of a page."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

_QUALITY, _METHOD = 80, 4
_MOST_PIXELS = 40_000_000  # of a page's picture: our own have less


def cut_piece(picture: Path, left: float, top: float, right: float, bottom: float, width: int) -> bytes:
    """WebP bytes of the part between these shares (0 to 1) of a picture's sides, at most `width` pixels wide.

    Raises OSError where the picture cannot be read.
    """
    with Image.open(picture) as page:
        if page.width * page.height > _MOST_PIXELS:
            raise OSError(f"{picture.name} is too large")
        box = (
            max(0, round(left * page.width)),
            max(0, round(top * page.height)),
            min(page.width, max(round(left * page.width) + 1, round(right * page.width))),
            min(page.height, max(round(top * page.height) + 1, round(bottom * page.height))),
        )
        piece = page.convert("RGB").crop(box)
    if piece.width > width:
        piece = piece.resize((width, max(1, round(piece.height * width / piece.width))), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    piece.save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return buffer.getvalue()
