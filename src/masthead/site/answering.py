"""Answers for one edition, wherever it is served: its pages and articles as HTML, files of its build, sharp tiles.

Who may have them was decided before; these functions only find and send.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from masthead.document.errors import EditionInvalidError, MastheadError
from masthead.document.overlays import NOTHING, Laid
from masthead.document.page_sets import PageSet
from masthead.edition.excerpt import excerpt_of, search_excerpt
from masthead.edition.folder import COVER, MANIFEST, SOURCE, Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.app import app_of
from masthead.exports.frame.articles import find_article, render_all_articles, render_article
from masthead.exports.frame.belonging import Belonging
from masthead.exports.frame.beneath import NOTHING as NOTHING_BENEATH
from masthead.exports.frame.beneath import Beneath, Under
from masthead.exports.frame.overlays import frames_of
from masthead.exports.frame.pages import render_all_pages, render_page
from masthead.exports.frame.presentation import PLAIN, Presentation
from masthead.exports.reader_files import reader_files
from masthead.faces.failures import failure_response
from masthead.faces.languages import asked_language, language_of
from masthead.faces.packing import Shelf
from masthead.faces.sending import TYPES, bytes_response, file_response, text_response
from masthead.site.source import Busy, EditionSource

_WAIT_SECONDS = 20.0
_PAGES = Shelf(32 << 20)  # pages of finished builds: their HTML does not change
SAFE_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_PICTURE = re.compile(r"pictures/\d{1,6}/(\d{1,9})\.\w+")
_FILE_OF_PAGE = re.compile(r"(?:pictures/\d{1,6}|pages|text)/(\d{1,9})\.\w+|figures/p(\d{1,9})-\w+\.\w+")

_FILE_OF_SOME = re.compile(r"(?:search|articles)/[A-Za-z0-9_-]+\.\w+")
_ARTICLE = re.compile(r"articles/([A-Za-z0-9_-]+)\.\w+")


@dataclass(frozen=True, slots=True)
class Served:
    """An edition and the address under which it is served, which begins and ends with a slash."""

    source: EditionSource
    home: str = "/"
    is_public: bool = field(default=True)  # else no cache that is shared may keep what is sent
    is_preview: bool = False  # nobody may keep it at all: it is not live
    pages: PageSet | None = None  # those that may be read; None: all
    belonging: Belonging | None = None  # what a house puts around it
    offers_source: bool = True  # the PDF may be had
    jpegs: bool = False  # pictures can be had as JPEG
    presentation: Presentation = PLAIN
    laid: Laid = NOTHING  # what lies on its pages
    waits_for_form: bool = False  # the other pages open once a form is filled in
    under: Under | None = None  # what the house puts beneath articles and the first page
    language: str = ""  # of the interface where nobody asks for one; "": the browser's

    def edition(self) -> Edition:
        """The edition, or what of it may be read; raises EditionInvalidError."""
        whole = self.source.edition()
        return whole if self.pages is None else self._excerpt(whole, self.pages)

    def _excerpt(self, whole: Edition, pages: PageSet) -> Edition:
        return excerpt_of(whole, pages, f"{self.home}page/{{page}}", is_form=self.waits_for_form)

    def addresses(self, request: HttpRequest, edition: Edition) -> Addresses:
        """Where the things of the edition are."""
        return Addresses(
            home=self.home,
            build=f"{self.home}b/{edition.build}/",
            origin=settings.MASTHEAD.origin or f"{request.scheme}://{request.get_host()}",
            tiles="path" in edition.manifest["source"],
            language=asked_language(request),
            jpegs=self.jpegs,
            offers_source=self.offers_source and self.pages is None,
            belonging=self.belonging,
        )

    def beneath(self, article: str, language: str) -> Beneath:
        """What the house puts beneath an article, or with "" beneath the first page, for whoever may read it."""
        is_whole = bool(article) or self.pages is None
        return self.under(article, language) if self.under and is_whole else NOTHING_BENEATH

    def language_for(self, request: HttpRequest) -> str:
        """The language of the interface."""
        return asked_language(request) or self.language or language_of(request)


def page_of_file(path: str) -> int | None:
    """The page that a file of a build shows; None where it belongs to no single page."""
    match = _FILE_OF_PAGE.fullmatch(path)
    if path == COVER:
        return 1
    return int(match[1] or match[2]) if match else None


def is_of_some_pages(path: str) -> bool:
    """Whether a file of a build can be sent to somebody who may read some of the pages, with what they may read."""
    return path == MANIFEST or bool(_FILE_OF_SOME.fullmatch(path))


def answer(served: Served, response: HttpResponseBase) -> HttpResponseBase:
    """The response, kept by no cache that is shared where not everybody may have it.

    What a reader may have by a right is asked for again each time: the right may have been taken back.
    """
    if not served.is_public:
        response["Cache-Control"] = "private, no-store" if served.is_preview else "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
    if served.belonging and served.belonging.robots:
        response["X-Robots-Tag"] = served.belonging.robots
    return response


def answer_openly(served: Served, response: HttpResponseBase) -> HttpResponseBase:
    """The same for what other sites' scripts may read too, where everybody may have it."""
    if served.is_public:
        response["Access-Control-Allow-Origin"] = "*"
    return answer(served, response)


def page(request: HttpRequest, served: Served, number: int, *, is_home: bool) -> HttpResponseBase:
    """A page as HTML."""
    try:
        edition = served.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    if not 1 <= number <= edition.page_count:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    language, addresses = served.language_for(request), served.addresses(request, edition)
    presentation = served.presentation
    beneath = served.beneath("", language) if is_home else NOTHING_BENEATH
    what = (number, is_home, language, addresses, presentation, served.pages, served.laid.version, beneath.key)

    def html() -> bytes:
        page = render_page(
            edition,
            number,
            language=language,
            addresses=addresses,
            is_home=is_home,
            presentation=presentation,
            laid=served.laid,
            beneath=beneath,
        )
        return page.encode()

    request.frames = frames_of(served.laid.overlays)  # type: ignore[attr-defined]
    return answer(served, _html(request, edition, html, what))


def article(request: HttpRequest, served: Served, slug: str) -> HttpResponseBase:
    """An article as HTML."""
    try:
        edition = served.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    found = find_article(edition, slug)
    if found is None:
        building = edition.manifest["status"] == "building"
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE if building else HTTPStatus.NOT_FOUND)
    language, addresses = served.language_for(request), served.addresses(request, edition)
    presentation = served.presentation
    beneath = served.beneath(slug, language)
    what = (slug, language, addresses, presentation, served.pages, served.laid.version, beneath.key)

    def html() -> bytes:
        page = render_article(
            edition,
            found,
            language=language,
            addresses=addresses,
            presentation=presentation,
            laid=served.laid,
            beneath=beneath,
        )
        return page.encode()

    request.frames = frames_of(served.laid.overlays)  # type: ignore[attr-defined]
    return answer(served, _html(request, edition, html, what))


def all_pages(request: HttpRequest, served: Served) -> HttpResponseBase:
    """The list of all pages."""
    try:
        edition = served.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    addresses = served.addresses(request, edition)
    language = served.language_for(request)
    html = render_all_pages(edition, language=language, addresses=addresses, presentation=served.presentation)
    return answer(served, text_response(request, html.encode()))


def all_articles(request: HttpRequest, served: Served) -> HttpResponseBase:
    """The list of all articles."""
    try:
        edition = served.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    addresses = served.addresses(request, edition)
    language = served.language_for(request)
    html = render_all_articles(edition, language=language, addresses=addresses, presentation=served.presentation)
    return answer(served, text_response(request, html.encode()))


def app(request: HttpRequest, served: Served) -> HttpResponseBase:
    """What a browser has to know to put the edition on a home screen; nothing where it cannot be kept on a device."""
    try:
        edition = served.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    if not served.presentation.offline:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    told = app_of(edition.manifest, served.addresses(request, edition), served.presentation)
    data = json.dumps(told, ensure_ascii=False).encode()
    return answer(served, bytes_response(request, data, TYPES[".webmanifest"]))


def build_file(request: HttpRequest, served: Served, build: str, path: str) -> HttpResponseBase:
    """A file of the build: never changes once the build is finished; waited for while it goes on."""
    source = served.source
    try:
        edition = source.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    grew_here = build.startswith("building-") and build[9:] == edition.manifest["source"]["sha256"][:12]
    if (build != edition.build and not grew_here) or not SAFE_PATH.fullmatch(path):
        return failure_response(request, HTTPStatus.NOT_FOUND)
    if path == SOURCE and not (served.offers_source and served.presentation.downloads):
        return failure_response(request, HTTPStatus.NOT_FOUND)
    if served.pages is not None and page_of_file(path) is None:
        return _of_some_pages(request, served, path)
    building = edition.manifest["status"] == "building"
    will_come = building and not _of_failed_page(edition, path)
    waits = will_come and not path.startswith("search/")
    try:
        file = source.wait_for(path, _WAIT_SECONDS if waits else 0)
        if file is None:
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE if will_come else HTTPStatus.NOT_FOUND)
        facts = source.facts(edition, path)
        return answer_openly(
            served, file_response(request, file, immutable=not grew_here and not building, facts=facts)
        )
    except Busy:
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    except FileNotFoundError:  # between two looks the build was finished and its folder got its name
        file = source.wait_for(path, 0)
        if file is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        return answer_openly(served, file_response(request, file, immutable=False))


def tile(
    request: HttpRequest, served: Served, build: str, page: int, width: int, column: int, row: int
) -> HttpResponseBase:
    """A sharp tile of a zoomed page."""
    source = served.source
    try:
        if build != source.edition().build:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        file = source.tile(page, width, column, row)
    except (Busy, MastheadError):
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    if file is None:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    try:
        return answer_openly(served, file_response(request, file, immutable=True))
    except FileNotFoundError:  # it had to make room for others in this very moment
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)


def _of_some_pages(request: HttpRequest, served: Served, path: str) -> HttpResponseBase:
    """What a file that belongs to several pages says of those that may be read; a whole article, or nothing of it."""
    assert served.pages is not None
    edition = served.edition()
    if path == MANIFEST:
        data = json.dumps(edition.manifest, ensure_ascii=False).encode()
        return answer_openly(served, bytes_response(request, data, TYPES[".json"]))
    file = served.source.wait_for(path, 0)
    article = _ARTICLE.fullmatch(path)
    known = not article or any(entry["id"] == article[1] for entry in edition.manifest["articles"])
    if file is None or not known:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    if article:
        return answer_openly(served, file_response(request, file, immutable=False))
    data = search_excerpt(file.read_bytes(), served.pages)
    return answer_openly(served, bytes_response(request, data, TYPES[".json"]))


def _html(
    request: HttpRequest, edition: Edition, html: Callable[[], bytes], what: tuple[object, ...]
) -> HttpResponseBase:
    if edition.manifest["status"] == "building":
        return text_response(request, html())
    return text_response(request, _PAGES.get((str(edition.path), edition.build, *what, reader_files()), html))


def _of_failed_page(edition: Edition, path: str) -> bool:
    """Whether the file is a picture of a page that could not be drawn: it will not come."""
    match = _PICTURE.fullmatch(path)
    number = int(match[1]) if match else 0
    return 0 < number <= edition.page_count and edition.manifest["pages"][number - 1]["status"] == "failed"
