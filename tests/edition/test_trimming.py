"""A PDF for the press is cut to its finished page: no bleed, no marks, no slug, whatever the sheet's turn."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import Array, Name, String
from PIL import Image
from tests.pdfs import HEIGHT, WIDTH, new_pdf, text_at

from masthead.edition.build import build
from masthead.edition.options import BuildOptions

LEFT, TOP, RIGHT, BOTTOM = 30.0, 20.0, 50.0, 40.0  # points round the finished page, all different
SMALL = BuildOptions(widths=(240,), workers=1)


def press_pdf(path: Path, *, rotation: int = 0, crop: float = 0, trim: tuple[float, ...] = ()) -> Path:
    """A blue sheet with a red finished page, a word on it and a slug outside; `crop` points are cropped all round."""
    page_box = (LEFT, BOTTOM, WIDTH - RIGHT, HEIGHT - TOP)
    x0, y0, x1, y1 = page_box
    sheet = f"0 0 1 rg 0 0 {WIDTH} {HEIGHT} re f 1 0 0 rg {x0} {y0} {x1 - x0} {y1 - y0} re f 0 g"
    with new_pdf(["\n".join([sheet, text_at(100, 100, "Story"), text_at(100, 495, "Fathom_12.indd 1", 6)])]) as pdf:
        page = pdf.pages[0]
        page.TrimBox = Array(trim or page_box)
        if crop:
            page.CropBox = Array([crop, crop, WIDTH - crop, HEIGHT - crop])
        page.Rotate = rotation
        pdf.save(path)
    return path


@pytest.mark.parametrize(("rotation", "crop"), [(0, 15), (90, 0), (90, 15), (180, 15), (270, 15)])
def test_the_picture_is_the_finished_page(tmp_path: Path, rotation: int, crop: float) -> None:
    edition = build(press_pdf(tmp_path / "press.pdf", rotation=rotation, crop=crop), tmp_path / "out", SMALL)
    page = edition.manifest["pages"][0]
    size = (WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
    assert (page["width"], page["height"]) == (size if rotation in (0, 180) else size[::-1])
    assert edition.plain_text(1).strip() == "Story"
    with Image.open(tmp_path / "out/pictures/240/1.webp") as picture:
        pixels = picture.convert("RGB")
        corners = [(x, y) for x in (3, pixels.width - 4) for y in (3, pixels.height - 4)]
        for red, _, blue in map(pixels.getpixel, corners):  # type: ignore[misc]
            assert (red > 220, blue < 40) == (True, True)


def test_words_stand_on_the_finished_page(tmp_path: Path) -> None:
    build(press_pdf(tmp_path / "press.pdf"), tmp_path / "out", SMALL)
    word = json.loads((tmp_path / "out/pages/1.json").read_bytes())["blocks"][0]["lines"][0]["words"][0]
    assert word[0] == "Story"
    assert word[1] == pytest.approx(100 - LEFT, abs=0.5)
    assert word[2] < 100 - TOP < word[4]


def test_it_is_said_and_can_be_refused(tmp_path: Path) -> None:
    pdf = press_pdf(tmp_path / "press.pdf")
    assert any("finished size" in warning for warning in build(pdf, tmp_path / "out", SMALL).manifest["warnings"])
    kept = build(pdf, tmp_path / "out", replace(SMALL, trim=False)).manifest
    assert (kept["pages"][0]["width"], kept["pages"][0]["height"], kept["warnings"]) == (WIDTH, HEIGHT, [])


@pytest.mark.parametrize(
    "trim",
    [(0, 0, WIDTH, HEIGHT), (0.5, 0.5, WIDTH - 0.5, HEIGHT - 0.5), (10, 10, 60, 60), (900, 900, 1000, 1000)],
)
def test_a_box_that_means_nothing_cuts_nothing(tmp_path: Path, trim: tuple[float, ...]) -> None:
    page = build(press_pdf(tmp_path / "press.pdf", trim=trim), tmp_path / "out", SMALL).manifest["pages"][0]
    assert (page["width"], page["height"]) == (WIDTH, HEIGHT)


def test_a_box_that_is_no_box(tmp_path: Path) -> None:
    with new_pdf([text_at(50, 50, "Story")]) as pdf:
        pdf.pages[0].TrimBox = Array([Name.What, String("x"), 3, 4])
        pdf.save(tmp_path / "odd.pdf")
    assert build(tmp_path / "odd.pdf", tmp_path / "out", SMALL).page_count == 1
