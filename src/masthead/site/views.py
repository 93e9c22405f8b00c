"""The addresses of one edition that is served from its folder."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead import __version__
from masthead.document.errors import EditionInvalidError
from masthead.exports.frame.presentation import PLAIN
from masthead.site import answering
from masthead.site.answering import Served


def _served() -> Served:
    return Served(settings.EDITION_SOURCE, presentation=replace(PLAIN, offline=reverse("offline-worker")))


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The edition's own address: its first page."""
    return answering.page(request, _served(), 1, is_home=True)


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponseBase:
    """A page."""
    return answering.page(request, _served(), number, is_home=False)


@require_safe
def all_pages(request: HttpRequest) -> HttpResponseBase:
    """The list of all pages."""
    return answering.all_pages(request, _served())


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An article."""
    return answering.article(request, _served(), slug)


@require_safe
def all_articles(request: HttpRequest) -> HttpResponseBase:
    """The list of all articles."""
    return answering.all_articles(request, _served())


@require_safe
def app(request: HttpRequest) -> HttpResponseBase:
    """What a browser has to know to put the edition on a home screen."""
    return answering.app(request, _served())


@require_safe
def build_file(request: HttpRequest, build: str, path: str) -> HttpResponseBase:
    """A file of the build."""
    return answering.build_file(request, _served(), build, path)


@require_safe
def tile(request: HttpRequest, build: str, page: int, width: int, column: int, row: int) -> HttpResponseBase:
    """A sharp tile of a zoomed page."""
    return answering.tile(request, _served(), build, page, width, column, row)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether an edition can be served."""
    try:
        edition = _served().source.edition()
    except EditionInvalidError as error:
        return JsonResponse({"status": "failed", "reason": str(error)}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    state = {"status": "ok", "version": __version__, "build": edition.build, "edition": edition.manifest["status"]}
    return JsonResponse(state)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be found."""
    return HttpResponse("User-agent: *\nAllow: /\nDisallow: /b/*/source.pdf\n", content_type="text/plain")
