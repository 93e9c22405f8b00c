"""Writes a picture of an edition once more as JPEG, for programs that take nothing else."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

_QUALITY = 85


def jpeg_of(path: Path) -> bytes:
    """JPEG bytes (4:2:0, no metadata) of a picture that a build made; raises OSError where it is none."""
    with Image.open(path, formats=("WEBP", "JPEG")) as picture:
        buffer = io.BytesIO()
        picture.convert("RGB").save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def jpeg_piece(path: Path, part: tuple[float, float, float, float], size: tuple[int, int]) -> bytes:
    """JPEG bytes of a part of such a picture (left, top, right, bottom as shares of its sides) in a size in pixels.

    Raises OSError where it is no picture.
    """
    with Image.open(path, formats=("WEBP", "JPEG")) as picture:
        left, top, right, bottom = part
        box = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
        piece = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        buffer = io.BytesIO()
        piece.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
