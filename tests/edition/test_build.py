"""A PDF becomes a folder that is whole, the same each time, and says what failed."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from tests.pdfs import add_link, new_pdf, save_encrypted, story_pdf, text_at

from masthead.document.errors import (
    MemoryLimitError,
    NotAPdfError,
    OutputExistsError,
    PasswordRequiredError,
    PasswordWrongError,
    TimeLimitError,
    TooLargeError,
)
from masthead.document.structure import PageFailure, SourceReport
from masthead.edition.build import build, growing_folder
from masthead.edition.check import check
from masthead.edition.folder import read_edition
from masthead.edition.options import BuildOptions
from masthead.edition.workforce import Workforce
from masthead.pdf.sandbox import Sandbox


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story_pdf(tmp_path_factory.mktemp("source") / "harbour.pdf")


@pytest.fixture(scope="module")
def folder(source: Path) -> Path:
    out = source.parent / "edition"
    build(source, out)
    return out


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_folder_is_whole(folder: Path) -> None:
    assert check(folder) == []
    assert not growing_folder(folder).exists()


def test_the_manifest_says_what_the_pdf_says(folder: Path) -> None:
    manifest = read_edition(folder).manifest
    assert manifest["title"] == "Harbour"
    assert manifest["language"] == "en"
    assert manifest["direction"] == "ltr"
    assert [page["label"] for page in manifest["pages"]] == ["i", "1", "2"]
    assert [(entry["title"], entry["page"]) for entry in manifest["contents"]] == [("Start", 1), ("End", 3)]
    assert all(page["status"] == "ready" and page["has_text"] for page in manifest["pages"])


def test_pictures_have_the_sizes_that_the_manifest_says(folder: Path) -> None:
    manifest = read_edition(folder).manifest
    for page in manifest["pages"]:
        assert [size[0] for size in page["sizes"]] == manifest["pictures"]["widths"]
        for nominal, width, height in page["sizes"]:
            with Image.open(folder / f"pictures/{nominal}/{page['number']}.webp") as picture:
                assert picture.size == (width, height)
                assert abs(width / height - page["width"] / page["height"]) < 0.01


def test_the_text_is_there_in_every_form(folder: Path) -> None:
    html = (folder / "text/2.html").read_text(encoding="utf-8")
    assert "Harbour story 2" in html
    assert "wrote his journal every evening" in html
    assert "wrote his journal every evening" in (folder / "text/2.txt").read_text(encoding="utf-8")
    search = json.loads((folder / "search/1.json").read_bytes())["pages"]
    assert [row["number"] for row in search] == [1, 2, 3]
    assert " journal " in search[1]["text"]


def test_building_twice_gives_the_same_bytes(source: Path, folder: Path, tmp_path: Path) -> None:
    again = build(source, tmp_path / "again", BuildOptions(workers=1))
    assert digest(tmp_path / "again") == digest(folder)
    assert again.build == read_edition(folder).build


def test_an_edition_is_replaced_and_other_folders_are_not(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "edition"
    first = build(source, out)
    second = build(source, out, BuildOptions(title="Another title"))
    assert first.build != second.build
    assert read_edition(out).manifest["title"] == "Another title"
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/keep.txt").write_text("keep me")
    with pytest.raises(OutputExistsError):
        build(source, tmp_path / "letters")
    assert (tmp_path / "letters/keep.txt").read_text() == "keep me"


def test_passwords(source: Path, tmp_path: Path) -> None:
    locked = save_encrypted(source, tmp_path / "locked.pdf", user="sésame")
    with pytest.raises(PasswordRequiredError):
        build(locked, tmp_path / "a")
    with pytest.raises(PasswordWrongError):
        build(locked, tmp_path / "b", BuildOptions(password="wrong"))
    edition = build(locked, tmp_path / "c", BuildOptions(password="sésame"))
    assert edition.manifest["source"]["encrypted"]
    assert check(tmp_path / "c") == []
    assert not (tmp_path / "a").exists()


def test_what_is_not_a_pdf_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("Dear editor, this is not a PDF.")
    with pytest.raises(NotAPdfError):
        build(tmp_path / "letter.pdf", tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.pdf"]


def test_too_many_pages_or_bytes(source: Path, tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        build(source, tmp_path / "out", BuildOptions(max_pages=2))
    with pytest.raises(TooLargeError):
        build(source, tmp_path / "out", BuildOptions(max_file_mb=0))


class Notes:
    """A listener that writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def opened(self, report: SourceReport) -> None:
        self.heard.append(f"opened {len(report.pages)}")

    def page_done(self, number: int, failure: PageFailure | None) -> None:
        self.heard.append(f"page {number}" + (f" {failure.code}" if failure else ""))

    def finishing(self) -> None:
        self.heard.append("finishing")

    def corrected(self, outcome: object) -> None:
        pass


def test_the_listener_hears_every_page_and_the_first_one_first(source: Path, tmp_path: Path) -> None:
    notes = Notes()
    build(source, tmp_path / "out", BuildOptions(workers=1), notes)
    assert notes.heard == ["opened 3", "page 1", "page 2", "page 3", "finishing"]


def test_a_page_that_kills_the_process_becomes_a_placeholder(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Workforce.pictures

    def deadly(self: Workforce, page: int, widths: object) -> object:
        if page == 2:
            return _die(self)
        return draw(self, page, widths)  # type: ignore[arg-type]

    monkeypatch.setattr(Workforce, "pictures", deadly)
    edition = build(source, tmp_path / "out")
    assert [page["status"] for page in edition.manifest["pages"]] == ["ready", "failed", "ready"]
    assert [(failure["page"], failure["code"]) for failure in edition.manifest["failures"]] == [
        (2, "reader_process_died")
    ]
    assert check(tmp_path / "out") == []


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_pdf_that_does_not_fit_in_memory_still_becomes_an_edition(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    def too_large(self: Workforce) -> bytes:
        raise MemoryLimitError("the copy does not fit")

    monkeypatch.setattr(Workforce, "source", too_large)
    pdf = save_encrypted(source, tmp_path / "locked.pdf", user=password) if password else source
    manifest = build(pdf, tmp_path / "out", BuildOptions(password=password)).manifest
    if password:  # it would have to be decrypted
        assert "path" not in manifest["source"]
        assert any("kept" in warning for warning in manifest["warnings"])
    else:  # it is fit to be served as it is
        assert (tmp_path / "out" / manifest["source"]["path"]).read_bytes() == pdf.read_bytes()
    assert check(tmp_path / "out") == []


def test_the_cover_is_of_the_first_page_that_can_be_drawn(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Workforce.pictures

    def first_page_fails(self: Workforce, page: int, widths: object) -> object:
        if page == 1:
            raise TimeLimitError
        return draw(self, page, widths)  # type: ignore[arg-type]

    monkeypatch.setattr(Workforce, "pictures", first_page_fails)
    edition = build(source, tmp_path / "out")
    assert (tmp_path / "out" / edition.manifest["pictures"]["cover"]).is_file()
    (tmp_path / "out/cover.jpg").unlink()
    assert any(finding.path == "cover.jpg" for finding in check(tmp_path / "out"))


def test_pictures_that_could_not_be_made_are_said(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Workforce.pictures

    def only_small(self: Workforce, page: int, widths: list[int]) -> object:
        if page == 2 and max(widths) > 800:
            raise MemoryLimitError
        return draw(self, page, widths)  # type: ignore[arg-type]

    monkeypatch.setattr(Workforce, "pictures", only_small)
    manifest = build(source, tmp_path / "out").manifest
    assert [size[0] for size in manifest["pages"][1]["sizes"]] == [240, 800]
    assert [warning for warning in manifest["warnings"] if warning.startswith("Page 2:")]


def test_links_that_a_designer_drew_know_the_words_under_them(tmp_path: Path) -> None:
    with new_pdf([text_at(50, 50, "Read the harbour story now"), text_at(50, 50, "Here it is")]) as pdf:
        target = Array([pdf.pages[1].obj, Name.Fit])
        add_link(pdf, 1, (45, 36, 300, 56), Dictionary(S=Name.GoTo, D=target))
        pdf.save(tmp_path / "linked.pdf")
    build(tmp_path / "linked.pdf", tmp_path / "out")
    links = json.loads((tmp_path / "out/pages/1.json").read_bytes())["links"]
    assert [(link["target"], link["text"]) for link in links] == [("2", "Read the harbour story now")]


def test_a_process_that_has_grown_is_replaced_before_a_page_fails(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    start = Workforce._start

    def counted(self: Workforce, report: bool) -> object:
        started.append(1)
        return start(self, report)

    monkeypatch.setattr(Workforce, "_start", counted)
    monkeypatch.setattr(Sandbox, "resident_mb", property(lambda self: 400))
    edition = build(source, tmp_path / "out", BuildOptions(widths=(240,), workers=1))
    assert len(started) > edition.page_count
    assert (edition.manifest["failures"], edition.manifest["warnings"]) == ([], [])


def _die(workforce: Workforce) -> object:
    """Kill the process that is at work on a page, as a broken page would."""
    import os
    import signal

    with workforce._process() as (sandbox, _):
        killer = threading.Timer(0.05, os.kill, (sandbox.process_id, signal.SIGSEGV))
        killer.start()
        while True:
            sandbox.request({"do": "text", "page": 1, "sheet": 1}, seconds=10)


def test_a_damaged_folder_is_found_out(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "pictures/800/2.webp").write_bytes(b"broken")
    (copy / "text/1.html").unlink()
    (copy / "stray.txt").write_text("?")
    page = copy / "pages/3.json"
    page.write_bytes(page.read_bytes().replace(b"Harbour", b"Hanbour"))
    messages = {finding.path: finding.message for finding in check(copy)}
    assert set(messages) == {"pictures/800/2.webp", "text/1.html", "stray.txt", "pages/3.json"}
    assert "missing" in messages["text/1.html"]
    assert "hash" in messages["pages/3.json"]
