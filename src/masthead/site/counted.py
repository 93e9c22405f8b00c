"""What the server counts of its own answers: pages, downloads, searches, feeds. Never of staff, robots, proofs."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from masthead.access.rules import Answer, Reason
from masthead.accounts.rights import Action
from masthead.accounts.selectors import can
from masthead.faces.looks import person_of
from masthead.library.inheriting import is_on
from masthead.library.selectors import Edition, Publication, can_do
from masthead.site.source import EditionSource
from masthead.statistics.devices import is_program
from masthead.statistics.items import all_items, items_on_page
from masthead.statistics.kinds import Access, Kind
from masthead.statistics.recording import Place, Told, Visitor, record

log = logging.getLogger("masthead.statistics")
_NOT_READERS = (Reason.STAFF, Reason.PROOF)
_OF_ITEMS = (Kind.PAGE, Kind.ARTICLE, Kind.DOWNLOAD, Kind.SHARE)  # for the others no edition folder has to be here
_SENT = (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class Read:
    """An edition that was opened for somebody, and why they may."""

    edition: Edition
    given: Answer
    source: EditionSource


def read(request: HttpRequest, edition: Edition, given: Answer, source: EditionSource) -> None:
    """Remember what the request opened."""
    request.edition_read = Read(edition, given, source)  # type: ignore[attr-defined]


def counting_address(edition: Edition, given: Answer) -> str:
    """Where the reader tells what is read; "" where it is not counted."""
    if given.reason in _NOT_READERS or edition.build is None or not is_on(edition, "counting"):
        return ""
    return reverse("edition-count", args=[edition.publication.slug, edition.slug])


def counted(
    request: HttpRequest,
    response: HttpResponseBase,
    kind: Kind,
    *,
    page: int | None = None,
    name: str = "",
    pages: Collection[int] = (),
) -> HttpResponseBase:
    """The response, counted if it carried what was asked for. Counting never fails an answer.

    `pages` are those of which a download is made, where it is not of all.
    """
    opened: Read | None = getattr(request, "edition_read", None)
    if opened is None or response.status_code not in _SENT:
        return response
    try:
        told = _told(opened, kind, page, name, pages)
    except Exception:  # whatever it is: who reads is not to suffer from being counted
        log.exception("an answer was not counted")
        return response
    request.edition_told = told  # type: ignore[attr-defined]
    return recount(request, response, opened, told)


def recount(request: HttpRequest, response: HttpResponseBase, opened: Read, told: Told) -> HttpResponseBase:
    """The response, counted as what is told of it already."""
    if not _begins(request):
        return response
    try:
        if is_reader(request, opened):
            record(place_of(opened.edition), visitor_of_request(request), told, timezone.now())
    except Exception:  # as above
        log.exception("an answer was not counted")
    return response


def _told(opened: Read, kind: Kind, page: int | None, name: str, pages: Collection[int]) -> Told:
    items: tuple[str, ...] = ()
    if kind in _OF_ITEMS:
        manifest = opened.source.edition().manifest
        shown = items_on_page(manifest, page) if page else (name,)
        items = all_items(manifest) if kind == Kind.DOWNLOAD else shown
        if pages:
            items = tuple(dict.fromkeys(item for one in pages for item in items_on_page(manifest, one)))
    return Told(kind, page=page, name=name, items=items, access=access_of(opened.given))


def is_reader(request: HttpRequest, opened: Read) -> bool:
    """Whether a person reads who may be counted: no robot, nobody of the staff, nobody with a proof."""
    edition = opened.edition
    if opened.given.reason in _NOT_READERS or edition.build is None or not _may_count(request, edition):
        return False
    person = person_of(request)
    return person is None or not can_do(person, Action.VIEW, edition)


def search_counted(request: HttpRequest, publications: Iterable[Publication], words: str, hits: int) -> None:
    """A search of the archive, for each house whose publications it looked through."""
    found = list(publications)
    within = found[0] if len(found) == 1 else None
    houses = {publication.publisher_id: publication for publication in found}
    for publication in houses.values():
        _of_house(request, publication, within, Told(Kind.SEARCH, name=words, number=hits))


def feed_counted(request: HttpRequest, publication: Publication) -> None:
    """A feed that was fetched: by programs, for people."""
    _of_house(request, publication, publication, Told(Kind.FEED), is_program_welcome=True)


def visitor_of_request(request: HttpRequest) -> Visitor:
    """Who asks."""
    led = urlsplit(request.headers.get("Referer", "")).netloc
    own = request.get_host()
    agent = request.headers.get("User-Agent", "")[:400]
    return Visitor(_address(request), agent, "" if led == own else led.partition(":")[0])


def place_of(edition: Edition) -> Place:
    """Whose statistics an edition's events belong to."""
    return Place(edition.publication.publisher, edition.publication_id, edition.pk)


def access_of(given: Answer) -> Access:
    """Whether everybody may read it, or a right was needed."""
    return Access.FREE if given.reason == Reason.OPEN else Access.CONTROLLED


def _of_house(
    request: HttpRequest,
    publication: Publication,
    within: Publication | None,
    told: Told,
    *,
    is_program_welcome: bool = False,
) -> None:
    try:
        person = person_of(request)
        if not _may_count(request, publication, is_program_welcome=is_program_welcome):
            return
        if person is None or not can(person, Action.VIEW, publication.publisher_id):
            place = Place(publication.publisher, within.pk if within else "")
            record(place, visitor_of_request(request), told, timezone.now())
    except Exception:  # as above
        log.exception("an answer was not counted")


def _address(request: HttpRequest) -> str:
    """The network address of whoever asks; that of the last proxy where the others do not say enough."""
    try:
        return get_client_ip(request) or ""
    except (ImproperlyConfigured, ValueError):
        return str(request.META.get("REMOTE_ADDR", ""))


def _may_count(request: HttpRequest, of: Edition | Publication, *, is_program_welcome: bool = False) -> bool:
    """Whether the publisher counts, the visitor does not ask to be left out, and no robot fetches ahead of anybody."""
    headers = request.headers
    if request.method not in ("GET", "POST") or "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", "")):
        return False
    if not is_program_welcome and is_program(headers.get("User-Agent", "")):
        return False
    if not is_on(of, "counting"):
        return False
    asks = headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1"
    return not (asks and is_on(of, "privacy_signals"))


def _begins(request: HttpRequest) -> bool:
    """Whether the answer begins at the beginning: a file that comes in parts counts once."""
    wanted = request.headers.get("Range", "")
    return not wanted or wanted.strip().startswith("bytes=0-")
