"""Operations on identity providers and sites that vouch for readers. No secret of theirs ever leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from masthead.access.errors import MetadataUnreadableError
from masthead.access.identity.openid_providers import openid_change, openid_create
from masthead.access.identity.providers import (
    OPENID,
    SAML,
    SITE,
    IdentityProvider,
    SignInTry,
    own_key_make,
    own_key_turn,
    provider_change,
    provider_create,
    provider_get,
    provider_list,
    provider_refresh,
    provider_remove,
    try_list,
)
from masthead.access.identity.sites import SiteKey, key_create, key_list, key_revoke, site_change, site_create
from masthead.accounts.rights import Action
from masthead.accounts.selectors import require
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Id, In, Name, Out, Page, Text
from masthead.faces.single_sign_on import ours_for, start_address
from masthead.library.errors import NotFoundError, StateError

router = Router(tags=["Identity providers"])
_READ, _WRITE = Needs("identity:read"), Needs("identity:write")
_ONE = "/identity_providers/{slug:provider}"
_KEYS = f"{_ONE}/keys"
_LARGEST = 1_000_000  # characters of metadata
Attribute = Annotated[Text, Field(max_length=255)]
Protocol = Literal["saml", "openid", "site"]
Group = Annotated[Text, Field(min_length=1, max_length=255)]
Groups = Annotated[dict[Id, list[Group]], Field(max_length=200)]


class ProviderNew(In):
    """One that shall be taken in; it is off until it is switched on."""

    protocol: Protocol
    name: Name = Field(description="As readers see it on the button.")
    address: Annotated[Text, Field(max_length=500)] = Field(
        default="", description="Of its SAML metadata, or its OpenID issuer; of a site nothing."
    )
    metadata: Annotated[Text, Field(max_length=_LARGEST)] = Field(
        default="", description="SAML metadata itself, in place of its address."
    )


class ProviderChange(In):
    """What shall be another; fields that are left out stay."""

    name: Name | None = None
    is_on: bool | None = None
    address: Annotated[Text, Field(max_length=500)] | None = Field(
        default=None, description="As for a new one; of a site where its readers sign in."
    )
    metadata: Annotated[Text, Field(max_length=_LARGEST)] = ""
    domains: list[Annotated[Text, Field(max_length=253, pattern="^[a-z0-9.-]+$")]] | None = Field(
        default=None, max_length=200, description="Of e-mail addresses whose owners are led here."
    )
    email_attribute: Attribute | None = None
    name_attribute: Attribute | None = None
    groups_attribute: Attribute | None = None
    groups: Groups | None = Field(
        default=None, description="By the id of a subscription: the groups that have it; `*` is everybody."
    )
    takes_unasked: bool | None = Field(default=None, description="Sign-ins that begin there.")
    signs_requests: bool | None = None
    asks_second_step: bool | None = Field(default=None, description="Of ours, of those who have one.")
    client_id: Attribute | None = Field(default=None, description="What an OpenID provider calls this house.")
    client_secret: Annotated[Text, Field(max_length=500)] = Field(
        default="", description="A new one; empty: the one there is stays. It is never told again."
    )


class OurAddresses(Out):
    """Our addresses, for whoever sets the provider up."""

    metadata: str = Field(description="SAML metadata of this house, which is also its entity id.")
    answer: str = Field(description="Assertion consumer service.")
    code: str = Field(description="Redirect URI of OpenID Connect.")
    sign_out: str
    signed_out: str
    start: str = Field(description="Where signing in begins.")


class OwnKeyOut(Out):
    """A key pair of ours, by which requests are signed and assertions can be encrypted for us."""

    state: str = Field(description="`current`; `next` until it is turned to; `former`: it still opens what was sent.")
    made_at: datetime


class ProviderOut(Out):
    """Where an organisation signs people in."""

    id: str
    protocol: Protocol
    name: str
    is_on: bool
    entity_id: str = Field(description="Its own name: SAML entity id, OpenID issuer.")
    sign_in_address: str
    address: str = Field(description="Where its metadata is read every day; empty: nowhere.")
    fetched_at: datetime | None
    is_stale: bool = Field(description="The address did not answer with metadata last time.")
    domains: list[str]
    email_attribute: str
    name_attribute: str
    groups_attribute: str
    groups: dict[str, list[str]]
    takes_unasked: bool
    signs_requests: bool
    asks_second_step: bool = Field(description="Of ours, of those who have one.")
    client_id: str
    has_client_secret: bool
    own_keys: list[OwnKeyOut] = Field(description="With SAML. The private halves are told to nobody.")
    ours: OurAddresses
    created_at: datetime

    @staticmethod
    def of(request: Call, row: IdentityProvider) -> ProviderOut:
        """As it is answered: of secrets and private keys nothing."""
        asked = cast(HttpRequest, request)
        ours = ours_for(asked, row)
        told = OurAddresses(
            metadata=ours.entity_id,
            answer=ours.answers,
            code=ours.codes,
            sign_out=ours.sign_outs,
            signed_out=ours.signed_out,
            start=start_address(asked, row),
        )
        keys = [OwnKeyOut(state=one["state"], made_at=one["made_at"]) for one in row.own_keys]
        other = {"own_keys": keys, "address": row.metadata_address, "has_client_secret": bool(row.client_secret)}
        return ProviderOut.filled(row, ours=told, **other)


class TryOut(Out):
    """One sign-in, or one that failed; what came of the person is not told."""

    id: str = Field(description="What readers are shown, and support asks for.")
    reason: str = Field(description="Why it failed; empty: it did not.")
    detail: str
    is_test: bool
    began_at: datetime
    ended_at: datetime | None

    @staticmethod
    def of(row: SignInTry) -> TryOut:
        """As it is answered."""
        return TryOut.filled(row, is_test=row.tester_id is not None)


class SiteKeyNew(In):
    """A key, by what shall have it."""

    name: Name


class SiteKeyOut(Out):
    """A key by which a site of the publisher's own signs the links that let its readers in."""

    id: str = Field(description="What stands in the links.")
    name: str
    by: str | None = Field(description="Name.")
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    @staticmethod
    def of(row: SiteKey) -> SiteKeyOut:
        """As it is answered."""
        return SiteKeyOut.filled(row, by=row.created_by.name if row.created_by else None)


class SiteKeyMade(SiteKeyOut):
    """A key with its secret, which is never to be had again, not even by the same idempotency key."""

    secret: str


@router.get("/identity_providers", response=Page[ProviderOut], auth=_READ)
def list_identity_providers(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[ProviderOut]:
    """Those of the house, by name: SAML, OpenID Connect, and sites of the publisher's own."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    rows = provider_list(request.person, request.house)
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: [ProviderOut.of(request, row) for row in found])


@router.post("/identity_providers", response={201: ProviderOut}, auth=_WRITE)
def create_identity_provider(request: Call, body: ProviderNew) -> Status[ProviderOut]:
    """Take one in by its metadata; set it up with our addresses, then switch it on."""
    require(request.person, Action.MANAGE_READERS, request.house.pk)
    said: dict[str, Any] = {"by": request.person, "publisher": request.house, "name": body.name}
    if body.protocol == SAML:
        if not body.address and not body.metadata:
            raise MetadataUnreadableError("nothing")
        made = provider_create(**said, address=body.address, metadata=body.metadata.encode())
    elif body.protocol == OPENID:
        made = openid_create(**said, address=body.address)
    else:
        made = site_create(**said)
    return Status(201, ProviderOut.of(request, made))


@router.get(_KEYS, response=Page[SiteKeyOut], auth=_READ)
def list_site_keys(request: Call, provider: str, cursor: Cursor = "", limit: Limit = 50) -> Page[SiteKeyOut]:
    """The keys of a site, latest first; those that were taken back too."""
    rows = key_list(_site(request, provider))
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [SiteKeyOut.of(row) for row in found])


@router.post(_KEYS, response={201: SiteKeyMade}, auth=_WRITE)
def create_site_key(request: Call, provider: str, body: SiteKeyNew) -> Status[SiteKeyMade]:
    """Make a key by which a site signs its links; its others stay good."""
    made, secret = key_create(by=request.person, provider=_site(request, provider), name=body.name)
    request.shown_once = [secret]
    return Status(201, SiteKeyMade(secret=secret, **SiteKeyOut.of(made).model_dump()))


@router.delete(f"{_KEYS}/{{slug:key}}", response={204: None}, auth=_WRITE)
def revoke_site_key(request: Call, provider: str, key: str) -> Status[None]:
    """Take a key back: its links, and what they have opened, end at once."""
    key_revoke(by=request.person, provider=_site(request, provider), key_id=key)
    return Status(204, None)


def _site(request: Call, provider: str) -> IdentityProvider:
    found = provider_get(request.person, request.house, provider)
    if found.protocol != SITE:
        raise NotFoundError(provider)
    return found


@router.get(_ONE, response=ProviderOut, auth=_READ)
def get_identity_provider(request: Call, provider: str) -> ProviderOut:
    """One of them, with our addresses for it."""
    return ProviderOut.of(request, provider_get(request.person, request.house, provider))


@router.patch(_ONE, response=ProviderOut, auth=_WRITE)
def change_identity_provider(request: Call, provider: str, body: ProviderChange) -> ProviderOut:
    """Switch it on or off, or say other things of it."""
    row = provider_get(request.person, request.house, provider)
    own = ("address", "metadata", "groups", "client_id", "client_secret")
    said: dict[str, Any] = body.model_dump(exclude_none=True, exclude=set(own))
    said |= {"groups": row.groups if body.groups is None else body.groups, "by": request.person, "provider": row}
    if row.protocol == SAML:
        address = row.metadata_address if body.address is None else body.address
        changed = provider_change(**said, address=address, metadata=body.metadata.encode())
    elif row.protocol == OPENID:
        address = row.metadata_address if body.address is None else body.address
        client = row.client_id if body.client_id is None else body.client_id
        changed = openid_change(**said, address=address, client_id=client, client_secret=body.client_secret)
    else:
        changed = site_change(**said, address=row.sign_in_address if body.address is None else body.address)
    return ProviderOut.of(request, changed)


@router.post("/identity_providers/{slug:provider}/own_key", response=ProviderOut, auth=_WRITE)
def make_own_key(request: Call, provider: str) -> ProviderOut:
    """Make our next key pair, or the first one; our metadata has it at once, and the current one goes on signing."""
    own_key_make(by=request.person, provider=_saml(request, provider))
    return ProviderOut.of(request, _saml(request, provider))


@router.post("/identity_providers/{slug:provider}/own_key/turn", response=ProviderOut, auth=_WRITE)
def turn_own_key(request: Call, provider: str) -> ProviderOut:
    """Sign with our next key pair from now on: once the provider has read our metadata."""
    own_key_turn(by=request.person, provider=_saml(request, provider))
    return ProviderOut.of(request, _saml(request, provider))


@router.post(f"{_ONE}/refresh", response=ProviderOut, auth=_WRITE)
def refresh_identity_provider(request: Call, provider: str) -> ProviderOut:
    """Read what it says of itself again, from its address."""
    row = provider_get(request.person, request.house, provider)
    if not row.metadata_address:
        raise StateError("it has no address")
    provider_refresh(by=request.person, provider=row)
    return get_identity_provider(request, provider)


@router.get(f"{_ONE}/sign_ins", response=Page[TryOut], auth=_READ)
def list_sign_ins(request: Call, provider: str, cursor: Cursor = "", limit: Limit = 50) -> Page[TryOut]:
    """The latest sign-ins by it, and why those failed that did."""
    rows = try_list(provider_get(request.person, request.house, provider))
    return page_of(rows, ("-began_at", "pk"), cursor, limit, lambda found: [TryOut.of(row) for row in found])


@router.delete(_ONE, response={204: None}, auth=_WRITE)
def delete_identity_provider(request: Call, provider: str) -> Status[None]:
    """Nobody signs in by it any more; accounts and their periods stay."""
    provider_remove(by=request.person, provider=provider_get(request.person, request.house, provider))
    return Status(204, None)


def _saml(request: Call, provider: str) -> IdentityProvider:
    """A provider that speaks SAML; others have no keys of ours."""
    found = provider_get(request.person, request.house, provider)
    if found.protocol != SAML:
        raise NotFoundError(provider)
    return found
