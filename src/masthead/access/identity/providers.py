"""Identity providers of a publisher: taken in from their metadata, changed, removed, kept up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from masthead.access.errors import DiscoveryUnreadableError, MetadataUnreadableError
from masthead.access.identity.discovery import Discovered, discover
from masthead.access.identity.metadata import Described, metadata_fetch, metadata_read
from masthead.access.identity.own_keys import CURRENT, NEXT, pair_made, turned
from masthead.access.models import IdentityProvider as IdentityProvider
from masthead.access.models import SignInTry as SignInTry
from masthead.access.subscribing import subscription_list
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User, can, public_names, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError

log = logging.getLogger("masthead.identity")
SAML, OPENID, SITE = "saml", "openid", "site"  # the last is a site of the publisher's own
FIELDS = (
    "name",
    "email_attribute",
    "name_attribute",
    "groups_attribute",
    "takes_unasked",
    "asks_second_step",
    "signs_requests",
    "is_on",
    "domains",
)
EVERYBODY = "*"
_BUTTONS = 6
_DAY = timedelta(days=1)
_EVERY_SECONDS = 900.0


def provider_list(person: Person, publisher: Publisher) -> QuerySet[IdentityProvider]:
    """The publisher's, for those who manage readers."""
    if not can(person, Action.MANAGE_READERS, publisher.pk):
        return IdentityProvider.objects.none()
    return IdentityProvider.objects.filter(publisher=publisher)


def provider_get(person: Person, publisher: Publisher, provider_id: str) -> IdentityProvider:
    """One of them; raises NotFoundError."""
    found = provider_list(person, publisher).filter(pk=provider_id).first()
    if found is None:
        raise NotFoundError(provider_id)
    return found


def provider_known(provider_id: str) -> IdentityProvider:
    """Any that there is, also one that is switched off; raises NotFoundError."""
    found = IdentityProvider.objects.select_related("publisher").filter(pk=provider_id).first()
    if found is None:
        raise NotFoundError(provider_id)
    return found


def providers_offered(publisher_id: str) -> QuerySet[IdentityProvider]:
    """Those that readers of a publisher are shown: at which a sign-in can begin."""
    return IdentityProvider.objects.filter(publisher=publisher_id, is_on=True).exclude(sign_in_address="")


def providers_by_address(email: str, publisher_id: str = "") -> list[IdentityProvider]:
    """Where people with this e-mail address sign in, by its domain alone: it tells nothing of accounts.

    A publisher says by itself which domains are its readers', so its word leads those who come from its own pages
    (`publisher_id`). Elsewhere it counts in a house of one publisher, and among several where the operator has said
    whose the domain is: or one could catch the readers of another.
    """
    domain = email.strip().lower().rpartition("@")[2]
    rows = IdentityProvider.objects.filter(is_on=True).exclude(sign_in_address="").exclude(domains=[])
    found = [row for row in rows.select_related("publisher") if domain and domain in row.domains]
    if not found or len(public_names()) < 2:
        return found
    confirmed = settings.MASTHEAD.confirmed_domains
    return [row for row in found if row.publisher_id == publisher_id or confirmed.get(domain) == row.publisher.slug]


def providers_of_the_house() -> list[IdentityProvider]:
    """What the general page for signing in offers as buttons: all, where they are few and of one publisher."""
    rows = IdentityProvider.objects.filter(is_on=True).exclude(sign_in_address="").select_related("publisher")
    found = list(rows[: _BUTTONS + 1])
    return found if len(found) <= _BUTTONS and len({row.publisher_id for row in found}) == 1 else []


def has_domains() -> bool:
    """Whether anybody is led on by the domain of their address."""
    return IdentityProvider.objects.filter(is_on=True).exclude(domains=[]).exclude(sign_in_address="").exists()


def provider_create(*, by: User, publisher: Publisher, name: str, address: str, metadata: bytes) -> IdentityProvider:
    """Take one in by the address of its metadata, or by the metadata itself; it is off until somebody switches it on.

    Raises NotAllowedError, MetadataUnreadableError.
    """
    require(by, Action.MANAGE_READERS, publisher.pk)
    described = _described(address, metadata)
    with transaction.atomic():
        made = IdentityProvider(publisher=publisher, name=name.strip(), metadata_address=address)
        _take(made, described)
        made.own_keys, made.signs_requests = [pair_made(publisher.name, CURRENT)], described.wants_signed
        made.save()
        provider_log(by, made, "identity.create", {}, provider_facts(made))
    return made


def provider_change(
    *,
    by: User,
    provider: IdentityProvider,
    address: str,
    metadata: bytes,
    groups: Mapping[str, list[str]],
    **fields: Any,
) -> IdentityProvider:
    """Other particulars; its metadata is read anew where there is a file or another address.

    `groups` name by the id of a subscription who has it. Raises NotAllowedError, MetadataUnreadableError.
    """
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    if set(fields) - set(FIELDS):
        raise TypeError(f"no particulars of an identity provider: {fields}")
    is_other = bool(metadata) or (bool(address) and address != provider.metadata_address)
    described = _described(address, metadata) if is_other else None
    with changing(by, provider, groups, fields) as row:
        row.metadata_address = address
        if described:
            _take(row, described)
    return row


@contextmanager
def changing(
    by: User, provider: IdentityProvider, groups: Mapping[str, list[str]], fields: Mapping[str, Any]
) -> Iterator[IdentityProvider]:
    """The row with other particulars, to change it further; then it is saved, and written in the log."""
    own = {row.pk for row in subscription_list(by, provider.publisher)}
    with transaction.atomic():
        row = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
        before = provider_facts(row)
        for name, value in fields.items():
            setattr(row, name, value)
        row.groups = {pk: sorted(set(names)) for pk, names in groups.items() if names and pk in own}
        yield row
        row.save()
        if before != provider_facts(row):
            provider_log(by, row, "identity.change", before, provider_facts(row))


def own_key_make(*, by: User, provider: IdentityProvider) -> None:
    """Make the next key pair, or the first one; the current one goes on. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    with transaction.atomic():
        row = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
        kept = [one for one in row.own_keys if one["state"] != NEXT]
        state = NEXT if any(one["state"] == CURRENT for one in kept) else CURRENT
        row.own_keys = [*kept, pair_made(provider.publisher.name, state)]
        row.save(update_fields=["own_keys"])
        provider_log(by, row, "identity.own_key", {}, {"key": state})


def own_key_turn(*, by: User, provider: IdentityProvider) -> None:
    """Sign with the next key pair from now on. Raises NotAllowedError, NotFoundError where there is none."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    with transaction.atomic():
        row = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
        if not any(one["state"] == NEXT for one in row.own_keys):
            raise NotFoundError("key")
        row.own_keys = turned(row.own_keys)
        row.save(update_fields=["own_keys"])
        provider_log(by, row, "identity.own_key", {"key": NEXT}, {"key": CURRENT})


def provider_refresh(*, by: User, provider: IdentityProvider) -> None:
    """Ask what it says of itself now. Raises NotAllowedError, MetadataUnreadableError, DiscoveryUnreadableError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    described = _asked(provider)
    with transaction.atomic():
        row = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
        _take_any(row, described)
        row.save()


def provider_remove(*, by: User, provider: IdentityProvider) -> None:
    """Remove it: nobody signs in by it any more. Accounts and their periods stay. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    with transaction.atomic():
        provider_log(by, provider, "identity.remove", provider_facts(provider), {})
        provider.delete()


def try_list(provider: IdentityProvider) -> QuerySet[SignInTry]:
    """The latest sign-ins by it."""
    return SignInTry.objects.filter(provider=provider, answered_at__isnull=False).select_related("user", "tester")


def keep_metadata_fresh(stop: threading.Event) -> None:
    """Ask addresses of metadata once a day until told to stop, so that other keys are known before they are used."""
    stop.wait(20)
    while not stop.is_set():
        try:
            close_old_connections()
            metadata_refresh_due(timezone.now())
        except Exception:  # whatever it is: the next provider is asked all the same
            log.exception("metadata could not be asked for just now")
        finally:
            close_old_connections()
        stop.wait(_EVERY_SECONDS)


def metadata_refresh_due(now: datetime) -> int:
    """Ask for the metadata that is older than a day, and say how many were taken in. What fails leaves what was."""
    is_due = Q(asked_at__isnull=True) | Q(asked_at__lt=now - _DAY)
    taken = 0
    for row in IdentityProvider.objects.filter(is_due).exclude(metadata_address=""):
        if not IdentityProvider.objects.filter(is_due, pk=row.pk).update(asked_at=now):
            continue  # another clock does it
        try:
            described = _asked(row)
        except (MetadataUnreadableError, DiscoveryUnreadableError) as error:
            log.warning("metadata of identity provider %s: %s", row.pk, error)
            IdentityProvider.objects.filter(pk=row.pk).update(is_stale=True)
            continue
        with transaction.atomic():
            fresh = IdentityProvider.objects.select_for_update().get(pk=row.pk)
            if fresh.entity_id != _name_of(described):  # somebody else must not come in by the address of the first
                fresh.is_stale = True
            else:
                _take_any(fresh, described)
                taken += 1
            fresh.save()
    return taken


def _described(address: str, metadata: bytes) -> Described:
    return metadata_read(metadata) if metadata else metadata_fetch(address)


def _asked(row: IdentityProvider) -> Described | Discovered:
    """What the provider says of itself today."""
    return discover(row.metadata_address) if row.protocol == OPENID else metadata_fetch(row.metadata_address)


def _name_of(described: Described | Discovered) -> str:
    return described.issuer if isinstance(described, Discovered) else described.entity_id


def _take_any(row: IdentityProvider, described: Described | Discovered) -> None:
    if isinstance(described, Discovered):
        openid_take(row, described)
    else:
        _take(row, described)


def _take(row: IdentityProvider, described: Described) -> None:
    row.entity_id, row.sign_in_address = described.entity_id, described.sign_in_address
    row.certificates = list(described.certificates)
    row.sign_out_address, row.sign_out_answers = described.sign_out_address, described.sign_out_answers
    _taken_now(row)


def openid_take(row: IdentityProvider, described: Discovered) -> None:
    """Let the row say what the OpenID provider says of itself; save it afterwards."""
    row.entity_id, row.sign_in_address = described.issuer, described.sign_in_address
    row.places, row.keys = described.places.as_json(), described.keys
    _taken_now(row)


def _taken_now(row: IdentityProvider) -> None:
    row.fetched_at = row.asked_at = timezone.now()
    row.is_stale = False


def provider_facts(row: IdentityProvider) -> dict[str, Any]:
    """What the log says of one; never a secret."""
    facts = {name: getattr(row, name) for name in FIELDS}
    facts |= {"address": row.metadata_address, "entity_id": row.entity_id, "groups": row.groups}
    return {**facts, "client_id": row.client_id} if row.protocol == OPENID else facts


def provider_log(by: User, row: IdentityProvider, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Write in the log what somebody did with one."""
    log_write(
        by=by,
        publisher_id=row.publisher_id,
        action=action,
        subject_id=row.pk,
        subject_name=row.name,
        before=before,
        after=after,
    )
