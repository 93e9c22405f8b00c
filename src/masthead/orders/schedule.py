"""What orders do by themselves: ask feeds of products at their time, and fetch the pictures that they name."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections
from django.utils import timezone

from masthead.orders.feeds import feeds_fetch_due
from masthead.orders.picture_fetching import pictures_fetch_due

log = logging.getLogger("masthead.feeds")
_EVERY_SECONDS = 10.0


def keep_fetching(stop: threading.Event) -> None:
    """Go on until told to stop. Several may run: each feed and each picture is claimed by one."""
    while not stop.wait(_EVERY_SECONDS):
        try:
            close_old_connections()
            feeds_fetch_due(timezone.now())
            pictures_fetch_due()
        except Exception:  # whatever it is, also of the storage's library: the next feed is fetched all the same
            log.exception("feeds and pictures could not be fetched just now")
        finally:
            close_old_connections()
