"""By how many degrees a scanned page lies askew, from the profile of its rows.

On a page that lies straight, rows through lines of text are dark and rows between them white; the more it is turned,
the more they blur. The angle at which neighbouring rows differ most is the page's (W. Postl 1986, "Detection of linear
oblique structures and skew scan in digitized documents"). Text that runs up or down the page is seen on its side.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageOps

_SIDE = 900  # pixels: lines of text are still apart
_INK = 140  # of 255: darker is ink, after the contrast was stretched
_MOST = 6.0  # degrees to either side
_STEP, _FINE = 0.5, 0.1
_LEAST = 0.3  # less does no harm
_CLEAR = 1.15  # times as sharp as the page as it is


def skew_of(picture: Image.Image) -> float:
    """Degrees clockwise by which the page is turned, between -6 and 6; 0 where it is straight or nothing shows it."""
    small = ImageOps.autocontrast(picture.reduce(max(1, round(max(picture.size) / _SIDE))))
    ink = small.point([255 if value < _INK else 0 for value in range(256)])
    found, sharpness, straight = max(
        (_sharpest(ink), _sharpest(ink.transpose(Image.Transpose.ROTATE_90))), key=lambda seen: seen[1]
    )
    return found if abs(found) >= _LEAST and sharpness > _CLEAR * straight else 0.0


def straightened(picture: Image.Image, skew: float) -> Image.Image:
    """The picture turned back by that angle about its middle, and grown so that no corner is lost."""
    return picture.rotate(skew, Image.Resampling.BICUBIC, expand=True, fillcolor=paper_of(picture))


def paper_of(picture: Image.Image) -> int:
    """The grey of the paper, which most of a page is; white corners beside grey paper would make it look like ink."""
    counts = picture.reduce(4).histogram()
    half, seen = sum(counts) / 2, 0
    for grey, count in enumerate(counts):
        seen += count
        if seen >= half:
            return grey
    return 255


def _sharpest(ink: Image.Image) -> tuple[float, int, int]:
    """The best angle, how sharp the rows are there, and how sharp they are as the page is."""
    straight = _sharpness(ink, 0.0)
    steps = round(_MOST / _STEP)
    middle, _ = _best(ink, [step * _STEP for step in range(-steps, steps + 1)])
    angle, best = _best(ink, [round(middle + step * _FINE, 1) for step in range(-4, 5)])
    return angle, best, straight


def _best(ink: Image.Image, angles: Sequence[float]) -> tuple[float, int]:
    seen = [(angle, _sharpness(ink, angle)) for angle in angles]
    return max(seen, key=lambda pair: (pair[1], -abs(pair[0])))


def _sharpness(ink: Image.Image, angle: float) -> int:
    turned = ink.rotate(angle, Image.Resampling.NEAREST, fillcolor=0)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(rows))
