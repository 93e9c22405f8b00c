"""Reads the cells of a workbook (XLSX, ODS) from standard input and writes them out as JSON: runs without any rights.

A file of a kilobyte can name a cell in the last row and column, and the library makes room for all cells before it. So
this is its own process, which has a limit of memory and takes nothing with it when it ends.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime

from python_calamine import CalamineWorkbook


def write_cells(most: int) -> None:
    """The first rows of the first sheet, a list of texts each."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False, nrows=most)
    json.dump([[_plain(cell) for cell in cells] for cells in rows], sys.stdout)


def _plain(cell: object) -> str:
    """A cell as it is read: days without their midnight, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
