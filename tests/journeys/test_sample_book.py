"""The book of the sample issue that `bin/demo` built passes EPUBCheck."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exports.test_epubcheck import checker, messages
from tests.journeys.stocking import EDITION

from masthead.edition.folder import read_edition
from masthead.exports.epub.book import write_epub

__all__ = ["checker"]
pytestmark = pytest.mark.journey


def test_the_sample_issue(checker: list[str], tmp_path: Path) -> None:
    write_epub(read_edition(EDITION), tmp_path / "sample.epub")
    assert messages(checker, tmp_path / "sample.epub") == []
