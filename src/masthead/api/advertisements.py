"""Operations on advertisements: the register with its numbers, and those found on pages that nobody has laid yet.

One is made, changed, moved and removed as every overlay is: its content is of the kind `advertisement`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, cast

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from masthead.accounts.selectors import Publisher
from masthead.api.editions import one
from masthead.api.gate import Call, Needs
from masthead.api.links import StateName
from masthead.api.overlay_shapes import AreaShape
from masthead.api.overlays import editable
from masthead.api.paging import Limit, Place, part_of
from masthead.api.publications import publication_of
from masthead.api.shapes import Day, Id, In, Out, Page, Text
from masthead.api.statistics import period_asked
from masthead.faces.advertised import Counted, advertised, counted
from masthead.library.selectors import Edition, Publication
from masthead.production.advertising.proposing import (
    MOST,
    FoundAdvertisement,
    advertisement_refuse,
    found_advertisements,
)
from masthead.production.advertising.selectors import known_advertisers

router = Router(tags=["Advertisements"])
_FOUND = "/editions/{slug:edition}/found_advertisements"


class AdvertisementsAsked(In):
    """Which advertisements, and their numbers of which days (both included). Without days: the last thirty."""

    publication: Id | None = None
    edition: Id | None = Field(default=None, description="One edition; it counts before a publication.")
    advertiser: Annotated[Text, Field(max_length=200)] = Field(default="", description="Empty: all.")
    since: Day | None = None
    until: Day | None = None


class LeadOut(Out):
    """A link in an advertisement."""

    to: str = Field(description="Where it leads now; empty: it is switched off.")
    text: str
    clicks: int
    state: StateName = Field(description="Whether the address answers; empty: it is not asked.")


class OpenedOut(Out):
    """Something in an advertisement that opens within the edition."""

    text: str = Field(description="What it is called.")
    clicks: int


class AdvertisementOut(Out):
    """An advertisement and what was counted of it."""

    id: str = Field(description="That of the overlay that it is.")
    publication: str
    edition: str
    page: int
    area: AreaShape
    advertiser: str
    title: str
    booking: str
    is_lost: bool = Field(description="Its words are not in the current PDF: it has no page, and no numbers.")
    seen: int = Field(description="How often its page was seen.")
    seconds: int = Field(description="Spent on its page in all.")
    clicks: int = Field(description="On links and overlays in its area.")
    links: list[LeadOut]
    opened: list[OpenedOut] = Field(description="What opens within the edition: overlays, links to other pages.")
    has_dead_link: bool

    @staticmethod
    def of(row: Counted) -> AdvertisementOut:
        """As it is answered."""
        told = row.advertisement
        place = {name: min(1.0, max(0.0, value)) for name, value in told.area._asdict().items()}
        return AdvertisementOut(
            id=told.row.pk,
            publication=told.edition.publication_id,
            edition=told.edition.pk,
            page=told.row.page,
            area=AreaShape(**place),
            advertiser=told.advertiser,
            title=told.row.title,
            booking=told.booking,
            is_lost=told.row.is_lost,
            seen=row.seen,
            seconds=row.seconds,
            clicks=row.clicked,
            links=[
                LeadOut.model_validate({"to": lead.to, "text": lead.text, "clicks": number, "state": lead.state})
                for lead, number in row.clicks
            ],
            opened=[OpenedOut(text=one.text, clicks=number) for one, number in row.opened],
            has_dead_link=bool(told.dead),
        )


class Register(Page[AdvertisementOut]):
    """Advertisements, latest edition first, with their numbers in a period."""

    since: dt.date
    until: dt.date


class FoundOut(Out):
    """A place that looks like an advertisement and is not laid yet."""

    place: str = Field(description="By which it is refused.")
    page: int
    area: AreaShape
    words: str = Field(description="The first words in it.")
    addresses: list[str]
    advertiser: str = Field(description="A known advertiser whose name stands in it; empty: none does.")

    @staticmethod
    def of(found: FoundAdvertisement) -> FoundOut:
        """As it is answered."""
        return FoundOut(
            place=found.name,
            page=found.page,
            area=AreaShape(**found.area._asdict()),
            words=found.words,
            addresses=list(found.addresses),
            advertiser=found.advertiser,
        )


class RefusedIn(In):
    """Which of the found places are no advertisements; those that are none any more are left out."""

    places: list[Annotated[Text, Field(max_length=40)]] = Field(min_length=1, max_length=MOST)


@router.get("/advertisements", response=Register, auth=Needs("statistics:read"))
def list_advertisements(
    request: Call, asked: Annotated[AdvertisementsAsked, Query()], cursor: Place = "", limit: Limit = 50
) -> Register:
    """The advertiser's register: of the house, a publication or an edition; of one advertiser or of all."""
    of: Publisher | Publication | Edition = request.house
    if asked.edition:
        of = one(request, asked.edition)
    elif asked.publication:
        of = publication_of(cast(HttpRequest, request), asked.publication)
    period = period_asked(request, asked.since, asked.until)
    rows, following = part_of(advertised(request.person, of, asked.advertiser), cursor, limit)
    told = [AdvertisementOut.of(row) for row in counted(request.person, rows, period)]
    return Register(items=told, next=following, since=period.since, until=period.until)


@router.get(_FOUND, response=list[FoundOut], auth=Needs("overlays:read"))
def list_found_advertisements(request: Call, edition: str) -> list[FoundOut]:
    """What looks like an advertisement on the pages, and is neither laid nor refused; 300 at most."""
    found = editable(request, edition)
    return [FoundOut.of(each) for each in found_advertisements(found, known_advertisers(found))]


@router.post(f"{_FOUND}/refuse", response={204: None}, auth=Needs("overlays:write"))
def refuse_found_advertisements(request: Call, edition: str, body: RefusedIn) -> Status[None]:
    """Say that places are no advertisements: they are not proposed again."""
    found, wanted = editable(request, edition), set(body.places)
    for each in found_advertisements(found):
        if each.name in wanted:
            advertisement_refuse(by=request.person, edition=found, found=each)
    return Status(204, None)
