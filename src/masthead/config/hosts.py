"""The host names that the house answers to: those of its settings, and the domains of its publications."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from masthead.faces.middleware import Handler

_ASKED: ContextVar[str] = ContextVar("asked_host", default="")


class Hosts(list[str]):
    """The names of the settings; while a request is answered, also the one it asks for if it is a publication's domain.

    The framework looks through the list whenever it wants to know the host. The settings' own names come first, so
    that the database is asked only about strangers.
    """

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        asked = _ASKED.get()
        if asked and _is_domain(asked):
            yield asked


def welcome(handler: Handler) -> Handler:
    """Remember which host a request asks for, before anything else looks at it."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        token = _ASKED.set(request.META.get("HTTP_HOST", "").partition(":")[0].lower()[:253])
        try:
            return handler(request)
        finally:
            _ASKED.reset(token)

    return handle


def _is_domain(name: str) -> bool:
    from masthead.library.selectors import publication_of_domain  # noqa: PLC0415 - settings are read before rows can be

    return publication_of_domain(name) is not None
