"""Refuses large bodies before anything reads them: only staff hand files over, and only to the house.

A form with files is written to the disk while it is read, and it is read to find its token: before anybody has asked
who sends it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from masthead.accounts.selectors import publishers_of
from masthead.faces.failures import failure_response
from masthead.faces.middleware import Handler

_SMALL: Final = 3 << 20  # bytes: the largest form without files, and what the reader sends of its notes
_OWN_DOOR: Final = "/api/"  # which knows its callers by their tokens and reads nothing before


def limit(handler: Handler) -> Handler:
    """Answer 413 to a large body of somebody who has nothing to hand over."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if _length(request) > _SMALL and not request.path.startswith(_OWN_DOOR) and not _is_staff(request):
            response = failure_response(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            response["Connection"] = "close"
            return response
        return handler(request)

    return handle


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(publishers_of(request.user))
