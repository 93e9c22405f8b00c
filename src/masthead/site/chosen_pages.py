"""Pages of an edition as a PDF: those that somebody chose, of those that they may read; its link is good for a day."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from masthead.access.tries import try_once
from masthead.document.errors import MastheadError
from masthead.document.page_sets import NO_PAGES, PageSet, page_set
from masthead.edition.folder import SOURCE
from masthead.exports.annotated_pdf import annotated_pdf
from masthead.faces.failures import failure_response
from masthead.faces.visitors import network_address
from masthead.library.selectors import Edition, edition_at
from masthead.site.annotated_pdf import AT_ONCE
from masthead.site.annotating import readable_by
from masthead.site.answering import Served
from masthead.site.counted import counted
from masthead.site.reading import open_edition
from masthead.statistics.kinds import Kind

_SALT = "masthead.site.chosen_pages"
_SECONDS = 24 * 3600  # for which a link is good
_LONGEST = 400  # characters of what is typed
_A_VISITOR = 60  # files in ten minutes
WRONG_WORDS = ("There are no such pages", "Write them as 1-4, 8, counted from the cover as 1.")
OVER_WORDS = ("This link is over", "It was good for 24 hours. Choose the pages again.")
NONE_WORDS = ("These pages are not open to you", "Choose others, or find out on their place how to get in.")
OFTEN_WORDS = ("That was very often", "Wait ten minutes, then choose the pages again.")


@require_safe
def chosen(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """Lead to the file with the pages that the address names, such as `?pages=1-4,8`."""

    def send(served: Served) -> HttpResponseBase:
        if not _is_offered(served):
            return failure_response(request, HTTPStatus.NOT_FOUND)
        edition, wanted = edition_at(publication, slug), _named_pages(request, served)
        if not wanted:
            return failure_response(request, HTTPStatus.BAD_REQUEST, WRONG_WORDS)
        token = signing.dumps([edition.pk, str(wanted).replace(" ", "")], salt=_SALT)
        file = reverse("edition-pages-file", args=[publication, slug, token])
        return _private(HttpResponseRedirect(file, status=HTTPStatus.SEE_OTHER))

    return open_edition(request, publication, slug, None, send, partly=True)


@require_safe
def file(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """The file. Its link opens nothing by itself: each time it is asked what this person may read."""
    pages: list[int] = []

    def send(served: Served) -> HttpResponseBase:
        if not _is_offered(served):
            return failure_response(request, HTTPStatus.NOT_FOUND)
        edition = edition_at(publication, slug)
        try:
            named, typed = signing.loads(token, salt=_SALT, max_age=_SECONDS)
        except (signing.BadSignature, ValueError):
            return failure_response(request, HTTPStatus.GONE, OVER_WORDS)
        if named != edition.pk:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        try:
            try_once("pages-pdf", network_address(request) or "unknown", limit=_A_VISITOR)
        except MastheadError:
            return failure_response(request, HTTPStatus.TOO_MANY_REQUESTS, OFTEN_WORDS)
        if not AT_ONCE.acquire(blocking=False):
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            wanted = page_set(typed)
            pages.extend(wanted)
            return _private(_made(request, served, edition, wanted))
        finally:
            AT_ONCE.release()

    answer = open_edition(request, publication, slug, None, send, partly=True)
    return counted(request, answer, Kind.DOWNLOAD, name="pages", pages=pages)


def _named_pages(request: HttpRequest, served: Served) -> PageSet:
    typed = request.GET.get("pages", "").replace(";", ",").replace("،", ",")
    try:
        found = page_set(typed if len(typed) <= _LONGEST else "")
    except ValueError:
        return NO_PAGES
    return found.within(len(served.source.edition().manifest["pages"]))


def _is_offered(served: Served) -> bool:
    return served.offers_source and served.presentation.downloads


def _made(request: HttpRequest, served: Served, edition: Edition, wanted: PageSet) -> HttpResponse:
    source = served.source.wait_for(SOURCE, 0)
    if source is None:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    try:
        made = annotated_pdf(served.source.edition(), source, [], readable_by(request, edition), wanted=wanted)
    except MastheadError:
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    if not made:
        return failure_response(request, HTTPStatus.FORBIDDEN, NONE_WORDS)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{edition.publication.slug}-{edition.slug}-{quote(str(wanted).replace(', ', '_'))[:80]}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
