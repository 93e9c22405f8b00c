"""The addresses of one edition that is served from its folder."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_safe

from masthead import __version__
from masthead.document.errors import EditionInvalidError, MastheadError
from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.articles import find_article, render_all_articles, render_article
from masthead.exports.frame.pages import render_all_pages, render_page
from masthead.exports.reader_files import FOLDER as READER_FOLDER
from masthead.exports.reader_files import reader_files
from masthead.site.failures import asked_language, failure_response, language_of
from masthead.site.files import file_response, text_response
from masthead.site.packing import Shelf
from masthead.site.source import Busy, EditionSource

_WAIT_SECONDS = 20.0
_PAGES = Shelf(32 << 20)  # pages of finished builds: their HTML does not change
_SAFE_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_PICTURE = re.compile(r"pictures/\d{1,6}/(\d{1,9})\.\w+")
_HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#9c2f1b"/>'
    '<path d="M8 24V8l8 9 8-9v16" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round"/></svg>'
)


def _source() -> EditionSource:
    source: EditionSource = settings.EDITION_SOURCE
    return source


def _addresses(request: HttpRequest, edition: Edition) -> Addresses:
    has_tiles = "path" in edition.manifest["source"]
    return Addresses(
        build=f"/b/{edition.build}/",
        origin=settings.MASTHEAD.origin or f"{request.scheme}://{request.get_host()}",
        tiles=has_tiles,
        language=asked_language(request),
    )


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The edition's own address: its first page."""
    return _page(request, 1, is_home=True)


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponseBase:
    """A page."""
    return _page(request, number, is_home=False)


def _page(request: HttpRequest, number: int, *, is_home: bool) -> HttpResponseBase:
    try:
        edition = _source().edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    if not 1 <= number <= edition.page_count:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    language, addresses = language_of(request), _addresses(request, edition)

    def html() -> bytes:
        page = render_page(edition, number, language=language, addresses=addresses, is_home=is_home)
        return page.encode()

    if edition.manifest["status"] == "building":
        return text_response(request, html())
    key = (str(edition.path), edition.build, number, is_home, language, addresses, reader_files())
    return text_response(request, _PAGES.get(key, html))


@require_safe
def all_pages(request: HttpRequest) -> HttpResponseBase:
    """The list of all pages."""
    try:
        edition = _source().edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    html = render_all_pages(edition, language=language_of(request), addresses=_addresses(request, edition))
    return text_response(request, html.encode())


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An article."""
    try:
        edition = _source().edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    found = find_article(edition, slug)
    if found is None:
        building = edition.manifest["status"] == "building"
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE if building else HTTPStatus.NOT_FOUND)
    language, addresses = language_of(request), _addresses(request, edition)

    def html() -> bytes:
        return render_article(edition, found, language=language, addresses=addresses).encode()

    key = (str(edition.path), edition.build, slug, language, addresses, reader_files())
    return text_response(request, _PAGES.get(key, html))


@require_safe
def all_articles(request: HttpRequest) -> HttpResponseBase:
    """The list of all articles."""
    try:
        edition = _source().edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    html = render_all_articles(edition, language=language_of(request), addresses=_addresses(request, edition))
    return text_response(request, html.encode())


@require_safe
def build_file(request: HttpRequest, build: str, path: str) -> HttpResponseBase:
    """A file of the build: never changes once the build is finished; waited for while it goes on."""
    source = _source()
    try:
        edition = source.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    grew_here = build.startswith("building-") and build[9:] == edition.manifest["source"]["sha256"][:12]
    if (build != edition.build and not grew_here) or not _SAFE_PATH.fullmatch(path):
        return failure_response(request, HTTPStatus.NOT_FOUND)
    building = edition.manifest["status"] == "building"
    will_come = building and not _of_failed_page(edition, path)
    waits = will_come and not path.startswith("search/")
    try:
        file = source.wait_for(path, _WAIT_SECONDS if waits else 0)
        if file is None:
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE if will_come else HTTPStatus.NOT_FOUND)
        facts = source.facts(edition, path)
        return file_response(request, file, immutable=not grew_here and not building, facts=facts)
    except Busy:
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    except FileNotFoundError:  # between two looks the build was finished and its folder got its name
        file = source.wait_for(path, 0)
        status = HTTPStatus.NOT_FOUND
        return file_response(request, file, immutable=False) if file else failure_response(request, status)


def _of_failed_page(edition: Edition, path: str) -> bool:
    """Whether the file is a picture of a page that could not be drawn: it will not come."""
    match = _PICTURE.fullmatch(path)
    number = int(match[1]) if match else 0
    return 0 < number <= edition.page_count and edition.manifest["pages"][number - 1]["status"] == "failed"


@require_safe
def tile(request: HttpRequest, build: str, page: int, width: int, column: int, row: int) -> HttpResponseBase:
    """A sharp tile of a zoomed page."""
    source = _source()
    try:
        if build != source.edition().build:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        file = source.tile(page, width, column, row)
    except (Busy, MastheadError):
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    if file is None:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    try:
        return file_response(request, file, immutable=True)
    except FileNotFoundError:  # it had to make room for others in this very moment
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)


@require_safe
def reader_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the built reader."""
    file = READER_FOLDER / path
    if not _SAFE_PATH.fullmatch(path) or not file.is_file():
        return failure_response(request, HTTPStatus.NOT_FOUND)
    return file_response(request, file, immutable=bool(_HASHED.search(path)))


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether an edition can be served."""
    try:
        edition = _source().edition()
    except EditionInvalidError as error:
        return JsonResponse({"status": "failed", "reason": str(error)}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    state = {"status": "ok", "version": __version__, "build": edition.build, "edition": edition.manifest["status"]}
    return JsonResponse(state)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be found."""
    return HttpResponse("User-agent: *\nAllow: /\nDisallow: /b/*/source.pdf\n", content_type="text/plain")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The icon in the browser's tab."""
    return HttpResponse(_ICON, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def no_icon(request: HttpRequest) -> HttpResponseBase:
    """Browsers that ask for the old name."""
    return HttpResponseRedirect("/favicon.svg")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Any other address."""
    return failure_response(request, HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """A request that makes no sense, such as an impossible host."""
    return failure_response(request, HTTPStatus.BAD_REQUEST)


def failed(request: HttpRequest) -> HttpResponseBase:
    """An accident outside of a view."""
    return failure_response(request, HTTPStatus.INTERNAL_SERVER_ERROR)
