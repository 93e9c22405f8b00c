"""What lies on the pages of an edition, over HTTP: the reader's file, the files that it names, shut-off documents."""

from __future__ import annotations

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from masthead.document.overlays import Laid, Overlay, OverlayKind
from masthead.exports.frame.overlay_document import POLICY, document_of
from masthead.exports.frame.overlays import file_names, reader_file
from masthead.faces.failures import failure_response
from masthead.faces.sending import file_response, text_response
from masthead.library.selectors import edition_at
from masthead.production.overlays.files import local_file
from masthead.production.overlays.selectors import laid_of
from masthead.site.answering import Served, answer
from masthead.site.reading import open_edition, readable


@require_safe
def overlays(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """What the reader lays on pages: small, asked for again each time, answered by its validator alone."""

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        addresses = served.addresses(request, served.source.edition())
        told = reader_file(laid_of(edition), addresses, readable(request, edition))
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        response = text_response(request, data)
        response["Content-Type"] = "application/json"
        return answer(served, response)

    return open_edition(request, publication, slug, None, send, partly=True)


@require_safe
def overlay_file(request: HttpRequest, publication: str, slug: str, name: str) -> HttpResponseBase:
    """A picture, film, sound or caption track; only where it lies on a page that this person may read."""

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        may = readable(request, edition)
        shown = any(name in file_names([one]) and may(one.page) for one in laid_of(edition).overlays)
        file = local_file(edition.pk, name) if shown else None
        if file is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        return answer(served, file_response(request, file, immutable=True))

    return open_edition(request, publication, slug, None, send, partly=True)


@require_safe
def overlay_document(request: HttpRequest, publication: str, slug: str, overlay: str) -> HttpResponseBase:
    """The document of an HTML overlay under a policy of its own: it is nobody's origin, whoever opens it."""

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        found = _html_overlay(laid_of(edition), overlay)
        if found is None or not readable(request, edition)(found.page):
            return failure_response(request, HTTPStatus.NOT_FOUND)
        language = edition.publication.language
        response = text_response(request, document_of(found.particulars["html"], found.title, language).encode())
        request.own_policy = POLICY  # type: ignore[attr-defined]
        response["X-Robots-Tag"] = "noindex"
        return answer(served, response)

    return open_edition(request, publication, slug, None, send, partly=True)


def _html_overlay(laid: Laid, overlay_id: str) -> Overlay | None:
    found = (one for one in laid.overlays if one.id == overlay_id and one.kind is OverlayKind.HTML)
    return next(found, None)
