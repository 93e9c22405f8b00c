"""What the statistics do by themselves: take events in, count days, throw salts and old events away."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from masthead.statistics.intake import take_in
from masthead.statistics.recording import FOLDER
from masthead.statistics.totals import count_due, events_forget
from masthead.statistics.visitors import salts_forget

log = logging.getLogger("masthead.statistics")
_TICK_SECONDS = 5.0
_ORDER_SECONDS = 3600.0


def keep_counting(stop: threading.Event) -> None:
    """Go on until told to stop. Several may run: each takes in the files of its machine, and counting is repeatable."""
    next_order = 0.0
    while not stop.wait(_TICK_SECONDS):
        try:
            close_old_connections()
            now = timezone.now()
            tick(now)
            if time.monotonic() > next_order:
                next_order = time.monotonic() + _ORDER_SECONDS
                events_forget(now, settings.MASTHEAD.event_days)
        except Exception:  # whatever it is: what is read from now on is counted too
            log.exception("what was read could not be counted just now")


def tick(now: datetime) -> None:
    """Do what is due."""
    take_in(settings.MASTHEAD.data / FOLDER, now, settings.MASTHEAD.event_days)
    salts_forget(now)
    count_due(now)
