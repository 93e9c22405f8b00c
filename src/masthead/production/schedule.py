"""What the house does by itself: publishes and withdraws at their time, takes conversions up whose worker is gone."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from masthead.access.identity.providers import keep_metadata_fresh
from masthead.access.reminding import keep_reminding
from masthead.library.selectors import due_to_publish, due_to_withdraw
from masthead.library.services import publish_due, withdraw_due
from masthead.orders.schedule import keep_fetching
from masthead.production.checking import check_arrivals
from masthead.production.claiming import INTERRUPTIONS
from masthead.production.conversion import fail
from masthead.production.errors import ConversionAbandonedError
from masthead.production.keeping import put_in_order
from masthead.production.links.checking import check_links
from masthead.production.models import Conversion
from masthead.production.services import conversion_ended
from masthead.production.waking import remind as remind_workers
from masthead.production.waking import wake
from masthead.production.watching import WatchedFolder

log = logging.getLogger("masthead.schedule")
_TICK_SECONDS = 1.0
_REMIND_SECONDS = 5.0  # between two looks for messages that were lost
_ORDER_SECONDS = 600.0  # between two times that what nobody needs is removed


def keep_time(stop: threading.Event) -> None:
    """Tick every second until told to stop. Several may run: each change is made once, whoever makes it.

    Files that have arrived are looked at beside it, links are asked, mails are sent and feeds fetched, each in a thread
    of its own: a slow mail server holds up nothing that has its time.
    """
    beside = {
        "looks": check_arrivals,
        "links": check_links,
        "mails": keep_reminding,
        "identity": keep_metadata_fresh,
        "feeds": keep_fetching,
    }
    threads = [threading.Thread(target=do, args=(stop,), name=name, daemon=True) for name, do in beside.items()]
    for thread in threads:
        thread.start()
    watched = WatchedFolder(settings.MASTHEAD.watched) if settings.MASTHEAD.watched else None
    next_order = time.monotonic() + 5
    next_reminder = 0.0
    while not stop.is_set():
        try:
            close_old_connections()
            tick(timezone.now())
            if watched is not None:
                watched.look()
            if time.monotonic() > next_reminder:
                next_reminder = time.monotonic() + _REMIND_SECONDS
                remind_workers(timezone.now())
            if time.monotonic() > next_order:
                next_order = time.monotonic() + _ORDER_SECONDS
                put_in_order(timezone.now())
        except Exception:  # whatever it is, also of the storage's library: editions go live at their time all the same
            log.exception("not everything could be done that was due")
        stop.wait(_TICK_SECONDS)
    for thread in threads:
        thread.join(5)


def tick(now: datetime) -> None:
    """Do all that is due."""
    for edition in due_to_publish(now):
        with _whatever_it_is(f"edition {edition.pk} could not go live at its time"):
            if publish_due(edition_id=edition.pk, now=now):
                log.info("edition %s went live at its time", edition.pk)
    for edition in due_to_withdraw(now):
        with _whatever_it_is(f"edition {edition.pk} could not be withdrawn at its time"):
            if withdraw_due(edition_id=edition.pk, now=now):
                log.info("edition %s was withdrawn at its time", edition.pk)
    for conversion in Conversion.objects.filter(state=Conversion.State.RUNNING, lease_until__lt=now):
        take_back(conversion, now)


@contextmanager
def _whatever_it_is(said: str) -> Iterator[None]:
    """What happens to one edition keeps no other from its time; it is tried again with the next tick."""
    try:
        yield
    except Exception:
        log.exception(said)


def take_back(conversion: Conversion, now: datetime) -> None:
    """Let another worker have a conversion whose lease is over; after some attempts without a new page give it up."""
    if conversion.cancel_asked:
        conversion_ended(conversion=conversion, worker=conversion.worker, state=Conversion.State.CANCELLED)
        return
    is_further = conversion.pages_done > conversion.pages_reached
    interruptions = 1 if is_further else conversion.interruptions + 1
    if interruptions >= INTERRUPTIONS:
        fail(conversion, conversion.worker, ConversionAbandonedError(f"{conversion.attempts} attempts"))
        return
    lapsed = Conversion.objects.filter(pk=conversion.pk, state=Conversion.State.RUNNING, lease_until__lt=now)
    if lapsed.update(
        state=Conversion.State.WAITING,
        worker="",
        lease_until=None,
        seconds_left=None,
        interruptions=interruptions,
        pages_reached=max(conversion.pages_done, conversion.pages_reached),
    ):
        log.warning("conversion %s waits again: worker %s is gone", conversion.pk, conversion.worker)
        wake(conversion.pk)
