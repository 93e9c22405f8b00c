"""What a tool understood of a PDF, in one shape for ours and the others: text, headings, list items, tables by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from masthead.document.text import Role
from measures import ours, peers
from measures.markdown import Markdown
from measures.whole_paragraphs import plainly


class Cell(NamedTuple):
    """A cell of a table; rows and columns from 0."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True)
class PageFound:
    """What was understood of one page."""

    text: str
    headings: Sequence[str] = ()
    items: Sequence[str] = ()
    tables: Sequence[Sequence[Cell]] = ()


@dataclass(frozen=True)
class Found:
    """What was understood of a PDF."""

    pages: Sequence[PageFound]
    seconds: float  # of the processor
    has_roles: bool = True  # whether the tool tells headings, lists and tables apart at all
    error: str = ""
    whole: Sequence[str] = ()  # the text of each page, with paragraphs that go on overleaf whole where they begin

    def texts(self) -> list[str]:
        """The text of each page."""
        return [page.text for page in self.pages]


def by_us(pdf: Path, *, tags: bool = False) -> Found:
    """Our own understanding."""
    reading = ours.read(pdf, tags=tags)
    pages = [
        PageFound(
            text,
            [block["text"] for block in page["blocks"] if block["role"] == Role.HEADING],
            [block["text"] for block in page["blocks"] if block["role"] == Role.LIST_ITEM],
            [_cells(block["table"]) for block in page["blocks"] if block.get("table")],
        )
        for page, text in zip(reading.found["pages"], reading.texts(), strict=True)
    ]
    return Found(pages, reading.seconds, whole=reading.whole_paragraphs())


def by_tool(tool: str, pdfs: Sequence[Path], *, fresh: bool = False) -> list[Found]:
    """Another tool's understanding of each PDF."""
    return [_from_answer(answer) for answer in peers.answers(tool, pdfs, fresh=fresh)]


def _from_answer(answer: peers.Answer) -> Found:
    whole = plainly(answer.texts())
    if answer.form == "text":
        plain = [PageFound(text) for text in answer.pages]
        return Found(plain, answer.seconds, has_roles=False, error=answer.error, whole=whole)
    pages = []
    for source in answer.pages:
        page = Markdown(source)
        tables = [
            [Cell(row, column, 1, 1, text) for row, texts in enumerate(table) for column, text in enumerate(texts)]
            for table in page.tables
        ]
        pages.append(PageFound(page.text, page.headings, page.items, tables))
    return Found(pages, answer.seconds, error=answer.error, whole=whole)


def _cells(table: dict[str, Any]) -> list[Cell]:
    return [Cell(cell["row"], cell["column"], cell["rows"], cell["columns"], cell["text"]) for cell in table["cells"]]
