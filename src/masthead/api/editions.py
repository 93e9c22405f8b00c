"""Operations on editions: particulars, settings, the way to readers, deletion and back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Body, Query, Router, Status
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.publications import SettingOut, Settings
from masthead.api.shapes import Day, Description, Id, In, Moment, Name, OneOf, Out, Page, Slug, Text
from masthead.faces.absolute import address_of
from masthead.library.deleting import deleted_editions, edition_restore
from masthead.library.errors import NotFoundError
from masthead.library.finding import ORDERS, Wanted, find_editions
from masthead.library.particulars import (
    edition_categorise,
    edition_change,
    edition_settings_change,
    edition_withdraw_later,
)
from masthead.library.selectors import Edition, category_list, edition_get, publication_get
from masthead.library.services import (
    edition_create,
    edition_publish,
    edition_schedule,
    edition_unschedule,
    edition_withdraw,
)
from masthead.library.states import State
from masthead.production.arrivals import arrival_of
from masthead.production.intake import edition_start
from masthead.production.keeping import edition_delete, restorable_until
from masthead.production.setting_up import edition_set_up_as

router = Router(tags=["Editions"])
Order = Literal["date", "oldest", "changed", "label", "publication"]
StateName = Annotated[str, OneOf(state.value for state in State)]


class EditionNew(In):
    """One issue. With an upload its conversion begins at once; without one it is a draft."""

    publication: Id
    label: Name
    date: Day
    slug: Slug = ""
    description: Description = ""
    upload: Id | None = Field(default=None, description="An upload that can be converted: its state is `good`.")


class EditionChange(In):
    """What shall be another; fields that are left out stay."""

    label: Name | None = None
    slug: Annotated[Text, Field(min_length=1, max_length=60)] | None = None
    date: Day | None = None
    description: Description | None = None
    categories: list[Id] | None = Field(default=None, max_length=100, description="All that it shall stand in.")


class SetUpAs(In):
    """Which edition it is set up as."""

    edition: Id


class Schedule(In):
    """When it goes live, and when it is withdrawn if wanted."""

    publish_at: Moment
    withdraw_at: Moment | None = None
    time_zone: Annotated[Text, Field(max_length=64)] = Field(
        default="", description="IANA zone in which people shall see the times; empty: the edition's."
    )


class WithdrawTime(In):
    """When a live edition is withdrawn; null: not by itself."""

    withdraw_at: Moment | None


class EditionOut(Out):
    """One issue of a publication."""

    id: str
    publication: str
    label: str
    slug: str
    address: str = Field(description="Where readers find it once it is live.")
    date: dt.date
    description: str
    categories: list[str] = Field(description="Ids.")
    state: StateName
    publish_at: dt.datetime | None
    withdraw_at: dt.datetime | None
    time_zone: str
    published_at: dt.datetime | None
    build: str | None = Field(description="Id of the build that readers have.")
    pages: int | None
    created_at: dt.datetime
    changed_at: dt.datetime

    @staticmethod
    def of(request: Call, row: Edition) -> EditionOut:
        """As it is answered."""
        return EditionOut.filled(
            row,
            publication=row.publication_id,
            address=address_of(request, row),
            categories=sorted(category.pk for category in row.categories.all()),
            build=row.build.pk if row.build else None,
            pages=row.build.pages if row.build else None,
        )


class DeletedOut(Out):
    """An edition that can be restored."""

    id: str
    publication: str
    label: str
    date: dt.date
    deleted_at: dt.datetime
    restorable_until: dt.datetime


class Filters(In):
    """What is looked for."""

    words: Annotated[Text, Field(max_length=200)] = ""
    publication: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$")] = ""
    state: StateName | Literal[""] = ""
    year: Annotated[str, Field(pattern="^([1-9][0-9]{3})?$")] = ""
    category: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$")] = ""
    shelf: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$")] = ""
    order: Order = "date"


def one(request: Call, edition: str) -> Edition:
    """The edition, as it stands in the database now; raises NotFoundError."""
    return edition_get(request.person, edition)


def _again(request: Call, edition: str) -> EditionOut:
    return EditionOut.of(request, one(request, edition))


@router.get("/editions", response=Page[EditionOut], auth=Needs("editions:read"))
def list_editions(
    request: Call, filters: Annotated[Filters, Query()], cursor: Cursor = "", limit: Limit = 50
) -> Page[EditionOut]:
    """The editions that the token sees and that fit."""
    rows = find_editions(request.person, request.house, Wanted(**filters.model_dump())).prefetch_related("categories")
    order = (*ORDERS[filters.order], "pk")
    return page_of(rows, order, cursor, limit, lambda found: [EditionOut.of(request, row) for row in found])


@router.get("/editions/deleted", response=Page[DeletedOut], auth=Needs("editions:read"))
def list_deleted_editions(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[DeletedOut]:
    """What was deleted and can be restored."""

    def shape(found: list[Edition]) -> list[DeletedOut]:
        return [
            DeletedOut.filled(row, publication=row.publication_id, restorable_until=restorable_until(row.deleted_at))
            for row in found
            if row.deleted_at
        ]

    return page_of(deleted_editions(request.person, request.house), ("-deleted_at", "pk"), cursor, limit, shape)


@router.post("/editions", response={201: EditionOut}, auth=Needs("editions:write"))
def create_edition(request: Call, body: EditionNew) -> Status[EditionOut]:
    """Make an edition: of an upload, whose conversion begins, or without a PDF yet."""
    publication = publication_get(request.person, body.publication)
    said: dict[str, Any] = {"label": body.label, "slug": body.slug, "description": body.description}
    if body.upload:
        arrival = arrival_of(request.person, body.upload)
        made = edition_start(by=request.person, arrival=arrival, publication=publication, day=body.date, **said)
    else:
        made = edition_create(by=request.person, publication=publication, date=body.date, **said)
    return Status(201, _again(request, made.pk))


@router.get("/editions/{slug:edition}", response=EditionOut, auth=Needs("editions:read"))
def get_edition(request: Call, edition: str) -> EditionOut:
    """One edition."""
    return _again(request, edition)


@router.patch("/editions/{slug:edition}", response=EditionOut, auth=Needs("editions:write"))
def change_edition(request: Call, edition: str, body: EditionChange) -> EditionOut:
    """Change its particulars and categories; another slug changes its public address."""
    found = one(request, edition)
    said = {name: value for name, value in body.model_dump().items() if value is not None and name != "categories"}
    kept = {name: getattr(found, name) for name in ("label", "slug", "date", "description")}
    if said:
        edition_change(by=request.person, edition=found, **{**kept, **said})
    if body.categories is not None:
        there = {category.pk: category for category in category_list(request.person, request.house)}
        if not set(body.categories) <= set(there):
            raise NotFoundError("category")
        now = list(found.categories.all())
        edition_categorise(
            by=request.person,
            edition=found,
            add=[there[name] for name in set(body.categories)],
            remove=[category for category in now if category.pk not in body.categories],
        )
    return _again(request, edition)


@router.delete("/editions/{slug:edition}", response={204: None}, auth=Needs("editions:write"))
def delete_edition(request: Call, edition: str) -> Status[None]:
    """Hide it from everybody at once; it can be restored for a time."""
    edition_delete(by=request.person, edition=one(request, edition))
    return Status(204, None)


@router.post("/editions/{slug:edition}/restore", response=EditionOut, auth=Needs("editions:write"))
def restore_edition(request: Call, edition: str) -> EditionOut:
    """Undo the deletion; it is in the state in which it was."""
    edition_restore(by=request.person, edition_id=edition)
    return _again(request, edition)


@router.post("/editions/{slug:edition}/publish", response=EditionOut, auth=Needs("publishing:write"))
def publish_edition(request: Call, edition: str) -> EditionOut:
    """Make it live at once."""
    edition_publish(by=request.person, edition=one(request, edition))
    return _again(request, edition)


@router.post("/editions/{slug:edition}/schedule", response=EditionOut, auth=Needs("publishing:write"))
def schedule_edition(request: Call, edition: str, body: Schedule) -> EditionOut:
    """Let it go live by itself."""
    found = one(request, edition)
    times = {"publish_at": body.publish_at, "withdraw_at": body.withdraw_at}
    edition_schedule(by=request.person, edition=found, time_zone=body.time_zone or found.time_zone, **times)  # type: ignore[arg-type]
    return _again(request, edition)


@router.post("/editions/{slug:edition}/unschedule", response=EditionOut, auth=Needs("publishing:write"))
def unschedule_edition(request: Call, edition: str) -> EditionOut:
    """Take the time back."""
    edition_unschedule(by=request.person, edition=one(request, edition))
    return _again(request, edition)


@router.post("/editions/{slug:edition}/withdraw", response=EditionOut, auth=Needs("publishing:write"))
def withdraw_edition(request: Call, edition: str) -> EditionOut:
    """Nobody but staff can read it from now on."""
    edition_withdraw(by=request.person, edition=one(request, edition))
    return _again(request, edition)


@router.put("/editions/{slug:edition}/withdraw_at", response=EditionOut, auth=Needs("publishing:write"))
def set_withdraw_time(request: Call, edition: str, body: WithdrawTime) -> EditionOut:
    """Withdraw a live edition at a time."""
    found = one(request, edition)
    edition_withdraw_later(by=request.person, edition=found, withdraw_at=body.withdraw_at, time_zone=found.time_zone)
    return _again(request, edition)


@router.get("/editions/{slug:edition}/settings", response=list[SettingOut], auth=Needs("editions:read"))
def get_edition_settings(request: Call, edition: str) -> list[SettingOut]:
    """Settings of reading, and which of them are its own."""
    return SettingOut.all_of(one(request, edition))


@router.post("/editions/{slug:edition}/set_up_as", response=list[SettingOut], auth=Needs("editions:write"))
def set_edition_up_as(request: Call, edition: str, body: SetUpAs) -> list[SettingOut]:
    """Take over what another edition of the publication has of its own: settings of reading, terms, order form."""
    edition_set_up_as(by=request.person, edition=one(request, edition), model=one(request, body.edition))
    return SettingOut.all_of(one(request, edition))


@router.put("/editions/{slug:edition}/settings", response=list[SettingOut], auth=Needs("editions:write"))
def set_edition_settings(request: Call, edition: str, body: Body[Settings]) -> list[SettingOut]:
    """Set all that differ from the publication; what is left out is inherited."""
    edition_settings_change(by=request.person, edition=one(request, edition), values=body)
    return SettingOut.all_of(one(request, edition))
