"""An issue with articles and a picture, converted once for all tests that correct it, and given to each in a house."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pikepdf
from django.utils import timezone
from pikepdf import Dictionary, Name
from tests.cast import Cast
from tests.pdfs import new_pdf, text_at

from masthead.document.text import Block
from masthead.edition.build import build
from masthead.edition.folder import read_edition
from masthead.edition.kept import kept_path
from masthead.edition.options import BuildOptions
from masthead.library.selectors import Edition
from masthead.library.services import build_add, edition_create
from masthead.production.claiming import claim
from masthead.production.conversion import convert
from masthead.production.corrections import working_copy
from masthead.production.models import Conversion
from masthead.production.services import upload_store

TITLES = ("The keeper of the light", "Fog on the northern sea", "A chart is not the coast", "Letters to the harbour")
_LINES = (
    "The keeper wrote his journal every evening before the lamp was lit,",
    "and nobody read it for a hundred years, because nobody knew where it",
    "was kept. The pages tell of storms and of ships that came too near.",
    "They tell of bread and oil, of birds against the glass, and of the long",
    "winters in which no boat could land. He never wrote about himself.",
)


def issue_pdf(path: Path, titles: tuple[str, ...] = TITLES, head: str = "") -> Path:
    """A page for each title: headline, byline, two paragraphs, a picture on the first one; `head` over each page."""
    contents = []
    for number, title in enumerate(titles, start=1):
        rows = [text_at(40, 70, title, 26), text_at(40, 92, "By Ann Lee", 10)]
        rows += [text_at(40, 120 + 14 * at, words, 9.5) for at, words in enumerate(_LINES)]
        rows += [text_at(40, 210 + 14 * at, words.replace("journal", "log"), 9.5) for at, words in enumerate(_LINES)]
        rows += [text_at(40, 24, head, 8)] if head else []
        rows += [text_at(200, 485, str(number), 8)]
        contents.append("\n".join(rows))
    contents[0] += "\nq 200 0 0 120 100 60 cm /Im1 Do Q"
    with new_pdf(contents) as pdf:
        image = pdf.make_stream(bytes(range(0, 240, 10)) * 2)
        image.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4, ColorSpace=Name.DeviceRGB, BitsPerComponent=8
        )
        page = pdf.pages[0]
        page.Resources.XObject = Dictionary(Im1=image)
        pdf.Root.Lang = pikepdf.String("en")
        pdf.save(path, deterministic_id=True)
    return path


@cache
def _converted() -> Path:
    """The edition folder, built once in a run."""
    folder = Path(mkdtemp(prefix="corrected-"))
    options = BuildOptions(widths=(240, 800), workers=2, title="Fathom No. 1", language="en", recognise=False)
    out = folder / "edition"
    build(issue_pdf(folder / "issue.pdf"), out, replace(options, keep_reading=kept_path(out)))
    return out


def converted_edition(cast: Cast, data: Path, label: str = "No. 1") -> Edition:
    """An edition with its build, what was read for it, and the conversion that made it."""
    made = _converted()
    edition = edition_create(by=cast.owner, publication=cast.fathom, label=label, date=date(2026, 11, 1))
    with (made.parent / "issue.pdf").open("rb") as stream:
        upload = upload_store(by=cast.owner, edition=edition, stream=stream, name="issue.pdf")
    folder = f"editions/{edition.pk}/first"
    shutil.copytree(made, data / folder)
    shutil.copy(kept_path(made), kept_path(data / folder))
    facts = {"build_id": read_edition(made).build, "folder": folder, "pages": 4, "failures": 0, "version": "0"}
    build_row = build_add(edition_id=edition.pk, **facts)
    Conversion.objects.create(
        publisher=cast.harbour, edition=edition, upload=upload, build=build_row, state=Conversion.State.DONE
    )
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


def convert_waiting() -> None:
    """Do the work of the worker until nothing waits."""
    while (waiting := claim("worker", timezone.now())) is not None:
        convert(waiting, "worker", threading.Event())


def block_of(edition: Edition, words: str, page: int = 0) -> Block:
    """The first block that says these words, with all corrections."""
    text = working_copy(edition).reading.text
    return next(
        block
        for number, row in sorted(text.blocks.items())
        for block in row
        if words in block.text and page in (0, number)
    )
