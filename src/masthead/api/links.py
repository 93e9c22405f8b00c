"""Operations on links: those that a build found and those of overlays, where they lead and whether they answer."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.overlays import editable
from masthead.api.paging import Limit, Place, part_of
from masthead.api.shapes import In, Out, Page, Text
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.production.links.checking import links_check, round_of
from masthead.production.links.selectors import LaidRow, LinkRow, laid_rows, link_rows
from masthead.production.links.services import link_lead, link_off, link_restore

router = Router(tags=["Links"])
StateName = Literal["", "waiting", "alive", "dead", "silent", "closed", "refused"]
_LINKS = "/editions/{slug:edition}/links"


class LinkOut(Out):
    """A link on a page."""

    id: str
    page: int
    kind: Literal["web", "mail", "phone", "page", "overlay"] = Field(description="`overlay`: change the overlay.")
    overlay: str | None = Field(description="Id of the overlay that it is.")
    text: str = Field(description="The words under it, or what the overlay is called.")
    target: str = Field(description="Where it leads in the PDF: an address, or a page's number.")
    to: str = Field(description="Where it leads now; empty: it is switched off.")
    is_changed: bool
    state: StateName = Field(description="Whether the address answers; empty: it is not asked.")
    status: int = Field(description="Of the last answer; 0: none.")
    moved_to: str
    checked_at: datetime | None

    @staticmethod
    def of(row: LinkRow | LaidRow) -> LinkOut:
        """As it is answered."""
        check = row.check
        known: dict[str, Any] = {
            "to": row.to,
            "state": row.state,
            "status": check.status if check else 0,
            "moved_to": check.moved_to if check else "",
            "checked_at": check.checked_at if check else None,
        }
        if isinstance(row, LaidRow):
            own = row.overlay
            named: dict[str, Any] = {
                "id": _name(own.pk, row.to),
                "kind": "overlay",
                "overlay": own.pk,
            }
            return LinkOut(**named, page=own.page, text=own.title, target=row.to, is_changed=False, **known)
        link = row.link
        found: dict[str, Any] = {"id": _name(*link.key), "page": link.page, "kind": link.kind, "overlay": None}
        return LinkOut(**found, text=link.text, target=link.target, is_changed=row.is_changed, **known)


class Links(Page[LinkOut]):
    """The links of an edition, and how far they were asked."""

    asked_at: datetime | None = Field(description="When they were gathered last to be asked.")
    waiting: int = Field(description="Addresses that will be asked next.")
    dead: int


class LinkIn(In):
    """Where it shall lead: an address, of a link to a page its number; empty: nowhere; null: as in the PDF."""

    to: Annotated[Text, Field(max_length=2000)] | None


class Asked(Out):
    """How many addresses will be asked."""

    addresses: int


def _name(*key: str | int) -> str:
    """Tells a link from the others of an edition, whatever stands in it."""
    return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:24]


def _row(edition: Edition, name: str) -> LinkRow:
    for row in link_rows(edition):
        if _name(*row.link.key) == name:
            return row
    raise NotFoundError(name)


@router.get(_LINKS, response=Links, auth=Needs("overlays:read"))
def list_links(
    request: Call,
    edition: str,
    state: Literal["", "waiting", "alive", "dead", "silent", "closed", "refused", "changed"] = "",
    cursor: Place = "",
    limit: Limit = 50,
) -> Links:
    """All links: dead ones first, then page by page; `changed` are those that were led elsewhere or switched off."""
    found = editable(request, edition)
    every = [*map(LinkOut.of, link_rows(found)), *map(LinkOut.of, laid_rows(found))]
    wanted = [one for one in every if not state or one.state == state or (state == "changed" and one.is_changed)]
    items, following = part_of(wanted, cursor, limit)
    gathered = round_of(found)
    return Links(
        items=items,
        next=following,
        asked_at=gathered.begun_at if gathered else None,
        waiting=sum(one.state == "waiting" for one in every),
        dead=sum(one.state == "dead" for one in every),
    )


@router.post(f"{_LINKS}/check", response=Asked, auth=Needs("overlays:write"))
def check_links(request: Call, edition: str) -> Asked:
    """Have all addresses asked, one after the other, as soon as somebody can."""
    return Asked(addresses=links_check(by=request.person, edition=editable(request, edition)))


@router.get(f"{_LINKS}/{{slug:found_link}}", response=LinkOut, auth=Needs("overlays:read"))
def get_link(request: Call, edition: str, found_link: str) -> LinkOut:
    """One link that was found in the PDF."""
    return LinkOut.of(_row(editable(request, edition), found_link))


@router.put(f"{_LINKS}/{{slug:found_link}}", response=LinkOut, auth=Needs("overlays:write"))
def set_link(request: Call, edition: str, found_link: str, body: LinkIn) -> LinkOut:
    """Let it lead elsewhere, switch it off, or have it as in the PDF."""
    found = editable(request, edition)
    link = _row(found, found_link).link
    if body.to is None:
        link_restore(by=request.person, edition=found, link=link)
    elif not body.to.strip():
        link_off(by=request.person, edition=found, link=link)
    else:
        link_lead(by=request.person, edition=found, link=link, to=body.to)
    return LinkOut.of(_row(found, found_link))
