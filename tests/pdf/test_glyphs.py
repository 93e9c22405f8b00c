"""Characters of a real page: place, size, rotation, crop."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
import pytest

from masthead.document.text import PageText, Role
from masthead.layout.lines import page_lines
from masthead.layout.reading import read
from masthead.pdf.glyphs import page_text


def _read(
    content: str,
    rotate: int = 0,
    crop: Sequence[float] | None = None,
    meanings: dict[str, str] | None = None,
    face: str = "Helvetica-BoldOblique",
) -> PageText:
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(f"/{face}"))
    )
    if meanings:
        font.ToUnicode = pdf.make_stream(_to_unicode(meanings))
    page = pdf.add_blank_page(page_size=(400, 500))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(content.encode("latin-1"))
    page.Rotate = rotate
    if crop:
        page.CropBox = pikepdf.Array(crop)
    data = io.BytesIO()
    pdf.save(data)
    document = pypdfium2.PdfDocument(data.getvalue())
    try:
        return page_text(document[0], 1)
    finally:
        document.close()


def _to_unicode(meanings: dict[str, str]) -> bytes:
    """A CMap that says what text each character of the font stands for."""
    rows = [f"<{ord(char):02x}> <{text.encode('utf-16-be').hex()}>" for char, text in meanings.items()]
    mapping = f"1 begincodespacerange <00> <ff> endcodespacerange {len(rows)} beginbfchar {' '.join(rows)} endbfchar"
    frame = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap {} endcmap end end"
    return frame.format(mapping).encode()


def _text(page: PageText) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def test_place_size_colour_and_face() -> None:
    page = _read("1 0 0 rg BT /F1 6 Tf 2 0 0 2 100 400 Tm (Salt) Tj ET")
    first = page.glyphs[0]
    assert (_text(page), first.size, first.colour, first.angle, first.visible) == ("Salt", 12.0, 0xFF0000, 0.0, True)
    assert first.box.x0 == pytest.approx(100, abs=1)
    assert first.box.y0 < 100 < first.box.y1
    assert page.fonts[first.font].bold
    assert page.fonts[first.font].italic


def test_crop_moves_the_origin_and_drops_what_lies_outside() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (in) Tj ET BT /F1 12 Tf 10 10 Td (out) Tj ET", crop=(50, 50, 350, 450))
    assert (page.width, page.height, _text(page)) == (300, 400, "in")
    assert page.glyphs[0].box.x0 == pytest.approx(50, abs=1)


def test_a_turned_page_turns_its_characters() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (Salt) Tj ET", rotate=90)
    assert (page.width, page.height) == (500, 400)
    assert page.glyphs[0].angle == 90
    assert page.glyphs[0].box.y0 == pytest.approx(100, abs=1)
    assert page.glyphs[0].box.y0 < page.glyphs[3].box.y0


def test_hidden_text_is_marked_and_each_object_is_a_run() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (a) Tj ET BT 3 Tr /F1 12 Tf 100 300 Td (b) Tj ET")
    assert [glyph.visible for glyph in page.glyphs if not glyph.text.isspace()] == [True, False]
    assert len({glyph.run for glyph in page.glyphs}) == 2


def test_generated_spaces_are_left_out_and_hyphens_kept() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (har-) Tj ET BT /F1 12 Tf 100 386 Td (bour) Tj ET")
    assert _text(page) == "har-bour"


def test_shapes_are_fills_and_rules() -> None:
    page = _read("0 1 0 rg 40 100 320 180 re f 0 0 0 rg 40 90 320 1 re f")
    assert [(shape.kind, shape.colour) for shape in page.shapes] == [("fill", 0x00FF00), ("rule", 0)]


def test_a_cropped_picture_is_as_large_as_what_is_seen_of_it() -> None:
    picture = "300 0 0 300 50 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI"
    page = _read(f"q 100 150 120 80 re W n q 90 140 60 200 re W n {picture} Q Q q {picture} Q")
    assert [(shape.kind, shape.box) for shape in page.shapes] == [
        ("picture", (100, 270, 150, 350)),
        ("picture", (50, 100, 350, 400)),
    ]


@pytest.mark.parametrize("said", ["لا", "ال"])  # some writers of PDFs give a ligature's letters as they are seen
def test_a_ligature_of_lam_and_alef_is_read_from_the_right(said: str) -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (A) Tj ET", meanings={"A": said})
    lam, alef = (next(glyph for glyph in page.glyphs if glyph.text == letter) for letter in "لا")
    assert lam.box.x0 == pytest.approx(alef.box.x1)
    assert lam.box.width == pytest.approx(alef.box.width)


def test_a_character_of_two_units_is_one() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (AB) Tj ET", meanings={"A": "\U0001f517", "B": "x"})
    assert [glyph.text for glyph in page.glyphs] == ["\U0001f517", "x"]


def test_a_face_that_looks_like_a_typewriter_is_not_fixed_in_width() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (Salt) Tj ET", face="AmericanTypewriter")
    assert not page.fonts[0].monospace
    assert _read("BT /F1 12 Tf 100 400 Td (Salt) Tj ET", face="Courier").fonts[0].monospace


def test_the_letters_of_other_ligatures_stand_as_they_come() -> None:
    page = _read("BT /F1 12 Tf 100 400 Td (A) Tj ET", meanings={"A": "fi"})
    assert [glyph.text for glyph in sorted(page.glyphs, key=lambda glyph: glyph.box.x0)] == ["f", "i"]


def _bullets(colour: str = "0 g", count: int = 4) -> PageText:
    """Lines with the first character of a drawn font before each; its second one is a space. No code names them."""
    pdf = pikepdf.new()
    square, space = b"600 0 0 0 500 500 d1 0 0 500 500 re f", b"600 0 0 0 0 0 d1"
    drawn = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type3,
        FontBBox=pikepdf.Array([0, 0, 500, 500]),
        FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=pikepdf.Dictionary(g1=pdf.make_stream(square), g2=pdf.make_stream(space)),
        Encoding=pikepdf.Dictionary(
            Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([1, pikepdf.Name("/g1"), pikepdf.Name("/g2")])
        ),
        FirstChar=1,
        LastChar=2,
        Widths=pikepdf.Array([600, 600]),
        Resources=pikepdf.Dictionary(),
    )
    text = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = pdf.add_blank_page(page_size=(400, 500))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=text, F2=drawn))
    rows = [
        f"BT {colour} /F2 10 Tf 40 {400 - 20 * at} Td (\\001\\002) Tj ET"
        f" BT 0 g /F1 10 Tf 56 {400 - 20 * at} Td (Ropes and an anchor {at}) Tj ET"
        for at in range(count)
    ]
    page.Contents = pdf.make_stream(" ".join(rows).encode("latin-1"))
    data = io.BytesIO()
    pdf.save(data)
    document = pypdfium2.PdfDocument(data.getvalue())
    try:
        return page_text(document[0], 1)
    finally:
        document.close()


def test_characters_that_no_code_names_are_kept_as_marks_if_they_are_seen() -> None:
    page = _bullets("1 0 0 rg")
    marks = [shape for shape in page.shapes if shape.kind == "mark"]
    assert [(mark.colour, round(mark.box.x0), round(mark.box.width)) for mark in marks] == [(0xFF0000, 40, 5)] * 4
    assert _text(page).startswith("Ropes and an anchor 0")


def test_bullets_that_no_code_names_begin_items_of_lists() -> None:
    blocks = read([page_lines(_bullets())]).blocks[1]
    assert [(block.role, block.text) for block in blocks] == [
        (Role.LIST_ITEM, f"Ropes and an anchor {at}") for at in range(4)
    ]


@pytest.mark.parametrize(
    ("face", "bold"),
    [
        ("Frutiger-Black", True),
        ("TradeGothicLTStd-Bd2", True),
        ("TradeGothicLTStd-BdCn20", True),
        ("UniversLTStd-Hv", True),
        ("CMBX10", True),
        ("CMSSBX10", True),
        ("NimbusRomNo9L-Medi", True),
        ("FrutigerLTStd-Roman", False),
        ("CMR10", False),
        ("Bdf-Grotesk", False),
        ("HelveticaNeue-Medium", False),
    ],
)
def test_weights_are_known_by_the_names_that_foundries_give_them(face: str, bold: bool) -> None:
    assert _read("BT /F1 12 Tf 100 400 Td (Salt) Tj ET", face=face).fonts[0].bold is bold
