"""The process that converts: takes one conversion after the other until it is told to stop."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from masthead.production.claiming import claim
from masthead.production.conversion import convert
from masthead.production.sweeping import sweep_sometimes
from masthead.production.waking import Wakeups

log = logging.getLogger("masthead.production")


def work(stop: threading.Event) -> None:
    """Convert what waits; where nothing does, wait for a message, or look again in a moment."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
    log.info("worker %s waits for conversions", name)
    wakeups = Wakeups()
    while not stop.is_set():
        try:
            close_old_connections()
            conversion = claim(name, timezone.now())
        except DatabaseError:
            log.exception("worker %s: the database does not answer", name)
            stop.wait(5)
            continue
        wakeups.taken()
        if conversion is None:
            wakeups.wait(stop)
        else:
            convert(conversion, name, stop)
            sweep_sometimes()
