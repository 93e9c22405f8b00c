"""Reads the outbox: what was sent to a target, and how much waits."""

from __future__ import annotations

from django.db.models import QuerySet

from masthead.outbox.models import Message as Message


def messages_to(target: str) -> QuerySet[Message]:
    """All that was or will be sent to a target that was already given to somebody who may see it; latest first."""
    return Message.objects.filter(target=target)


def counts() -> dict[str, int]:
    """How many messages wait and how many were given up, for the operator."""
    rows = Message.objects.order_by()
    return {str(state): rows.filter(state=state).count() for state in (Message.State.WAITING, Message.State.GIVEN_UP)}
