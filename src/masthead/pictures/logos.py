"""Makes logos and icons of pictures that people hand over: read with limits, written anew, so that only pixels stay."""

from __future__ import annotations

import io

from PIL import Image

_FORMATS = ("PNG", "JPEG", "WEBP")
_MAX_SIDE = 4000  # pixels of what is handed over
_LOGO = (800, 240)  # pixels: sharp on screens of double density
ICON_SIDE = 180  # pixels: what phones ask for


class LogoError(Exception):
    """The picture cannot be used; the message says why."""


def logo(data: bytes) -> bytes:
    """The picture as a PNG that fits into a bar; raises LogoError."""
    image = _read(data)
    image.thumbnail(_LOGO, Image.Resampling.LANCZOS)
    return _png(image)


def favicon(data: bytes) -> bytes:
    """The picture in the middle of a square, as a PNG; raises LogoError."""
    image = _read(data)
    image.thumbnail((ICON_SIDE, ICON_SIDE), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (ICON_SIDE, ICON_SIDE), (0, 0, 0, 0))
    square.paste(image, ((ICON_SIDE - image.width) // 2, (ICON_SIDE - image.height) // 2))
    return _png(square)


def _read(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if max(image.size) > _MAX_SIDE:
            raise LogoError(f"{image.width} x {image.height} pixels")
        return image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LogoError(str(error)) from error


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()
