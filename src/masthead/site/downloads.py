"""What leaves the house as a file: the current build as EPUB, text or Markdown, made once; and the PDF."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from masthead.edition.folder import SOURCE
from masthead.faces.failures import failure_response
from masthead.faces.sending import file_response
from masthead.library.reach import reach_of
from masthead.library.selectors import edition_at
from masthead.production.exported import exported_file
from masthead.site.answering import Served, answer
from masthead.site.reading import open_edition


@require_safe
def epub(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition as an EPUB book."""
    return _sent(request, publication, slug, "issue.epub")


@require_safe
def text(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition as plain text, a file an article, zipped."""
    return _sent(request, publication, slug, "text.zip")


@require_safe
def markdown(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition as Markdown with its pictures, a file an article, zipped."""
    return _sent(request, publication, slug, "markdown.zip")


@require_safe
def pdf(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The PDF of the edition."""

    def send(served: Served) -> HttpResponseBase:
        file = served.source.edition().path / SOURCE
        if not served.offers_source or not file.is_file():
            return failure_response(request, HTTPStatus.NOT_FOUND)
        response = file_response(request, file, immutable=False)
        response["Content-Disposition"] = _named(publication, slug, ".pdf")
        return answer(served, response)

    return open_edition(request, publication, slug, None, send)


def _sent(request: HttpRequest, publication: str, slug: str, name: str) -> HttpResponseBase:
    def send(served: Served) -> HttpResponseBase:
        edition, folder = edition_at(publication, slug), served.source.edition()
        if not reach_of(edition).books and served.is_public:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        if folder.manifest["status"] != "complete":
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
        response = file_response(request, exported_file(folder, name), immutable=False)
        response["Content-Disposition"] = _named(publication, slug, Path(name).suffix)
        return answer(served, response)

    return open_edition(request, publication, slug, None, send)


def _named(publication: str, slug: str, ending: str) -> str:
    return content_disposition_header(as_attachment=True, filename=f"{publication}-{slug}{ending}") or ""
