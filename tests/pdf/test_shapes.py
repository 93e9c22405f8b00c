"""What a page draws that is not text, however it is drawn."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from pikepdf import Array, Dictionary, Name
from tests.pdfs import HEIGHT, new_pdf

from masthead.document.text import Shape
from masthead.pdf.glyphs import page_text


def _shapes(folder: Path, content: str) -> list[Shape]:
    path = folder / "drawn.pdf"
    with new_pdf([content]) as pdf:
        pdf.save(path)
    return _read(path)


def _read(path: Path) -> list[Shape]:
    document = pypdfium2.PdfDocument(path)
    try:
        return list(page_text(document[0], 1).shapes)
    finally:
        document.close()


def _rules(shapes: list[Shape]) -> list[tuple[int, ...]]:
    """Rules as whole points: x0, y0, x1, y1."""
    return sorted(tuple(round(value) for value in shape.box) for shape in shapes if shape.kind == "rule")


def test_a_grid_that_is_one_path_is_its_rules(tmp_path: Path) -> None:
    grid = "0 G 0.5 w 50 400 m 250 400 l 50 380 m 250 380 l 50 360 m 250 360 l 50 360 m 50 400 l 150 360 m 150 400 l S"
    top = round(HEIGHT - 400)
    assert _rules(_shapes(tmp_path, grid)) == sorted(
        [(50, top + down, 250, top + down) for down in (0, 20, 40)] + [(x, top, x, top + 40) for x in (50, 150)]
    )


def test_short_pieces_are_one_rule_and_lone_ones_none(tmp_path: Path) -> None:
    pieces = " ".join(f"{x} 300 8 0.5 re" for x in range(50, 210, 9))
    assert _rules(_shapes(tmp_path, f"0 g {pieces} f 300 200 8 0.5 re f")) == [(50, 200, 211, 200)]


def test_a_stroked_box_is_a_frame_and_stroked_cells_are_rules(tmp_path: Path) -> None:
    (frame,) = _shapes(tmp_path, "1 0 0 RG 50 300 200 100 re S")
    assert (frame.kind, frame.colour) == ("frame", 0xFF0000)
    cells = "0 G 0.5 w " + " ".join(f"{x} 300 40 15 re" for x in (50, 90, 130)) + " S"
    top, bottom = HEIGHT - 315, HEIGHT - 300
    rules = _rules(_shapes(tmp_path, cells))
    assert (50, round(top), 170, round(top)) in rules
    assert (50, round(bottom), 170, round(bottom)) in rules
    assert sum(x0 == x1 for x0, _, x1, _ in rules) == 4


def test_boxes_of_one_path_are_each_a_fill(tmp_path: Path) -> None:
    shapes = _shapes(tmp_path, "0.8 g 50 300 200 12 re 50 270 200 12 re f")
    assert [(shape.kind, round(shape.box.y0)) for shape in shapes] == [("fill", 188), ("fill", 218)]


def test_a_drawing_has_no_rules(tmp_path: Path) -> None:
    zigzag = "50 300 m " + " ".join(f"{50 + i * 3} {300 + (i % 2) * 20} l" for i in range(1, 90)) + " S"
    assert _rules(_shapes(tmp_path, zigzag)) == []


def test_forms_are_opened_and_their_shapes_stand_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    with new_pdf(["q 2 0 0 2 10 20 cm /Form Do Q"]) as pdf:
        form = pdf.make_stream(b"0.5 g 0 0 100 40 re f 0 G 0 60 m 100 60 l S")
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox, form.Matrix = Array([0, 0, 200, 200]), Array([1, 0, 0, 1, 5, 5])
        pdf.pages[0].Resources.XObject = Dictionary(Form=form)
        pdf.save(path)
    fill, rule = _read(path)
    assert tuple(round(value) for value in fill.box) == (20, round(HEIGHT - 110), 220, round(HEIGHT - 30))
    assert (round(rule.box.x0), round(rule.box.y0)) == (20, round(HEIGHT - 150))


def test_a_form_that_holds_itself_ends(tmp_path: Path) -> None:
    path = tmp_path / "endless.pdf"
    with new_pdf(["/Form Do"]) as pdf:
        form = pdf.make_stream(b"0 g 0 0 100 40 re f /Form Do")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 200])
        form.Resources = Dictionary(XObject=Dictionary(Form=form))
        pdf.pages[0].Resources.XObject = Dictionary(Form=form)
        pdf.save(path)
    assert 1 <= len(_read(path)) < 10


def test_small_shapes_that_are_seen_may_be_bullets(tmp_path: Path) -> None:
    drawn = "1 0 0 rg 50 300 4 4 re f 1 g 50 280 4 4 re f 0 0 1 RG 50 260 m 54 260 l 52 264 l s 0 g 50 240 40 4 re f"
    marks = [(round(shape.box.y0), shape.colour) for shape in _shapes(tmp_path, drawn) if shape.kind == "mark"]
    assert marks == [(round(HEIGHT - 304), 0xFF0000), (round(HEIGHT - 264) - 2, 0x0000FF)]


def test_a_drawing_of_many_small_shapes_has_few_marks(tmp_path: Path) -> None:
    points = " ".join(f"{50 + at % 40 * 5} {200 + at // 40 * 5} 3 3 re f" for at in range(600))
    assert sum(shape.kind == "mark" for shape in _shapes(tmp_path, f"0 g {points}")) < 310


def test_a_wedge_over_the_page_is_no_ground_of_text_and_a_round_box_is_one(tmp_path: Path) -> None:
    wedge = "0.9 g 0 0 m 595 0 l 595 100 l 0 300 l f"
    round_box = "0.9 g 60 300 m 240 300 l 245 300 250 305 250 310 c 250 390 l 250 395 245 400 240 400 c 60 400 l 55 400"
    round_box += " 50 395 50 390 c 50 310 l 50 305 55 300 60 300 c f"
    assert _shapes(tmp_path, wedge) == []
    assert [shape.kind for shape in _shapes(tmp_path, round_box)] == ["fill"]
