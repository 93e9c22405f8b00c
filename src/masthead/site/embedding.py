"""Answers oEmbed: which line of HTML shows the edition, or the page of it, that somebody pastes the address of."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from masthead.access.announcing import is_announced
from masthead.exports.announcing import oembed
from masthead.library.errors import NotFoundError
from masthead.library.reach import reach_of
from masthead.library.selectors import Edition, edition_at
from masthead.site.announced_facts import edition_facts, origin_of
from masthead.site.machine_answers import sent, sent_json

_SHOWN = frozenset({"edition", "edition-page", "edition-embed", "edition-pages", "edition-articles", "edition-article"})


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """The answer as JSON or XML (oEmbed 1.0, section 2.3)."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _refusal(HTTPStatus.NOT_IMPLEMENTED, "The format is json or xml.")
    origin = origin_of(request)
    found = _found(request.GET.get("url", ""), origin)
    if found is None:
        return _refusal(HTTPStatus.NOT_FOUND, "No edition is read at this address.")
    edition, page = found
    if reach_of(edition).framing == ():
        return _refusal(HTTPStatus.UNAUTHORIZED, "The publisher does not let this edition be shown in other sites.")
    said = oembed.answer(
        edition_facts(origin, edition),
        page=page,
        max_width=_pixels(request, "maxwidth"),
        max_height=_pixels(request, "maxheight"),
    )
    if form == "xml":
        return sent(request, oembed.as_xml(said), "text/xml; charset=utf-8")
    return sent_json(request, said)


def _found(address: str, origin: str) -> tuple[Edition, int] | None:
    """The announced edition that is read at an address of this house, and the page."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != origin:
        return None
    try:
        match = resolve(parts.path)
        if match.url_name not in _SHOWN:
            return None
        edition = edition_at(match.kwargs["publication"], match.kwargs["slug"])
    except (Resolver404, NotFoundError):
        return None
    return (edition, match.kwargs.get("number", 1)) if is_announced(edition) else None


def _pixels(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else None


def _refusal(status: HTTPStatus, sentence: str) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})
