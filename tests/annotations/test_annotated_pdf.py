"""The PDF with annotations: they stand where the words are, PDFium draws them, and no closed page goes along."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from tests.annotations.notes import highlight, note
from tests.cast import Cast, ready_edition, signed_in

from masthead.exports.annotated_pdf import annotated_pdf
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

ADDRESS = "/fathom/no-1/annotated.pdf"
STROKE = {"id": "stroke-1", "colour": "red", "width": 0.01, "points": [0.2, 0.6, 0.5, 0.8, 0.6, 0.5]}


def pdf_of(pages: int = 3, rotation: int = 0, crop: bool = False) -> bytes:
    """White pages of 400 by 500 points as they are shown, each with its own word."""
    pdf = pikepdf.Pdf.new()
    wide, high = (500, 400) if rotation in (90, 270) else (400, 500)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(wide + 40, high + 40) if crop else (wide, high))
        if crop:
            page.cropbox = [20, 20, wide + 20, high + 20]
        if rotation:
            page.obj["/Rotate"] = rotation
        page.obj["/Contents"] = pdf.make_stream(f"% secret of page {number}\n".encode())
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("A title", 0))
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def drawing(page: int = 2) -> dict[str, Any]:
    made = note("", page, kind="drawing", strokes=[STROKE])
    del made["at"]
    return made


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data, source=pdf_of()))


def post(client: Client, *annotations: Any) -> Any:
    return client.post(ADDRESS, json.dumps({"annotations": annotations}), content_type="application/json")


def drawn(pdf: bytes, number: int) -> Any:
    """The page as PDFium draws it, at one pixel a point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        return document[number - 1].render(may_draw_forms=True).to_pil().convert("RGB")
    finally:
        document.close()


def test_highlights_notes_lines_and_bookmarks_are_in_the_pdf(cast: Cast, live: Edition) -> None:
    bookmark = note("", 3, kind="bookmark")
    answer = post(Client(), highlight("words", 2, text="ein Gedanke – مرحبا"), note("Look", 2), drawing(), bookmark)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="fathom-no-1-notes.pdf"'
    pdf = pikepdf.open(io.BytesIO(answer.content))
    kinds = {str(each["/Subtype"]): each for each in pdf.pages[1].obj["/Annots"]}
    assert set(kinds) == {"/Highlight", "/Text", "/Ink"}
    assert str(kinds["/Highlight"]["/Contents"]) == "ein Gedanke – مرحبا"
    assert [float(value) for value in kinds["/Highlight"]["/Rect"]] == [40.0, 440.0, 160.0, 450.0]
    assert str(kinds["/Text"]["/Contents"]) == "Look"
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["A title", "Bookmarks"]
        assert [item.title for item in outline.root[1].children] == ["Page 3"]


@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_they_stand_where_they_are_on_the_page_however_it_is_turned(
    cast: Cast, data: Path, rotation: int, crop: bool
) -> None:
    edition = edition_publish(
        by=cast.owner, edition=ready_edition(cast, data, source=pdf_of(rotation=rotation, crop=crop))
    )
    assert edition.is_live
    image = drawn(post(Client(), highlight("words", 2), drawing()).content, 2)
    assert image.size == (400, 500)
    red, _, blue = image.getpixel((100, 55))  # in the middle of the highlight's box
    assert red > 240
    assert blue < 190
    assert image.getpixel((100, 90)) == (255, 255, 255)
    line = image.getpixel((200, 375))  # in the middle of the line, from (80, 300) to (320, 300) by way of (200, 400)
    around = [image.getpixel((x, y)) for x in range(190, 240) for y in range(290, 310)]
    assert any(pixel[0] > 150 and pixel[1] < 120 for pixel in [line, *around])


def test_only_what_may_be_read_goes_along(cast: Cast, data: Path, live: Edition) -> None:
    from masthead.edition.folder import read_edition

    folder = read_edition(data / live.build.folder) if live.build else None
    assert folder is not None
    made = annotated_pdf(
        folder,
        folder.path / "source.pdf",
        [highlight("words", 2), note("mine", 3)],
        lambda page: page == 3,
        label=str,
        title="Bookmarks",
    )
    pdf = pikepdf.open(io.BytesIO(made))
    assert len(pdf.pages) == 1
    whole = b"".join(bytes(each.read_bytes()) for each in pdf.objects if isinstance(each, pikepdf.Stream))
    assert b"secret of page 3" in whole
    assert b"secret of page 2" not in whole
    assert "/Outlines" not in pdf.Root
    assert [str(each["/Subtype"]) for each in pdf.pages[0].obj["/Annots"]] == ["/Text"]


def test_where_the_publisher_offers_no_pdf_there_is_none(cast: Cast, live: Edition) -> None:
    live.overrides = {"downloads": "no"}
    live.save()
    assert post(Client(), note()).status_code == 404
    assert Client().get(ADDRESS).status_code == 404


def test_faulty_annotations_are_refused(cast: Cast, live: Edition) -> None:
    assert post(signed_in(cast.reader), {"kind": "note"}).status_code == 400
    assert Client().post(ADDRESS, "nothing", content_type="application/json").status_code == 400
