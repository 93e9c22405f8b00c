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
