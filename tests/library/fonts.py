"""Makes small WOFF2 fonts for tests, with a tool that has nothing to do with ours."""

from __future__ import annotations

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def woff2(family: str = "Lantern", weight: int = 400, *, is_italic: bool = False, varies: bool = False) -> bytes:
    """A font whose A is a box."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for place in ((100, 700), (500, 700), (500, 0)):
        pen.lineTo(place)
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "A": (600, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Italic" if is_italic else "Regular"})
    builder.setupOS2(usWeightClass=weight, fsSelection=1 if is_italic else 64)
    if varies:
        builder.setupFvar([("wght", 200, 400, 800, "Weight")], [])
    builder.setupPost()
    builder.font.flavor = "woff2"
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
