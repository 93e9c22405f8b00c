"""Reads a spreadsheet of metadata: which file is which issue of which publication. Nothing is decided here."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from masthead import wording
from masthead.document.days import day_of
from masthead.production.errors import SheetInvalidError

COLUMN_WORDS = ("File", "Publication", "Issue", "Date", "Description")
_COLUMNS = ("file", "publication", "label", "date", "description")
_OTHER_NAMES = {"title": "publication", "label": "label", "file name": "file", "filename": "file", "edition": "label"}
_MOST_ROWS = 2000
_MOST_BYTES = 64 << 20  # of a spreadsheet when it is unpacked
_LONGEST = 2000  # characters of a cell


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was written. `number` is its place in the sheet, 1-based; `date` is None where it is no day."""

    number: int
    file: str
    publication: str
    label: str
    date_said: str
    date: date | None
    description: str


def read_sheet(data: bytes, name: str) -> list[SheetRow]:
    """The rows below the head, which may stand in any language of the catalogues. Raises SheetInvalidError."""
    rows = _from_workbook(data) if data[:2] == b"PK" else _from_csv(data, name)
    head = next(rows, None)
    columns = _columns(head[1] if head else [])
    if "file" not in columns:
        raise SheetInvalidError("no column is called File")
    found = []
    for number, cells in rows:
        said = {column: cells[at].strip()[:_LONGEST] for column, at in columns.items() if at < len(cells)}
        if any(said.values()):
            found.append(_row(number, said))
        if len(found) > _MOST_ROWS:
            raise SheetInvalidError(f"more than {_MOST_ROWS} rows")
    return found


def template(language: str, example: Sequence[str] = ()) -> bytes:
    """A CSV file with the head and, if wanted, a row; spreadsheet programs know it by its mark as UTF-8."""
    words = wording.translator(language)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "de" else ",")
    writer.writerow([words.text(column) for column in COLUMN_WORDS])
    if example:
        writer.writerow(example)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _row(number: int, said: dict[str, str]) -> SheetRow:
    return SheetRow(
        number=number,
        file=said.get("file", ""),
        publication=said.get("publication", ""),
        label=said.get("label", "")[:120],
        date_said=said.get("date", ""),
        date=day_of(said.get("date", "")),
        description=said.get("description", ""),
    )


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its name in any language."""
    names = dict(_OTHER_NAMES) | {name: name for name in _COLUMNS}
    for language in wording.languages():
        words = wording.translator(language)
        for column, sentence in zip(_COLUMNS, COLUMN_WORDS, strict=True):
            names[words.text(sentence).casefold()] = column
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        known = names.get(cell.strip().casefold())
        if known:
            found.setdefault(known, at)
    return found


def _from_workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_BYTES:
                raise SheetInvalidError(f"more than {_MOST_BYTES >> 20} MB")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS + 2)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, IndexError) as error:
        raise SheetInvalidError(type(error).__name__) from error
    for number, cells in enumerate(rows, start=1):
        yield number, [_plain(cell) for cell in cells]


def _plain(cell: object) -> str:
    """A cell as it is read: days without their midnight, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _from_csv(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetInvalidError(name)
    if "\x00" in text:
        raise SheetInvalidError(name)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1)
    except csv.Error as error:
        raise SheetInvalidError(str(error)) from error
