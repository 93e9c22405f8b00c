"""Operations on readers: known, invited, taken in as a list, their devices, their data given to them or erased."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Status
from pydantic import Field

from masthead import wording
from masthead.access.devices import device_list, devices_reset
from masthead.access.entitlements import is_confirmed
from masthead.access.erasing import data_at, reader_forget
from masthead.access.importing import Row, readers_import, rows_checked, sums_of
from masthead.access.joining import invitation_mail, reader_invite, token_of
from masthead.access.readers import Reader, reader_change, reader_get, reader_list
from masthead.accounts.passkey_accounts import signs_in_alone
from masthead.accounts.rights import Action
from masthead.accounts.selectors import require
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Day, Email, In, Out, Page, Text
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.forms.keeping import person_answers, person_answers_erase
from masthead.orders.exporting import record_of
from masthead.orders.finding import order_list
from masthead.orders.selectors import Order
from masthead.orders.working import orders_erase

router = Router(tags=["Readers"])
_READ, _WRITE = Needs("readers:read"), Needs("readers:write")
_ONE = "/readers/{slug:reader}"
_MOST = 5000  # rows of a list in one request
Number = Annotated[Text, Field(max_length=60)]
Note = Annotated[Text, Field(max_length=500)]
PersonName = Annotated[Text, Field(max_length=120)]


class ReaderFilters(In):
    """What is looked for among readers."""

    words: Annotated[Text, Field(max_length=120)] = Field(default="", description="Of name, address or number.")
    state: Literal["", "running", "ending", "over", "none"] = Field(
        default="", description="A period runs, ends within 30 days, is over, or there never was one."
    )
    number: Number = Field(default="", description="The one with this number.")


class ReaderNew(In):
    """Somebody who shall be a reader."""

    email: Email
    name: PersonName = ""
    number: Number = Field(default="", description="By which the publisher's own books know them.")
    note: Note = ""
    invite: bool = Field(default=True, description="Write to them, so that they choose a password.")


class ReaderChange(In):
    """What shall be another; fields that are left out stay."""

    number: Number | None = None
    note: Note | None = None


class ReaderOut(Out):
    """Somebody who reads at the publisher."""

    id: str
    email: str = Field(description="Empty where none is known.")
    name: str
    number: str
    note: str
    came_by: str = Field(description="`sign_up`, `invited`, `imported`, `code` or `identity`.")
    is_confirmed: bool = Field(description="Mails to the address are known to reach them.")
    accepts_reminders: bool
    created_at: datetime
    invited_at: datetime | None
    last_signed_in_at: datetime | None

    @staticmethod
    def of(row: Reader) -> ReaderOut:
        """As it is answered."""
        return ReaderOut.filled(
            row,
            email=row.user.email if row.user.is_reachable else "",
            name=row.user.name,
            is_confirmed=is_confirmed(row.user),
            last_signed_in_at=row.user.last_login,
        )


class InvitedOut(Out):
    """A reader, and what became of the mail."""

    reader: ReaderOut
    mail: Literal["sent", "not_sent", "not_needed", "not_wanted"] = Field(
        description="`not_needed`: they have a password already; `not_sent`: the mail server did not take it."
    )


class ListRow(In):
    """A row of a list of subscribers."""

    email: Annotated[Text, Field(max_length=254)]
    name: PersonName = ""
    number: Number = ""
    subscription: Annotated[Text, Field(max_length=120)] = Field(default="", description="Its name; empty: none.")
    starts: Day | None = Field(default=None, description="Null: today.")
    ends: Day | None = Field(default=None, description="Null: it goes on.")


class ReaderRows(In):
    """A list of subscribers. The same list taken in twice changes nothing the second time."""

    rows: list[ListRow] = Field(min_length=1, max_length=_MOST)
    is_trial: bool = Field(default=False, description="Only say what would come of it.")


class RowMistake(Out):
    """A row that is not taken in, and why."""

    row: int = Field(description="Counted from 0.")
    email: str
    message: str


class ReaderSums(Out):
    """What a list comes to."""

    rows: int
    new_readers: int
    known_readers: int
    new_periods: int
    known_periods: int
    problems: list[RowMistake]


class DeviceOut(Out):
    """A browser in which they read, where a subscription limits them."""

    id: str
    name: str
    added_at: datetime


class Removed(Out):
    """How many were taken away."""

    removed: int


class ReaderData(Out):
    """All that the house keeps of a person, under names for people; what the token may not see is null."""

    kept: dict[str, Any]
    form_answers: list[dict[str, Any]] | None = Field(description="Null without the scope `answers:read`.")
    orders: list[dict[str, Any]] | None = Field(description="Null without the scope `orders:read`.")


class Erasure(In):
    """What goes beside the reader and all their rights to read."""

    form_answers: bool = Field(default=False, description="Needs the scope `answers:read`.")
    orders: bool = Field(
        default=False, description="Needs the scope `orders:write`: orders lose the person, books stay whole."
    )


class ErasedOut(Out):
    """What was erased."""

    account: bool = Field(description="The account too: nobody had taken it over, and nobody else knew it.")
    form_answers: int
    orders: int


def reader_of(request: Call, reader: str) -> Reader:
    """One of the house's readers, for who manages them; raises NotAllowedError, NotFoundError."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    return reader_get(request.person, request.house, reader)


@router.get("/readers", response=Page[ReaderOut], auth=_READ)
def list_readers(
    request: Call, filters: Annotated[ReaderFilters, Query()], cursor: Cursor = "", limit: Limit = 50
) -> Page[ReaderOut]:
    """The readers of the house, those who came last first."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    rows = reader_list(request.person, request.house, filters.words, filters.state)
    rows = rows.filter(number=filters.number) if filters.number else rows
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [ReaderOut.of(row) for row in found])


@router.post("/readers", response={201: InvitedOut}, auth=_WRITE)
def create_reader(request: Call, body: ReaderNew) -> Status[InvitedOut]:
    """Know somebody by their address; an account waits for them. Who is known already stays as they are."""
    made = reader_invite(by=request.person, publisher=request.house, email=body.email, name=body.name)
    if body.number or body.note:
        number, note = body.number or made.number, body.note or made.note
        made = reader_change(by=request.person, reader=made, number=number, note=note)
    sent = _mailed(request, made) if body.invite else "not_wanted"
    return Status(201, InvitedOut(reader=ReaderOut.of(made), mail=sent))


@router.post("/readers/import", response=ReaderSums, auth=_WRITE)
def import_readers(request: Call, body: ReaderRows) -> ReaderSums:
    """Take in a list of subscribers with their periods; rows that are wrong are named, all others are taken."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    rows = rows_checked(request.house, ((number, _said(row)) for number, row in enumerate(body.rows)))
    if body.is_trial:
        sums = sums_of(request.house, rows)
    else:
        sums = readers_import(by=request.person, publisher=request.house, rows=rows)
    return ReaderSums.filled(sums, problems=_problems(request, rows))


@router.get(_ONE, response=ReaderOut, auth=_READ)
def get_reader(request: Call, reader: str) -> ReaderOut:
    """One reader."""
    return ReaderOut.of(reader_of(request, reader))


@router.patch(_ONE, response=ReaderOut, auth=_WRITE)
def change_reader(request: Call, reader: str, body: ReaderChange) -> ReaderOut:
    """Another number or note; name and address are the person's own."""
    found = reader_of(request, reader)
    said = {name: value for name, value in body.model_dump().items() if value is not None}
    kept = {"number": found.number, "note": found.note}
    return ReaderOut.of(reader_change(by=request.person, reader=found, **{**kept, **said}))


@router.post(f"{_ONE}/invite", response=InvitedOut, auth=_WRITE)
def invite_reader(request: Call, reader: str) -> InvitedOut:
    """Write to them once more."""
    found = reader_of(request, reader)
    sent = _mailed(request, found)
    return InvitedOut(reader=ReaderOut.of(found), mail=sent)


@router.get(f"{_ONE}/devices", response=Page[DeviceOut], auth=_READ)
def list_devices(request: Call, reader: str, cursor: Cursor = "", limit: Limit = 50) -> Page[DeviceOut]:
    """The browsers in which they read, latest first."""
    rows = device_list(reader_of(request, reader).user, request.house)
    return page_of(
        rows,
        ("-added_at", "pk"),
        cursor,
        limit,
        lambda found: [DeviceOut(id=row.pk, name=row.name, added_at=row.added_at) for row in found],
    )


@router.post(f"{_ONE}/devices/reset", response=Removed, auth=_WRITE)
def reset_devices(request: Call, reader: str) -> Removed:
    """Take all of them off the list: others have room."""
    found = reader_of(request, reader)
    return Removed(removed=devices_reset(by=request.person, publisher=request.house, user=found.user))


@router.get(f"{_ONE}/data", response=ReaderData, auth=_READ)
def get_reader_data(request: Call, reader: str) -> ReaderData:
    """All that this house keeps of them, to be given to them."""
    person, house, found = request.person, request.house, reader_of(request, reader)
    bearer, user = person.bearer, found.user
    assert bearer is not None
    answers = person_answers(by=person, publisher=house, email=user.email) if bearer.has("answers:read") else None
    rows = order_list(person, house).filter(person=user) if bearer.has("orders:read") else None
    orders = None if rows is None else [record_of(row) for row in rows.prefetch_related("lines")]
    return ReaderData(kept=data_at(by=person, reader=found), form_answers=answers, orders=orders)


@router.post(f"{_ONE}/erase", response=ErasedOut, auth=_WRITE)
def erase_reader(request: Call, reader: str, body: Erasure) -> ErasedOut:
    """Erase what this house keeps of them, at their wish; it cannot be undone."""
    person, house, found = request.person, request.house, reader_of(request, reader)
    answers, orders = 0, list[Order]()
    with transaction.atomic():
        if body.form_answers:
            Needs("answers:read")(request)
            answers = person_answers_erase(by=person, publisher=house, email=found.user.email)
        if body.orders:
            Needs("orders:write")(request)
            orders = orders_erase(by=person, orders=list(order_list(person, house).filter(person=found.user)))
        is_gone = reader_forget(by=person, reader=found)
    return ErasedOut(account=is_gone, form_answers=answers, orders=len(orders))


def _mailed(request: Call, reader: Reader) -> Literal["sent", "not_sent", "not_needed"]:
    """Send the mail with the link by which they choose a password; that it did not go loses nothing."""
    if signs_in_alone(reader.user):
        return "not_needed"
    address = absolute(cast(HttpRequest, request), reverse("join", args=[token_of(reader)]))
    try:
        invitation_mail(reader=reader, address=address, language=reader.user.language or request.house.language)
    except OSError:
        return "not_sent"
    return "sent"


def _said(row: ListRow) -> dict[str, str]:
    days = {name: day.isoformat() for name, day in (("starts", row.starts), ("ends", row.ends)) if day}
    words = {name: getattr(row, name).strip() for name in ("email", "name", "number", "subscription")}
    return {**words, **days}


def _problems(request: Call, rows: list[Row]) -> list[RowMistake]:
    words = wording.translator(language_of(cast(HttpRequest, request)))
    wrong = [row for row in rows if row.problem]
    return [RowMistake(row=row.number, email=row.email, message=words.text(row.problem)) for row in wrong]
