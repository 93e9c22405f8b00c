"""Makes the PDF of an edition with a reader's annotations in it, of what their device sends; keeps nothing of it."""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.annotations.checking import fault_of
from masthead.annotations.errors import AnnotationsUnreadableError, TooOftenError
from masthead.annotations.services import MOST, pace_keep
from masthead.document.errors import MastheadError
from masthead.edition.folder import SOURCE
from masthead.exports.annotated_pdf import annotated_pdf
from masthead.faces.failures import failure_response
from masthead.faces.looks import person_of
from masthead.library.selectors import edition_at
from masthead.site.annotating import readable_by, refused
from masthead.site.answering import Served
from masthead.site.reading import open_edition

AT_ONCE = threading.BoundedSemaphore(2)  # of the server's threads: the others go on serving pages
_A_MINUTE = 10  # of one person


@require_http_methods(["GET", "HEAD", "POST"])
def annotated(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The PDF, for a POST with the annotations; there is nothing to be got without them."""

    def send(served: Served) -> HttpResponseBase:
        offered = served.offers_source and served.presentation.downloads
        source = served.source.wait_for(SOURCE, 0) if request.method == "POST" and offered else None
        if source is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        try:
            if person_of(request) is not None:
                pace_keep(by=person_of(request), most=_A_MINUTE, what="annotated-pdf")
            annotations = _annotations(request.body)
        except (AnnotationsUnreadableError, TooOftenError) as error:
            return refused(error)
        if not AT_ONCE.acquire(blocking=False):
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            return _made(request, served, source, publication, slug, annotations)
        finally:
            AT_ONCE.release()

    return open_edition(request, publication, slug, None, send)


def _made(
    request: HttpRequest,
    served: Served,
    source: Path,
    publication: str,
    slug: str,
    annotations: list[dict[str, Any]],
) -> HttpResponseBase:
    edition, words = served.source.edition(), wording.translator(served.language_for(request))
    labels = {page["number"]: page["label"] for page in edition.manifest["pages"]}
    try:
        pdf = annotated_pdf(
            edition,
            source,
            annotations,
            readable_by(request, edition_at(publication, slug)),
            label=lambda number: words.text("Page {label}", label=labels.get(number, str(number))),
            title=words.text("Bookmarks"),
        )
    except MastheadError:
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    if not pdf:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{publication}-{slug}-notes.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _annotations(body: bytes) -> list[dict[str, Any]]:
    try:
        said = json.loads(body)
    except ValueError as error:
        raise AnnotationsUnreadableError("not JSON") from error
    found = said.get("annotations") if isinstance(said, dict) else None
    if not isinstance(found, list) or len(found) > MOST:
        raise AnnotationsUnreadableError("no annotations")
    if any(not isinstance(content, dict) or fault_of(content) for content in found):
        raise AnnotationsUnreadableError("an annotation is faulty")
    return found
