"""Writes the outbox: a message put in, taken out by one sender, and how it went."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from masthead.accounts.ids import new_id
from masthead.outbox.models import Message

LEASE = timedelta(seconds=60)  # longer than any attempt may take
DELAYS = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)  # seconds after each failure
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went. `is_final`: it makes no sense to try again."""

    has_arrived: bool
    status: int | None = None
    problem: str = ""
    answer: str = ""
    is_final: bool = False


def message_add(
    *,
    kind: str,
    body: str,
    publisher_id: str | None = None,
    target: str = "",
    event: str = "",
    event_id: str = "",
    subject: str = "",
) -> Message:
    """Put a message in. Call it inside the transaction of what caused it: both are written, or neither."""
    return Message.objects.create(
        kind=kind,
        body=body,
        publisher_id=publisher_id,
        target=target,
        event=event,
        event_id=event_id or new_id(),
        subject=subject[:254],
    )


def message_again(*, message: Message) -> None:
    """Send it once more from the beginning, whatever became of it."""
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.WAITING, attempts=0, due_at=timezone.now(), holder="", problem="", status=None, answer=""
    )


def messages_drop(*, target: str) -> None:
    """Give up what still waits for a target that is not there any more, or wants nothing."""
    waiting = Message.objects.filter(target=target, state=Message.State.WAITING)
    waiting.update(state=Message.State.GIVEN_UP, problem="paused")


def messages_forget(*, target: str) -> None:
    """Remove what was sent about somebody who is to be forgotten; what waits is not sent any more."""
    Message.objects.filter(target=target).delete()


def claim(now: datetime) -> Message | None:
    """A message whose time has come, held for the caller until its lease ends; None where nothing is due.

    Of one target only one is sent at a time, so that one that does not answer keeps others waiting no longer than that.
    """
    due = Message.objects.filter(state=Message.State.WAITING, due_at__lte=now)
    busy = Message.objects.filter(state=Message.State.WAITING, due_at__gt=now).exclude(holder="").exclude(target="")
    free = due.exclude(target__in=busy.values("target"))
    for identity in free.order_by("due_at").values_list("pk", flat=True)[:5]:
        holder = new_id()
        if due.filter(pk=identity).update(
            holder=holder, due_at=now + LEASE, attempts=F("attempts") + 1, tried_at=timezone.now()
        ):
            return Message.objects.get(pk=identity, holder=holder)
    return None


def message_ended(*, message: Message, outcome: Outcome, now: datetime) -> None:
    """Write down how an attempt went; nothing where another sender holds the message by now."""
    held = Message.objects.filter(pk=message.pk, holder=message.holder, state=Message.State.WAITING)
    told = {"status": outcome.status, "problem": outcome.problem[:20], "answer": outcome.answer[:500], "holder": ""}
    if outcome.has_arrived:
        emptied = {"body": ""} if message.kind == Message.Kind.MAIL else {}  # may hold a link that opens something
        held.update(state=Message.State.SENT, **told, **emptied)
    elif outcome.is_final or message.attempts > len(DELAYS):
        held.update(state=Message.State.GIVEN_UP, **told)
    else:
        held.update(due_at=now + delay_after(message.attempts), **told)


def delay_after(attempt: int) -> timedelta:
    """How long it rests after this many attempts; never quite the same, so that not all come at once."""
    seconds = DELAYS[min(attempt, len(DELAYS)) - 1]
    return timedelta(seconds=seconds * random.uniform(1, 1.1))  # noqa: S311 - nothing depends on its being guessed


def forget_old(now: datetime) -> int:
    """Remove what has been settled for a month; says how many."""
    settled = Message.objects.exclude(state=Message.State.WAITING).filter(created_at__lt=now - KEPT_FOR)
    return settled.delete()[0]
