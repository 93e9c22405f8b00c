"""Every way in for files, tried with files that are meant to do harm: nothing breaks, nothing of it can be opened."""

from __future__ import annotations

import ast
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, ready_edition, signed_in
from tests.hardening.expressions import SOURCE

from masthead.backoffice import forms as office_forms
from masthead.library.selectors import Edition
from masthead.library.sheets import SheetError, sheet_rows

PLACE = {"page": "1", "x": "10", "y": "10", "width": "20", "height": "20", "title": "Thing"}
# Address, field, and what else the form needs.
ENTRIES = [
    ("office/publications/{publication}/look/logo", "logo", {}),
    ("office/publications/{publication}/look/icon", "icon", {}),
    ("office/publications/{publication}/look/typefaces/text", "typeface", {}),
    ("office/houses/{house}/upload", "files", {}),
    ("office/houses/{house}/upload/sheet", "sheet", {}),
    ("office/publications/{publication}/editions/new", "file", {"label": "No. 9", "date": "2026-11-01"}),
    ("office/editions/{edition}/replace", "file", {}),
    ("office/editions/{edition}/pages/1/replace", "file", {}),
    ("office/houses/{house}/readers/import", "file", {}),
    ("office/publications/{publication}/products/import", "file", {}),
    ("office/houses/{house}/identity", "file", {"name": "University"}),
    ("office/editions/{edition}/overlays/new", "file", {**PLACE, "kind": "video"}),
    ("office/editions/{edition}/overlays/new", "poster", {**PLACE, "kind": "video"}),
    ("office/editions/{edition}/overlays/new", "captions", {**PLACE, "kind": "video"}),
    ("office/editions/{edition}/overlays/new", "file", {**PLACE, "kind": "audio"}),
    ("office/editions/{edition}/overlays/new", "pictures", {**PLACE, "kind": "gallery"}),
    ("office/editions/{edition}/overlays/new", "picture", {**PLACE, "kind": "product", "code": "1", "name": "Lamp"}),
]
SCRIPT = b"<script>alert(document.cookie)</script>"


def png(width: int, height: int) -> bytes:
    """The head of a picture of this size, and next to nothing of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(sheet: str) -> bytes:
    """A workbook with this as its only sheet."""
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def leading(kind: str, target: str) -> str:
        one = f'<Relationship Id="r" Type="{office}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{kinds}/relationships">{one}</Relationships>'

    sheets = '<sheets><sheet name="S" sheetId="1" r:id="r"/></sheets>'
    book = f'<workbook xmlns="{main}" xmlns:r="{office}">{sheets}</workbook>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"/>',
        "_rels/.rels": leading("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": leading("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet.replace("<worksheet>", f'<worksheet xmlns="{main}">'),
    }
    return packed({name: text.encode() for name, text in parts.items()})


def lying(data: bytes) -> bytes:
    """The same archive, whose directory says that everything in it is ten bytes long."""
    found = bytearray(data)
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        found[at + 24 : at + 28] = struct.pack("<I", 10)
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><md:EntityDescriptor xmlns:md='urn:oasis:names:tc:SAML:2.0:metadata' entityID='&j;'/>"
)
STRANGER = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<md:EntityDescriptor xmlns:md='urn:oasis:names:tc:SAML:2.0:metadata' entityID='&a;'/>"
)
_ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="XFD{0}"><v>1</v></c></row>'
FAR = f"<worksheet><sheetData>{_ROWS}</sheetData></worksheet>"
HOSTILE = {
    "page.html": b"<!doctype html>" + SCRIPT,
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "drawing.png": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "both.gif": b"GIF89a/*" + b"\x00" * 20 + b"*/=1;" + SCRIPT,
    "both.jpg": b"\xff\xd8\xff\xe0" + SCRIPT + b"\xff\xd9",
    "both.mp4.html": b"\x00\x00\x00\x18ftypisom" + SCRIPT,
    "both.pdf": b"MZ\x90\x00" + SCRIPT + b"%PDF-1.7",
    "huge.png": png(60_000, 60_000),
    "wide.png": png(2_000_000_000, 1),
    "bomb.zip": packed({"a": bytes(70 << 20)}),
    "bomb.xlsx": lying(packed({"xl/workbook.xml": bytes(8 << 20)})),
    "far.xlsx": workbook(FAR.format(1_048_576)),
    "laughs.xml": LAUGHS,
    "laughs.xlsx": workbook(LAUGHS.decode() + "<worksheet/>"),
    "stranger.xml": STRANGER,
    "nothing": b"\x00",
    "../../../evil.pdf": b"%PDF-1.4 \x00" + SCRIPT,
    "a" * 250 + ".csv": b"email\n" + b"\x00,\xff\xfe" * 500,
    "ragged.csv": b'"' * 20_000 + b",;\t" * 3000,
}


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return ready_edition(cast, data)


def test_every_field_for_files_is_tried_here() -> None:
    """Fields of forms and names that are asked for among the files, from the source."""
    found = set()
    for path in (SOURCE / "backoffice").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and "FileField(" in ast.unparse(node.value):
                found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            if isinstance(node, ast.Call) and "FILES" in ast.unparse(node.func) and node.args:
                first = node.args[0]
                found |= {first.value} if isinstance(first, ast.Constant) else set()
    assert found == {field for _, field, _ in ENTRIES}
    others = [path for path in SOURCE.rglob("*.py") if path.parts[-2] in ("site", "faces", "accounts", "library")]
    assert not [path for path in others if "FileField(" in path.read_text("utf-8") and "models" not in path.name]


@pytest.mark.parametrize(("address", "field", "more"), ENTRIES, ids=[f"{a.split('}')[-1]}-{f}" for a, f, _ in ENTRIES])
def test_hostile_files_are_refused(
    cast: Cast, edition: Edition, data: Path, address: str, field: str, more: dict[str, str]
) -> None:
    client = signed_in(cast.owner)
    where = "/" + address.format(house=cast.harbour.slug, publication=cast.fathom.pk, edition=edition.pk)
    for name, content in HOSTILE.items():
        if (
            field in ("files", "file")
            and address.rsplit("/", maxsplit=1)[-1] in ("upload", "new", "replace")
            and len(content) > 60_000
        ):
            continue  # large ones are bytes like others where only the first are looked at
        answer = client.post(where, {**more, field: SimpleUploadedFile(name, content)})
        said = answer.content
        assert answer.status_code in (200, 302, 303, 409, 413, 422), (name, answer.status_code)
        assert b"root:x:" not in said, name
        assert b"lol" * 50 not in said, name
        assert SCRIPT not in said, name
    assert not [path for path in kept(data) if SCRIPT in path.read_bytes() and not is_pdf(path)]
    assert not list(data.parent.glob("evil*"))


def kept(data: Path) -> Iterator[Path]:
    for path in data.rglob("*"):
        if path.is_file() and not {"cache", "arrivals"} & set(path.parts):  # what waits there is never sent
            yield path


def is_pdf(path: Path) -> bool:
    """A PDF is only opened in a process without rights and only sent as one."""
    return path.read_bytes()[:1024].find(b"%PDF-") >= 0 or path.suffix == ".mp4"


@pytest.mark.parametrize("rows", [1_048_576, 60_000])
def test_a_small_workbook_cannot_ask_for_all_memory(rows: int) -> None:
    data = workbook(FAR.format(rows))
    assert len(data) < 2000
    with pytest.raises(SheetError):
        list(sheet_rows(data, 100))


def test_a_workbook_whose_sizes_are_lies_is_not_unpacked() -> None:
    row = '<row><c t="inlineStr"><is><t>Fathom</t></is></c></row>'
    honest = workbook(f"<worksheet><sheetData>{row}</sheetData></worksheet>")
    assert list(sheet_rows(honest, 10)) == [(1, ["Fathom"])]
    with pytest.raises(SheetError):
        list(sheet_rows(lying(honest), 10))


def test_lists_are_read_up_to_a_size(cast: Cast, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_forms, "MOST_LIST_BYTES", 50)
    for address in (f"houses/{cast.harbour.slug}/readers", f"publications/{cast.fathom.pk}/products"):
        file = SimpleUploadedFile("list.csv", b"email\n" + b"a@b.example\n" * 20)
        answer = signed_in(cast.owner).post(f"/office/{address}/import", {"file": file})
        assert b"The list is too large." in answer.content


@pytest.mark.parametrize("who", ["nobody", "reader", "owner"])
def test_large_bodies_are_for_staff_alone_and_refused_unread(
    cast: Cast, edition: Edition, data: Path, who: str
) -> None:
    client = signed_in(cast.people()[who])
    form = {"file": SimpleUploadedFile("large.pdf", bytes((3 << 20) + 1))}
    for address in ("/account/login/", f"/office/editions/{edition.pk}/replace", "/fathom/no-1/way-in", "/nowhere"):
        answer = client.post(address, dict(form))
        assert (answer.status_code == 413) == (who != "owner"), address
        form["file"].seek(0)
    if who != "owner":
        assert not list((data / "incoming").iterdir())


def test_a_length_that_is_none_is_none() -> None:
    answer = Client(raise_request_exception=False).generic("POST", "/nowhere", CONTENT_LENGTH="9" * 40)
    assert answer.status_code < 500
