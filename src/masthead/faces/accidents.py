"""The page for what nobody foresaw, and for what the house stands on and is away: each says the request's id."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from masthead.faces.failures import failure_response
from masthead.faces.outages import STATUS, outage_of
from masthead.library.errors import DatabaseAwayError


def accident_response(request: HttpRequest, failure: BaseException | None) -> HttpResponse:
    """The page for an exception; asks neither database nor disk."""
    outage = outage_of(failure)
    if outage is None:
        return failure_response(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(outage, DatabaseAwayError):
        from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - settings are read before rows can be

        request.user = AnonymousUser()  # who it is, and what they speak, stands in the database too
    response = failure_response(request, STATUS[type(outage)], (outage.sentence, outage.hint))
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "10"
    return response
