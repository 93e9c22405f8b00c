"""Pictures as JPEG: a part of one shows that part, and is cut from a picture that is sharp enough for it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from masthead.exports.announcing.iiif_images import Piece, piece_of, sharp_enough
from masthead.pictures.transcoding import jpeg_piece

COLOURS = {(0, 0): (200, 30, 30), (1, 0): (30, 200, 30), (0, 1): (30, 30, 200), (1, 1): (200, 200, 30)}
PAGE = {"sizes": [[240, 240, 320], [800, 800, 1067], [1600, 1600, 2133]]}


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """A picture of four colours."""
    picture = Image.new("RGB", (400, 600))
    for (column, row), colour in COLOURS.items():
        picture.paste(colour, (200 * column, 300 * row, 200 * column + 200, 300 * row + 300))
    path = tmp_path / "quarters.webp"
    picture.save(path, "WEBP", lossless=True)
    return path


@pytest.mark.parametrize("place", COLOURS)
def test_a_part_shows_that_part(quarters: Path, place: tuple[int, int]) -> None:
    left, top = place[0] / 2, place[1] / 2
    piece = Image.open(io.BytesIO(jpeg_piece(quarters, (left, top, left + 0.5, top + 0.5), (80, 120))))
    assert (piece.format, piece.size) == ("JPEG", (80, 120))
    for at in ((4, 4), (75, 115)):
        seen = piece.getpixel(at)
        assert isinstance(seen, tuple)
        assert max(abs(one - other) for one, other in zip(seen, COLOURS[place], strict=True)) < 12


@pytest.mark.parametrize(
    ("region", "size", "nominal"),
    [
        ("full", "max", 1600),
        ("full", "240,", 240),
        ("full", "241,", 800),
        ("0,0,400,400", "200,", 800),
        ("0,0,400,400", "max", 1600),
        ("0,0,1600,2133", "800,1067", 800),
    ],
)
def test_a_part_is_cut_from_what_is_sharp_enough(region: str, size: str, nominal: int) -> None:
    piece = piece_of(PAGE, region, size)
    assert isinstance(piece, Piece)
    assert sharp_enough(PAGE, piece) == nominal
