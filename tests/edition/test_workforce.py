"""The processes that open a PDF: one that the system ends while it is asked is no fault of the PDF."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.pdfs import story_pdf

from masthead.document.errors import ReaderProcessError
from masthead.document.structure import PageFailure
from masthead.edition import workforce
from masthead.edition.options import BuildOptions
from masthead.edition.workforce import Workforce, draw_page, read_page
from masthead.pdf.sandbox import Reply, Sandbox


class Short(Sandbox):
    """A process that is ended the first so many times when it is asked for something; each that starts is counted."""

    what, times, started = "", 0, 0

    def __init__(self, *args: Any, **more: Any) -> None:
        Short.started += 1
        super().__init__(*args, **more)

    def request(self, message: dict[str, Any], *, seconds: float) -> Reply:
        if message.get("do") == Short.what and Short.times:
            Short.times -= 1
            os.kill(self.process_id, signal.SIGKILL)
        return super().request(message, seconds=seconds)


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(workforce, "Sandbox", Short)
    Short.started = 0
    return story_pdf(tmp_path / "harbour.pdf", pages=2)


@pytest.mark.parametrize("what", ["open", "source"])
def test_what_was_cut_off_once_is_asked_again(pdf: Path, what: str) -> None:
    Short.what, Short.times = what, 1
    with Workforce(pdf, BuildOptions(workers=1)) as force:
        assert len(force.open().pages) == 2
        assert force.source().startswith(b"%PDF")
    assert Short.times == 0


def test_what_ends_each_process_is_refused(pdf: Path) -> None:
    Short.what, Short.times = "open", 2
    with Workforce(pdf, BuildOptions(workers=1)) as force, pytest.raises(ReaderProcessError):
        force.open()
    assert Short.started == 2


@pytest.mark.parametrize("what", ["open", "source", "text"])
def test_what_ends_each_process_has_two_and_no_third(pdf: Path, what: str) -> None:
    Short.what, Short.times = what, 9
    with Workforce(pdf, BuildOptions(workers=1)) as force:
        if what == "text":
            failure = read_page(force, 1)
            assert isinstance(failure, PageFailure)
            assert failure.code == f"text_{ReaderProcessError.code}"
        else:
            with pytest.raises(ReaderProcessError):
                force.source()
    assert Short.started == 2


def test_a_process_that_ends_as_it_starts_costs_no_picture_and_one_that_ends_at_work_the_largest(pdf: Path) -> None:
    Short.what, Short.times = "open", 1
    with Workforce(pdf, BuildOptions(workers=1)) as force:
        pictures, failure = draw_page(force, 1, [64, 128])
        assert pictures is not None
        assert ([size[0] for size in pictures.sizes], failure, Short.started) == ([64, 128], None, 2)
        Short.what, Short.times = "pictures", 1
        pictures, failure = draw_page(force, 1, [64, 128])
        assert pictures is not None
        assert ([size[0] for size in pictures.sizes], Short.started) == ([64], 3)
        assert failure is not None
