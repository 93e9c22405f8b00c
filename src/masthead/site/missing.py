"""The pages for what is not there, or not any more: with what is near, and where to go on."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.access.announcing import listed
from masthead.library.errors import NotFoundError
from masthead.library.public import current_editions, live_of, nearest
from masthead.library.selectors import Edition, Publication, public_publication
from masthead.site.presenting import Look, look_of
from masthead.site.shown import Shown

_NEAR = 3


def missing(request: HttpRequest, publication: str, slug: str = "") -> HttpResponse:
    """There is nothing, or nothing that may be spoken of: the answer is the same."""
    try:
        found: Publication | None = public_publication(publication)
    except NotFoundError:
        found = None
    if found is not None and not live_of(found).exists():
        found = None
    near = [Shown(edition) for edition in listed(nearest(found, slug))] if found else []
    others = [] if found else [Shown(edition) for edition in listed(current_editions())[:_NEAR]]
    look = look_of(found) if found else Look()
    values = {"publication": found, "near": near, "others": others, "look": look}
    return _kept_by_nobody(render(request, "site/missing.html", values, status=HTTPStatus.NOT_FOUND))


def gone(request: HttpRequest, edition: Edition) -> HttpResponse:
    """An edition that was withdrawn."""
    latest = [Shown(other) for other in listed(live_of(edition.publication)[:_NEAR])]
    values = {
        "edition": edition,
        "publication": edition.publication,
        "near": latest,
        "look": look_of(edition.publication),
    }
    return _kept_by_nobody(render(request, "site/gone.html", values, status=HTTPStatus.GONE))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
