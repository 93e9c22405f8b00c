"""The addresses at which machines learn what there is: feeds, catalogues, the reader's archive, sitemaps, robots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.access.announcing import announced, listed
from masthead.document.errors import EditionInvalidError
from masthead.exports.announcing import feeds, listing, opds1, opds2, robots, sitemap
from masthead.exports.announcing.opds1 import Place
from masthead.faces.failures import failure_response
from masthead.faces.looks import house_name
from masthead.library.errors import NotFoundError
from masthead.library.public import current_editions, live_of, live_search, live_setting
from masthead.library.reach import reach_of
from masthead.library.selectors import Edition, Publication, public_publication
from masthead.site.announced_facts import edition_facts, listed_facts, origin_of, publication_facts
from masthead.site.answering import Served, answer_openly
from masthead.site.counted import feed_counted
from masthead.site.machine_answers import sent, sent_json
from masthead.site.reading import open_edition
from masthead.site.sources import source_of

_LISTED = 60  # editions in one part of the reader's list
_EDITIONS_A_SITEMAP = 100
_ATOM, _RSS = "application/atom+xml; charset=utf-8", "application/rss+xml; charset=utf-8"
_XML = "application/xml; charset=utf-8"


def _known(slug: str) -> Publication:
    """A publication that something is live of: the others are not spoken of."""
    publication = public_publication(slug)
    if not live_of(publication).exists():
        raise NotFoundError(slug)
    return publication


@require_safe
def atom(request: HttpRequest, publication: str) -> HttpResponse:
    """The newest editions as an Atom feed."""
    found, origin = _known(publication), origin_of(request)
    feed_counted(request, found)
    editions = listed_facts(origin, live_of(found)[: feeds.LENGTH])
    return sent(request, feeds.atom(publication_facts(origin, found), editions, origin + request.path), _ATOM)


@require_safe
def rss(request: HttpRequest, publication: str) -> HttpResponse:
    """The newest editions as an RSS feed."""
    found, origin = _known(publication), origin_of(request)
    feed_counted(request, found)
    editions = listed_facts(origin, live_of(found)[: feeds.LENGTH])
    return sent(request, feeds.rss(publication_facts(origin, found), editions, origin + request.path), _RSS)


@require_safe
def editions(request: HttpRequest, publication: str) -> HttpResponse:
    """The editions for the reader's own archive, a part at a time."""
    found, origin, number = _known(publication), origin_of(request), _number(request)
    rows = list(live_of(found)[(number - 1) * _LISTED : number * _LISTED + 1])
    following = f"{request.path}?part={number + 1}" if len(rows) > _LISTED else ""
    facts = listed_facts("", rows[:_LISTED])
    return sent_json(request, listing.listing(publication_facts(origin, found), facts, following))


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The root of the OPDS 1.2 catalogue."""
    origin = origin_of(request)
    rows = [
        (publication_facts(origin, publication), origin + reverse("opds-publication", args=[publication.slug]))
        for publication in _publications()
    ]
    place = Place(origin + request.path, origin + reverse("opds"), search=origin + reverse("opds-search-description"))
    data = opds1.navigation(house_name(), rows, _last_change(), place)
    return sent(request, data, opds1.NAVIGATION)


@require_safe
def catalogue_json(request: HttpRequest) -> HttpResponse:
    """The root of the OPDS 2.0 catalogue."""
    origin = origin_of(request)
    rows = [
        (publication_facts(origin, publication), origin + reverse("opds2-publication", args=[publication.slug]))
        for publication in _publications()
    ]
    place = Place(origin + request.path, origin + reverse("opds2"))
    return sent_json(request, opds2.navigation(house_name(), rows, _last_change(), place), opds2.FEED)


@require_safe
def publication_catalogue(request: HttpRequest, publication: str) -> HttpResponse:
    """A page of a publication's OPDS 1.2 catalogue."""
    found, origin, number = _known(publication), origin_of(request), _number(request)
    place, rows, _ = _part(request, origin, found, number, "opds")
    data = opds1.acquisition(publication_facts(origin, found), listed_facts(origin, rows), place)
    return sent(request, data, opds1.ACQUISITION)


@require_safe
def publication_catalogue_json(request: HttpRequest, publication: str) -> HttpResponse:
    """A page of a publication's OPDS 2.0 catalogue."""
    found, origin, number = _known(publication), origin_of(request), _number(request)
    place, rows, total = _part(request, origin, found, number, "opds2")
    data = opds2.acquisition(
        publication_facts(origin, found),
        listed_facts(origin, rows),
        place,
        total=total,
        page=number,
        length=opds1.LENGTH,
    )
    return sent_json(request, data, opds2.FEED)


@require_safe
def edition_entry(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """An edition as the OPDS 2.0 catalogue tells it."""

    def send(served: Served) -> HttpResponseBase:
        if served.belonging is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        return answer_openly(
            served, sent_json(request, opds2.publication_of(served.belonging.facts), opds2.PUBLICATION)
        )

    return open_edition(request, publication, slug, None, send)


@require_safe
def search_description(request: HttpRequest) -> HttpResponse:
    """How programs search the catalogue."""
    template = f"{origin_of(request)}{reverse('opds-search')}?q={{searchTerms}}"
    data = opds1.search_description(house_name(), template)
    return sent(request, data, "application/opensearchdescription+xml")


@require_safe
def catalogue_search(request: HttpRequest) -> HttpResponse:
    """Editions whose names have the words asked for, as a page of the OPDS 1.2 catalogue."""
    origin = origin_of(request)
    words = request.GET.get("q", "")[:200]
    found = listed_facts(origin, live_search(words)[: opds1.LENGTH]) if words.strip() else []
    place = Place(request.build_absolute_uri(), origin + reverse("opds"), up=origin + reverse("opds"))
    house = found[0].publication if found else None
    data = (
        opds1.acquisition(house, found, place)
        if house is not None
        else opds1.navigation(house_name(), [], _last_change(), place)
    )
    return sent(request, data, opds1.ACQUISITION if house else opds1.NAVIGATION)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of the house: that of its own pages, and those of each publication."""
    origin = origin_of(request)
    rows: list[sitemap.Entry] = [(origin + reverse("sitemap-house"), _last_change())]
    for publication in _publications():
        groups = _groups(publication)
        for number, group in enumerate(groups, start=1):
            changed = max((edition.changed_at for edition in group), default=None)
            rows.append((origin + reverse("sitemap-publication", args=[publication.slug, number]), changed))
    return sent(request, sitemap.index(rows), _XML)


@require_safe
def sitemap_house(request: HttpRequest) -> HttpResponse:
    """The house's home and its publications."""
    origin = origin_of(request)
    rows: list[sitemap.Entry] = [(origin + reverse("home"), _last_change())]
    for edition in listed(current_editions()):
        rows.append((origin + reverse("publication", args=[edition.publication.slug]), edition.changed_at))
    return sent(request, sitemap.sitemap(rows), _XML)


@require_safe
def sitemap_publication(request: HttpRequest, publication: str, number: int) -> HttpResponse:
    """Pages and articles of some of a publication's editions."""
    groups = _groups(_known(publication))
    if not 1 <= number <= len(groups):
        raise NotFoundError(str(number))
    return sent(request, sitemap.sitemap(_addresses(origin_of(request), groups[number - 1])), _XML)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What robots may fetch."""
    origin = origin_of(request)
    without = [
        reverse("edition", args=[edition.publication.slug, edition.slug])
        for edition in announced(live_setting("ai_crawlers"))
        if not reach_of(edition).ai_crawlers
    ]
    text = robots.robots_txt(origin + reverse("sitemap"), without)
    return sent(request, text.encode(), "text/plain; charset=utf-8")


def _part(
    request: HttpRequest, origin: str, publication: Publication, number: int, route: str
) -> tuple[Place, Sequence[Edition], int]:
    """A page of a catalogue: where it stands, its editions, how many there are on all pages."""
    rows, total = live_of(publication), live_of(publication).count()
    own = origin + request.path

    def at(part: int) -> str:
        return own if part == 1 else f"{own}?part={part}"

    last = max(1, -(-total // opds1.LENGTH))
    if number > last:
        raise NotFoundError(str(number))
    place = Place(
        own=at(number),
        start=origin + reverse(route),
        up=origin + reverse(route),
        first=at(1) if last > 1 else "",
        previous=at(number - 1) if number > 1 else "",
        following=at(number + 1) if number < last else "",
    )
    return place, list(rows[(number - 1) * opds1.LENGTH : number * opds1.LENGTH]), total


def _groups(publication: Publication) -> list[list[Edition]]:
    """Announced editions that search engines may keep, oldest first, so that only the last sitemap changes.

    As many in a sitemap as surely fit: an issue has fewer than two articles a page.
    """
    groups: list[list[Edition]] = []
    room = 0
    for edition in reversed(announced(live_of(publication))):
        if not reach_of(edition).indexing:
            continue
        weight = 3 * (edition.build.pages if edition.build else 0) + 1
        if not groups or weight > room or len(groups[-1]) >= _EDITIONS_A_SITEMAP:
            groups.append([])
            room = sitemap.LIMIT
        groups[-1].append(edition)
        room -= weight
    return groups


def _addresses(origin: str, editions: Sequence[Edition]) -> Iterator[sitemap.Entry]:
    for edition in editions:
        facts = edition_facts(origin, edition)
        try:
            folder = source_of(edition.build.folder if edition.build else "").edition()
        except EditionInvalidError:  # its folder is gone: the others can be found all the same
            yield facts.home, facts.changed
            continue
        yield from sitemap.entries_of(facts, folder)


def _last_change() -> datetime | None:
    return max((edition.changed_at for edition in listed(current_editions())), default=None)


def _publications() -> list[Publication]:
    """Those that something can be read of."""
    return [edition.publication for edition in listed(current_editions())]


def _number(request: HttpRequest) -> int:
    """The part of a list that is asked for, from 1."""
    part = request.GET.get("part", "1")
    return max(1, int(part)) if part.isdecimal() and len(part) < 6 else 1
