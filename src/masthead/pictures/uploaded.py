"""Makes pictures for pages of what people hand over: read with limits, turned upright, written anew as WebP."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
_MOST_PIXELS = 50_000_000
_SIDE = 2000  # pixels: sharp on any screen that shows it in a window
_QUALITY = 82


class PictureError(Exception):
    """The picture cannot be used; the message says why."""


class PictureTooLargeError(PictureError):
    """It has too many pixels."""


def upright_webp(data: bytes) -> tuple[bytes, int, int]:
    """The picture as WebP with its width and height in pixels; only pixels stay. Raises PictureError.

    What is not a picture of dots, such as SVG, is refused: it could hold scripts.
    """
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > _MOST_PIXELS:
            raise PictureTooLargeError(f"{image.width} x {image.height} pixels")
        image.draft("RGB", (_SIDE, _SIDE))
        image = ImageOps.exif_transpose(image)
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except Image.DecompressionBombError as error:
        raise PictureTooLargeError(str(error)) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(str(error)) from error
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=_QUALITY, method=4)
    return stream.getvalue(), image.width, image.height
