"""Writes webhooks, for those who may manage them. Each service checks the right and writes the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from masthead.accounts.ids import new_id
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.outbox.selectors import Message
from masthead.outbox.services import message_again, messages_drop
from masthead.webhooks.errors import WebhookPausedError
from masthead.webhooks.events import EVENTS, TEST, tell
from masthead.webhooks.guarding import place_of
from masthead.webhooks.models import Webhook


def webhook_create(
    *,
    by: User,
    publisher: Publisher,
    name: str,
    address: str,
    events: Collection[str] = (),
    publications: Collection[str] = (),
) -> Webhook:
    """Tell an address what happens; without events or publications all of it.

    Raises NotAllowedError, WebhookAddressError.
    """
    require(by, Action.MANAGE_WEBHOOKS, publisher.pk)
    place_of(address)
    with transaction.atomic():
        webhook = Webhook.objects.create(
            publisher=publisher,
            made_by=by,
            name=name.strip(),
            address=address,
            events=_known(events),
            publications=sorted(set(publications)),
        )
        _log(by, "webhook.create", webhook, after=_facts(webhook))
    return webhook


def webhook_change(
    *,
    by: User,
    webhook: Webhook,
    name: str,
    address: str,
    events: Collection[str],
    publications: Collection[str],
) -> Webhook:
    """Other particulars. Raises NotAllowedError, WebhookAddressError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    place_of(address)
    with transaction.atomic():
        current = Webhook.objects.select_for_update().get(pk=webhook.pk)
        before = _facts(current)
        current.name, current.address = name.strip(), address
        current.events, current.publications = _known(events), sorted(set(publications))
        current.save()
        if before != _facts(current):
            _log(by, "webhook.change", current, before=before, after=_facts(current))
    return current


def webhook_remove(*, by: User, webhook: Webhook) -> None:
    """Tell it nothing any more, and forget it. Raises NotAllowedError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    with transaction.atomic():
        messages_drop(target=webhook.pk)
        _log(by, "webhook.remove", webhook, before=_facts(webhook))
        webhook.delete()


def webhook_pause(*, by: User, webhook: Webhook) -> None:
    """Tell it nothing for a while; what happens meanwhile it never hears. Raises NotAllowedError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    with transaction.atomic():
        going = Webhook.objects.filter(pk=webhook.pk, paused_at__isnull=True)
        if going.update(paused_at=timezone.now(), pause=Webhook.Pause.BY_HAND):
            messages_drop(target=webhook.pk)
            _log(by, "webhook.pause", webhook, after={"reason": Webhook.Pause.BY_HAND.value})


def webhook_resume(*, by: User, webhook: Webhook) -> None:
    """Let it go on. Raises NotAllowedError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    with transaction.atomic():
        paused = Webhook.objects.filter(pk=webhook.pk, paused_at__isnull=False)
        if paused.update(paused_at=None, pause="", failing_since=None):
            _log(by, "webhook.resume", webhook)


def webhook_rotate(*, by: User, webhook: Webhook) -> Webhook:
    """Another secret; for a day the one before signs too. Raises NotAllowedError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    with transaction.atomic():
        current = Webhook.objects.select_for_update().get(pk=webhook.pk)
        current.turn, current.turned_at = current.turn + 1, timezone.now()
        current.save(update_fields=["turn", "turned_at"])
        _log(by, "webhook.rotate", current)
    return current


def webhook_test(*, by: User, webhook: Webhook) -> Message:
    """Send it an event that says nothing. Raises NotAllowedError, WebhookPausedError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    if webhook.paused_at is not None:
        raise WebhookPausedError(webhook.pk)
    return tell(webhook, TEST, new_id(), webhook.name, {"message": "Hello from Masthead."})


def delivery_again(*, by: User, webhook: Webhook, delivery: Message) -> None:
    """Send something once more, under the id that it had. Raises NotAllowedError, WebhookPausedError."""
    require(by, Action.MANAGE_WEBHOOKS, webhook.publisher_id)
    if webhook.paused_at is not None:
        raise WebhookPausedError(webhook.pk)
    message_again(message=delivery)


def _known(events: Collection[str]) -> list[str]:
    return [event for event in EVENTS if event in events]


def _facts(webhook: Webhook) -> dict[str, Any]:
    return {"name": webhook.name, "address": webhook.address, "events": webhook.events}


def _log(
    by: User,
    action: str,
    webhook: Webhook,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    log_write(
        by=by,
        publisher_id=webhook.publisher_id,
        action=action,
        subject_id=webhook.pk,
        subject_name=webhook.name,
        before=before,
        after=after,
    )
