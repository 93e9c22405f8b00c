"""The sample issue holds what the reader's journeys and the docs say it holds, and is the same each time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

ROOT = Path(__file__).parents[2]
PAGES = 28


@pytest.fixture(scope="session")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("typst", reason="setting the sample issue wants the build extra")
    sys.path.insert(0, str(ROOT / "sample"))
    try:
        from build import build
    finally:
        sys.path.remove(str(ROOT / "sample"))
    folder = tmp_path_factory.mktemp("issue")
    build(folder / "once.pdf")
    build(folder / "twice.pdf")
    return folder / "once.pdf"


@pytest.fixture(scope="session")
def texts(issue: Path) -> list[str]:
    with pypdfium2.PdfDocument(issue) as document:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]


@pytest.fixture
def pdf(issue: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(issue) as opened:
        yield opened


def fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Every font of the pages, by its name without the tag of its subset."""
    found = {}
    for page in pdf.pages:
        for font in page.obj.get("/Resources", {}).get("/Font", {}).values():
            found[str(font.BaseFont).rsplit("+", maxsplit=1)[-1].lstrip("/")] = font
    return found


def test_the_same_sources_give_the_same_bytes(issue: Path) -> None:
    assert issue.read_bytes() == issue.with_name("twice.pdf").read_bytes()
    assert issue.stat().st_size < 6_000_000


def test_no_page_ran_over(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) == PAGES
    assert {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages} == {(0, 0, 609, 780)}


def test_printed_folios_are_the_page_labels(pdf: pikepdf.Pdf, texts: list[str]) -> None:
    labels = [page.label for page in pdf.pages]
    assert labels == ["Cover", *(str(number) for number in range(2, PAGES + 1))]
    unnumbered = {"Cover", "2", "8", "9", "14", "21", "28"}  # cover, full-page advertisements, the opener
    for label, text in zip(labels, texts, strict=True):
        if label not in unnumbered:
            assert label in text.split(), label


def test_every_font_is_embedded(pdf: pikepdf.Pdf) -> None:
    for name, font in fonts(pdf).items():
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, name


def test_bullets_are_the_letter_n_of_a_symbol_font(pdf: pikepdf.Pdf, texts: list[str]) -> None:
    to_unicode = fonts(pdf)["FathomDingbats"].ToUnicode.read_bytes().decode("latin-1").lower()
    assert "<006e>" in to_unicode
    assert re.search(r"(?m)^n Look at the date of the survey", texts[6])
    assert len(re.findall(r"(?m)^n \S", texts[19])) == 10


def test_metadata_says_title_author_and_language(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.Title) == "Fathom 12: The Light on the Rock"
    assert str(pdf.docinfo.Author) == "Fathom Quarterly"
    assert str(pdf.Root.Lang).lower().startswith("en")


def test_the_outline_is_two_levels_deep(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        top = {str(item.title): [str(child.title) for child in item.children] for item in outline.root}
    assert {"Contents", "The light on the rock", "How to hear fog", "Two tides a day"} <= set(top)
    assert top["The light on the rock"][:2] == ["A tower like an oak", "Grinding on"]


def test_links_lead_into_the_issue_and_out(pdf: pikepdf.Pdf) -> None:
    inside, outside = 0, set()
    for annotation in pdf.pages[2].Annots:
        if "/A" in annotation and "/URI" in annotation.A:
            outside.add(str(annotation.A.URI))
        elif "/Dest" in annotation or "/A" in annotation:
            inside += 1
    assert inside >= 14
    assert "https://fathom.example/issues/12" in outside
    everywhere = {
        str(annotation.A.URI)
        for page in pdf.pages
        for annotation in page.obj.get("/Annots", [])
        if "/A" in annotation and "/URI" in annotation.A
    }
    assert any(address.startswith("mailto:") for address in everywhere)
    assert all(address.startswith(("https://", "mailto:")) and ".example" in address for address in everywhere)


def test_the_form_can_be_filled_in(pdf: pikepdf.Pdf) -> None:
    fields = {str(field.T): str(field.FT) for field in pdf.Root.AcroForm.Fields}
    assert fields["email"] == "/Tx"
    assert fields["consent"] == "/Btn"
    assert len(fields) == 17
    on_page = [annotation for annotation in pdf.pages[25].Annots if annotation.Subtype == "/Widget"]
    assert len(on_page) == len(fields)
    for widget in on_page:
        left, low, right, high = (float(side) for side in widget.Rect)
        assert 0 < left < right < 610
        assert 0 < low < high < 780


def test_an_article_continues_later(texts: list[str]) -> None:
    assert "Continued on page 24" in texts[9]
    assert "Continued from page 10" in texts[23]


def test_words_are_broken_at_line_ends(texts: list[str]) -> None:
    broken = re.findall(r"\w[\u00ad\ufffe\x02-]\r?\n?\w", "\n".join(texts))
    assert len(broken) > 40


def test_the_goods_have_codes_and_prices(texts: list[str]) -> None:
    assert len(set(re.findall(r"HB-\d{4}", texts[21]))) == 12
    assert len(re.findall(r"£\d+\.\d\d", texts[21])) == 12


def test_the_issns_are_well_formed(texts: list[str]) -> None:
    numbers = set(re.findall(r"ISSN (\d{4}-\d{3}[\dX])", "\n".join(texts)))
    assert len(numbers) == 2
    for number in numbers:
        digits = number.replace("-", "")
        total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
        assert "0123456789X"[-total % 11] == digits[7], number
