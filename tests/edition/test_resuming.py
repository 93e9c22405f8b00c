"""A build that was interrupted goes on where it was, and its edition is the same as one made in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pdfs import story_pdf

from masthead.document.structure import PageFailure
from masthead.edition.build import build, growing_folder
from masthead.edition.options import BuildOptions, Silence

OPTIONS = BuildOptions(workers=1, widths=(240, 800))


class Interrupted(Exception):  # noqa: N818 - nothing failed
    """The process is asked to end."""


class AfterThree(Silence):
    def page_done(self, number: int, failure: PageFailure | None) -> None:
        if number == 3:
            raise Interrupted


def pictures(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in (folder / "pictures/800").glob("*.webp")}


def test_drawn_pages_are_taken_over(tmp_path: Path) -> None:
    pdf, out = story_pdf(tmp_path / "harbour.pdf", pages=6), tmp_path / "edition"
    with pytest.raises(Interrupted):
        build(pdf, out, OPTIONS, AfterThree(), resume=True)
    before = pictures(growing_folder(out))
    resumed = build(pdf, out, OPTIONS, resume=True)
    after = pictures(out)
    assert {name: after[name] for name in ("1.webp", "2.webp", "3.webp")} == {
        name: before[name] for name in ("1.webp", "2.webp", "3.webp")
    }
    assert len(after) == 6
    assert not growing_folder(out).exists()
    assert resumed.build == build(pdf, tmp_path / "other", OPTIONS).build


def test_what_was_made_from_other_choices_is_not_taken_over(tmp_path: Path) -> None:
    pdf, out = story_pdf(tmp_path / "harbour.pdf", pages=4), tmp_path / "edition"
    with pytest.raises(Interrupted):
        build(pdf, out, OPTIONS, AfterThree(), resume=True)
    other = BuildOptions(workers=1, widths=(240, 1200))
    assert build(pdf, out, other, resume=True).build == build(pdf, tmp_path / "other", other).build
    assert not (out / "pictures/800").exists()


def test_without_asking_nothing_is_left(tmp_path: Path) -> None:
    pdf, out = story_pdf(tmp_path / "harbour.pdf", pages=4), tmp_path / "edition"
    with pytest.raises(Interrupted):
        build(pdf, out, OPTIONS, AfterThree())
    assert not growing_folder(out).exists()
