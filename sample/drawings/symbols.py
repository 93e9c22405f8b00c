"""Makes the symbol font of the sample issue: its letter "n" is a filled square, as in the dingbat fonts of old."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

FAMILY = "Fathom Dingbats"
_EPOCH = 2082844800  # 1970 in the seconds since 1904 that fonts count


def write_symbol_font(path: Path) -> None:
    """Write the font; the same bytes each time."""
    glyphs = {".notdef": _box(0, 0, 0), "space": _box(0, 0, 0), "n": _box(110, 130, 420), "l": _diamond()}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({0x20: "space", 0x6E: "n", 0x6C: "l"})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (640, 60)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    names = {"familyName": FAMILY, "styleName": "Regular", "fullName": FAMILY, "psName": "FathomDingbats"}
    builder.setupNameTable({**names, "uniqueFontIdentifier": "FathomDingbats-1", "version": "Version 1.0"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = _EPOCH
    builder.font.recalcTimestamp = False
    builder.save(path)


def _box(left: int, bottom: int, side: int) -> object:
    pen = TTGlyphPen(None)
    if side:
        pen.moveTo((left, bottom))
        pen.lineTo((left, bottom + side))
        pen.lineTo((left + side, bottom + side))
        pen.lineTo((left + side, bottom))
        pen.closePath()
    return pen.glyph()


def _diamond() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((320, 60))
    pen.lineTo((70, 340))
    pen.lineTo((320, 620))
    pen.lineTo((570, 340))
    pen.closePath()
    return pen.glyph()
