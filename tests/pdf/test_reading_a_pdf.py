"""Opening, describing and drawing PDFs: labels, links, rotation, passwords, damage."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.pdfs import HEIGHT, WIDTH, add_link, new_pdf, save_encrypted, story_pdf, text_at

from masthead.document.errors import (
    FileMissingError,
    NotAPdfError,
    PasswordRequiredError,
    PasswordWrongError,
    PdfDamagedError,
)
from masthead.document.geometry import Box
from masthead.pdf.links import page_links
from masthead.pdf.opening import open_pdf
from masthead.pdf.rendering import render
from masthead.pdf.report import read_report


def test_a_report_says_what_the_pdf_says(tmp_path: Path) -> None:
    report = read_report(open_pdf(story_pdf(tmp_path / "story.pdf")))
    assert (report.title, report.language, report.encrypted, report.repaired) == ("Harbour", "en", False, False)
    assert [page.label for page in report.pages] == ["i", "1", "2"]
    assert [(entry.title, entry.page) for entry in report.outline] == [("Start", 1), ("End", 3)]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"ModDate": "D:20180301120000+02'00'"}, "2018-03-01T10:00:00Z"),
        ({"ModDate": "D:20180301013000-0530"}, "2018-03-01T07:00:00Z"),
        ({"ModDate": "20180301120000Z"}, "2018-03-01T12:00:00Z"),
        ({"ModDate": "D:2018"}, "2018-01-01T00:00:00Z"),
        ({"ModDate": "D:20189901", "CreationDate": "D:20170102"}, "2017-01-02T00:00:00Z"),
        ({"ModDate": "yesterday"}, ""),
        ({"ModDate": "D:00010101"}, ""),
        ({}, ""),
    ],
)
def test_the_date_of_the_last_change_is_told_in_utc(tmp_path: Path, dates: dict[str, str], told: str) -> None:
    with new_pdf([text_at(50, 50, "A")]) as pdf:
        for name, value in dates.items():
            pdf.docinfo[f"/{name}"] = String(value)
        pdf.save(tmp_path / "dated.pdf")
    assert read_report(open_pdf(tmp_path / "dated.pdf")).modified == told


def test_crop_and_rotation_are_applied(tmp_path: Path) -> None:
    with new_pdf([text_at(50, 50, "A")]) as pdf:
        pdf.pages[0].obj.CropBox = Array([0, HEIGHT / 2, WIDTH, HEIGHT])
        pdf.pages[0].obj.Rotate = 90
        add_link(pdf, 1, (0, 0, 100, 50), Dictionary(S=Name.URI, URI=String("https://example.org/")))
        pdf.save(tmp_path / "turned.pdf")
    opened = open_pdf(tmp_path / "turned.pdf")
    page = read_report(opened).pages[0]
    assert (page.width, page.height, page.rotation) == (HEIGHT / 2, WIDTH, 90)
    raster = render(opened, 1, 250)
    assert (raster.width, raster.height) == (250, 400)
    box = page_links(opened, 1)[0].box
    assert box == pytest.approx(Box(HEIGHT / 2 - 50, 0, HEIGHT / 2, 100), abs=0.1)


def test_a_tile_is_a_part_of_the_whole(tmp_path: Path) -> None:
    opened = open_pdf(story_pdf(tmp_path / "story.pdf"))
    whole = render(opened, 1, 800)
    part = render(opened, 1, 800, Box(100, 100, 200, 200))
    assert (part.width, part.height) == (200, 200)
    row = whole.data[250 * whole.stride + 200 * 4 : 250 * whole.stride + 400 * 4]
    assert part.data[50 * part.stride : 50 * part.stride + 200 * 4] == row


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "java\tscript:x",
    ],
)
def test_dangerous_links_die(tmp_path: Path, address: str) -> None:
    with new_pdf([text_at(50, 50, "A")]) as pdf:
        add_link(pdf, 1, (0, 0, 100, 50), Dictionary(S=Name.URI, URI=String(address)))
        add_link(pdf, 1, (0, 60, 100, 90), Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
        add_link(pdf, 1, (0, 100, 100, 120), Dictionary(S=Name.Launch, F=String("calc.exe")))
        pdf.save(tmp_path / "bad.pdf")
    assert page_links(open_pdf(tmp_path / "bad.pdf"), 1) == ()


def test_links_lead_to_pages_mail_and_web(tmp_path: Path) -> None:
    with new_pdf([text_at(50, 50, "A"), text_at(50, 50, "B")]) as pdf:
        add_link(pdf, 1, (0, 0, 100, 20), Dictionary(S=Name.URI, URI=String("mailto:a@example.org")))
        add_link(pdf, 1, (0, 30, 100, 50), Dictionary(S=Name.URI, URI=String("www.example.org/x y")))
        target = Array([pdf.pages[1].obj, Name.Fit])
        add_link(pdf, 1, (0, 60, 100, 80), Dictionary(S=Name.GoTo, D=target))
        pdf.save(tmp_path / "links.pdf")
    found = [(link.kind.value, link.target) for link in page_links(open_pdf(tmp_path / "links.pdf"), 1)]
    assert found[0] == ("mail", "mailto:a@example.org")
    assert found[1][0] == "web"
    assert found[2] == ("page", "2")


def test_passwords(tmp_path: Path) -> None:
    locked = save_encrypted(story_pdf(tmp_path / "story.pdf"), tmp_path / "locked.pdf", user="æøå")
    with pytest.raises(PasswordRequiredError):
        open_pdf(locked)
    with pytest.raises(PasswordWrongError):
        open_pdf(locked, "wrong")
    opened = open_pdf(locked, "æøå")
    assert opened.encrypted
    (tmp_path / "free.pdf").write_bytes(opened.normalised_bytes())
    with pikepdf.open(tmp_path / "free.pdf") as pdf:
        assert not pdf.is_encrypted
    assert opened.normalised_bytes() == opened.normalised_bytes()


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        open_pdf(tmp_path / "nowhere.pdf")
    (tmp_path / "empty.pdf").write_bytes(b"")
    with pytest.raises(NotAPdfError):
        open_pdf(tmp_path / "empty.pdf")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    with pytest.raises(PdfDamagedError) as torn:
        open_pdf(tmp_path / "torn.pdf")
    assert str(tmp_path) not in torn.value.detail  # where files lie is nobody's business


def test_a_file_whose_cross_references_are_lost_is_repaired(tmp_path: Path) -> None:
    data = story_pdf(tmp_path / "story.pdf").read_bytes()
    (tmp_path / "lost.pdf").write_bytes(data[: data.rindex(b"startxref")])
    assert len(open_pdf(tmp_path / "lost.pdf").document) == 3
