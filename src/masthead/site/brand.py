"""Sends what a publication wears: style, logo, icon, typefaces, and the reader's sentences said in its own way."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.exports.reader_files import reader_strings
from masthead.faces.failures import failure_response
from masthead.faces.sending import IMMUTABLE, REVALIDATE, TYPES
from masthead.library.branding import brand_file, own_words, style_of, version_of
from masthead.library.selectors import branded_publication


@require_safe
def style(request: HttpRequest, publication: str, version: str) -> HttpResponseBase:
    """The style sheet, kept for ever under this version."""
    css = style_of(branded_publication(publication))
    if not css:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    cache = IMMUTABLE if version_of(css) == version else REVALIDATE
    return HttpResponse(css, content_type=TYPES[".css"], headers={"Cache-Control": cache})


@require_safe
def file(request: HttpRequest, publication: str, name: str) -> HttpResponseBase:
    """The logo, the icon or a typeface; the name is that of its content."""
    data = brand_file(branded_publication(publication), name)
    if data is None:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    return HttpResponse(data, content_type=TYPES[PurePath(name).suffix], headers={"Cache-Control": IMMUTABLE})


@require_safe
def words(request: HttpRequest, publication: str, version: str, language: str) -> HttpResponseBase:
    """The reader's sentences in a language, some of them the publication's own."""
    found = branded_publication(publication)
    if language not in wording.languages():
        return failure_response(request, HTTPStatus.NOT_FOUND)
    return JsonResponse(reader_strings(language, own_words(found, language)), headers={"Cache-Control": REVALIDATE})
