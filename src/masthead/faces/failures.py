"""The designed pages for failures: in the person's language, with what to do."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from masthead import wording
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.pages import render_failure
from masthead.faces.languages import asked_language, language_of
from masthead.faces.sending import text_response

_WORDS = {
    HTTPStatus.BAD_REQUEST: ("Something is wrong with the request", "Go back and try again."),
    HTTPStatus.FORBIDDEN: ("Not allowed", "Your role does not allow this. Ask an owner of the publishing house."),
    HTTPStatus.NOT_FOUND: ("Page not found", "There is no such page in this edition."),
    HTTPStatus.GONE: ("Edition no longer available", "This edition was withdrawn or moved."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "This is too large",
        "Only staff can hand files over. Sign in again if you are one of them; otherwise send less.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Something went wrong", "The page could not be shown. Try again in a moment."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Still being prepared", "This part of the edition is not ready yet. Try again."),
}

NOWHERE_WORDS = ("Page not found", "There is nothing here under this address.")
_FIRST_PAGE_WORDS = "Go to the first page"
_HOME_WORDS = "Go to the home page"
FORGED_WORDS = ("This page is too old", "Go back, load it again and send it once more. Nothing was changed.")


def failure_response(
    request: HttpRequest,
    status: HTTPStatus,
    said: tuple[str, str] | None = None,
    addresses: Addresses | None = None,
) -> HttpResponse:
    """The page for a failure; `said` are its heading and message where there are better ones than the usual."""
    language = language_of(request)
    words = wording.translator(language)
    if status == HTTPStatus.NOT_FOUND and settings.SERVES != "edition" and addresses is None:
        said = said or NOWHERE_WORDS
    heading, message = said or _WORDS.get(status, _WORDS[HTTPStatus.INTERNAL_SERVER_ERROR])
    is_waiting = status == HTTPStatus.SERVICE_UNAVAILABLE and said is None  # for a page that is being drawn
    show_id = status >= HTTPStatus.INTERNAL_SERVER_ERROR and not is_waiting
    html = render_failure(
        status=status,
        heading=words.text(heading),
        message=words.text(message),
        way=words.text(_FIRST_PAGE_WORDS if settings.SERVES == "edition" else _HOME_WORDS),
        language=language,
        addresses=addresses or Addresses(language=asked_language(request)),
        request_id=getattr(request, "request_id", "") if show_id else "",
    )
    response = text_response(request, html.encode(), status=status, cache="no-store")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "2"
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not sent from our own page, or from one that is too old."""
    return failure_response(request, HTTPStatus.FORBIDDEN, FORGED_WORDS)
