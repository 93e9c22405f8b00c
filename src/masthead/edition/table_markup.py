"""A table's block as an HTML table: heads with their scope, spans, live links; and as rows of plain text.

The table stands in a region that scrolls by itself and can be reached with the keyboard (WCAG 2.1.1), since a wide
one does not fit a narrow screen. Its name is what names the table on the page: the words of its caption or heading,
else of its own head.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.structure import Link
from masthead.document.text import Block, Cell, Join, Table, Word
from masthead.edition.markup import attribute, element, words_inline

_MAX_LABEL = 120  # characters


def table_element(block: Block, table: Table, links: Sequence[Link], label: str = "") -> str:
    """The table of `block`; `label` names it."""
    words = words_of(block)
    near = [link for link in links if link.box.overlap(block.box) > 0]
    heads = head_rows(table)
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell, gap in _with_gaps(table):
        rows[cell.row] += ["<td></td>"] * gap
        rows[cell.row].append(_cell(cell, words_inline(words[cell.start : cell.end], near), heads))
    for row, blanks in enumerate(_blanks_at_ends(table)):
        rows[row] += ["<td></td>"] * blanks
    lines = [f"<tr>{''.join(row)}</tr>" for row in rows]
    inner = f"<thead>{''.join(lines[:heads])}</thead>" if heads else ""
    inner += f"<tbody>{''.join(lines[heads:])}</tbody>"
    name = attribute((label or _own_name(table, words, heads))[:_MAX_LABEL])
    inner = element("table", inner, name="table", block=block.id)
    return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{name}">{inner}</div>'


def table_text(block: Block, table: Table) -> str:
    """The table as lines of cells with a tabulator between them; a cell that spans leaves the others empty."""
    words = words_of(block)
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = _sentence(words[cell.start : cell.end])
    return "\n".join("\t".join(row).rstrip("\t") for row in rows)


def words_of(block: Block) -> list[Word]:
    """The words that cells count by."""
    return [word for line in block.lines for word in line.words]


def head_rows(table: Table) -> int:
    """How many rows at the top are nothing but heads, and cut no cell that spans rows."""
    count = 0
    for row in range(table.rows - 1):
        cells = [cell for cell in table.cells if cell.row == row]
        if not cells or not all(cell.header for cell in cells):
            break
        count = row + 1
    while count and any(cell.row < count < cell.row + cell.rows for cell in table.cells):
        count -= 1
    return count


def _with_gaps(table: Table) -> list[tuple[Cell, int]]:
    """The cells in their order, each with the number of blank cells before it in its row."""
    taken = _taken(table)
    result = []
    reach = [0] * table.rows
    for cell in table.cells:
        gap = sum((cell.row, column) not in taken for column in range(reach[cell.row], cell.column))
        result.append((cell, gap))
        reach[cell.row] = cell.column + cell.columns
    return result


def _blanks_at_ends(table: Table) -> list[int]:
    taken = _taken(table)
    reach = [0] * table.rows
    for cell in table.cells:
        reach[cell.row] = max(reach[cell.row], cell.column + cell.columns)
    return [sum((row, column) not in taken for column in range(reach[row], table.columns)) for row in range(table.rows)]


def _taken(table: Table) -> set[tuple[int, int]]:
    return {
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _cell(cell: Cell, inner: str, heads: int) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    if not cell.header:
        return f"<td{spans}>{inner}</td>"
    if cell.row < heads:
        return f'<th scope="{"colgroup" if cell.columns > 1 else "col"}"{spans}>{inner}</th>'
    return f'<th scope="{"rowgroup" if cell.rows > 1 else "row"}"{spans}>{inner}</th>'


def _own_name(table: Table, words: Sequence[Word], heads: int) -> str:
    return ", ".join(_sentence(words[cell.start : cell.end]) for cell in table.cells if cell.row < max(1, heads))


def _sentence(words: Sequence[Word]) -> str:
    parts = []
    for word in words:
        parts.append(word.text[:-1] if word.join is Join.HYPHEN else word.text)
        parts.append(" " if word.join is Join.SPACE else "")
    return "".join(parts).strip()
