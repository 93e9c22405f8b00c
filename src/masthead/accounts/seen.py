"""Notes where a session was last seen, for the list of one's sessions: now and then, since noting it is a write.

The sign-in library notes it with each request. On SQLite one writer writes at a time, so that readers who are signed in
waited for each other with every picture, and after twenty seconds were told that the database is away.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from allauth.usersessions.models import UserSession
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger("masthead.accounts")
NOTED_SECONDS: Final = 300.0
_REMEMBERED: Final = 20_000  # sessions, in each process
_noted: OrderedDict[str, tuple[float, str]] = OrderedDict()
_noting = threading.Lock()


def note_sessions(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: each session every five minutes, and at once where its browser or network address is another."""

    def noted(request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and _is_due(key, request):
            try:
                if request.user.is_authenticated:
                    UserSession.objects.create_from_request(request)
            except Error:  # nobody is kept from reading by a list of sessions
                log.warning("a session could not be noted", exc_info=True)
        return answer(request)

    return noted


def _is_due(key: str, request: HttpRequest) -> bool:
    """Whether it is time; from now on it is not."""
    where = "\n".join(request.META.get(name, "") for name in ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT"))
    now = time.monotonic()
    with _noting:
        at, before = _noted.get(key, (-NOTED_SECONDS, ""))
        if before == where and now - at < NOTED_SECONDS:
            return False
        _noted[key] = (now, where)
        _noted.move_to_end(key)
        while len(_noted) > _REMEMBERED:
            _noted.popitem(last=False)
        return True
