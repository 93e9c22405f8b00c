"""Operations on how an edition is handed on: its address, QR code and embed code, and links for named recipients."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from masthead.accounts.rights import Action
from masthead.api.editions import one
from masthead.api.gate import Call, Needs
from masthead.api.paging import Limit, Place, part_of
from masthead.api.shapes import In, OneOf, Out, Page, Text
from masthead.faces.absolute import absolute, address_of
from masthead.faces.handed_on import embed_code, qr_picture
from masthead.library.inheriting import is_on
from masthead.library.selectors import Edition, require
from masthead.sharing.recipients import (
    DAYS,
    LONGEST_NAME,
    MOST_AT_ONCE,
    Read,
    link_end,
    links_create,
    links_read,
    seconds_of,
    token_of,
)

router = Router(tags=["Handing on"])
_RECIPIENTS = "/editions/{slug:edition}/recipients"


class EmbedOut(Out):
    """How the edition is reached, and shown in other pages."""

    address: str
    current: str = Field(description="Always shows the publication's latest edition.")
    html: str = Field(description="Shows the edition in another page.")
    may_be_framed: bool = Field(description="Whether the settings allow it.")


class RecipientsIn(In):
    """For whom links shall be made; who has one already keeps it."""

    names: list[Annotated[Text, Field(min_length=1, max_length=LONGEST_NAME)]] = Field(
        min_length=1, max_length=MOST_AT_ONCE
    )
    days: Annotated[int, OneOf(DAYS)] = Field(default=30, description="After which link and visits are deleted.")


class VisitOut(Out):
    """One visit by a link, which its recipient said yes to."""

    began_at: datetime
    seconds: int
    pages: list[int]
    articles: list[str]


class RecipientOut(Out):
    """A link for somebody, and what came of it."""

    id: str
    name: str
    address: str
    ends_at: datetime
    seconds: int
    pages: list[int] = Field(description="That were seen.")
    articles: list[str] = Field(description="Slugs of those that were read as text.")
    visits: list[VisitOut]


@router.get("/editions/{slug:edition}/embed", response=EmbedOut, auth=Needs("editions:read"))
def get_embed(request: Call, edition: str) -> EmbedOut:
    """Its address, and the code that shows it in another page."""
    found, asked = one(request, edition), cast(HttpRequest, request)
    address = address_of(asked, found)
    return EmbedOut(
        address=address,
        current=absolute(asked, f"/{found.publication.slug}/current"),
        html=embed_code(address, str(found)),
        may_be_framed=is_on(found, "framing"),
    )


@router.get("/editions/{slug:edition}/qr_code/{slug:kind}", auth=Needs("editions:read"), response={200: None})
def get_qr_code(request: Call, edition: str, kind: Literal["svg", "png"]) -> HttpResponse:
    """The QR code of its address, as `svg` or `png`."""
    picture, media_type = qr_picture(address_of(cast(HttpRequest, request), one(request, edition)), kind)
    return HttpResponse(picture, content_type=media_type)


@router.get(_RECIPIENTS, response=Page[RecipientOut], auth=Needs("recipients:read"))
def list_recipients(request: Call, edition: str, cursor: Place = "", limit: Limit = 50) -> Page[RecipientOut]:
    """The links that were made for somebody, by name, with what was read by each."""
    found = _published(request, edition)
    rows, following = part_of(links_read(request.person, found), cursor, limit)
    return Page(items=[_told(request, found, row) for row in rows], next=following)


@router.post(_RECIPIENTS, response={201: list[RecipientOut]}, auth=Needs("recipients:write"))
def create_recipients(request: Call, edition: str, body: RecipientsIn) -> Status[list[RecipientOut]]:
    """Make links for recipients; what they read by one is kept only once they agree."""
    found = _published(request, edition)
    made = links_create(by=request.person, edition=found, names=body.names, days=body.days)
    return Status(201, [_told(request, found, Read(link, ())) for link in made])


@router.delete(f"{_RECIPIENTS}/{{slug:recipient}}", response={204: None}, auth=Needs("recipients:write"))
def end_recipient(request: Call, edition: str, recipient: str) -> Status[None]:
    """Take a link back, with all that was kept by it."""
    link_end(by=request.person, edition=_published(request, edition), link_id=recipient)
    return Status(204, None)


def _published(request: Call, edition: str) -> Edition:
    found = one(request, edition)
    require(request.person, Action.PUBLISH, found)
    return found


def _told(request: Call, edition: Edition, row: Read) -> RecipientOut:
    path = reverse("edition-recipient", args=[edition.publication.slug, edition.slug, token_of(row.link)])
    visits = [
        VisitOut(
            began_at=visit.began_at,
            seconds=seconds_of(visit),
            pages=sorted(map(int, visit.pages)),
            articles=sorted(visit.articles),
        )
        for visit in row.visits
    ]
    return RecipientOut(
        id=row.link.pk,
        name=row.link.name,
        address=absolute(cast(HttpRequest, request), path),
        ends_at=row.link.ends_at,
        seconds=row.seconds,
        pages=row.pages,
        articles=row.articles,
        visits=visits,
    )
