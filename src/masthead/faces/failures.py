"""The designed pages for failures: in the person's language, with what to do."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from masthead import wording
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.pages import render_failure
from masthead.site.files import text_response

_WORDS = {
    HTTPStatus.NOT_FOUND: ("Page not found", "There is no such page in this edition."),
    HTTPStatus.GONE: ("Edition no longer available", "This edition was withdrawn or moved."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Something went wrong", "The page could not be shown. Try again in a moment."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Still being prepared", "This part of the edition is not ready yet. Try again."),
}


def language_of(request: HttpRequest) -> str:
    """The interface language: asked for in the address, else the first that the browser names and we have."""
    asked = asked_language(request)
    if asked:
        return asked
    ours = wording.languages()
    for tag in _by_weight(request.headers.get("Accept-Language", "")):
        if tag.split("-")[0] in ours:
            return tag.split("-")[0]
    return ours[0]


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for with ?lang=; "" where it asks for none that we have."""
    base = request.GET.get("lang", "").lower().split("-")[0]
    return base if base in wording.languages() else ""


def _by_weight(header: str) -> list[str]:
    """The tags of an Accept-Language header, most wanted first; those with weight 0 are left out."""
    weighted = []
    for part in header.lower().split(",")[:20]:
        tag, _, parameter = part.partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0:
            weighted.append((-weight, tag.strip()))
    return [tag for _, tag in sorted(weighted, key=lambda entry: entry[0])]


def failure_response(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The page for a failure."""
    language = language_of(request)
    words = wording.translator(language)
    heading, message = _WORDS.get(status, _WORDS[HTTPStatus.INTERNAL_SERVER_ERROR])
    show_id = status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE
    html = render_failure(
        status=status,
        heading=words.text(heading),
        message=words.text(message),
        language=language,
        addresses=Addresses(language=asked_language(request)),
        request_id=getattr(request, "request_id", "") if show_id else "",
    )
    response = text_response(request, html.encode(), status=status, cache="no-store")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "2"
    return response
