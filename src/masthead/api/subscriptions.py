"""Operations on what readers have: subscriptions, their periods, permissions for single editions, access codes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Router, Status
from pydantic import Field, model_validator

from masthead.access.codes import AccessCode, code_list, code_revoke, codes_create, shown
from masthead.access.permitting import Permission, permission_give, permission_revoke, permissions_of
from masthead.access.subscribing import (
    Period,
    Subscription,
    period_change,
    period_give,
    period_revoke,
    periods_of,
    subscription_change,
    subscription_create,
    subscription_get,
    subscription_list,
)
from masthead.accounts.rights import Action
from masthead.accounts.selectors import require
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.readers import reader_of
from masthead.api.shapes import Day, Id, In, Moment, Name, OneOf, Out, Page, Text
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, edition_get, publication_list

router = Router(tags=["Subscriptions"])
_READ, _WRITE = Needs("subscriptions:read"), Needs("subscriptions:write")
_PERIODS, _PERMISSIONS = "/readers/{slug:reader}/periods", "/readers/{slug:reader}/permissions"
_MOST_CODES = 1000  # in one request
KindName = Annotated[str, OneOf(Subscription.Kind.values)]
Days = Annotated[int, Field(ge=0, le=366)]


class SubscriptionIn(In):
    """A product that readers can have."""

    name: Name
    kind: KindName = Field(
        default="traditional",
        description="`traditional`: issues dated within the period, which are kept; `club`: every issue, while it "
        "runs; `whole`: every issue, and those up to its end are kept.",
    )
    publications: list[Id] = Field(default=[], max_length=1000, description="None: all of the house.")
    grace_days: Days = 0
    device_limit: Annotated[int, Field(ge=0, le=100)] = Field(default=0, description="0: as many as they like.")
    reminder_days: Days = Field(default=14, description="Before the end; 0: no reminder.")
    is_closed: bool = Field(default=False, description="Nobody can be given it any more; what runs goes on.")


class SubscriptionOut(Out):
    """A product that readers can have."""

    id: str
    name: str
    kind: KindName
    publications: list[str]
    grace_days: int
    device_limit: int
    reminder_days: int
    is_closed: bool
    created_at: dt.datetime

    @staticmethod
    def of(row: Subscription) -> SubscriptionOut:
        """As it is answered."""
        return SubscriptionOut.filled(
            row,
            publications=sorted(one.pk for one in row.publications.all()),
            is_closed=row.closed_at is not None,
        )


class PeriodDates(In):
    """From day to day, both included."""

    starts: Day
    ends: Day | None = Field(default=None, description="Null: it goes on.")


class PeriodIn(PeriodDates):
    """A subscription that a reader shall have for a time."""

    subscription: Id


class PeriodOut(Out):
    """A time for which a reader has a subscription."""

    id: str
    subscription: str
    name: str = Field(description="Of the subscription.")
    starts: dt.date
    ends: dt.date | None
    created_at: dt.datetime

    @staticmethod
    def of(row: Period) -> PeriodOut:
        """As it is answered."""
        return PeriodOut.filled(row, subscription=row.subscription_id, name=row.subscription.name)


class PermissionIn(In):
    """The right to one edition."""

    edition: Id
    expires_at: Moment | None = Field(default=None, description="Null: for good.")


class PermissionOut(Out):
    """The right of a reader to one edition."""

    id: str
    edition: str
    label: str
    expires_at: dt.datetime | None
    created_at: dt.datetime

    @staticmethod
    def of(row: Permission) -> PermissionOut:
        """As it is answered."""
        return PermissionOut.filled(row, edition=row.edition_id, label=row.edition.label)


class CodesIn(In):
    """Codes that shall be made: what they are for, and what they open."""

    name: Name
    subscription: Id | None = Field(default=None, description="Either this or an edition.")
    edition: Id | None = None
    number: Annotated[int, Field(ge=1, le=_MOST_CODES)] = 1
    uses: Annotated[int, Field(ge=1, le=1_000_000)] = Field(default=1, description="By how many people.")
    days: Annotated[int, Field(ge=0, le=36_500)] = Field(default=0, description="That what it gives lasts; 0: no end.")
    expires_at: Moment | None = Field(default=None, description="Until when it can be used; null: always.")

    @model_validator(mode="after")
    def _opens_one(self) -> CodesIn:
        if (self.subscription is None) == (self.edition is None):
            raise ValueError("Name either a subscription or an edition.")
        return self


class CodeOut(Out):
    """A code that gives something to whoever types it in."""

    id: str
    code: str
    name: str
    subscription: str | None
    edition: str | None
    days: int
    uses: int
    used: int
    expires_at: dt.datetime | None
    created_at: dt.datetime
    revoked_at: dt.datetime | None

    @staticmethod
    def of(row: AccessCode) -> CodeOut:
        """As it is answered."""
        opens = {"subscription": row.subscription_id, "edition": row.edition_id}
        return CodeOut.filled(row, code=shown(row.code), **opens)


class CodesMade(Out):
    """The codes of a batch."""

    items: list[CodeOut]


@router.get("/subscriptions", response=Page[SubscriptionOut], auth=_READ)
def list_subscriptions(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[SubscriptionOut]:
    """The subscriptions of the house, by name."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    rows = subscription_list(request.person, request.house)
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: [SubscriptionOut.of(row) for row in found])


@router.post("/subscriptions", response={201: SubscriptionOut}, auth=_WRITE)
def create_subscription(request: Call, body: SubscriptionIn) -> Status[SubscriptionOut]:
    """Make one."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    said = body.model_dump(exclude={"publications", "is_closed"})
    named = _publications(request, body)
    made = subscription_create(by=request.person, publisher=request.house, publications=named, **said)
    if body.is_closed:
        made = subscription_change(by=request.person, subscription=made, publications=named, is_closed=True, **said)
    return Status(201, SubscriptionOut.of(made))


@router.get("/subscriptions/{slug:subscription}", response=SubscriptionOut, auth=_READ)
def get_subscription(request: Call, subscription: str) -> SubscriptionOut:
    """One subscription."""
    return SubscriptionOut.of(subscription_get(request.person, request.house, subscription))


@router.put("/subscriptions/{slug:subscription}", response=SubscriptionOut, auth=_WRITE)
def set_subscription(request: Call, subscription: str, body: SubscriptionIn) -> SubscriptionOut:
    """Other particulars: what its periods open changes with them, also for those who have it."""
    row = subscription_get(request.person, request.house, subscription)
    said = body.model_dump(exclude={"publications"})
    changed = subscription_change(
        by=request.person, subscription=row, publications=_publications(request, body), **said
    )
    return SubscriptionOut.of(changed)


@router.get(_PERIODS, response=Page[PeriodOut], auth=_READ)
def list_periods(request: Call, reader: str, cursor: Cursor = "", limit: Limit = 50) -> Page[PeriodOut]:
    """What a reader has, had or will have, latest first; without what was taken back."""
    rows = periods_of(reader_of(request, reader).user, request.house)
    return page_of(rows, ("-starts", "pk"), cursor, limit, lambda found: [PeriodOut.of(row) for row in found])


@router.post(_PERIODS, response={201: PeriodOut}, auth=_WRITE)
def give_period(request: Call, reader: str, body: PeriodIn) -> Status[PeriodOut]:
    """Give a reader a subscription for a time; the same twice is one."""
    user = reader_of(request, reader).user
    row = subscription_get(request.person, request.house, body.subscription)
    dates = {"starts": body.starts, "ends": body.ends}
    return Status(201, PeriodOut.of(period_give(by=request.person, subscription=row, user=user, **dates)))  # type: ignore[arg-type]


@router.get(f"{_PERIODS}/{{slug:period}}", response=PeriodOut, auth=_READ)
def get_period(request: Call, reader: str, period: str) -> PeriodOut:
    """One period."""
    return PeriodOut.of(_period(request, reader, period))


@router.put(f"{_PERIODS}/{{slug:period}}", response=PeriodOut, auth=_WRITE)
def set_period(request: Call, reader: str, period: str, body: PeriodDates) -> PeriodOut:
    """Other days."""
    row = _period(request, reader, period)
    return PeriodOut.of(period_change(by=request.person, period=row, starts=body.starts, ends=body.ends))


@router.delete(f"{_PERIODS}/{{slug:period}}", response={204: None}, auth=_WRITE)
def revoke_period(request: Call, reader: str, period: str) -> Status[None]:
    """Take it back: it opens nothing from now on, whatever it opened before."""
    period_revoke(by=request.person, period=_period(request, reader, period))
    return Status(204, None)


@router.get(_PERMISSIONS, response=Page[PermissionOut], auth=_READ)
def list_permissions(request: Call, reader: str, cursor: Cursor = "", limit: Limit = 50) -> Page[PermissionOut]:
    """The single editions that a reader was given, latest first; without what was taken back."""
    rows = permissions_of(reader_of(request, reader).user, request.house)
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [PermissionOut.of(row) for row in found])


@router.post(_PERMISSIONS, response={201: PermissionOut}, auth=_WRITE)
def give_permission(request: Call, reader: str, body: PermissionIn) -> Status[PermissionOut]:
    """Let a reader read one edition."""
    user = reader_of(request, reader).user
    edition = edition_get(request.person, body.edition)
    made = permission_give(by=request.person, edition=edition, user=user, expires_at=body.expires_at)
    return Status(201, PermissionOut.of(made))


@router.delete(f"{_PERMISSIONS}/{{slug:permission}}", response={204: None}, auth=_WRITE)
def revoke_permission(request: Call, reader: str, permission: str) -> Status[None]:
    """Take it back."""
    row = permissions_of(reader_of(request, reader).user, request.house).filter(pk=permission).first()
    if row is None:
        raise NotFoundError(permission)
    permission_revoke(by=request.person, permission=row)
    return Status(204, None)


@router.get("/access_codes", response=Page[CodeOut], auth=_READ, tags=["Access codes"])
def list_access_codes(
    request: Call, name: Annotated[Text, Field(max_length=120)] = "", cursor: Cursor = "", limit: Limit = 50
) -> Page[CodeOut]:
    """The codes of the house, latest first; with `name` those of one batch."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    rows = code_list(request.person, request.house)
    rows = rows.filter(name=name) if name else rows
    order = ("-created_at", "code")
    return page_of(rows, order, cursor, limit, lambda found: [CodeOut.of(row) for row in found])


@router.post("/access_codes", response={201: CodesMade}, auth=_WRITE, tags=["Access codes"])
def create_access_codes(request: Call, body: CodesIn) -> Status[CodesMade]:
    """Make codes; each gives what it opens to whoever types it in."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    opens: dict[str, Any] = (
        {"subscription": subscription_get(request.person, request.house, body.subscription)}
        if body.subscription
        else {"edition": edition_get(request.person, body.edition or "")}
    )
    said = body.model_dump(exclude={"subscription", "edition"})
    made = codes_create(by=request.person, publisher=request.house, **said, **opens)
    return Status(201, CodesMade(items=[CodeOut.of(row) for row in made]))


@router.get("/access_codes/{slug:code}", response=CodeOut, auth=_READ, tags=["Access codes"])
def get_access_code(request: Call, code: str) -> CodeOut:
    """One code, with how often it was used."""
    row = code_list(request.person, request.house).filter(pk=code).first()
    if row is None:
        raise NotFoundError(code)
    return CodeOut.of(row)


@router.delete("/access_codes/{slug:code}", response={204: None}, auth=_WRITE, tags=["Access codes"])
def revoke_access_code(request: Call, code: str) -> Status[None]:
    """Nobody can use it any more; what it gave stays."""
    if not code_list(request.person, request.house).filter(pk=code).exists():
        raise NotFoundError(code)
    code_revoke(by=request.person, publisher=request.house, code_id=code)
    return Status(204, None)


def _publications(request: Call, body: SubscriptionIn) -> list[Publication]:
    there = {one.pk: one for one in publication_list(request.person, request.house)}
    if not set(body.publications) <= set(there):
        raise NotFoundError("publication")
    return [there[name] for name in set(body.publications)]


def _period(request: Call, reader: str, period: str) -> Period:
    row = periods_of(reader_of(request, reader).user, request.house).filter(pk=period).first()
    if row is None:
        raise NotFoundError(period)
    return row
