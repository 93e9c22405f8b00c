"""Operations on the staff: roles and invitations; and on tokens, which act in somebody's name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from masthead.accounts.bearing import SCOPES
from masthead.accounts.inviting import (
    Invitation,
    invitation_create,
    invitation_list,
    invitation_revoke,
    invitation_send,
    token_of,
)
from masthead.accounts.rights import Action, Role
from masthead.accounts.selectors import Staff, Token, require, staff_list
from masthead.accounts.services import staff_change, staff_remove
from masthead.accounts.tokens import token_create, token_list, token_revoke
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Email, Id, In, Moment, Name, OneOf, Out, Page
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError, TimeInvalidError
from masthead.library.selectors import publication_list, shelf_list

router = Router(tags=["Staff"])
RoleName = Annotated[str, OneOf(role.value for role in Role)]
ScopeName = Annotated[str, OneOf(SCOPES)]
Reach = Literal["publisher", "publication", "shelf"]


class RoleIn(In):
    """A role, and what it is for."""

    role: RoleName
    scope: Reach = "publisher"
    scope_id: Id | None = Field(default=None, description="Of the publication or shelf.")


class StaffOut(Out):
    """One role of somebody."""

    id: str
    person: str
    name: str
    email: str
    role: RoleName
    scope: Reach
    scope_id: str | None

    @staticmethod
    def of(row: Staff) -> StaffOut:
        """As it is answered."""
        return StaffOut(
            id=row.pk,
            person=row.user_id,
            name=row.user.name,
            email=row.user.email,
            role=row.role,
            scope=cast(Reach, row.scope),
            scope_id=row.scope_id or None,
        )


class InvitationIn(RoleIn):
    """Whom to invite, and to what."""

    email: Email


class InvitationOut(Out):
    """A role that waits for somebody."""

    id: str
    email: str
    role: RoleName
    scope: Reach
    scope_id: str | None
    created_at: datetime
    expires_at: datetime

    @staticmethod
    def of(row: Invitation) -> InvitationOut:
        """As it is answered."""
        return InvitationOut.filled(row, scope_id=row.scope_id or None)


class TokenNew(In):
    """A token that can do less than the one that makes it, or the same."""

    name: Name
    scopes: list[ScopeName] = Field(min_length=1, max_length=len(SCOPES))
    publications: list[Id] = Field(default=[], max_length=1000, description="Ids; empty: all that its maker sees.")
    expires_at: Moment | None = None


class TokenOut(Out):
    """A token without its secret."""

    id: str
    name: str
    beginning: str = Field(description="The first characters of the secret.")
    maker: str
    scopes: list[str]
    publications: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None

    @staticmethod
    def of(row: Token, secret: str | None = None) -> TokenOut:
        """As it is answered; with its secret where it was made just now."""
        if secret:
            return TokenMade.filled(row, maker=row.maker_id, secret=secret)
        return TokenOut.filled(row, maker=row.maker_id)


class TokenMade(TokenOut):
    """A token with its secret, which is never to be had again, not even by the same idempotency key."""

    secret: str


def _reach(request: Call, body: RoleIn) -> dict[str, str]:
    """What a role is for, as the services want it; raises NotFoundError for what the token does not see."""
    person, house, wanted = request.person, request.house, body.scope_id or ""
    if body.scope == "publisher":
        return {"scope": "publisher", "scope_id": ""}
    rows = publication_list(person, house) if body.scope == "publication" else shelf_list(person, house)
    if not rows.filter(pk=wanted).exists():
        raise NotFoundError(wanted)
    return {"scope": body.scope, "scope_id": wanted}


def _role(request: Call, staff: str) -> Staff:
    require(request.person, Action.MANAGE_STAFF, request.house.pk)
    found = staff_list(request.person, request.house).filter(pk=staff).first()
    if found is None:
        raise NotFoundError(staff)
    return found


@router.get("/staff", response=Page[StaffOut], auth=Needs("staff:read"))
def list_staff(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[StaffOut]:
    """Everybody's roles, oldest first."""
    require(request.person, Action.MANAGE_STAFF, request.house.pk)
    rows = staff_list(request.person, request.house)
    return page_of(rows, ("created_at", "pk"), cursor, limit, lambda found: [StaffOut.of(row) for row in found])


@router.get("/staff/{slug:staff}", response=StaffOut, auth=Needs("staff:read"))
def get_staff(request: Call, staff: str) -> StaffOut:
    """One role."""
    return StaffOut.of(_role(request, staff))


@router.put("/staff/{slug:staff}", response=StaffOut, auth=Needs("staff:write"))
def set_staff(request: Call, staff: str, body: RoleIn) -> StaffOut:
    """Another role, or the same for something else; the last owner stays one."""
    found = _role(request, staff)
    changed = staff_change(by=request.person, staff=found, role=Role(body.role), **_reach(request, body))
    return StaffOut.of(changed)


@router.delete("/staff/{slug:staff}", response={204: None}, auth=Needs("staff:write"))
def delete_staff(request: Call, staff: str) -> Status[None]:
    """Take a role away; the last owner stays one."""
    staff_remove(by=request.person, staff=_role(request, staff))
    return Status(204, None)


@router.get("/invitations", response=Page[InvitationOut], auth=Needs("staff:read"))
def list_invitations(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[InvitationOut]:
    """Invitations that nobody took up yet, latest first."""
    require(request.person, Action.MANAGE_STAFF, request.house.pk)
    rows = invitation_list(request.person, request.house)
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [InvitationOut.of(row) for row in found])


@router.post("/invitations", response={201: InvitationOut}, auth=Needs("staff:write"))
def invite(request: Call, body: InvitationIn) -> Status[InvitationOut]:
    """Invite somebody by mail; an invitation that the address had before is over with it."""
    require(request.person, Action.MANAGE_STAFF, request.house.pk)
    made = invitation_create(
        by=request.person,
        publisher=request.house,
        email=body.email,
        role=Role(body.role),
        **_reach(request, body),
    )
    asked = cast(HttpRequest, request)
    address = absolute(asked, reverse("invitation", args=[token_of(made)]))
    invitation_send(invitation=made, address=address, language=language_of(asked))
    return Status(201, InvitationOut.of(made))


@router.delete("/invitations/{slug:invitation}", response={204: None}, auth=Needs("staff:write"))
def delete_invitation(request: Call, invitation: str) -> Status[None]:
    """Take it back."""
    require(request.person, Action.MANAGE_STAFF, request.house.pk)
    if not invitation_list(request.person, request.house).filter(pk=invitation).exists():
        raise NotFoundError(invitation)
    invitation_revoke(by=request.person, publisher=request.house, invitation_id=invitation)
    return Status(204, None)


def _token(request: Call, token: str) -> Token:
    found = token_list(request.person, request.house).filter(pk=token).first()
    if found is None:
        raise NotFoundError(token)
    return found


@router.get("/token", response=TokenOut, auth=Needs(""), tags=["Tokens"])
def get_own_token(request: Call) -> TokenOut:
    """The token of this very request; needs no scope."""
    assert request.person.bearer is not None
    return TokenOut.of(Token.objects.get(pk=request.person.bearer.token))


@router.get("/tokens", response=Page[TokenOut], auth=Needs("tokens:read"), tags=["Tokens"])
def list_tokens(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[TokenOut]:
    """The maker's tokens; for owners everybody's."""
    rows = token_list(request.person, request.house)
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [TokenOut.of(row) for row in found])


@router.post("/tokens", response={201: TokenMade}, auth=Needs("tokens:write"), tags=["Tokens"])
def create_token(request: Call, body: TokenNew) -> Status[TokenOut]:
    """Make a token that can do no more than this one."""
    seen = set(publication_list(request.person, request.house).values_list("pk", flat=True))
    if not set(body.publications) <= seen:
        raise NotFoundError("publication")
    if body.expires_at and body.expires_at <= timezone.now():
        raise TimeInvalidError(body.expires_at.isoformat())
    made, secret = token_create(by=request.person, publisher=request.house, **body.model_dump())
    request.shown_once = [secret]
    return Status(201, TokenOut.of(made, secret))


@router.get("/tokens/{slug:token}", response=TokenOut, auth=Needs("tokens:read"), tags=["Tokens"])
def get_token(request: Call, token: str) -> TokenOut:
    """One token."""
    return TokenOut.of(_token(request, token))


@router.delete("/tokens/{slug:token}", response={204: None}, auth=Needs("tokens:write"), tags=["Tokens"])
def revoke_token(request: Call, token: str) -> Status[None]:
    """It opens nothing from now on."""
    token_revoke(by=request.person, token=_token(request, token))
    return Status(204, None)
