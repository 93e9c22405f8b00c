"""Operations on the house itself: its name and clock, shelves and categories, the log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import LogEntry, Publisher, log_list, require
from masthead.accounts.services import publisher_change
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Id, In, Moment, Name, OneOf, Out, Page, Text
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Category, Shelf, category_list, publication_list, shelf_list
from masthead.library.shelving import (
    category_create,
    category_remove,
    category_rename,
    shelf_change,
    shelf_create,
    shelf_remove,
)
from masthead.library.time_zones import time_zones

router = Router(tags=["House"])


def _zone(name: str) -> str:
    if name not in time_zones():
        raise ValueError("Use a time zone of the IANA list, such as Europe/Berlin.")
    return name


Zone = Annotated[str, AfterValidator(_zone), Field(max_length=64)]
HouseLanguage = Annotated[str, OneOf(wording.languages())]


class HouseOut(Out):
    """The publishing house to which the token belongs."""

    id: str
    name: str
    slug: str
    time_zone: str
    language: str
    asks_second_step: bool = Field(description="Only staff who have one are let into the back office.")

    @staticmethod
    def of(row: Publisher) -> HouseOut:
        """As it is answered."""
        return HouseOut.filled(row)


class HouseChange(In):
    """What shall be another; fields that are left out stay."""

    name: Name | None = None
    time_zone: Zone | None = None
    language: HouseLanguage | None = None
    asks_second_step: bool | None = Field(default=None, description="You need one yourself to ask it of the others.")


class ShelfIn(In):
    """A shelf: where it stands and what stands on it."""

    name: Name
    parent: Id | None = None
    publications: list[Id] = Field(default=[], max_length=1000)


class ShelfOut(Out):
    """A folder of publications."""

    id: str
    name: str
    parent: str | None
    publications: list[str] = Field(description="Ids of those that the token sees.")


class CategoryIn(In):
    """A category."""

    name: Name


class CategoryOut(Out):
    """What readers choose editions by."""

    id: str
    name: str
    slug: str

    @staticmethod
    def of(row: Category) -> CategoryOut:
        """As it is answered."""
        return CategoryOut(id=row.pk, name=row.name, slug=row.slug)


class LogOut(Out):
    """Who did what to what."""

    id: int
    at: datetime
    user: str | None = Field(description="Id; null: the house did it by itself.")
    user_name: str
    action: str
    subject: str = Field(description="Id of the thing.")
    subject_name: str
    before: dict[str, Any]
    after: dict[str, Any]
    request_id: str

    @staticmethod
    def of(row: LogEntry) -> LogOut:
        """As it is answered."""
        return LogOut.filled(row, user=row.user_id, subject=row.subject_id)


class LogFilters(In):
    """What is looked for in the log."""

    action: Annotated[Text, Field(max_length=60)] = ""
    subject: Annotated[Text, Field(max_length=12)] = ""
    user: Annotated[Text, Field(max_length=12)] = ""
    since: Moment | None = None
    until: Moment | None = None


@router.get("/house", response=HouseOut, auth=Needs("house:read"))
def get_house(request: Call) -> HouseOut:
    """The house."""
    return HouseOut.of(request.house)


@router.patch("/house", response=HouseOut, auth=Needs("house:write"))
def change_house(request: Call, body: HouseChange) -> HouseOut:
    """Another name, time zone or language, or whether staff need a second step."""
    said = {name: value for name, value in body.model_dump().items() if value is not None}
    kept = {name: getattr(request.house, name) for name in ("name", "time_zone", "language", "asks_second_step")}
    return HouseOut.of(publisher_change(by=request.person, publisher=request.house, **{**kept, **said}))


def _shelves(request: Call, found: list[Shelf]) -> list[ShelfOut]:
    seen = set(publication_list(request.person, request.house).values_list("pk", flat=True))
    return [
        ShelfOut(
            id=row.pk,
            name=row.name,
            parent=row.parent_id,
            publications=sorted({one.pk for one in row.publications.all()} & seen),
        )
        for row in found
    ]


def _shelf(request: Call, shelf: str) -> Shelf:
    found = shelf_list(request.person, request.house).select_related("parent", "publisher").filter(pk=shelf).first()
    if found is None:
        raise NotFoundError(shelf)
    return found


@router.get("/shelves", response=Page[ShelfOut], auth=Needs("shelves:read"), tags=["Shelves"])
def list_shelves(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[ShelfOut]:
    """The shelves of the house, by name."""
    rows = shelf_list(request.person, request.house).prefetch_related("publications")
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: _shelves(request, found))


def _place(request: Call, shelf: Shelf, body: ShelfIn) -> ShelfOut:
    there = {one.pk: one for one in publication_list(request.person, request.house)}
    if not set(body.publications) <= set(there):
        raise NotFoundError("publication")
    parent = _shelf(request, body.parent) if body.parent else None
    publications = [there[name] for name in set(body.publications)]
    shelf_change(by=request.person, shelf=shelf, name=body.name, parent=parent, publications=publications)
    return _shelves(request, [_shelf(request, shelf.pk)])[0]


@router.post("/shelves", response={201: ShelfOut}, auth=Needs("shelves:write"), tags=["Shelves"])
def create_shelf(request: Call, body: ShelfIn) -> Status[ShelfOut]:
    """Make a shelf."""
    require(request.person, Action.MANAGE_PUBLICATIONS, request.house.pk)
    made = shelf_create(by=request.person, publisher=request.house, name=body.name)
    return Status(201, _place(request, made, body))


@router.get("/shelves/{slug:shelf}", response=ShelfOut, auth=Needs("shelves:read"), tags=["Shelves"])
def get_shelf(request: Call, shelf: str) -> ShelfOut:
    """One shelf."""
    return _shelves(request, [_shelf(request, shelf)])[0]


@router.put("/shelves/{slug:shelf}", response=ShelfOut, auth=Needs("shelves:write"), tags=["Shelves"])
def set_shelf(request: Call, shelf: str, body: ShelfIn) -> ShelfOut:
    """Give it another name, place and content."""
    found = _shelf(request, shelf)
    require(request.person, Action.MANAGE_PUBLICATIONS, request.house.pk)
    return _place(request, found, body)


@router.delete("/shelves/{slug:shelf}", response={204: None}, auth=Needs("shelves:write"), tags=["Shelves"])
def delete_shelf(request: Call, shelf: str) -> Status[None]:
    """Take it away; what stood in it stands where it stood."""
    shelf_remove(by=request.person, shelf=_shelf(request, shelf))
    return Status(204, None)


def _category(request: Call, category: str) -> Category:
    found = category_list(request.person, request.house).filter(pk=category).first()
    if found is None:
        raise NotFoundError(category)
    return found


@router.get("/categories", response=Page[CategoryOut], auth=Needs("categories:read"), tags=["Categories"])
def list_categories(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[CategoryOut]:
    """The categories of the house, by name."""
    rows = category_list(request.person, request.house)
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: [CategoryOut.of(row) for row in found])


@router.post("/categories", response={201: CategoryOut}, auth=Needs("categories:write"), tags=["Categories"])
def create_category(request: Call, body: CategoryIn) -> Status[CategoryOut]:
    """Make a category."""
    return Status(201, CategoryOut.of(category_create(by=request.person, publisher=request.house, name=body.name)))


@router.get("/categories/{slug:category}", response=CategoryOut, auth=Needs("categories:read"), tags=["Categories"])
def get_category(request: Call, category: str) -> CategoryOut:
    """One category."""
    return CategoryOut.of(_category(request, category))


@router.patch("/categories/{slug:category}", response=CategoryOut, auth=Needs("categories:write"), tags=["Categories"])
def rename_category(request: Call, category: str, body: CategoryIn) -> CategoryOut:
    """Another name; its address stays."""
    return CategoryOut.of(category_rename(by=request.person, category=_category(request, category), name=body.name))


@router.delete("/categories/{slug:category}", response={204: None}, auth=Needs("categories:write"), tags=["Categories"])
def delete_category(request: Call, category: str) -> Status[None]:
    """Take it away; its editions stay."""
    category_remove(by=request.person, category=_category(request, category))
    return Status(204, None)


@router.get("/log", response=Page[LogOut], auth=Needs("log:read"))
def read_log(
    request: Call, filters: Annotated[LogFilters, Query()], cursor: Cursor = "", limit: Limit = 50
) -> Page[LogOut]:
    """Who did what, newest first."""
    require(request.person, Action.VIEW_LOG, request.house.pk)
    wanted = {
        "action": filters.action,
        "subject_id": filters.subject,
        "user_id": filters.user,
        "at__gte": filters.since,
        "at__lt": filters.until,
    }
    rows = log_list(request.person, request.house).filter(**{name: value for name, value in wanted.items() if value})
    return page_of(rows, ("-id",), cursor, limit, lambda found: [LogOut.of(row) for row in found])
