"""Conversions draw the two narrowest pictures of a page: the wide ones cost most, and tests/edition draws all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masthead.edition.options import BuildOptions
from masthead.production import conversion
from masthead.production.models import Conversion

WIDTHS = (240, 800)


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    options_of = conversion.options_of

    def narrow(row: Conversion) -> BuildOptions:
        return replace(options_of(row), widths=WIDTHS)

    monkeypatch.setattr(conversion, "options_of", narrow)
