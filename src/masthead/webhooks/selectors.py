"""Reads webhooks, and what was told to them."""

from __future__ import annotations

from django.db.models import QuerySet

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, can
from masthead.outbox.selectors import Message as Message
from masthead.outbox.selectors import messages_to
from masthead.webhooks.models import Webhook as Webhook


def webhook_list(person: Person, publisher: Publisher) -> QuerySet[Webhook]:
    """The webhooks of the house, for those who may manage them."""
    if not can(person, Action.MANAGE_WEBHOOKS, publisher.pk):
        return Webhook.objects.none()
    return Webhook.objects.filter(publisher=publisher)


def delivery_list(webhook: Webhook) -> QuerySet[Message]:
    """What was told to a webhook that was already given to somebody who may see it, latest first."""
    return messages_to(webhook.pk)
