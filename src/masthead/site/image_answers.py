"""The addresses of IIIF: manifests of editions, collections of publications, and images of pages (level 0)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.edition.folder import Edition as Folder
from masthead.exports.announcing import iiif
from masthead.faces.failures import failure_response
from masthead.faces.packing import Shelf
from masthead.library.errors import NotFoundError
from masthead.library.public import live_of
from masthead.library.selectors import edition_at, public_publication
from masthead.pictures.transcoding import jpeg_of
from masthead.site.announced_facts import announced_facts, edition_facts, origin_of, publication_facts
from masthead.site.answering import Served, answer_openly
from masthead.site.machine_answers import sent, sent_json
from masthead.site.reading import open_edition

_JPEGS = Shelf(48 << 20)
_MANIFEST = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
_INFORMATION = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'


@require_safe
def collection(request: HttpRequest, publication: str) -> HttpResponse:
    """All editions of a publication that everybody may read."""
    found, origin = public_publication(publication), origin_of(request)
    facts = announced_facts(origin, live_of(found))
    if not facts:
        raise NotFoundError(publication)
    said = iiif.collection(publication_facts(origin, found), facts, origin + request.path)
    return sent_json(request, said, _MANIFEST)


@require_safe
def manifest(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """An edition as canvases."""

    def send(served: Served) -> HttpResponseBase:
        edition, folder = edition_at(publication, slug), served.edition()
        if folder.manifest["status"] != "complete" or edition.build is None:
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
        origin = origin_of(request)
        facts = edition_facts(origin, edition)
        whole = origin + reverse("iiif-collection", args=[publication])
        return answer_openly(
            served, sent_json(request, iiif.manifest(facts, folder, f"{facts.home}iiif/", whole), _MANIFEST)
        )

    return open_edition(request, publication, slug, None, send)


@require_safe
def image(request: HttpRequest, publication: str, slug: str, page: int) -> HttpResponseBase:
    """The image's own address leads to what is known of it (Image API 3.0, section 5)."""

    def send(served: Served) -> HttpResponseBase:
        address = reverse("iiif-information", args=[publication, slug, page])
        return answer_openly(served, HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER))

    return open_edition(request, publication, slug, page, send)


@require_safe
def information(request: HttpRequest, publication: str, slug: str, page: int) -> HttpResponseBase:
    """The sizes in which a page's image can be had."""

    def send(served: Served) -> HttpResponseBase:
        entry = _entry(served.edition(), page)
        if entry is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        address = origin_of(request) + reverse("iiif-image", args=[publication, slug, page])
        return answer_openly(served, sent_json(request, iiif.image_information(entry, address), _INFORMATION))

    return open_edition(request, publication, slug, page, send)


@require_safe
def picture(request: HttpRequest, publication: str, slug: str, page: int, size: str) -> HttpResponseBase:
    """A page's whole image as JPEG, in one of the sizes that were made."""

    def send(served: Served) -> HttpResponseBase:
        folder = served.edition()
        entry = _entry(folder, page)
        nominal = iiif.nominal_of(entry, size) if entry else None
        if nominal is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        path = served.source.wait_for(folder.manifest["pictures"]["template"].format(width=nominal, page=page), 0)
        if path is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        try:
            data = _JPEGS.get((folder.build, page, nominal), lambda: jpeg_of(path))
        except OSError:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        return answer_openly(served, sent(request, data, "image/jpeg"))

    return open_edition(request, publication, slug, page, send)


def _entry(folder: Folder, page: int) -> dict[str, object] | None:
    """The manifest's entry of a page that has pictures."""
    entry = folder.manifest["pages"][page - 1] if 1 <= page <= folder.page_count else None
    return entry if entry and entry["sizes"] else None
