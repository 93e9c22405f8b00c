"""A scan becomes an edition that can be searched and read; where nothing can be read, it says why."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image
from tests.recognition.conftest import engine as engine  # noqa: PLC0414 - the fixture
from tests.recognition.scans import PROSE, lying_pdf, pixels_of, prose_pdf, scan_pdf

from masthead.edition.build import build
from masthead.edition.check import check
from masthead.edition.folder import Edition
from masthead.edition.inspection import inspect
from masthead.edition.options import BuildOptions
from masthead.recognition.engine import Engine
from masthead.recognition.letters import WRONG_LETTERS
from masthead.recognition.need import NO_TEXT

SAID = " ".join(PROSE)


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prose_pdf(tmp_path_factory.mktemp("prose") / "prose.pdf")


@pytest.fixture(scope="module")
def scan(prose: Path) -> Path:
    """A page, a blank page, and the page again, which lies askew."""
    page = pixels_of(prose, dots=200)
    blank = Image.new("L", page.size, 250)
    askew = page.rotate(-2.0, Image.Resampling.BICUBIC, fillcolor=255)
    return scan_pdf(prose.parent / "scan.pdf", [page, blank, askew])


@pytest.fixture(scope="module")
def edition(engine: Engine, scan: Path) -> Edition:
    return build(scan, scan.parent / "edition")


def small(**choices: object) -> BuildOptions:
    return BuildOptions(widths=(240,), **choices)  # type: ignore[arg-type]


def test_a_scan_is_an_edition_like_any_other(edition: Edition) -> None:
    assert check(edition.path) == []
    assert [page["has_text"] for page in edition.manifest["pages"]] == [True, False, True]
    for number in (1, 3):
        assert SAID in edition.text_fragment(number).replace("\n", " ")
    search = json.loads((edition.path / "search/1.json").read_text())
    assert SAID in search["pages"][0]["text"]


def test_the_manifest_says_who_read_what_and_why(edition: Edition, engine: Engine) -> None:
    said = edition.manifest["recognition"]
    assert said == {"engine": f"Tesseract {engine.version}", "languages": ["eng"], "pages": [1, 3]}
    assert edition.manifest["warnings"] == []
    first, blank, _ = edition.manifest["pages"]
    assert first["reasons"] == [f"{NO_TEXT} Its words were recognised from its picture."]
    assert 0.8 < first["confidence"] < 1
    assert "reasons" not in blank


def test_words_of_a_page_askew_stand_where_they_are_seen(edition: Edition) -> None:
    page = json.loads((edition.path / "pages/3.json").read_text())
    line = next(line for block in page["blocks"] for line in block["lines"] if line["words"][0][0] == "The")
    _, x0, top, *_ = line["words"][0]
    _, x1, end, *_ = line["words"][-1]
    assert end - top == pytest.approx((x1 - x0) * 0.0349, abs=1.2)


def test_the_same_scan_gives_the_same_bytes(edition: Edition, scan: Path, tmp_path: Path) -> None:
    again = build(scan, tmp_path / "again", BuildOptions(workers=2))
    assert again.build == edition.build
    manifests = [folder / "manifest.json" for folder in (edition.path, again.path)]
    assert len({hashlib.sha256(path.read_bytes()).hexdigest() for path in manifests}) == 1


def test_a_font_that_lies_is_not_believed(engine: Engine, prose: Path, tmp_path: Path) -> None:
    lines = [*PROSE, *(line.upper() for line in PROSE), *PROSE]
    source = prose_pdf(tmp_path / "long.pdf", lines=lines)
    found = inspect(lying_pdf(source, tmp_path / "lies.pdf"), small(language="en"))
    assert found["pages"][0]["reasons"] == [f"{WRONG_LETTERS} Its words were recognised from its picture."]
    text = " ".join(block["text"] for block in found["pages"][0]["blocks"])
    assert all(line in text for line in PROSE)
    believed = inspect(tmp_path / "lies.pdf", small(language="en", recognise=False))
    assert believed["recognition"] is None
    assert not any("keeper" in block["text"] for block in believed["pages"][0]["blocks"])
    assert inspect(source, small())["recognition"] is None


def test_without_tesseract_the_edition_is_made_and_says_what_to_install(scan: Path, tmp_path: Path) -> None:
    edition = build(scan, tmp_path / "edition", small(tesseract="/nonexistent/tesseract"))
    assert check(edition.path) == []
    (warning,) = edition.manifest["warnings"]
    assert warning.startswith("3 pages have no text that can be read (1, 2, 3).")
    assert "apt-get install tesseract-ocr" in warning
    assert "recognition" not in edition.manifest


def test_a_language_that_is_not_installed_is_named(engine: Engine, scan: Path) -> None:
    found = inspect(scan, small(languages=("eng", "chr")))
    assert found["recognition"]["languages"] == ["eng"]
    assert any("tesseract-ocr-chr" in warning for warning in found["warnings"])


def test_where_nobody_says_the_language_the_picture_does(engine: Engine, prose: Path, tmp_path: Path) -> None:
    unsaid = scan_pdf(tmp_path / "unsaid.pdf", [pixels_of(prose, dots=200)], language="")
    found = inspect(unsaid, small())
    assert found["recognition"]["languages"] == ["eng"]
    assert found["language"] == "en"


def test_a_page_that_takes_too_long_stays_as_it_is(engine: Engine, scan: Path) -> None:
    found = inspect(scan, small(recognition_seconds=0.2))
    assert "Page 1: its words could not be recognised. It took too long" in " ".join(found["warnings"])
    assert found["pages"][0]["blocks"] == []
