"""Operations on many editions at once: made of files by rows of a spreadsheet, and changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, cast

from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.api.gate import Call, Needs
from masthead.api.shapes import Id, In, Moment, OneOf, Out, Text
from masthead.document.days import day_of
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, category_list
from masthead.production.arrivals import arrival_list
from masthead.production.at_once import MOST, STEPS, Change, Deed, editions_change, editions_for
from masthead.production.intake import (
    Plan,
    RowVerdict,
    check_plans,
    edition_start,
    judge_rows,
    plan_of,
    publications_for,
)
from masthead.production.metadata_sheet import SheetRow
from masthead.production.selectors import Arrival

router = Router(tags=["Editions"])
NOT_READY_WORDS = "This file cannot be converted yet."
Cell = Annotated[Text, Field(max_length=2000)]


class EditionRow(In):
    """A row of a spreadsheet: a file that was uploaded, and which issue of which publication it is."""

    file: Annotated[Text, Field(min_length=1, max_length=255)] = Field(description="Name of an upload.")
    publication: Annotated[Text, Field(max_length=120)] = Field(
        default="", description="Its name, slug or id; empty: the only one there is."
    )
    label: Annotated[Text, Field(max_length=120)] = Field(default="", description="Empty: as the file's name says.")
    date: Annotated[Text, Field(max_length=40)] = Field(default="", description="Such as 2026-11-03 or 3.11.2026.")
    description: Cell = ""


class EditionRows(In):
    """Rows of which editions are made, whose conversions begin at once."""

    rows: list[EditionRow] = Field(min_length=1, max_length=MOST)
    is_trial: bool = Field(default=False, description="Only say what would come of it.")


class CellMistake(Out):
    """What is wrong with a cell."""

    field: str
    message: str


class RowOut(Out):
    """What a row comes to, or came to."""

    row: int = Field(description="Counted from 0.")
    file: str
    publication: str | None = Field(description="Id.")
    label: str
    date: dt.date | None
    mistakes: list[CellMistake] = Field(description="None: it is fine.")
    edition: str | None = Field(description="Id of the edition that was made.")


class RowsOut(Out):
    """What the rows come to."""

    items: list[RowOut]
    made: int


class Bulk(In):
    """One thing that is done to many editions."""

    editions: list[Id] = Field(min_length=1, max_length=MOST)
    deed: Annotated[str, OneOf(Deed)] = Field(
        description="To publish, schedule and withdraw needs the scope `publishing:write`. What was deleted together "
        "is restored together."
    )
    category: Id | None = Field(default=None, description="To add or remove.")
    publish_at: Moment | None = Field(default=None, description="To schedule.")
    withdraw_at: Moment | None = Field(default=None, description="To schedule, if they shall be withdrawn again.")
    time_zone: Annotated[Text, Field(max_length=64)] = Field(
        default="", description="IANA zone in which people shall see the times; empty: each edition's own."
    )


class Refused(Out):
    """An edition to which it could not be done."""

    edition: str
    code: str
    message: str


class BulkOut(Out):
    """To which editions it was done."""

    done: list[str]
    refused: list[Refused]


@router.post("/editions/import", response=RowsOut, auth=Needs("editions:write"))
def import_editions(request: Call, body: EditionRows) -> RowsOut:
    """Make editions of uploaded files by the rows of a spreadsheet; rows that are wrong are named, all others start."""
    publications = publications_for(request.person, request.house)
    if not publications:
        raise NotAllowedError(Action.EDIT.value)
    arrivals = list(arrival_list(request.person, request.house))
    rows = [_row(number, row) for number, row in enumerate(body.rows)]
    verdicts = judge_rows(rows, arrivals, publications)
    plans = {verdict.row.number: _plan(verdict, publications) for verdict in verdicts if verdict.arrival}
    check_plans(plans.values(), publications)
    told = [_told(request, verdict, plans.get(verdict.row.number)) for verdict in verdicts]
    if not body.is_trial:
        by_id = {one.pk: one for one in publications}
        for row in told:
            if not row.mistakes:
                _start(request, row, plans[row.row], by_id[row.publication or ""])
    return RowsOut(items=told, made=sum(row.edition is not None for row in told))


@router.post("/editions/bulk", response=BulkOut, auth=Needs("editions:write"))
def change_editions(request: Call, body: Bulk) -> BulkOut:
    """Do one thing to many editions; each by itself, so that one that cannot be changed holds up no other."""
    deed = Deed(body.deed)
    if deed in STEPS:
        Needs("publishing:write")(cast(HttpRequest, request))
    category = category_list(request.person, request.house).filter(pk=body.category).first()
    change = Change(deed, category, body.publish_at, body.withdraw_at, body.time_zone)
    found = editions_for(request.person, request.house, deed, body.editions)
    refusals = {row.pk: error for row, error in editions_change(by=request.person, editions=found, change=change)}
    there = {row.pk for row in found}
    done, refused = [], []
    for name in dict.fromkeys(body.editions):
        error = refusals.get(name) if name in there else NotFoundError(name)
        if error is None:
            done.append(name)
        else:
            refused.append(Refused(edition=name, code=error.code, message=_sentence(request, error)))
    return BulkOut(done=done, refused=refused)


def _row(number: int, row: EditionRow) -> SheetRow:
    return SheetRow(
        number=number,
        file=row.file,
        publication=row.publication.strip(),
        label=row.label.strip(),
        date_said=row.date.strip(),
        date=day_of(row.date),
        description=row.description,
    )


def _plan(verdict: RowVerdict, publications: Sequence[Publication]) -> Plan:
    """What the row says of its file, else what the file's name seems to say; nothing of it is kept."""
    arrival, row = verdict.arrival, verdict.row
    assert arrival is not None
    plan = plan_of(arrival, publications, verdict.publication.pk if verdict.publication else "")
    said: dict[str, Any] = {"label": row.label, "date_said": row.date_said, "description": row.description}
    for name, value in said.items():
        if value:
            setattr(plan, name, value)
    plan.publication = verdict.publication.pk if verdict.publication else ""
    return plan


def _told(request: Call, verdict: RowVerdict, plan: Plan | None) -> RowOut:
    words = wording.translator(language_of(cast(HttpRequest, request)))
    wrong = dict(verdict.mistakes)
    if plan is not None:
        wrong = {**plan.mistakes, **wrong}
        if plan.arrival.state != Arrival.State.GOOD:
            wrong.setdefault("file", NOT_READY_WORDS)
    return RowOut(
        row=verdict.row.number,
        file=verdict.row.file,
        publication=(plan.publication or None) if plan else None,
        label=plan.label if plan else verdict.row.label,
        date=plan.day if plan else verdict.row.date,
        mistakes=[CellMistake(field=name, message=words.text(said)) for name, said in wrong.items()],
        edition=None,
    )


def _start(request: Call, row: RowOut, plan: Plan, publication: Publication) -> None:
    """Make the edition; where it cannot be, the row says why."""
    assert plan.day is not None
    try:
        with transaction.atomic():
            made = edition_start(
                by=request.person,
                arrival=plan.arrival,
                publication=publication,
                label=plan.label.strip(),
                day=plan.day,
                description=plan.description,
            )
    except MastheadError as error:
        row.mistakes.append(CellMistake(field="label", message=_sentence(request, error)))
    else:
        row.edition = made.pk


def _sentence(request: Call, error: MastheadError) -> str:
    words = wording.translator(language_of(cast(HttpRequest, request)))
    return f"{words.text(error.sentence)} {words.text(error.hint)}"
