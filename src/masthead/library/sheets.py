"""Reads lists that people hand over, as CSV or as a workbook (XLSX), into rows of text. What they mean others know."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from masthead import wording

_MOST_BYTES: Final = 64 << 20  # of a workbook when it is unpacked


class SheetError(Exception):
    """The bytes are no such list; the message says why."""


def sheet_rows(data: bytes, most: int) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, 1-based, the head first; of a workbook at most `most`. Raises SheetError."""
    return _from_workbook(data, most) if data[:2] == b"PK" else _from_csv(data)


def columns_of(
    head: Sequence[str], columns: Sequence[str], words: Sequence[str], others: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Where each column stands, by its own name, by its sentence in any language, or by another name that it has."""
    names = dict(others or {}) | {name: name for name in columns}
    for language in wording.languages():
        said = wording.translator(language)
        names |= {said.text(sentence).casefold(): name for name, sentence in zip(columns, words, strict=True)}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        known = names.get(cell.strip().casefold())
        if known:
            found.setdefault(known, at)
    return found


def sheet_template(language: str, words: Iterable[str], example: Sequence[str] = ()) -> bytes:
    """A CSV file with the head and, if wanted, a row; spreadsheet programs know it by its mark as UTF-8."""
    said = wording.translator(language)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "de" else ",")
    writer.writerow([said.text(column) for column in words])
    if example:
        writer.writerow(example)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _from_workbook(data: bytes, most: int) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_BYTES:
                raise SheetError(f"more than {_MOST_BYTES >> 20} MB")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=most)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, IndexError) as error:
        raise SheetError(type(error).__name__) from error
    for number, cells in enumerate(rows, start=1):
        yield number, [_plain(cell) for cell in cells]


def _plain(cell: object) -> str:
    """A cell as it is read: days without their midnight, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _from_csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetError("neither UTF-8 nor Windows-1252")
    if "\x00" in text:
        raise SheetError("not text")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)
    except csv.Error as error:
        raise SheetError(str(error)) from error
