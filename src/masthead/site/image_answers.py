"""The addresses of IIIF: manifests of editions, collections of publications, and images of pages (level 1)."""

from __future__ import annotations

import threading
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.edition.folder import Edition as Folder
from masthead.exports.announcing import iiif, iiif_images
from masthead.exports.announcing.iiif_images import Piece
from masthead.faces.failures import failure_response
from masthead.faces.packing import Shelf
from masthead.library.errors import NotFoundError
from masthead.library.public import live_of
from masthead.library.selectors import edition_at, public_publication
from masthead.pictures.transcoding import jpeg_piece
from masthead.site.announced_facts import announced_facts, edition_facts, origin_of, publication_facts
from masthead.site.answering import Served, answer_openly
from masthead.site.machine_answers import sent, sent_json
from masthead.site.reading import open_edition
from masthead.site.source import PATIENT, Busy

_JPEGS = Shelf(48 << 20)
_WAITING = threading.BoundedSemaphore(PATIENT)
_CUTTING = threading.BoundedSemaphore(2)
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
            served, sent_json(request, iiif.manifest(facts, folder, f"{facts.home}iiif/", whole, "level1"), _MANIFEST)
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
    """What can be had of a page's image."""

    def send(served: Served) -> HttpResponseBase:
        entry = _entry(served.edition(), page)
        if entry is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        address = origin_of(request) + reverse("iiif-image", args=[publication, slug, page])
        return answer_openly(
            served, sent_json(request, iiif_images.information(entry, address, "level1"), _INFORMATION)
        )

    return open_edition(request, publication, slug, page, send)


@require_safe
def picture(request: HttpRequest, publication: str, slug: str, page: int, region: str, size: str) -> HttpResponseBase:
    """A part of a page's image, or all of it, as JPEG (Image API 3.0, section 4)."""

    def send(served: Served) -> HttpResponseBase:
        folder = served.edition()
        entry = _entry(folder, page)
        if entry is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        piece = iiif_images.piece_of(entry, region, size)
        if piece is None:
            return failure_response(request, HTTPStatus.BAD_REQUEST)
        nominal = iiif_images.sharp_enough(entry, piece)
        path = served.source.wait_for(folder.manifest["pictures"]["template"].format(width=nominal, page=page), 0)
        if path is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        try:
            key = (folder.build, page, piece)
            data = _JPEGS.get(key, lambda: _cut(path, iiif_images.whole_of(entry), piece))
        except Busy:
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
        except OSError:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        return answer_openly(served, sent(request, data, "image/jpeg"))

    return open_edition(request, publication, slug, page, send)


def _cut(path: Path, whole: tuple[int, int], piece: Piece) -> bytes:
    """The piece out of a picture, few at a time: anybody may ask for any, and the server's threads are for all."""
    if not _WAITING.acquire(blocking=False):
        raise Busy
    try:
        with _CUTTING:
            width, height = whole
            right, bottom = piece.left + piece.width, piece.top + piece.height
            part = (piece.left / width, piece.top / height, right / width, bottom / height)
            return jpeg_piece(path, part, (piece.wanted_width, piece.wanted_height))
    finally:
        _WAITING.release()


def _entry(folder: Folder, page: int) -> dict[str, Any] | None:
    """The manifest's entry of a page that has pictures."""
    entry = folder.manifest["pages"][page - 1] if 1 <= page <= folder.page_count else None
    return entry if entry and entry["sizes"] else None
