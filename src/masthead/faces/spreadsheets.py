"""Tables as CSV and XLSX for spreadsheet programs, in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO

import xlsxwriter
from django.http import HttpResponse

from masthead.library.sheets import harmless

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767  # characters that a cell holds
_MARK = "\ufeff"  # without it spreadsheet programs take the bytes for another encoding


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as a file to keep."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(_MARK + stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def workbook_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as a workbook."""
    with workbook_file(chain([head], rows)) as file:
        response = HttpResponse(file.read(), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def workbook_file(rows: Iterable[Sequence[object]]) -> IO[bytes]:
    """A workbook in a file that goes when it is closed; the first row is the head.

    Integers and decimals are numbers, all else is text, so that nothing is calculated and no code loses its zeros.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
                    sheet.write_number(at, column, cell)
                elif cell not in (None, ""):
                    sheet.write_string(at, column, str(cell)[:_LONGEST], *([bold] if at == 0 else []))
    file.seek(0)
    return file
