"""What is handed on of an edition's address: a QR code of it, and the HTML that shows the edition in another page."""

from __future__ import annotations

import io

import qrcode
from django.utils.html import format_html
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathImage

_BORDER = 4  # modules: what ISO/IEC 18004 wants around a code
_MODULE = 16  # pixels of the PNG a module: sharp in print at 5 cm


def qr_picture(address: str, kind: str) -> tuple[bytes, str]:
    """The QR code of an address as "svg" or "png": the picture and its media type."""
    code = qrcode.QRCode(border=_BORDER, box_size=_MODULE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    stream = io.BytesIO()
    code.make_image(image_factory=SvgPathImage if kind == "svg" else PilImage).save(stream)
    return stream.getvalue(), "image/svg+xml" if kind == "svg" else "image/png"


def embed_code(address: str, title: str) -> str:
    """The HTML that shows the edition in another page; its frame keeps the shape of a spread."""
    code = format_html(
        '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy" allowfullscreen></iframe>', address, title
    )
    return "".join(code)  # text to be shown, no markup of our page
