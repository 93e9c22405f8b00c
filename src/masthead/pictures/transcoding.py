"""Writes a picture of an edition once more as JPEG, for programs that take nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

_QUALITY = 85
_MARKER = (255, 226, 110)  # as a text marker: paper takes its colour, and ink stays what it is
_Part = tuple[float, float, float, float]  # left, top, right, bottom as shares of a picture's sides


def jpeg_of(path: Path) -> bytes:
    """JPEG bytes (4:2:0, no metadata) of a picture that a build made; raises OSError where it is none."""
    with Image.open(path, formats=("WEBP", "JPEG")) as picture:
        buffer = io.BytesIO()
        picture.convert("RGB").save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def jpeg_piece(path: Path, part: _Part, size: tuple[int, int], marks: Sequence[_Part] = ()) -> bytes:
    """JPEG bytes of a part of such a picture (left, top, right, bottom as shares of its sides) in a size in pixels.

    `marks` are parts of the picture over which a text marker goes. Raises OSError where it is no picture.
    """
    with Image.open(path, formats=("WEBP", "JPEG")) as picture:
        left, top, right, bottom = part
        box = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
        piece = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        if marks:
            piece = ImageChops.multiply(piece, _marker(part, size, marks))
        buffer = io.BytesIO()
        piece.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def _marker(part: _Part, size: tuple[int, int], marks: Sequence[_Part]) -> Image.Image:
    """White, with the marks on it that lie in this part of the picture."""
    sheet = Image.new("RGB", size, (255, 255, 255))
    draw = ImageDraw.Draw(sheet)
    across, down = size[0] / (part[2] - part[0]), size[1] / (part[3] - part[1])
    for left, top, right, bottom in marks:
        corner = ((left - part[0]) * across - 2, (top - part[1]) * down - 1)
        draw.rounded_rectangle((corner, ((right - part[0]) * across + 2, (bottom - part[1]) * down + 1)), 3, _MARKER)
    return sheet
