"""Scans made for tests: pages whose words are pixels, and pages whose fonts lie about their letters."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image
from tests.pdfs import HEIGHT, WIDTH, new_pdf, text_at

from masthead.pdf import opening, rendering

PROSE = (
    "The keeper of the light wrote his journal",
    "every evening before the lamp was lit.",
    "Nobody had read it for a hundred years,",
    "until the harbour was sold and the house",
    "on the rock was opened by its new owners.",
    "They found seventeen volumes, all in order,",
    "and a letter to whoever might come after.",
)


def prose_pdf(path: Path, headline: str = "The light on the rock", lines: Sequence[str] = PROSE) -> Path:
    """A page with a headline and a paragraph, in Helvetica."""
    contents = [text_at(40, 60, headline, 22), *(text_at(40, 100 + 15 * row, line) for row, line in enumerate(lines))]
    with new_pdf(["\n".join(contents)]) as pdf:
        pdf.save(path, deterministic_id=True)
    return path


def pixels_of(path: Path, number: int = 1, *, dots: int = 300) -> Image.Image:
    """The page drawn in grey, `dots` pixels an inch."""
    opened = opening.open_pdf(path, "")
    with opened.held_page(number) as (width, _):
        raster = rendering.render(opened, number, width * dots / 72, grey=True)
    return Image.frombuffer("L", (raster.width, raster.height), raster.data, "raw", "L", raster.stride, 1).copy()


def scan_pdf(path: Path, pictures: Sequence[Image.Image], language: str = "en", overlay: str = "") -> Path:
    """A PDF whose pages are the pictures; `overlay` is content written over each of them."""
    with new_pdf([overlay] * len(pictures)) as pdf:
        for page, picture in zip(pdf.pages, pictures, strict=True):
            image = pdf.make_stream(zlib.compress(picture.tobytes()))
            image.update(
                Dictionary(
                    Type=Name.XObject,
                    Subtype=Name.Image,
                    Width=picture.width,
                    Height=picture.height,
                    ColorSpace=Name.DeviceGray,
                    BitsPerComponent=8,
                    Filter=Name.FlateDecode,
                )
            )
            page.Resources.XObject = Dictionary(Scan=image)
            page.contents_add(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Scan Do Q".encode(), prepend=True)
        if language:
            pdf.Root.Lang = pikepdf.String(language)
        pdf.save(path, deterministic_id=True)
    return path


def lying_pdf(source: Path, path: Path) -> Path:
    """The same page with a font whose ToUnicode says each letter three places further on: its look stays."""
    entries = [
        f"<{code:02x}> <{(code - start + 3) % 26 + start:04x}>"
        for start in (65, 97)
        for code in range(start, start + 26)
    ]
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Lie def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(entries)} beginbfchar\n" + "\n".join(entries) + "\nendbfchar endcmap end end"
    )
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            page.Resources.Font.F1.ToUnicode = pdf.make_stream(table.encode())
        pdf.save(path, deterministic_id=True)
    return path


def pgm(picture: Image.Image) -> bytes:
    """The picture as PGM."""
    buffer = io.BytesIO()
    picture.save(buffer, "PPM")
    return buffer.getvalue()
