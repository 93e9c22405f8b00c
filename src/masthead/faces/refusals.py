"""Turns a refusal of the rooms below into its page: not there, not allowed, not possible now."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from masthead.accounts.errors import NotAllowedError, SigningInBusyError
from masthead.document.errors import MastheadError
from masthead.faces.failures import failure_response
from masthead.faces.middleware import Handler
from masthead.library.errors import NotFoundError, StorageAwayError


class Refusals:
    """Answers expected failures that no view caught."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._handler(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page for what was refused; everything else is an accident and not for here."""
        if not isinstance(exception, MastheadError):
            return None
        status = HTTPStatus.CONFLICT
        if isinstance(exception, NotFoundError):
            status = HTTPStatus.NOT_FOUND
        elif isinstance(exception, NotAllowedError):
            status = HTTPStatus.FORBIDDEN
        elif isinstance(exception, (StorageAwayError, SigningInBusyError)):
            status = HTTPStatus.SERVICE_UNAVAILABLE
        return failure_response(request, status, (exception.sentence, exception.hint))
