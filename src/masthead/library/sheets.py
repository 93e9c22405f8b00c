"""Reads lists that people hand over, as CSV or as a workbook (XLSX), into rows of text. What they mean others know."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import sysconfig
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import python_calamine

from masthead import wording
from masthead.document.errors import MastheadError
from masthead.pdf.program import run_program
from masthead.pdf.starting import import_path

_MOST_BYTES: Final = 64 << 20  # of a workbook when it is unpacked
_MOST_PARTS: Final = 2000  # files in it
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MEMORY_MB: Final = 512  # for all cells of the largest list that is taken
_SECONDS: Final = 30


class SheetError(Exception):
    """The bytes are no such list; the message says why."""


def sheet_rows(data: bytes, most: int) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, 1-based, the head first; of a workbook at most `most`. Raises SheetError."""
    rows = _from_workbook(data, most) if data[:2] == b"PK" else _from_csv(data)
    return ((number, [_as_typed(cell) for cell in cells]) for number, cells in rows)


def harmless(value: object) -> str:
    """The cell as text; what a spreadsheet would calculate begins with an apostrophe (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _as_typed(cell: str) -> str:
    """A cell of a list that was made here without the apostrophe before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell


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
        writer.writerow([harmless(cell) for cell in example])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _from_workbook(data: bytes, most: int) -> Iterator[tuple[int, list[str]]]:
    """In a process of its own, for the length that a workbook says it has may be any."""
    _check_packed(data)
    found = [Path(python_calamine.__file__).parents[1], *(Path(path) for path in import_path())]
    code = f"import sys; sys.path[:0] = {[str(path) for path in found]!r}; "
    code += f"from masthead.library.workbook_cells import write_cells; write_cells({most})"
    interpreter = [Path(path) for path in {sys.base_prefix, *sysconfig.get_paths().values()} if Path(path).exists()]
    command = [os.path.realpath(sys.executable), "-I", "-S", "-c", code]
    try:
        cells = run_program(command, data, seconds=_SECONDS, memory_mb=_MEMORY_MB, readable=[*found, *interpreter])
        rows: list[list[str]] = json.loads(cells)
    except (MastheadError, ValueError) as error:
        raise SheetError(type(error).__name__) from error
    yield from enumerate(rows, start=1)


def _check_packed(data: bytes) -> None:
    """Unpack it once without keeping anything: sizes in its directory may be lies, which the checksum then tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_BYTES or len(entries) > _MOST_PARTS:
                raise SheetError(f"more than {_MOST_BYTES >> 20} MB")
            if packed.testzip() is not None:
                raise SheetError("damaged")
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError) as error:
        raise SheetError(type(error).__name__) from error


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
