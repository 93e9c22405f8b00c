"""Wakes workers, wherever they run, when a conversion waits.

A message of the queue carries an id and nothing else. The row under its lease is the truth: of a doubled message the
second finds nothing to claim, and for a lost one the clock sends another. Without a queue workers look into the
database twice a second.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from masthead.production.models import Conversion

if TYPE_CHECKING:
    from dramatiq.brokers.redis import RedisBroker

log = logging.getLogger("masthead.production")
QUEUE = "conversions"
ACTOR = "convert"
_LOOK_SECONDS = 0.5  # without a queue
_LOOK_ALL_THE_SAME_SECONDS = 15.0  # with one: whatever becomes of messages
_FORGOTTEN = timedelta(seconds=10)  # so old is a waiting conversion for which another message is sent
_MOST_MESSAGES = 50  # that the clock sends at a time
_ANSWER_SECONDS = 2.0


def wake(conversion_id: str) -> None:
    """Tell the workers, as soon as the row is committed; a queue that does not answer costs only time."""
    if settings.MASTHEAD.queue:
        transaction.on_commit(lambda: _send(conversion_id))


def remind(now: datetime) -> int:
    """Send messages for what waits too long while the queue is empty; says how many."""
    if not settings.MASTHEAD.queue:
        return 0
    waiting = Conversion.objects.filter(state=Conversion.State.WAITING, created_at__lt=now - _FORGOTTEN)
    ids = list(waiting.values_list("pk", flat=True)[:_MOST_MESSAGES])
    try:
        if not ids or broker_at(settings.MASTHEAD.queue).do_qsize(QUEUE):
            return 0
    except Exception as error:
        log.warning("the queue does not answer: %s", type(error).__name__)
        return 0
    for conversion_id in ids:
        _send(conversion_id)
    return len(ids)


class Wakeups:
    """What one worker hears. Use it from one thread."""

    def __init__(self) -> None:
        self._consumer: Any = None
        self._heard: Any = None

    def wait(self, stop: threading.Event) -> None:
        """Return when there may be work, at the latest after a while, or when told to stop."""
        if not settings.MASTHEAD.queue:
            stop.wait(_LOOK_SECONDS)
            return
        try:
            self._listen(stop)
        except Exception as error:
            # Redis is away, or answers nonsense: the database is asked meanwhile.
            log.warning("the queue does not answer: %s", type(error).__name__)
            self._consumer = self._heard = None
            stop.wait(_LOOK_SECONDS * 4)

    def taken(self) -> None:
        """What was heard is done with: its row is claimed, or was claimed by another. Not before, or it may be lost."""
        heard, self._heard = self._heard, None
        if heard is not None:
            try:
                self._consumer.ack(heard)
            except Exception as error:
                log.warning("the queue does not answer: %s", type(error).__name__)
                self._consumer = None

    def _listen(self, stop: threading.Event) -> None:
        if self._consumer is None:
            broker = broker_at(settings.MASTHEAD.queue)
            broker.declare_queue(QUEUE)
            self._consumer = broker.consume(QUEUE, prefetch=1, timeout=round(_LOOK_SECONDS * 1000))
        waited = 0.0
        while not stop.is_set() and waited < _LOOK_ALL_THE_SAME_SECONDS:
            self._heard = next(self._consumer)
            if self._heard is not None:
                return
            waited += _LOOK_SECONDS


@cache
def broker_at(address: str) -> RedisBroker:
    """The queue's broker in this process, without middleware: nothing is tried again by messages."""
    from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415 - only the extra `scale` brings it

    return RedisBroker(  # type: ignore[no-untyped-call]
        url=f"{address}{'&' if '?' in address else '?'}socket_timeout={_ANSWER_SECONDS}"
        f"&socket_connect_timeout={_ANSWER_SECONDS}",
        namespace="masthead",
        middleware=[],
    )


def _send(conversion_id: str) -> None:
    from dramatiq import Message  # noqa: PLC0415

    message: Message[None] = Message(queue_name=QUEUE, actor_name=ACTOR, args=(conversion_id,), kwargs={}, options={})
    try:
        broker = broker_at(settings.MASTHEAD.queue)
        broker.declare_queue(QUEUE)
        broker.enqueue(message)
    except Exception as error:
        log.warning("no worker could be told of conversion %s: %s", conversion_id, type(error).__name__)
