"""Reads a spreadsheet of metadata: which file is which issue of which publication. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from masthead.document.days import day_of
from masthead.library.sheets import SheetError, columns_of, sheet_rows, sheet_template
from masthead.production.errors import SheetInvalidError

COLUMN_WORDS = ("File", "Publication", "Issue", "Date", "Description")
_COLUMNS = ("file", "publication", "label", "date", "description")
_OTHER_NAMES = {"title": "publication", "label": "label", "file name": "file", "filename": "file", "edition": "label"}
_MOST_ROWS = 2000
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
    found: list[SheetRow] = []
    try:
        rows = sheet_rows(data, _MOST_ROWS + 2)
        head = next(rows, None)
        columns = columns_of(head[1] if head else [], _COLUMNS, COLUMN_WORDS, _OTHER_NAMES)
        if "file" not in columns:
            raise SheetInvalidError("no column is called File")
        for number, cells in rows:
            said = {column: cells[at].strip()[:_LONGEST] for column, at in columns.items() if at < len(cells)}
            if any(said.values()):
                found.append(_row(number, said))
            if len(found) > _MOST_ROWS:
                raise SheetInvalidError(f"more than {_MOST_ROWS} rows")
    except SheetError as error:
        raise SheetInvalidError(f"{name}: {error}") from error
    return found


def template(language: str, example: Sequence[str] = ()) -> bytes:
    """A CSV file with the head and, if wanted, a row."""
    return sheet_template(language, COLUMN_WORDS, example)


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
