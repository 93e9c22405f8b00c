"""Tables against the ICDAR 2013 competition's truth: which cells stand beside and below each other.

After Göbel, Hassan, Oro and Orsi (2012), "A methodology for evaluating algorithms for table understanding in PDF
documents": each cell that is not empty is related to the nearest cell that is not empty to its right and below it.
A relation is right when both texts and the direction agree, white space and case aside; each counts once. Precision
and recall are those of a document, then averaged over documents. Relations of a page are pooled, so that a table cut
in two loses only the relations between the parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from xml.etree import ElementTree

from measures.corpus import corpus
from measures.strings import bare
from measures.understood import Cell, Found

Relation = tuple[str, str, str]  # text, text of the neighbour, direction


@dataclass(frozen=True)
class TableScore:
    """Means over documents."""

    precision: float
    recall: float
    f: float


def table_pdfs() -> list[Path]:
    """The set's PDFs."""
    return sorted((corpus() / "bench/icdar2013-tables").glob("*.pdf"))


def tables_score(pdfs: Sequence[Path], found: Sequence[Found]) -> TableScore:
    """How far the tables found agree with the truth."""
    rows = [document_score(pdf, one) for pdf, one in zip(pdfs, found, strict=True)]
    return TableScore(*(mean(row[index] for row in rows) for index in range(3)))


def document_score(pdf: Path, found: Found) -> tuple[float, float, float]:
    """Precision, recall and F of one document."""
    regions = true_regions(pdf.with_name(f"{pdf.stem}-str.xml"))
    truth = Counter((page, *relation) for page, cells in regions for relation in relations(cells))
    given = Counter(
        (number, *relation)
        for number, page in enumerate(found.pages, start=1)
        for table in page.tables
        for relation in relations(table)
    )
    hits = (truth & given).total()
    precision = hits / given.total() if given else 0.0
    recall = hits / truth.total()
    return precision, recall, 2 * hits / (truth.total() + given.total())


def relations(cells: Iterable[Cell]) -> set[Relation]:
    """Relations between neighbours of one table."""
    where: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        if bare(cell.text):
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    where[row, column] = cell
    last_row = max((row for row, _ in where), default=-1)
    last_column = max((column for _, column in where), default=-1)
    found: set[tuple[Cell, Cell, str]] = set()
    for (row, column), cell in where.items():
        right = (where.get((row, beside)) for beside in range(column + 1, last_column + 1))
        below = (where.get((under, column)) for under in range(row + 1, last_row + 1))
        for direction, others in (("right", right), ("below", below)):
            neighbour = next((other for other in others if other is not None), None)
            if neighbour is not None and neighbour != cell:
                found.add((cell, neighbour, direction))
    return {(_key(one), _key(other), direction) for one, other, direction in found}


def _key(cell: Cell) -> str:
    return bare(cell.text).casefold()


def true_regions(truth: Path) -> list[tuple[int, list[Cell]]]:
    """Page and cells of each region of the truth's tables; a table that goes on over pages has several."""
    found = []
    for region in ElementTree.parse(truth).getroot().iter("region"):
        cells = []
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
            last_row, last_column = int(cell.get("end-row", row)), int(cell.get("end-col", column))
            text = cell.findtext("content") or ""
            cells.append(Cell(row, column, last_row - row + 1, last_column - column + 1, text))
        found.append((int(region.get("page", 1)), cells))
    return found
