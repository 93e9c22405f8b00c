"""Operations on how orders are taken: of a publication, and otherwise of one edition; and what the order form asks."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from pydantic import Field

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.api.editions import one as edition_of
from masthead.api.gate import Call, Needs
from masthead.api.publications import publication_of
from masthead.api.shapes import Email, In, OneOf, Out
from masthead.library.inheriting import NO, YES, Origin
from masthead.library.selectors import Edition, Publication
from masthead.orders.asking import ADDRESS, PARTS, SWITCH, Need, asked_change, asked_of, can_ask

router = Router(tags=["Orders"])
NeedName = Annotated[str, OneOf(need.value for need in Need)]
Part = Annotated[str, OneOf(PARTS)]


class OrderingOut(Out):
    """What counts, and which of it was set just here; all else is inherited."""

    is_on: bool = Field(description="Whether orders are taken: it is said so, and they go somewhere.")
    orders_to: str = Field(description="The e-mail address to which orders go.")
    parts: dict[Part, NeedName] = Field(description="Of the order form; name and e-mail address are always asked.")
    own: list[str] = Field(description="`ordering`, `orders_to` and names of parts.")

    @staticmethod
    def of(row: Edition | Publication) -> OrderingOut:
        """As it is answered."""
        asked = asked_of(row)
        here = Origin.EDITION if isinstance(row, Edition) else Origin.PUBLICATION
        return OrderingOut(
            is_on=asked.is_on,
            orders_to=asked.orders_to,
            parts={part: asked.need(part).value for part in PARTS},
            own=sorted(name for name, found in asked.settings.items() if found.origin is here),
        )


class OrderingIn(In):
    """All that is set here; what is left out, or null, is inherited."""

    ordering: bool | None = None
    orders_to: Email | None = None
    parts: dict[Part, NeedName] = Field(default={})

    def said(self) -> dict[str, str]:
        """As the service takes it."""
        switch = "" if self.ordering is None else YES if self.ordering else NO
        return {**self.parts, SWITCH: switch, ADDRESS: self.orders_to or ""}


@router.get("/publications/{slug:publication}/ordering", response=OrderingOut, auth=Needs("products:read"))
def get_publication_ordering(request: Call, publication: str) -> OrderingOut:
    """How its editions take orders, unless one says something else."""
    return _told(request, publication_of(request, publication))


@router.put("/publications/{slug:publication}/ordering", response=OrderingOut, auth=Needs("products:write"))
def set_publication_ordering(request: Call, publication: str, body: OrderingIn) -> OrderingOut:
    """Say how its editions take orders; it counts at once."""
    asked_change(by=request.person, of=publication_of(request, publication), said=body.said())
    return _told(request, publication_of(request, publication))


@router.get("/editions/{slug:edition}/ordering", response=OrderingOut, auth=Needs("products:read"))
def get_edition_ordering(request: Call, edition: str) -> OrderingOut:
    """How it takes orders, and which of that it says itself."""
    return _told(request, edition_of(request, edition))


@router.put("/editions/{slug:edition}/ordering", response=OrderingOut, auth=Needs("products:write"))
def set_edition_ordering(request: Call, edition: str, body: OrderingIn) -> OrderingOut:
    """Say how it takes orders; what is left out is its publication's. It counts at once."""
    asked_change(by=request.person, of=edition_of(request, edition), said=body.said())
    return _told(request, edition_of(request, edition))


def _told(request: Call, of: Edition | Publication) -> OrderingOut:
    if not can_ask(request.person, of):
        raise NotAllowedError(Action.MANAGE_SHOP.value)
    return OrderingOut.of(of)
