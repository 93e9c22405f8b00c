"""Double pages saved as one wide page become single pages again: pictures, words, links, labels and outline agree."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from tests.pdfs import HEIGHT, WIDTH, add_link, new_pdf, text_at

from masthead.edition.build import build
from masthead.edition.check import check
from masthead.edition.folder import Edition, place_of
from masthead.edition.options import BuildOptions, Spreads
from masthead.site.source import FolderSource

RED, BLUE = "1 0 0 rg", "0 0 1 rg"


def spreads_pdf(path: Path, *, labels: bool = False, right_to_left: bool = False, cover: bool = True) -> Path:
    """A cover, two spreads with a red left page and a blue right one, a back; a link and an outline to spread two."""
    half = f"0 0 {WIDTH} {HEIGHT} re f"
    spread = [f"{RED} {half} {BLUE} 1 0 0 1 {WIDTH} 0 cm {half} 1 0 0 1 -{WIDTH} 0 cm 0 g"]
    contents = [
        text_at(50, 60, "Cover"),
        "\n".join([*spread, text_at(50, 60, "Left story one"), text_at(WIDTH + 50, 90, "Right story one")]),
        "\n".join([*spread, text_at(50, 60, "Left story two"), text_at(WIDTH + 50, 90, "Right story two")]),
        text_at(50, 60, "Back"),
    ]
    with new_pdf(contents if cover else contents[1:3]) as pdf:
        for page in list(pdf.pages)[1:3] if cover else pdf.pages:
            page.MediaBox = Array([0, 0, 2 * WIDTH, HEIGHT])
        target = Array([pdf.pages[2 if cover else 1].obj, Name.Fit])
        add_link(pdf, 2 if cover else 1, (WIDTH + 40, 76, WIDTH + 200, 96), Dictionary(S=Name.GoTo, D=target))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Two", 2 if cover else 1))
        if labels:
            names = ["1", "2-3", "4-5", "6"]
            rows = [part for at, name in enumerate(names) for part in (at, Dictionary(P=String(name)))]
            pdf.Root.PageLabels = Dictionary(Nums=Array(rows))
        if right_to_left:
            pdf.Root.ViewerPreferences = Dictionary(Direction=Name("/R2L"))
        pdf.save(path)
    return path


def texts(edition: Edition) -> list[str]:
    return [edition.plain_text(number).strip() for number in range(1, edition.page_count + 1)]


def test_a_clear_case_is_split(tmp_path: Path) -> None:
    edition = build(spreads_pdf(tmp_path / "issue.pdf"), tmp_path / "out")
    pages = edition.manifest["pages"]
    assert texts(edition) == ["Cover", "Left story one", "Right story one", "Left story two", "Right story two", "Back"]
    assert [page["label"] for page in pages] == ["1", "2", "3", "4", "5", "6"]
    assert {(page["width"], page["height"]) for page in pages} == {(WIDTH, HEIGHT)}
    assert [(page.get("sheet"), page.get("window")) for page in pages[1:3]] == [
        (2, [0, 0, WIDTH, HEIGHT]),
        (2, [WIDTH, 0, 2 * WIDTH, HEIGHT]),
    ]
    assert "sheet" not in pages[0]
    assert pages[5]["sheet"] == 4
    assert "window" not in pages[5]
    assert [(entry["title"], entry["page"]) for entry in edition.manifest["contents"]] == [("Two", 4)]
    assert check(tmp_path / "out") == []


def test_pictures_words_and_links_agree(tmp_path: Path) -> None:
    build(spreads_pdf(tmp_path / "issue.pdf"), tmp_path / "out")
    for number, colour in ((2, (255, 0, 0)), (3, (0, 0, 255))):
        with Image.open(tmp_path / f"out/pictures/800/{number}.webp") as picture:
            assert picture.size == (831, 1039)  # that of an upright page
            for x in (20, 810):  # one colour over the whole width: the cut is where the fold is
                pixel = picture.convert("RGB").getpixel((x, 700))
                assert all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))  # type: ignore[arg-type]
    left, right = (json.loads((tmp_path / f"out/pages/{number}.json").read_bytes()) for number in (2, 3))
    word = right["blocks"][0]["lines"][0]["words"][0]
    assert word[0] == "Right"
    assert word[1] == pytest.approx(50, abs=1)
    assert left["links"] == []
    assert [(link["target"], link["text"]) for link in right["links"]] == [("4", "Right story one")]
    assert right["links"][0]["box"] == [40, 76, 200, 96]


def test_tiles_are_of_their_half(tmp_path: Path) -> None:
    edition = build(spreads_pdf(tmp_path / "issue.pdf"), tmp_path / "out", BuildOptions(widths=(240,), workers=1))
    assert place_of(edition.manifest["pages"][2]).sheet == 2
    source = FolderSource(edition.path, tmp_path / "cache")
    try:
        tile = source.tile(3, 3200, 0, 6)
        assert tile is not None
        with Image.open(tile) as picture:
            assert picture.size == (512, 512)
            red, _, blue = picture.convert("RGB").getpixel((2, 2))  # type: ignore[misc]
            assert (red < 12, blue > 243) == (True, True)
    finally:
        source.close()


def test_labels_of_both_pages_and_a_binding_on_the_right(tmp_path: Path) -> None:
    pdf = spreads_pdf(tmp_path / "issue.pdf", labels=True, right_to_left=True)
    edition = build(pdf, tmp_path / "out", BuildOptions(widths=(240,), workers=1))
    assert [page["label"] for page in edition.manifest["pages"]] == ["1", "2", "3", "4", "5", "6"]
    assert texts(edition)[1:3] == ["Right story one", "Left story one"]


@pytest.mark.parametrize(
    ("cover", "spreads", "count"),
    [(True, "keep", 4), (True, "split", 6), (False, "auto", 2), (False, "split", 4)],
)
def test_what_is_not_clear_is_split_on_request(tmp_path: Path, cover: bool, spreads: Spreads, count: int) -> None:
    pdf = spreads_pdf(tmp_path / "issue.pdf", cover=cover)
    edition = build(pdf, tmp_path / "out", BuildOptions(widths=(240,), workers=1, spreads=spreads))
    assert edition.page_count == count
    assert bool(edition.manifest["warnings"]) == (spreads == "split")


def test_a_fold_out_plan_in_a_report_stays_whole(tmp_path: Path) -> None:
    with new_pdf([text_at(50, 60, f"Page {number}") for number in range(1, 6)]) as pdf:
        pdf.pages[2].MediaBox = Array([0, 0, 2 * WIDTH, HEIGHT])
        pdf.save(tmp_path / "report.pdf")
    assert build(tmp_path / "report.pdf", tmp_path / "out", BuildOptions(widths=(240,), workers=1)).page_count == 5
