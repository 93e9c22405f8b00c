"""Gives the answer for a page of an open edition again, before anybody looks for a session: most requests are these.

An answer is kept with the edition that it was made of, and given again only while the address still leads to that very
edition: `edition_at` reads its rows for every request and makes another of them as soon as one value is different. What
is kept was sent to somebody of whom nothing is known, by an edition that is open to everybody; whoever brings a session
is asked who they are, as ever.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils.http import parse_http_date_safe

from masthead.access.rules import Reason
from masthead.exports.reader_files import ReaderFiles, reader_files
from masthead.faces.hinting import COOKIE as HINT
from masthead.faces.languages import accepted_language, asked_language
from masthead.faces.middleware import Handler
from masthead.faces.packing import accepted_encoding
from masthead.faces.sending import is_fresh
from masthead.library.errors import NotFoundError
from masthead.library.selectors import edition_at
from masthead.site.counted import Read, recount
from masthead.statistics.recording import Told

_LIMIT = 48 << 20  # bytes of all answers, in each process
_LARGEST = 512 << 10  # bytes of one
_ROUTES = frozenset({"edition", "edition-page", "edition-article", "edition-file"})
_QUERY = re.compile(r"(lang=[A-Za-z-]{2,12})?")
_OF_A_BODY = frozenset({"Content-Encoding", "Content-Length"})


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with all that the middleware around it wants to know of its request."""

    body: bytes
    headers: dict[str, str]
    modified: int  # seconds since 1970; 0 where the answer does not say it
    match: ResolverMatch
    read: Read
    told: Told | None  # what it counts as
    frames: tuple[str, ...]
    framed_by: str
    files: ReaderFiles | None

    @property
    def is_still_so(self) -> bool:
        """Whether the same would be answered now."""
        edition = self.read.edition
        try:
            return edition_at(edition.publication.slug, edition.slug) is edition and reader_files() == self.files
        except NotFoundError:
            return False


class Answers:
    """Answers by what was asked; what was not asked for longest goes first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, asked: Hashable) -> Kept | None:
        """What is kept for it, whether or not it is still so."""
        with self._lock:
            found = self._kept.get(asked)
            if found is not None:
                self._kept.move_to_end(asked)
        return found

    def keep(self, asked: Hashable, kept: Kept | None) -> None:
        """Keep it; None forgets what was kept."""
        with self._lock:
            before = self._kept.pop(asked, None)
            self._size -= len(before.body) if before else 0
            if kept is None:
                return
            self._kept[asked] = kept
            self._size += len(kept.body)
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1].body)


_ANSWERS = Answers(_LIMIT)


def keep_answers(handler: Handler) -> Handler:
    """Answer from memory where that is the answer; the others come to `handler`."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        asked = _asked(request)
        if asked is None:
            return handler(request)
        kept = _ANSWERS.get(asked)
        if kept is not None:
            if kept.is_still_so:
                return _again(request, kept)
            _ANSWERS.keep(asked, None)
        response = handler(request)
        made = _kept_of(request, response)
        if made is not None:
            _ANSWERS.keep(asked, made)
        return response

    return handle


def _asked(request: HttpRequest) -> Hashable | None:
    """All of a request that its answer depends on; None where the answer depends on more, such as who asks."""
    query = request.META.get("QUERY_STRING", "")
    if request.method not in ("GET", "HEAD") or "HTTP_RANGE" in request.META or not _QUERY.fullmatch(query):
        return None
    if request.META.get("HTTP_COOKIE") and not request.COOKIES.keys().isdisjoint((settings.SESSION_COOKIE_NAME, HINT)):
        return None
    return (
        request.scheme,
        request.get_host(),
        request.path,
        asked_language(request) if query else "",
        accepted_language(request.META.get("HTTP_ACCEPT_LANGUAGE", "")),
        accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")),
    )


def _kept_of(request: HttpRequest, response: HttpResponseBase) -> Kept | None:
    """What to keep of an answer that was just made; None where nothing is to be kept."""
    read, match = getattr(request, "edition_read", None), request.resolver_match
    if read is None or match is None or match.url_name not in _ROUTES:
        return None
    if response.status_code != HTTPStatus.OK or response.cookies or not isinstance(response, HttpResponse):
        return None
    edition, is_framed = read.edition, getattr(request, "may_be_framed", False)
    if read.given.reason != Reason.OPEN or edition.build is None or not is_framed or "ETag" not in response:
        return None
    if match.kwargs.get("build", edition.build.build_id) != edition.build.build_id or len(response.content) > _LARGEST:
        return None
    return Kept(
        body=response.content,
        headers=dict(response.items()),
        modified=parse_http_date_safe(response.get("Last-Modified", "")) or 0,
        match=match,
        read=read,
        told=getattr(request, "edition_told", None),
        frames=tuple(getattr(request, "frames", ())),
        framed_by=getattr(request, "framed_by", ""),
        files=reader_files(),
    )


def _again(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """The answer, or that it is what the browser has already; counted like the first."""
    request.resolver_match = kept.match
    request.may_be_framed = True  # type: ignore[attr-defined]
    request.framed_by, request.frames = kept.framed_by, kept.frames  # type: ignore[attr-defined]
    if is_fresh(request, kept.headers["ETag"], kept.modified):
        headers = {name: value for name, value in kept.headers.items() if name not in _OF_A_BODY}
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    else:
        response = HttpResponse(kept.body, headers=kept.headers)
    return recount(request, response, kept.read, kept.told) if kept.told else response
