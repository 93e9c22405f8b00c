"""The list of contents as rows one below the other, in which people and programs edit it, and kept as a correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from masthead.accounts.selectors import User
from masthead.document.corrections import Contents, ContentsLine
from masthead.document.structure import OutlineEntry
from masthead.edition.correcting.places import page_place
from masthead.edition.correcting.reading import Reading
from masthead.library.selectors import Edition
from masthead.production.corrections import Told, corrections_add
from masthead.production.errors import CorrectionInvalidError

DEEPEST: Final = 4  # levels
MOST: Final = 2000  # rows


@dataclass(slots=True)
class ContentsRow:
    """An entry; `page` is 0 where it leads nowhere."""

    title: str
    page: int
    level: int  # from 1


def rows_of(entries: Sequence[OutlineEntry], level: int = 1) -> list[ContentsRow]:
    """The entries one below the other."""
    rows: list[ContentsRow] = []
    for entry in entries:
        rows.append(ContentsRow(entry.title, entry.page, min(level, DEEPEST)))
        rows += rows_of(entry.children, level + 1)
    return rows


def entries_of(rows: Sequence[ContentsRow]) -> tuple[OutlineEntry, ...]:
    """The rows nested: one that is deeper than the row above it is its child, however much deeper it says."""
    result: list[OutlineEntry] = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and rows[end].level > rows[at].level:
            end += 1
        title = " ".join(rows[at].title.split())
        result.append(OutlineEntry(title, rows[at].page, entries_of(rows[at + 1 : end])))
        at = end
    return tuple(result)


def contents_keep(*, by: User, edition: Edition, reading: Reading, wanted: tuple[OutlineEntry, ...]) -> bool:
    """Keep another list of contents; whether it is another one.

    Raises NotAllowedError, and CorrectionInvalidError for a page that the edition does not have.
    """
    if any(row.page > len(reading.report.pages) for row in rows_of(wanted)):
        raise CorrectionInvalidError("contents")
    if wanted == reading.contents:
        return False
    change = Contents(tuple(_placed(reading, entry) for entry in wanted))
    told = Told(change, "", _told(reading.contents), _told(wanted))
    corrections_add(by=by, edition=edition, changes=[told])
    return True


def _placed(reading: Reading, entry: OutlineEntry) -> ContentsLine:
    place = page_place(reading.text, entry.page) if entry.page else None
    return ContentsLine(entry.title, place, tuple(_placed(reading, child) for child in entry.children))


def _told(entries: Sequence[OutlineEntry]) -> str:
    return " · ".join(f"{row.title} {row.page}" for row in rows_of(entries))
