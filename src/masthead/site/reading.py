"""The addresses of an edition in the house: each asks `access` before anything of the edition is sent."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.access.rules import Answer, Reason, may_read
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.articles import find_article
from masthead.faces.failures import failure_response
from masthead.faces.looks import person_of
from masthead.library.builds import folder_of_build
from masthead.library.selectors import Edition, edition_at
from masthead.production.selectors import growing_folder_of
from masthead.site import answering
from masthead.site.answering import Served
from masthead.site.sources import source_of

NOT_LIVE_WORDS = ("Not published yet", "This edition cannot be read yet. Come back later.")
WITHDRAWN_WORDS = ("Edition no longer available", "This edition was withdrawn or moved.")
NO_EDITION_WORDS = ("Page not found", "There is no such page in this edition.")


def address_of(edition: Edition) -> str:
    """Where an edition is read."""
    return reverse("edition", args=[edition.publication.slug, edition.slug])


def _open(
    request: HttpRequest,
    publication: str,
    slug: str,
    page: int | None,
    send: Callable[[Served], HttpResponseBase],
    build: str = "",
) -> HttpResponseBase:
    """Ask whether this person may have it, and send it, or say why not. The only way to an edition's content.

    Files are sent of the `build` that is asked for while it is kept: whoever had the edition open when it was
    replaced reads on.
    """
    edition = edition_at(publication, slug)
    given = may_read(person_of(request), edition, page)
    if not given.allowed:
        return _refused(request, given)
    folder = folder_of_build(edition, build) if build else ""
    folder = folder or (edition.build.folder if edition.build else growing_folder_of(edition))
    if not folder:
        return _refused(request, given)
    request.may_be_framed = given.is_public  # type: ignore[attr-defined]
    return send(Served(source_of(folder), address_of(edition), is_public=given.is_public))


def _refused(request: HttpRequest, given: Answer) -> HttpResponseBase:
    if given.reason == Reason.WITHDRAWN:
        return failure_response(request, HTTPStatus.GONE, WITHDRAWN_WORDS, Addresses())
    return failure_response(request, HTTPStatus.NOT_FOUND, NOT_LIVE_WORDS, Addresses())


@require_safe
def edition(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition's own address: its first page."""
    return _open(request, publication, slug, 1, lambda served: answering.page(request, served, 1, is_home=True))


@require_safe
def page(request: HttpRequest, publication: str, slug: str, number: int) -> HttpResponseBase:
    """A page."""
    return _open(
        request, publication, slug, number, lambda served: answering.page(request, served, number, is_home=False)
    )


@require_safe
def article(request: HttpRequest, publication: str, slug: str, article: str) -> HttpResponseBase:
    """An article: it belongs to the first of its pages."""
    edition = edition_at(publication, slug)
    folder = edition.build.folder if edition.build else ""
    found = find_article(source_of(folder).edition(), article) if folder else None
    first = found["pages"][0] if found else None
    return _open(request, publication, slug, first, lambda served: answering.article(request, served, article))


@require_safe
def all_pages(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The list of all pages."""
    return _open(request, publication, slug, None, lambda served: answering.all_pages(request, served))


@require_safe
def all_articles(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The list of all articles."""
    return _open(request, publication, slug, None, lambda served: answering.all_articles(request, served))


@require_safe
def build_file(request: HttpRequest, publication: str, slug: str, build: str, path: str) -> HttpResponseBase:
    """A file of the build."""
    number = answering.page_of_file(path)
    return _open(
        request, publication, slug, number, lambda served: answering.build_file(request, served, build, path), build
    )


@require_safe
def tile(
    request: HttpRequest, publication: str, slug: str, build: str, page: int, width: int, column: int, row: int
) -> HttpResponseBase:
    """A sharp tile of a zoomed page."""
    return _open(
        request,
        publication,
        slug,
        page,
        lambda served: answering.tile(request, served, build, page, width, column, row),
        build,
    )
