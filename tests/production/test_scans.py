"""A scan that is handed over becomes an edition whose words are recognised, with the operator's settings."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.production.test_claiming import handed_over
from tests.recognition.conftest import engine as engine  # noqa: PLC0414 - the fixture
from tests.recognition.scans import PROSE, pixels_of, prose_pdf, scan_pdf

from masthead.edition.folder import read_edition
from masthead.pictures.encoding import PAGE_WIDTHS
from masthead.production.claiming import claim
from masthead.production.conversion import convert, options_of
from masthead.production.models import Conversion
from masthead.recognition.engine import Engine


@pytest.mark.django_db(transaction=True)
def test_a_scan_is_converted(cast: Cast, data: Path, tmp_path: Path, engine: Engine) -> None:
    scan = scan_pdf(tmp_path / "scan.pdf", [pixels_of(prose_pdf(tmp_path / "prose.pdf"), dots=200)])
    handed_over(cast, scan)
    held = claim("me", timezone.now())
    assert held is not None
    convert(held, "me", threading.Event())
    done = Conversion.objects.get(pk=held.pk)
    assert (done.state, done.error_code, done.error_detail) == ("done", "", "")
    edition = read_edition(data / done.folder)
    assert edition.manifest["recognition"]["pages"] == [1]
    assert " ".join(PROSE) in edition.plain_text(1)


def test_the_operator_says_which_program_and_how_long(cast: Cast, tmp_path: Path, settings: object) -> None:
    handed_over(cast, prose_pdf(tmp_path / "prose.pdf"))
    house = settings.MASTHEAD  # type: ignore[attr-defined]
    changed = {"tesseract": "/opt/tesseract", "recognition_seconds": 7.0, "recognition_memory_mb": 300}
    settings.MASTHEAD = house.model_copy(update=changed)  # type: ignore[attr-defined]
    options = options_of(Conversion.objects.get())
    assert {name: getattr(options, name) for name in changed} == changed


@pytest.mark.parametrize(("widest", "kept"), [(2400, PAGE_WIDTHS), (1600, PAGE_WIDTHS[:4]), (1200, PAGE_WIDTHS[:3])])
def test_the_operator_says_how_wide_pictures_of_pages_are(
    cast: Cast, tmp_path: Path, settings: object, widest: int, kept: tuple[int, ...]
) -> None:
    handed_over(cast, prose_pdf(tmp_path / "prose.pdf"))
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"picture_width": widest})  # type: ignore[attr-defined]
    assert options_of(Conversion.objects.get()).widths == kept
