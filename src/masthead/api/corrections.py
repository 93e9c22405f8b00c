"""Operations that correct an edition: its text, its contents, the ledger, and the build that applies all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from ninja import Router, Status
from pydantic import Field

from masthead.api.conversions import ConversionOut
from masthead.api.correction_shapes import Change
from masthead.api.gate import Call, Needs
from masthead.api.overlays import editable
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import In, OneOf, Out, Page, Text
from masthead.api.texts import copy_of
from masthead.document.corrections import KINDS
from masthead.document.structure import OutlineEntry
from masthead.layout.contents import contents_from_headings
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.production.contents_rows import DEEPEST, MOST, ContentsRow, contents_keep, entries_of, rows_of
from masthead.production.correction_rows import waiting
from masthead.production.corrections import (
    correction_restore,
    correction_undo,
    corrections_add,
    corrections_apply,
    working_copy,
)
from masthead.production.edits import Edits
from masthead.production.selectors import Correction, correction_list

router = Router(tags=["Corrections"])
_CORRECTIONS = "/editions/{slug:edition}/corrections"
_ONE = f"{_CORRECTIONS}/{{slug:correction}}"
_CONTENTS = "/editions/{slug:edition}/contents"
_READ, _WRITE = Needs("texts:read"), Needs("texts:write")
KindName = Annotated[str, OneOf(KINDS)]


class CorrectionOut(Out):
    """A change in the ledger."""

    id: str
    kind: KindName
    about: str = Field(description="First words, a page's number.")
    before: str
    after: str
    by: str | None = Field(description="Name.")
    created_at: datetime
    undone_at: datetime | None
    is_with_readers: bool = Field(description="The build that readers have was made with it.")
    fits: bool = Field(description="What it is about was found again when it was last applied.")
    reason: str

    @staticmethod
    def of(row: Correction) -> CorrectionOut:
        """As it is answered."""
        by = row.by.name if row.by else None
        return CorrectionOut.filled(row, about=row.subject, by=by, is_with_readers=row.is_built)


class Corrections(Page[CorrectionOut]):
    """The ledger of an edition."""

    waiting: int = Field(description="Changes that readers do not have yet.")


class Changes(In):
    """Changes that are made one after the other, all of them or none. Names are those of the text as it is now."""

    changes: list[Change] = Field(min_length=1, max_length=500)


class Made(Out):
    """What was kept; changes that change nothing are not among it."""

    items: list[CorrectionOut]


class ContentsEntry(In):
    """A line of the contents; one that is deeper than the line above it belongs to that."""

    title: Annotated[Text, Field(min_length=1, max_length=500, pattern=r"\S")]
    page: Annotated[int, Field(ge=0, le=100_000)] = Field(description="0: it leads nowhere.")
    level: Annotated[int, Field(ge=1, le=DEEPEST)] = 1


class ContentsShape(In):
    """The whole list of contents."""

    lines: list[ContentsEntry] = Field(max_length=MOST)

    @staticmethod
    def of(entries: Sequence[OutlineEntry]) -> ContentsShape:
        """As it is answered; an entry can be without words, and one that is sent cannot."""
        lines = [
            ContentsEntry(title=row.title[:500] if row.title.strip() else "—", page=row.page, level=row.level)
            for row in rows_of(entries)
        ]
        return ContentsShape(lines=lines)


@router.get(_CORRECTIONS, response=Corrections, auth=_READ)
def list_corrections(request: Call, edition: str, cursor: Cursor = "", limit: Limit = 50) -> Corrections:
    """All changes that were made, latest first; those that were taken back stay in the ledger."""
    found = editable(request, edition)
    part = page_of(correction_list(found), ("-place",), cursor, limit, lambda rows: [CorrectionOut.of(r) for r in rows])
    return Corrections(items=part.items, next=part.next, waiting=waiting(found.pk))


@router.post(_CORRECTIONS, response={201: Made}, auth=_WRITE)
def add_corrections(request: Call, edition: str, body: Changes) -> Status[Made]:
    """Change the text; readers have it once the corrections are applied. Every later build is made with it."""
    found = editable(request, edition)
    edits = Edits(working_copy(found).reading)
    for change in body.changes:
        change.make(edits)
        if edits.mistakes:
            raise next(iter(edits.mistakes.values()))
    rows = corrections_add(by=request.person, edition=found, changes=edits.told)
    return Status(201, Made(items=[CorrectionOut.of(row) for row in rows]))


@router.post(f"{_CORRECTIONS}/apply", response={201: ConversionOut}, auth=_WRITE)
def apply_corrections(request: Call, edition: str) -> Status[ConversionOut]:
    """Make the edition again with all changes; readers keep what they have until it is done."""
    started = corrections_apply(by=request.person, edition=editable(request, edition))
    return Status(201, ConversionOut.of(started))


@router.get(_ONE, response=CorrectionOut, auth=_READ)
def get_correction(request: Call, edition: str, correction: str) -> CorrectionOut:
    """One change."""
    return CorrectionOut.of(_row(editable(request, edition), correction))


@router.delete(_ONE, response={204: None}, auth=_WRITE)
def undo_correction(request: Call, edition: str, correction: str) -> Status[None]:
    """Take it back; it stays in the ledger."""
    correction_undo(by=request.person, edition=editable(request, edition), correction_id=correction)
    return Status(204, None)


@router.post(f"{_ONE}/restore", response=CorrectionOut, auth=_WRITE)
def restore_correction(request: Call, edition: str, correction: str) -> CorrectionOut:
    """Make a change again that was taken back."""
    found = editable(request, edition)
    return CorrectionOut.of(correction_restore(by=request.person, edition=found, correction_id=correction))


@router.get(_CONTENTS, response=ContentsShape, auth=_READ)
def get_contents(request: Call, edition: str) -> ContentsShape:
    """The list of contents, with corrections that readers may not have yet."""
    return ContentsShape.of(copy_of(request, edition).reading.contents)


@router.put(_CONTENTS, response=ContentsShape, auth=_WRITE)
def set_contents(request: Call, edition: str, body: ContentsShape) -> ContentsShape:
    """Another list of contents, kept as a correction."""
    found = editable(request, edition)
    wanted = entries_of([ContentsRow(line.title, line.page, line.level) for line in body.lines])
    contents_keep(by=request.person, edition=found, reading=working_copy(found).reading, wanted=wanted)
    return ContentsShape.of(wanted)


@router.post(f"{_CONTENTS}/from_articles", response=ContentsShape, auth=_WRITE)
def make_contents(request: Call, edition: str) -> ContentsShape:
    """Make the list of contents of the articles' headlines."""
    found = editable(request, edition)
    reading = working_copy(found).reading
    wanted = tuple(contents_from_headings(reading.text, reading.report.pages))
    contents_keep(by=request.person, edition=found, reading=reading, wanted=wanted)
    return ContentsShape.of(wanted)


def _row(edition: Edition, correction: str) -> Correction:
    row = correction_list(edition).filter(pk=correction).first()
    if row is None:
        raise NotFoundError(correction)
    return row
