"""Pages of type and plain areas: found, encoded without loss but for the levels, smaller than with loss."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops
from tests.pdfs import new_pdf, text_at

from masthead.pdf.flatness import is_flat
from masthead.pictures.encoding import encode_webp
from masthead.pictures.flat import encode_page, levels_of

_TINT = (239, 223, 184)
_TYPE = "".join(text_at(40, 60 + 16 * line, "The quick brown fox jumps over the lazy dog", 11) for line in range(20))
_PLAIN = f"0.937255 0.874510 0.721569 rg 0 0 900 300 re f 0 g {_TYPE}"
_PICTURE = "q 200 0 0 200 60 60 cm BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 004080FF> EI Q"

Seen = tuple[bool, Image.Image]


def _seen(folder: Path, content: str, change: Callable[[pikepdf.Pdf], None] | None = None) -> Seen:
    """Whether the page is flat, and its picture."""
    path = folder / "page.pdf"
    with new_pdf([content]) as pdf:
        if change:
            change(pdf)
        pdf.save(path)
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0]
        return is_flat(page), page.render(scale=800 / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()


def test_type_on_a_tint_is_kept_to_the_colour_in_fewer_bytes(tmp_path: Path) -> None:
    flat, picture = _seen(tmp_path, _PLAIN)
    assert flat
    levels = levels_of(picture)
    assert levels is not None
    data = encode_page(picture, 800, levels)
    shown = Image.open(io.BytesIO(data)).convert("RGB")
    corner = (3, picture.height - 3)
    assert shown.getpixel(corner) == picture.getpixel(corner) == _TINT
    assert max(high for _, high in ImageChops.difference(picture, shown).getextrema()) <= 8  # half a step
    assert len(data) < len(encode_webp(picture, 800))


def test_a_page_with_a_picture_is_not_flat_not_even_inside_a_form(tmp_path: Path) -> None:
    assert not _seen(tmp_path, _PLAIN + _PICTURE)[0]

    def wrap(pdf: pikepdf.Pdf) -> None:
        box = Array([0, 0, 600, 800])
        form = pdf.make_stream(_PICTURE.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box)
        pdf.pages[0].Resources.XObject = Dictionary(Fm0=form)

    assert not _seen(tmp_path, "/Fm0 Do", wrap)[0]


@pytest.mark.parametrize("shade", ["grey", "many areas"])
def test_what_is_shaded_is_encoded_as_a_picture(shade: str) -> None:
    if shade == "grey":
        picture = Image.linear_gradient("L").resize((800, 1100)).convert("RGB")
    else:
        picture = Image.new("RGB", (800, 1100))
        for stripe in range(40):
            picture.paste((6 * stripe, 0, 90), (20 * stripe, 0, 20 * stripe + 20, 1100))
    assert levels_of(picture) is None
    assert encode_page(picture, 800, None) == encode_webp(picture, 800)
