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

log = logging.getLogger("masthead.production")
_PAUSE_SECONDS = 0.5


def work(stop: threading.Event) -> None:
    """Convert what waits; look again every half second where nothing does."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
    log.info("worker %s waits for conversions", name)
    while not stop.is_set():
        try:
            close_old_connections()
            conversion = claim(name, timezone.now())
        except DatabaseError:
            log.exception("worker %s: the database does not answer", name)
            stop.wait(5)
            continue
        if conversion is None:
            stop.wait(_PAUSE_SECONDS)
        else:
            convert(conversion, name, stop)
