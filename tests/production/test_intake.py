"""From files and spreadsheets to editions: names that are guessed, verdicts by cell, nothing started with a mistake."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, signed_in
from tests.pdfs import new_pdf, story_pdf

from masthead.document.days import day_of
from masthead.library.selectors import Edition
from masthead.production.errors import SheetInvalidError
from masthead.production.file_names import guess
from masthead.production.metadata_sheet import read_sheet, template
from masthead.production.models import Arrival, Conversion

HEAD = "File,Publication,Issue,Date,Description\n"


@pytest.mark.parametrize(
    ("name", "label", "day"),
    [
        ("fathom-2026-11_final.pdf", "November 2026", date(2026, 11, 1)),
        ("20261103_Fathom.pdf", "November 3, 2026", date(2026, 11, 3)),
        ("03.11.2026.pdf", "November 3, 2026", date(2026, 11, 3)),
        ("Fathom März 2024.pdf", "March 2024", date(2024, 3, 1)),
        ("Fathom Nr. 012.pdf", "12", None),
        ("Fathom 5 2026-11.pdf", "5/2026", date(2026, 11, 1)),
        ("summer special_print.pdf", "summer special", None),
        ("2026-13-45.pdf", "2026", None),
        (".pdf", ".pdf", None),
    ],
)
def test_a_file_name_names_its_issue(name: str, label: str, day: date | None) -> None:
    found = guess(name, "Fathom")
    assert (found.label, found.date) == (label, day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("2026-11", date(2026, 11, 1)),
        ("31.02.2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(said: str, day: date | None) -> None:
    assert day_of(said) == day


def test_a_sheet_is_read_in_its_language_and_by_its_separators() -> None:
    german = template("de", ("a.pdf", "Fathom", "12", "3.11.2026", "Zwölf"))
    [row] = read_sheet(german, "editions.csv")
    assert (row.number, row.file, row.label, row.date, row.description) == (
        2,
        "a.pdf",
        "12",
        date(2026, 11, 3),
        "Zwölf",
    )


@pytest.mark.parametrize("data", [b"", b"Name,Date\n", b"PK not a workbook", b"File\x00,Date\n", b"\x81\x8d\xff"])
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(SheetInvalidError):
        read_sheet(data, "sheet")


def test_a_sheet_that_unpacks_without_end_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", bytes(80 << 20))
    with pytest.raises(SheetInvalidError, match="MB"):
        read_sheet(packed.getvalue(), "bomb.xlsx")


def uploaded(cast: Cast, *files: tuple[str, bytes]) -> None:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    answer = signed_in(cast.editor).post(f"/office/houses/{cast.harbour.slug}/upload", {"files": sent})
    assert answer.status_code == 302
    client = signed_in(cast.editor)
    for arrival in Arrival.objects.filter(state="here"):
        client.post(f"/office/arrivals/{arrival.pk}/unlock", {"password": ""})  # has it looked at now


def test_many_files_and_a_sheet_become_editions(cast: Cast, data: Path, tmp_path: Path) -> None:
    content = story_pdf(tmp_path / "a.pdf").read_bytes()
    uploaded(cast, ("a.pdf", content), ("b.pdf", content + b"\n"), ("broken.pdf", b"%PDF-1.7 no more"))
    client, page = signed_in(cast.editor), f"/office/houses/{cast.harbour.slug}/upload"
    shown = client.get(page).content.decode()
    assert "The PDF is damaged" in shown
    assert not Edition.objects.exists()  # nothing was started
    lines = "a.pdf,Fathom,First,2026-11-03,About it\nb.pdf,Fathom,Second,31.02.2026,\nc.pdf,Nobody,,,\n"
    sheet = SimpleUploadedFile("editions.csv", (HEAD + lines).encode())
    told = client.post(f"{page}/sheet", {"sheet": sheet}).content.decode()
    for sentence in ("This is no date", "No uploaded file has this name", "no publication with this name"):
        assert sentence in told
    assert not Edition.objects.exists()
    first, second = Arrival.objects.filter(state="good").order_by("name")
    rows = {f"publication-{one.pk}": cast.fathom.pk for one in (first, second)}
    rows |= {f"label-{first.pk}": "First", f"label-{second.pk}": "Second", f"date-{first.pk}": "2026-11-03"}
    rows |= {f"description-{first.pk}": "About it"}
    refused = client.post(f"{page}/start", rows)
    assert refused.status_code == 422
    assert "Say the date of the issue." in refused.content.decode()
    assert 'value="Second"' in refused.content.decode()
    assert not Edition.objects.exists()  # all or none
    done = client.post(f"{page}/start", {**rows, f"date-{second.pk}": "2026-12-01"})
    assert done.status_code == 302
    made = {one.label: one for one in Edition.objects.all()}
    assert (made["First"].description, made["Second"].date) == ("About it", date(2026, 12, 1))
    assert Conversion.objects.filter(state="waiting").count() == 2
    assert client.post(f"{page}/start", rows).status_code == 422  # sent twice: nothing is made twice
    assert Edition.objects.count() == 2


def test_the_look_says_what_will_disappoint(cast: Cast, data: Path, tmp_path: Path) -> None:
    with new_pdf(["1 0 0 rg 0 0 100 100 re f"] * 3) as pdf:
        pdf.add_blank_page(page_size=(900, 500))
        pdf.save(tmp_path / "scan.pdf")
    scan = (tmp_path / "scan.pdf").read_bytes()
    uploaded(cast, ("scan.pdf", scan), ("again.pdf", scan))
    report = Arrival.objects.get(name="scan.pdf").report
    assert (report["has_text"], report["odd_sizes"], report["fonts_missing"]) == (False, 1, [])
    shown = signed_in(cast.editor).get(f"/office/houses/{cast.harbour.slug}/upload").content.decode()
    assert "it may be a scan" in shown
    assert "handed over before: scan.pdf" in shown


def test_a_protected_pdf_waits_for_its_password(cast: Cast, data: Path, tmp_path: Path) -> None:
    with pikepdf.open(story_pdf(tmp_path / "a.pdf")) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="secret"))
    client, address = signed_in(cast.editor), f"/office/publications/{cast.fathom.pk}/editions/new"
    said = {"label": "Locked", "date": "2026-11-01"}
    file = SimpleUploadedFile("locked.pdf", (tmp_path / "locked.pdf").read_bytes())
    asked = client.post(address, {**said, "file": file})
    assert asked.status_code == 422
    assert "locked.pdf is here already" in asked.content.decode()
    arrival = Arrival.objects.get()
    wrong = client.post(address, {**said, "arrival": arrival.pk, "password": "guess"})
    assert "does not open this PDF" in wrong.content.decode()
    done = client.post(address, {**said, "arrival": arrival.pk, "password": "secret"})
    assert done.status_code == 302
    assert Conversion.objects.get().options == {"password": "secret"}


def test_a_bad_file_is_refused_before_anything_is_made(cast: Cast, data: Path) -> None:
    client, address = signed_in(cast.editor), f"/office/publications/{cast.fathom.pk}/editions/new"
    said = {"label": "Bad", "date": "2026-11-01"}
    for content, sentence in ((b"GIF89a", "This file is not a PDF."), (b"%PDF-1.7 x", "The PDF is damaged")):
        answer = client.post(address, {**said, "file": SimpleUploadedFile("x.pdf", content)})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert 'value="Bad"' in answer.content.decode()
    assert "Choose the PDF of the issue." in client.post(address, said).content.decode()
    assert not Edition.objects.exists()
    assert not Arrival.objects.exists()
