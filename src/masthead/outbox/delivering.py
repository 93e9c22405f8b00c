"""Sends what waits in the outbox, several at a time, until told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from django.db import close_old_connections, connection
from django.utils import timezone

from masthead.outbox.selectors import Message
from masthead.outbox.services import Outcome, claim, forget_old, message_ended

log = logging.getLogger("masthead.outbox")
Sender = Callable[[Message], Outcome]
_SENDERS = 4  # at the same time: one that waits for an answer keeps no other
_PAUSE_SECONDS = 1.0
_TIDY_SECONDS = 3600.0


def deliver(stop: threading.Event, senders: Mapping[str, Sender], chores: Sequence[Callable[[], object]] = ()) -> None:
    """Send until told to stop; `senders` by the kind of a message. Several processes may: a message has one sender.

    `chores` are done once an hour beside it, such as forgetting what is kept for a time only.
    """
    chores = (lambda: forget_old(timezone.now()), *chores)
    threads = [
        threading.Thread(
            target=_work, args=(stop, senders, () if number else chores), name=f"outbox {number}", daemon=True
        )
        for number in range(_SENDERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def deliver_one(senders: Mapping[str, Sender]) -> bool:
    """Send one message that is due; False where none is."""
    message = claim(timezone.now())
    if message is None:
        return False
    try:
        outcome = senders[message.kind](message)
    except Exception:
        log.exception("message %s could not be sent", message.pk)
        outcome = Outcome(has_arrived=False, problem="accident")
    message_ended(message=message, outcome=outcome, now=timezone.now())
    if not outcome.has_arrived:
        said = outcome.status or outcome.problem
        log.warning("message %s (%s), attempt %s: %s", message.pk, message.event, message.attempts, said)
    return True


def _work(stop: threading.Event, senders: Mapping[str, Sender], chores: Sequence[Callable[[], object]]) -> None:
    next_order = time.monotonic() + 30
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                if not deliver_one(senders):
                    stop.wait(_PAUSE_SECONDS)
                if chores and time.monotonic() > next_order:
                    next_order = time.monotonic() + _TIDY_SECONDS
                    for chore in chores:
                        chore()
            except Exception:  # whatever it is, also of a chore: mails and webhooks leave all the same
                log.exception("nothing could be sent just now")
                stop.wait(5)
    finally:
        connection.close()
