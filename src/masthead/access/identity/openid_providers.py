"""OpenID providers of a publisher: taken in from what they say of themselves, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from masthead.access.identity.discovery import discover
from masthead.access.identity.providers import (
    FIELDS,
    OPENID,
    IdentityProvider,
    changing,
    openid_take,
    provider_facts,
    provider_log,
)
from masthead.access.identity.sealing import sealed
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require


def openid_create(*, by: User, publisher: Publisher, name: str, address: str) -> IdentityProvider:
    """Take one in by its issuer; it is off, and waits for what the provider calls us.

    Raises NotAllowedError, DiscoveryUnreadableError.
    """
    require(by, Action.MANAGE_READERS, publisher.pk)
    described = discover(address)
    with transaction.atomic():
        made = IdentityProvider(publisher=publisher, protocol=OPENID, name=name.strip())
        openid_take(made, described)
        made.metadata_address = described.issuer
        made.save()
        provider_log(by, made, "identity.create", {}, provider_facts(made))
    return made


def openid_change(
    *,
    by: User,
    provider: IdentityProvider,
    address: str,
    client_id: str,
    client_secret: str,
    groups: Mapping[str, list[str]],
    **fields: Any,
) -> IdentityProvider:
    """Other particulars. An empty secret stays what it was; with another issuer or client it does not stay.

    Raises NotAllowedError, DiscoveryUnreadableError.
    """
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    if set(fields) - set(FIELDS):
        raise TypeError(f"no particulars of an OpenID provider: {fields}")
    described = discover(address) if address != provider.metadata_address else None
    with changing(by, provider, groups, fields) as row:
        before = (row.entity_id, row.client_id)
        row.client_id = client_id.strip()
        if described:
            openid_take(row, described)
            row.metadata_address = described.issuer
        if client_secret:
            row.client_secret = sealed(client_secret)
        elif before != (row.entity_id, row.client_id):  # nobody is shown the secret of another
            row.client_secret = ""
    return row
