"""An edition made again with corrections: what stays is the same file, what changes is in all that readers get."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from tests.pdfs import HEIGHT, WIDTH, new_pdf, story_pdf, text_at

from masthead.document import corrections as kinds
from masthead.document.corrections import Correction, PagePiece
from masthead.edition.build import build
from masthead.edition.check import check
from masthead.edition.correcting.applying import Outcome
from masthead.edition.correcting.places import block_place, page_place
from masthead.edition.folder import Edition
from masthead.edition.kept import kept_path, read_kept
from masthead.edition.options import BuildOptions, Silence
from masthead.edition.rebuild import rebuild

OPTIONS = BuildOptions(workers=2, widths=(240, 800), recognise=False)


class Notes(Silence):
    """Keeps what became of the corrections."""

    def __init__(self) -> None:
        self.outcome = Outcome()

    def corrected(self, outcome: Outcome) -> None:
        self.outcome = outcome


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("rebuild")
    out = folder / "first"
    return build(story_pdf(folder / "story.pdf"), out, replace(OPTIONS, keep_reading=kept_path(out)))


def numbered(changes: Sequence[Correction]) -> tuple[tuple[str, Correction], ...]:
    return tuple((f"c{number}", change) for number, change in enumerate(changes, start=1))


def again(made: Edition, out: Path, *changes: Correction) -> tuple[Edition, Outcome]:
    kept = read_kept(kept_path(made.path))
    assert kept is not None
    notes = Notes()
    options = replace(OPTIONS, corrections=numbered(changes), keep_reading=kept_path(out))
    return rebuild(made, kept, out, options, notes), notes.outcome


def test_without_corrections_it_is_the_same_edition_to_the_last_byte(made: Edition, tmp_path: Path) -> None:
    same, _ = again(made, tmp_path / "same")
    assert same.build == made.build
    assert kept_path(same.path).read_bytes() == kept_path(made.path).read_bytes()


def test_corrected_words_are_in_all_that_readers_get(made: Edition, tmp_path: Path) -> None:
    kept = read_kept(kept_path(made.path))
    assert kept is not None
    text = kept.state.text
    block = next(one for one in text.blocks[2] if "keeper" in one.text)
    said = block.text.replace("keeper", "lampwright")
    after, outcome = again(
        made,
        tmp_path / "after",
        kinds.BlockText(block_place(block), block.text, said),
        kinds.PageLanguage(page_place(text, 3), "ar"),
        kinds.CoverPage(page_place(text, 2)),
        kinds.EditionWords(title="Harbour, corrected"),
        kinds.BlockHidden(replace(block_place(block), page=9, words="never printed in this issue at all")),
    )
    assert outcome.fitting == ("c1", "c2", "c3", "c4")
    assert [name for name, _ in outcome.lost] == ["c5"]
    assert check(after.path) == []
    assert "lampwright" in after.text_fragment(2)
    assert "lampwright" in after.plain_text(2)
    assert "lampwright" in (after.path / "search/1.json").read_text()
    assert "lampwright" in json.dumps(json.loads((after.path / "pages/2.json").read_text()))
    assert 'lang="ar" dir="rtl"' in after.text_fragment(3)
    assert after.manifest["pages"][2]["language"] == "ar"
    assert after.manifest["title"] == "Harbour, corrected"
    assert after.manifest["pictures"]["cover_page"] == 2
    assert (after.path / "cover.jpg").read_bytes() != (made.path / "cover.jpg").read_bytes()
    picture = "pictures/800/2.webp"
    assert (after.path / picture).stat().st_ino == (made.path / picture).stat().st_ino
    back, _ = again(after, tmp_path / "back")
    assert back.build == made.build  # what is taken back leaves no trace, the cover neither


def test_a_first_build_applies_corrections_too(made: Edition, tmp_path: Path) -> None:
    kept = read_kept(kept_path(made.path))
    assert kept is not None
    change = kinds.CoverPage(page_place(kept.state.text, 3))
    options = replace(OPTIONS, corrections=numbered([change, kinds.EditionWords(language="de")]))
    after = build(story_pdf(tmp_path / "story.pdf"), tmp_path / "out", options)
    assert (after.manifest["pictures"]["cover_page"], after.manifest["language"]) == (3, "de")


def test_what_was_kept_by_another_version_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "x.reading").write_bytes(b"something else")
    assert read_kept(tmp_path / "x.reading") is None
    assert read_kept(tmp_path / "none.reading") is None


def arranged(tmp_path: Path, pieces: Sequence[PagePiece], pdf: Path, **inserted: Path) -> Edition:
    digest = pikepdf_digest(pdf)
    change = kinds.PageArrangement(digest, tuple(pieces))
    options = replace(OPTIONS, corrections=numbered([change]), inserted=inserted, spreads="keep")
    return build(pdf, tmp_path / "arranged", options)


def pikepdf_digest(pdf: Path) -> str:
    import hashlib

    return hashlib.sha256(pdf.read_bytes()).hexdigest()


def test_pages_are_moved_removed_and_replaced(tmp_path: Path) -> None:
    pdf, other = story_pdf(tmp_path / "story.pdf", pages=4), tmp_path / "other.pdf"
    with new_pdf([text_at(40, 100, "A page from elsewhere, put in for the second.", 14)]) as page:
        page.save(other)
    digest = pikepdf_digest(other)
    pieces = [PagePiece(3), PagePiece(1, inserted=digest), PagePiece(1)]
    made = arranged(tmp_path, pieces, pdf, **{digest: other})
    assert [page["label"] for page in made.manifest["pages"]] == ["2", "2", "i"]
    assert "Harbour story 3" in made.plain_text(1)
    assert "from elsewhere" in made.plain_text(2)
    assert "Harbour story 1" in made.plain_text(3)
    assert made.manifest["source"]["sha256"] == pikepdf_digest(pdf)
    assert check(made.path) == []
    with pikepdf.open(made.path / "source.pdf") as kept:
        assert len(kept.pages) == 3  # what was removed cannot be downloaded either
    assert made.manifest["contents"] == [{"title": "Start", "page": 3, "children": []}]
    assert not list(tmp_path.glob(".*arranged.pdf"))


def test_a_wide_page_is_split_where_the_publisher_says_so(tmp_path: Path) -> None:
    pdf = tmp_path / "wide.pdf"
    left = text_at(40, 60, "Left of the fold", 18)
    with new_pdf([left, left, left]) as made:
        made.pages[1].MediaBox = [0, 0, 2 * WIDTH, HEIGHT]
        made.save(pdf)
    edition = arranged(tmp_path, [PagePiece(1), PagePiece(2, "first"), PagePiece(2, "second"), PagePiece(3)], pdf)
    assert [page["width"] for page in edition.manifest["pages"]] == [WIDTH, WIDTH, WIDTH, WIDTH]
    assert "Left of the fold" in edition.plain_text(2)
    assert edition.plain_text(3) == ""


def test_an_arrangement_is_not_for_another_pdf(tmp_path: Path) -> None:
    pdf = story_pdf(tmp_path / "story.pdf")
    notes = Notes()
    change = kinds.PageArrangement("0" * 64, (PagePiece(1),))
    made = build(pdf, tmp_path / "out", replace(OPTIONS, corrections=numbered([change])), notes)
    assert made.page_count == 3
    assert [name for name, _ in notes.outcome.lost] == ["c1"]
