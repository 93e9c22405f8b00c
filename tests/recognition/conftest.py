"""The recognition of characters wants Tesseract; where it is absent its tests are skipped, in CI they fail."""

from __future__ import annotations

import os

import pytest

from masthead.recognition.engine import Engine, find_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    found = find_engine()
    if found is None:
        if os.environ.get("MASTHEAD_TEST_TESSERACT") == "required":
            pytest.fail("Tesseract is not installed, and these checks must have it")
        pytest.skip("Tesseract is not installed (apt-get install tesseract-ocr)")
    return found
