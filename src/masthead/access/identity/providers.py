"""Identity providers of a publisher: taken in from their metadata, changed, removed, kept up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from masthead.access.errors import MetadataUnreadableError
from masthead.access.identity.metadata import Described, metadata_fetch, metadata_read
from masthead.access.models import IdentityProvider as IdentityProvider
from masthead.access.models import SignInTry as SignInTry
from masthead.access.subscribing import subscription_list
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User, can, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError

log = logging.getLogger("masthead.identity")
FIELDS = ("name", "email_attribute", "name_attribute", "groups_attribute", "takes_unasked", "is_on")
EVERYBODY = "*"
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
    """Those that readers of a publisher are shown."""
    return IdentityProvider.objects.filter(publisher=publisher_id, is_on=True)


def provider_create(*, by: User, publisher: Publisher, name: str, address: str, metadata: bytes) -> IdentityProvider:
    """Take one in by the address of its metadata, or by the metadata itself; it is off until somebody switches it on.

    Raises NotAllowedError, MetadataUnreadableError.
    """
    require(by, Action.MANAGE_READERS, publisher.pk)
    described = _described(address, metadata)
    with transaction.atomic():
        made = IdentityProvider(publisher=publisher, name=name.strip(), metadata_address=address)
        _take(made, described)
        made.save()
        _log(by, made, "identity.create", {}, _facts(made))
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
    own = {row.pk for row in subscription_list(by, provider.publisher)}
    with transaction.atomic():
        row = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
        before = _facts(row)
        for name, value in fields.items():
            setattr(row, name, value)
        row.metadata_address = address
        row.groups = {pk: sorted(set(names)) for pk, names in groups.items() if names and pk in own}
        if described:
            _take(row, described)
        row.save()
        if before != _facts(row):
            _log(by, row, "identity.change", before, _facts(row))
    return row


def provider_refresh(*, by: User, provider: IdentityProvider) -> None:
    """Ask the address of its metadata now. Raises NotAllowedError, MetadataUnreadableError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    described = metadata_fetch(provider.metadata_address)
    with transaction.atomic():
        row = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
        _take(row, described)
        row.save()


def provider_remove(*, by: User, provider: IdentityProvider) -> None:
    """Remove it: nobody signs in by it any more. Accounts and their periods stay. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, provider.publisher_id)
    with transaction.atomic():
        _log(by, provider, "identity.remove", _facts(provider), {})
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
        except DatabaseError:
            log.exception("the database does not answer")
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
            described = metadata_fetch(row.metadata_address)
        except MetadataUnreadableError as error:
            log.warning("metadata of identity provider %s: %s", row.pk, error)
            IdentityProvider.objects.filter(pk=row.pk).update(is_stale=True)
            continue
        with transaction.atomic():
            fresh = IdentityProvider.objects.select_for_update().get(pk=row.pk)
            if fresh.entity_id != described.entity_id:  # somebody else must not come in by the address of the first
                fresh.is_stale = True
            else:
                _take(fresh, described)
                taken += 1
            fresh.save()
    return taken


def _described(address: str, metadata: bytes) -> Described:
    return metadata_read(metadata) if metadata else metadata_fetch(address)


def _take(row: IdentityProvider, described: Described) -> None:
    row.entity_id, row.sign_in_address = described.entity_id, described.sign_in_address
    row.certificates = list(described.certificates)
    row.fetched_at = row.asked_at = timezone.now()
    row.is_stale = False


def _facts(row: IdentityProvider) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in FIELDS}
    return {**facts, "address": row.metadata_address, "entity_id": row.entity_id, "groups": row.groups}


def _log(by: User, row: IdentityProvider, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log_write(
        by=by,
        publisher_id=row.publisher_id,
        action=action,
        subject_id=row.pk,
        subject_name=row.name,
        before=before,
        after=after,
    )
