"""A publisher's own site as one that vouches for readers: its particulars, its keys, the links that they sign."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from masthead.access.errors import SiteAddressInvalidError
from masthead.access.identity.providers import (
    FIELDS,
    SITE,
    IdentityProvider,
    changing,
    provider_facts,
    provider_log,
)
from masthead.access.identity.reaching import is_web_address
from masthead.access.identity.site_links import SiteLink, link_signed
from masthead.access.identity.vouching import Reason, SignInRefusedError
from masthead.access.models import SiteKey as SiteKey
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.library.errors import NotFoundError
from masthead.library.selectors import edition_at, public_publication

_SALT = "masthead.site.key"


def site_create(*, by: User, publisher: Publisher, name: str) -> IdentityProvider:
    """A site of the publisher; it is off, and has no key. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, publisher.pk)
    with transaction.atomic():
        made = IdentityProvider.objects.create(publisher=publisher, protocol=SITE, name=name.strip())
        provider_log(by, made, "identity.create", {}, provider_facts(made))
    return made


def site_change(
    *, by: User, provider: IdentityProvider, address: str, groups: Mapping[str, list[str]], **fields: Any
) -> IdentityProvider:
    """Other particulars; `address` is where readers sign in on the site, "" for none.

    Raises NotAllowedError, SiteAddressInvalidError.
    """
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    if set(fields) - set(FIELDS):
        raise TypeError(f"no particulars of a site: {fields}")
    if address and not is_web_address(address):
        raise SiteAddressInvalidError(address[:80])
    with changing(by, provider, groups, fields) as row:
        row.sign_in_address = address
    return row


def site_address(provider: IdentityProvider, target: str) -> str:
    """Where readers sign in on the site; it is told as `to` where they want to go, to put it into the link."""
    parts = urlsplit(provider.sign_in_address)
    query = "&".join(filter(None, (parts.query, urlencode({"to": target}) if target else "")))
    return parts._replace(query=query).geturl()


def key_list(provider: IdentityProvider) -> QuerySet[SiteKey]:
    """Its keys, those that were taken back too."""
    return SiteKey.objects.filter(provider=provider).select_related("created_by")


def key_create(*, by: User, provider: IdentityProvider, name: str) -> tuple[SiteKey, str]:
    """A key and its secret, which is kept nowhere. The others stay good. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    with transaction.atomic():
        made = SiteKey.objects.create(provider=provider, name=name.strip(), created_by=by)
        provider_log(by, provider, "identity.key", {}, {"key": made.pk, "key_name": made.name})
    return made, secret_of(made)


def key_revoke(*, by: User, provider: IdentityProvider, key_id: str) -> SiteKey:
    """Take a key back: its links, and what they have opened, end at once. Raises NotAllowedError, NotFoundError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    with transaction.atomic():
        found = key_list(provider).select_for_update(of=("self",)).filter(pk=key_id, revoked_at__isnull=True).first()
        if found is None:
            raise NotFoundError(key_id)
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        provider_log(by, provider, "identity.key_revoke", {"key": found.pk, "key_name": found.name}, {})
    return found


def secret_of(key: SiteKey) -> str:
    """What its site signs with: made of the house's secret key, and kept nowhere."""
    return f"mhk_{salted_hmac(_SALT, key.pk, algorithm='sha256').hexdigest()}"


def secret_by_id(provider: IdentityProvider, key_id: str) -> str:
    """The secret of one of its keys; "" for one that is not there or was taken back."""
    found = SiteKey.objects.filter(provider=provider, pk=key_id, revoked_at__isnull=True).first()
    return secret_of(found) if found is not None else ""


def opened_by(provider: IdentityProvider, link: SiteLink) -> str:
    """What a link opens by its id: "all", a publication or an edition of this publisher; "" for nothing.

    Raises SignInRefusedError where there is no such.
    """
    kind, _, named = link.opens.partition(":")
    try:
        if kind == "publication":
            found = public_publication(named)
            owner, opened = found.publisher_id, found.pk
        elif kind == "edition":
            edition = edition_at(*named.split("/"))
            owner, opened = edition.publication.publisher_id, edition.pk
        else:
            return kind
    except NotFoundError as error:
        raise SignInRefusedError(Reason.NOTHING_THERE, link.opens) from error
    if owner != provider.publisher_id:
        raise SignInRefusedError(Reason.NOTHING_THERE, link.opens)
    return opened


def link_made(*, by: User, provider: IdentityProvider, seconds: int, said: Mapping[str, str]) -> str:
    """The query string of a link, signed with the newest key. Raises NotAllowedError, NotFoundError without a key."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    newest = key_list(provider).filter(revoked_at__isnull=True).first()
    if newest is None:
        raise NotFoundError("key")
    given = {"key": newest.pk, "expires": str(int(time.time()) + seconds), "nonce": secrets.token_urlsafe(18), **said}
    return link_signed(secret_of(newest), given)
