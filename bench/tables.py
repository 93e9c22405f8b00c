"""Scores tables against the truth of the ICDAR 2013 table competition, end to end: from the PDF to the blocks.

Measures are those of Göbel, Hassan, Oro and Orsi (2012, "A methodology for evaluating algorithms for table
understanding in PDF documents"):

- **Detection**: a found table is *complete* if it holds every letter of its true region, *pure* if it holds no other;
  and precision, recall and F over letters.
- **Structure**: a grid becomes the list of its adjacency relations: each cell that is not blank with its nearest such
  neighbour to the right and below (`measures.table_cells`). Precision, recall and F over these lists. A table that
  was not found has lost all its relations, one that does not exist counts as wrong relations.

Both are given over all letters or relations of the set, and as the mean of the documents' F.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
from measures.table_cells import relations, true_regions
from measures.understood import Cell

from masthead.document.geometry import Box
from masthead.document.text import Block, PageLines, Word
from masthead.layout.lines import page_lines
from masthead.layout.reading import read
from masthead.pdf.glyphs import page_text


@dataclass(frozen=True)
class TrueTable:
    """A region on a page (points, origin top left) and its cells."""

    page: int
    box: Box
    cells: list[Cell]


@dataclass
class Counts:
    """What was found of what there is."""

    true: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else float(not self.found)

    @property
    def f(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: Counts) -> None:
        self.true, self.found, self.right = self.true + other.true, self.found + other.found, self.right + other.right


@dataclass
class DocumentScore:
    """One document: letters, relations, and whole tables."""

    name: str
    letters: Counts = field(default_factory=Counts)
    relations: Counts = field(default_factory=Counts)
    tables: int = 0
    found: int = 0
    complete: int = 0
    pure: int = 0
    lines: list[str] = field(default_factory=list)  # a line a table, for people


def score_folder(folder: Path) -> list[DocumentScore]:
    """Every document of the set in `folder`."""
    return [score_document(path) for path in sorted(folder.glob("*.pdf"))]


def score_document(path: Path) -> DocumentScore:
    """The tables that reading the whole document finds, beside its truth."""
    pages = pages_of(path)
    truth = true_tables(path, {page.number: page.height for page in pages})
    blocks = read(pages).blocks
    found = [block for page in pages for block in blocks.get(page.number, ()) if block.table is not None]
    return compare(path.stem, truth, found, {page.number: _words_of(page) for page in pages})


def pages_of(path: Path) -> list[PageLines]:
    """Words and lines of every page."""
    document = pypdfium2.PdfDocument(str(path))
    return [page_lines(page_text(document[number - 1], number)) for number in range(1, len(document) + 1)]


def true_tables(path: Path, heights: dict[int, float]) -> list[TrueTable]:
    """Regions and structure; the truth counts y from the bottom of the page."""
    boxes: dict[tuple[int, int], Box] = {}
    for table, region, page, element in _regions(path.with_name(f"{path.stem}-reg.xml")):
        box = element.find("bounding-box")
        if box is not None:
            x0, x1, y0, y1 = (float(box.get(name, "0")) for name in ("x1", "x2", "y1", "y2"))
            boxes[table, region] = Box(x0, heights[page] - y1, x1, heights[page] - y0)
    structure = path.with_name(f"{path.stem}-str.xml")
    return [
        TrueTable(page, boxes[table, region], cells)
        for (table, region, page, _), (_, cells) in zip(_regions(structure), true_regions(structure), strict=True)
    ]


def _regions(path: Path) -> Iterable[tuple[int, int, int, ElementTree.Element]]:
    root = ElementTree.parse(path).getroot()
    for number, table in enumerate(root.iter("table")):
        for index, region in enumerate(table.iter("region")):
            yield number, index, int(region.get("page", "1")), region


def compare(
    name: str, truth: Sequence[TrueTable], found: Sequence[Block], words: dict[int, list[Word]]
) -> DocumentScore:
    """Each true table with the found one that shares most letters with it."""
    score = DocumentScore(name, tables=len(truth), found=len(found))
    inside_truth = [_inside(table.box, words.get(table.page, [])) for table in truth]
    inside_found = [Counter(_key(word) for line in block.lines for word in line.words) for block in found]
    free = set(range(len(found)))
    for table, letters in zip(truth, inside_truth, strict=True):
        shared = {index: (letters & inside_found[index]).total() for index in free if found[index].page == table.page}
        best = max(shared, key=lambda index: shared[index], default=None)
        wanted = relations(table.cells)
        here = Counts(true=len(wanted))
        note = "not found"
        if best is not None and shared[best]:
            free.discard(best)
            score.complete += _weight(letters - inside_found[best]) == 0
            score.pure += _weight(inside_found[best] - letters) == 0
            mine = relations(cells_of(found[best]))
            here = Counts(len(wanted), len(mine), len(wanted & mine))
            lost, extra = _weight(letters - inside_found[best]), _weight(inside_found[best] - letters)
            note = f"letters lost {lost} extra {extra}, relations F {here.f:.3f}"
        score.relations.add(here)
        score.lines.append(f"  p{table.page} y{table.box.y0:.0f}: {note}")
    for index in free:
        score.relations.add(Counts(found=len(relations(cells_of(found[index])))))
        score.lines.append(f"  p{found[index].page} y{found[index].box.y0:.0f}: no table")
    for page in words:
        true_words = Counter[tuple[str, float, float]]()
        for table, letters in zip(truth, inside_truth, strict=True):
            if table.page == page:
                true_words |= letters
        found_words = Counter[tuple[str, float, float]]()
        for block, letters in zip(found, inside_found, strict=True):
            if block.page == page:
                found_words |= letters
        score.letters.add(Counts(_weight(true_words), _weight(found_words), _weight(true_words & found_words)))
    return score


def cells_of(block: Block) -> list[Cell]:
    """The cells of a table's block with their texts."""
    assert block.table is not None
    words = [word for line in block.lines for word in line.words]
    return [
        Cell(
            cell.row,
            cell.column,
            cell.rows,
            cell.columns,
            "".join(word.text for word in words[cell.start : cell.end]),
        )
        for cell in block.table.cells
    ]


def _words_of(page: PageLines) -> list[Word]:
    return [word for line in page.lines for word in line.words]


def _key(word: Word) -> tuple[str, float, float]:
    return word.text, round(word.box.x0, 1), round(word.box.y0, 1)


def _inside(box: Box, words: Iterable[Word]) -> Counter[tuple[str, float, float]]:
    """Words whose middle lies in the region, which is drawn tightly around the letters."""
    return Counter(
        _key(word)
        for word in words
        if box.x0 - 2 <= word.box.centre[0] <= box.x1 + 2 and box.y0 - 2 <= word.box.centre[1] <= box.y1 + 2
    )


def _weight(words: Counter[tuple[str, float, float]]) -> int:
    return sum(len(word[0]) * count for word, count in words.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="NAME.pdf with NAME-reg.xml and NAME-str.xml beside it")
    parser.add_argument("--tables", action="store_true", help="a line for every table")
    arguments = parser.parse_args()
    start = time.process_time()
    scores = score_folder(arguments.folder)
    if not scores:
        print("No PDF in this folder.", file=sys.stderr)
        return 2
    letters, structure = Counts(), Counts()
    for score in scores:
        letters.add(score.letters)
        structure.add(score.relations)
        print(
            f"{score.name}: {score.tables} tables, {score.found} found, {score.complete} complete, {score.pure} pure; "
            f"letters F {score.letters.f:.3f}; relations P {score.relations.precision:.3f} "
            f"R {score.relations.recall:.3f} F {score.relations.f:.3f}"
        )
        if arguments.tables:
            print("\n".join(score.lines))
    tables, found = sum(score.tables for score in scores), sum(score.found for score in scores)
    complete, pure = sum(score.complete for score in scores), sum(score.pure for score in scores)
    print(f"tables {tables}, found {found}, complete {complete}, pure {pure}")
    print(f"detection, letters:    P {letters.precision:.3f} R {letters.recall:.3f} F {letters.f:.3f}", end="; ")
    print(f"mean of documents F {sum(score.letters.f for score in scores) / len(scores):.3f}")
    print(f"structure, relations:  P {structure.precision:.3f} R {structure.recall:.3f} F {structure.f:.3f}", end="; ")
    print(f"mean of documents F {sum(score.relations.f for score in scores) / len(scores):.3f}")
    print(f"CPU seconds {time.process_time() - start:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
