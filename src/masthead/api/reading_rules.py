"""The operation that answers why somebody can, or cannot, read a page: rule by rule, as the door itself decides."""

from __future__ import annotations

import datetime as dt
from ipaddress import ip_address
from typing import Annotated

from ninja import Router
from pydantic import AfterValidator, Field

from masthead.access.carried import Carried
from masthead.access.readers import person_known, reader_get
from masthead.access.rules import Answer, Reason, may_read
from masthead.access.setting_terms import can_set_terms
from masthead.access.terms import Way, terms_of
from masthead.access.ways import Why
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, require
from masthead.api.editions import one
from masthead.api.gate import Call, Needs
from masthead.api.shapes import Email, Id, In, OneOf, Out, Text
from masthead.library.errors import NotFoundError

router = Router(tags=["Readers"])
ReasonName = Annotated[str, OneOf(reason.value for reason in Reason)]
WayName = Annotated[str, OneOf(way.value for way in Way)]
WhyName = Annotated[str, OneOf(why.value for why in Why)]


def _ip(address: str) -> str:
    if address:
        ip_address(address)
    return address


class Visitor(In):
    """Somebody who wants to read; without a reader or an address it is somebody who is not signed in."""

    reader: Id | None = None
    email: Email | None = Field(default=None, description="Of a reader or of staff of the house.")
    page: Annotated[int, Field(ge=1, le=100_000)] | None = Field(default=None, description="Null: the whole text.")
    address: Annotated[Text, Field(max_length=45), AfterValidator(_ip)] = Field(
        default="", description="Of the network from which they read."
    )
    knows_password: bool = False


class RuleTried(Out):
    """A way in, tried."""

    way: WayName
    is_met: bool
    why: WhyName
    first_day: dt.date | None = Field(description="Of the period that says so.")
    last_day: dt.date | None


class Explanation(Out):
    """Whether they may read it, and why."""

    allowed: bool
    reason: ReasonName
    pages: str | None = Field(description="Those that they may read, such as `1-3,8`; null: all.")
    need: str = Field(description="`any` of the ways is enough, or `all` are needed.")
    rules: list[RuleTried] = Field(description="The ways in of an edition that is not open.")
    forms: list[str] = Field(description="Ids of forms that have to be filled in first.")
    new_device: bool = Field(description="The browser would become one of their devices.")

    @staticmethod
    def of(answer: Answer) -> Explanation:
        """As it is answered."""
        rules = [
            RuleTried(way=row.way, is_met=row.is_met, why=row.why, first_day=row.first_day, last_day=row.last_day)
            for row in answer.tried
        ]
        return Explanation(
            allowed=answer.allowed,
            reason=answer.reason,
            pages=None if answer.pages is None else str(answer.pages),
            need=answer.terms.need,
            rules=rules,
            forms=[form.id for form in answer.forms],
            new_device=answer.new_device,
        )


@router.post("/editions/{slug:edition}/explain", response=Explanation, auth=Needs("readers:read"))
def explain_reading(request: Call, edition: str, body: Visitor) -> Explanation:
    """Say why somebody can, or cannot, read an edition or one page of it. Nothing is changed."""
    found = one(request, edition)
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    if not can_set_terms(request.person, found):
        raise NotAllowedError("terms")
    terms = terms_of(found)
    carried = Carried(
        address=body.address,
        passwords=frozenset({terms.key}) if body.knows_password else frozenset(),
        site=terms.sites[0] if terms.sites else "",
    )
    return Explanation.of(may_read(_person(request, body), found, body.page, carried))


def _person(request: Call, body: Visitor) -> Person:
    if body.reader:
        return reader_get(request.person, request.house, body.reader).user
    if not body.email:
        return None
    person = person_known(request.house, body.email)
    if person is None:
        raise NotFoundError(body.email)
    return person
