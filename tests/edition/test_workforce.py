"""The processes that open a PDF: one that the system ends while it is asked is no fault of the PDF."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.pdfs import story_pdf

from masthead.document.errors import ReaderProcessError
from masthead.edition import workforce
from masthead.edition.options import BuildOptions
from masthead.edition.workforce import Workforce
from masthead.pdf.sandbox import Reply, Sandbox


class Short(Sandbox):
    """A process that is ended the first so many times when it is asked for something."""

    what, times = "", 0

    def request(self, message: dict[str, Any], *, seconds: float) -> Reply:
        if message.get("do") == Short.what and Short.times:
            Short.times -= 1
            os.kill(self.process_id, signal.SIGKILL)
        return super().request(message, seconds=seconds)


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(workforce, "Sandbox", Short)
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
