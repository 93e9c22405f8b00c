"""The address that readers' scripts tell what is read: small batches, checked, of what the person may read only."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from masthead.access.rules import may_read
from masthead.document.errors import EditionInvalidError
from masthead.faces.looks import person_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_at
from masthead.orders.checking import key_of
from masthead.production.overlays.selectors import laid_of
from masthead.site.counted import Read, access_of, is_reader, place_of, visitor_of_request
from masthead.site.proofs import opened
from masthead.site.reading import open_edition
from masthead.site.recipients import recipient_told
from masthead.site.sources import source_of
from masthead.statistics.items import has_article, items_on_page
from masthead.statistics.kinds import Access, Kind, Source
from masthead.statistics.recording import Told, Visitor, record

_LARGEST = 8192  # bytes of a batch
_EVENTS = 50
_BATCHES, _WINDOW = 120, 600.0  # of one visitor in so many seconds, in this process
_REMEMBERED = 4096  # visitors
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_ASKED: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
_ASKING = threading.Lock()


class ToldByReader(BaseModel):
    """An event as the reader writes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["open", "page", "article", "time", "search", "link", "overlay", "share", "product", "cart"]
    ago: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    page: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    article: Annotated[str, Field(max_length=200)] = ""
    seconds: Annotated[int, Field(ge=0, le=1800)] = 0
    words: Annotated[str, Field(max_length=200)] = ""
    hits: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    address: Annotated[str, Field(max_length=2000)] = ""
    overlay: Annotated[str, Field(max_length=60)] = ""
    to: Annotated[int, Field(ge=1, le=1_000_000)] | None = None  # the page to which a link leads
    code: Annotated[str, Field(max_length=60)] = ""
    way: Annotated[str, Field(pattern=r"^[a-z_-]{0,20}$")] = ""


class Batch(BaseModel):
    """What a reader tells at once. The name is the same if it is sent twice."""

    model_config = ConfigDict(extra="forbid", strict=True)

    batch: Annotated[str, Field(pattern=r"^[0-9a-z]{8,32}$")]
    referrer: Annotated[str, Field(max_length=100, pattern=r"^[A-Za-z0-9.-]*$")] = ""
    events: Annotated[list[ToldByReader], Field(min_length=1, max_length=_EVENTS)]


@csrf_exempt  # a browser sends it while the page closes, and can add nothing; where it comes from is checked instead
def count(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """Keep a batch. The answer is empty whether or not it counts: a reader is told nothing by it."""
    if request.method != "POST":
        return open_edition(request, publication, slug, None, lambda _: HttpResponseNotAllowed(["POST"]))
    if not _is_from_here(request):
        return _answer(HTTPStatus.FORBIDDEN)
    visitor = visitor_of_request(request)
    if _is_too_often(visitor):
        return _answer(HTTPStatus.TOO_MANY_REQUESTS)
    batch = _batch(request)
    if isinstance(batch, HTTPStatus):
        return _answer(batch)
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return _answer(HTTPStatus.NOT_FOUND)
    given = may_read(person_of(request), edition, None, opened(request))
    if not (given.allowed or given.pages) or edition.build is None:
        return _answer(HTTPStatus.NOT_FOUND)
    source = source_of(edition.build.folder)
    if is_reader(request, Read(edition, given, source)):
        try:
            _keep(request, edition, source.edition().manifest, batch, visitor)
        except EditionInvalidError:
            return _answer(HTTPStatus.GONE)
    return _answer(HTTPStatus.NO_CONTENT)


def _keep(request: HttpRequest, edition: Edition, manifest: Mapping[str, Any], batch: Batch, visitor: Visitor) -> None:
    who = Visitor(visitor.address, visitor.agent, batch.referrer)
    place, now = place_of(edition), timezone.now()
    kept = list(_allowed(request, edition, manifest, batch))
    for told in kept:
        record(place, who, told, now)
    recipient_told(request, edition, batch.batch, kept)


def _allowed(request: HttpRequest, edition: Edition, manifest: Mapping[str, Any], batch: Batch) -> Iterator[Told]:
    """The events of pages and articles that are there and that this person may read."""
    accesses: dict[int | None, Access | None] = {}
    for number, said in enumerate(batch.events):
        page = _page_of(manifest, said)
        if page == 0:
            continue
        if page not in accesses:
            given = may_read(person_of(request), edition, page, opened(request))
            accesses[page] = access_of(given) if given.allowed else None
        access = accesses[page]
        if Kind(said.kind) is Kind.OVERLAY and not _lies_there(edition, manifest, said):
            continue
        told = _told(manifest, said, access, f"{batch.batch} {number}") if access else None
        if told is not None:
            yield told


def _page_of(manifest: Mapping[str, Any], said: ToldByReader) -> int | None:
    """The page that decides whether it may be read; 0 where there is no such page or article."""
    if said.article:
        found = next((entry for entry in manifest["articles"] if entry["slug"] == said.article), None)
        return found["pages"][0] if found and found["pages"] else 0
    if said.page is None:
        return 0 if said.kind in (Kind.PAGE, Kind.TIME, Kind.ARTICLE) else None
    return said.page if said.page <= len(manifest["pages"]) else 0


def _lies_there(edition: Edition, manifest: Mapping[str, Any], said: ToldByReader) -> bool:
    """Whether what was opened lies on its page, so that nobody fills the totals with names of their own."""
    if said.page is None:
        return False
    if said.to is not None:
        return said.to <= len(manifest["pages"])
    return any(one.id == said.overlay for one in laid_of(edition).on(said.page))


def _told(manifest: Mapping[str, Any], said: ToldByReader, access: Access, identity: str) -> Told | None:
    kind = Kind(said.kind)
    page: int | None = None if said.article else said.page
    name, number = said.article, said.seconds
    items: tuple[str, ...] = ()
    if kind == Kind.ARTICLE and not has_article(manifest, said.article):
        return None
    if kind in (Kind.ARTICLE, Kind.SHARE) and said.article:
        items = (said.article,)
    elif kind in (Kind.PAGE, Kind.SHARE) and page:
        items = items_on_page(manifest, page)
    if kind == Kind.LINK:
        name, page = said.address, said.page
        if urlsplit(name).scheme not in _SCHEMES:
            return None
    elif kind == Kind.SEARCH:
        name, number, page = said.words, said.hits, None
    elif kind == Kind.OVERLAY:
        name = said.overlay if said.to is None else f"page:{said.to}"
    elif kind == Kind.SHARE:
        name = said.way
    elif kind in (Kind.PRODUCT, Kind.CART):
        name = key_of(said.code)
        if not name or page is None:
            return None
    return Told(kind, Source.READER, page, name, number, items, access, said.ago, identity)


def _batch(request: HttpRequest) -> Batch | HTTPStatus:
    try:
        size = int(request.headers.get("Content-Length") or 0)
        if size > _LARGEST:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return Batch.model_validate_json(request.body)
    except (ValueError, ValidationError, RequestDataTooBig):
        return HTTPStatus.BAD_REQUEST


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this house sends it: browsers say so, and scripts cannot say otherwise."""
    origin = request.headers.get("Origin", "")
    if origin:
        return urlsplit(origin).netloc == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _is_too_often(visitor: Visitor) -> bool:
    now, key = time.monotonic(), (visitor.address, visitor.agent)
    with _ASKING:
        begun, number = _ASKED.get(key, (now, 0))
        if now - begun > _WINDOW:
            begun, number = now, 0
        _ASKED[key] = (begun, number + 1)
        _ASKED.move_to_end(key)
        while len(_ASKED) > _REMEMBERED:
            _ASKED.popitem(last=False)
    return number >= _BATCHES


def _answer(status: HTTPStatus) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": "no-store"})
