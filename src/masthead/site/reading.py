"""The addresses of an edition in the house: each asks `access` before anything of the edition is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.access.devices import device_add
from masthead.access.rules import Answer, Reason, may_read
from masthead.document.overlays import Laid
from masthead.edition.folder import SOURCE
from masthead.exports.frame.articles import find_article
from masthead.faces.failures import failure_response
from masthead.faces.languages import asked_language, language_of
from masthead.faces.looks import person_of
from masthead.library.build_folders import can_be_read_here, is_stored
from masthead.library.builds import folder_of_build
from masthead.library.errors import NotFoundError
from masthead.library.reach import Reach, reach_of
from masthead.library.selectors import Edition, edition_at
from masthead.production.overlays.selectors import laid_of
from masthead.production.selectors import growing_folder_of
from masthead.site import answering
from masthead.site.announced_facts import belonging_of, origin_of
from masthead.site.answering import Served
from masthead.site.carrying import remember_device, remember_site
from masthead.site.clippings import send_clipping
from masthead.site.comment_threads import beneath_of
from masthead.site.counted import counted, counting_address, read
from masthead.site.missing import gone, missing
from masthead.site.presenting import language_for, presentation_of
from masthead.site.proofs import opened
from masthead.site.selling import takes_orders
from masthead.site.sources import source_of
from masthead.site.way_in import CLOSED_WORDS, browser_name, show_way_in
from masthead.statistics.kinds import Kind

# Addresses at which people read: there the page that says how to get in stands in the place of what was asked for.
SHOWN = frozenset(
    {
        "edition",
        "edition-page",
        "edition-article",
        "edition-articles",
        "edition-pages",
        "edition-embed",
        "edition-share-page",
        "edition-comments",
        "edition-product",
        "edition-cart",
        "edition-order",
        "edition-order-sent",
    }
)

# For so long whoever has a right to it reads what is on a device without a connection, and the server is not asked.
OFFLINE_DAYS = 30


def address_of(edition: Edition) -> str:
    """Where an edition is read."""
    return reverse("edition", args=[edition.publication.slug, edition.slug])


def cart_address(edition: Edition, laid: Laid) -> str:
    """Where what is wanted from an edition is gathered; "" where nothing on these pages can be ordered."""
    return reverse("edition-cart", args=[edition.publication.slug, edition.slug]) if takes_orders(edition, laid) else ""


def open_edition(
    request: HttpRequest,
    publication: str,
    slug: str,
    page: int | None,
    send: Callable[[Served], HttpResponseBase],
    build: str = "",
    *,
    partly: bool = False,
) -> HttpResponseBase:
    """Ask whether this person may have it, and send it, or say why not. The only way to an edition's content.

    Files are sent of the `build` that is asked for while it is kept: whoever had the edition open when it was
    replaced reads on. With `partly`, `send` is also asked where some pages may be read: `served.pages` says which, and
    it answers for leaving out the rest.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    given = may_read(person_of(request), edition, page, opened(request))
    if not given.allowed and not (partly and given.pages):
        return refused(request, edition, given, page)
    folder = folder_of_build(edition, build) if build else ""
    folder = folder or (edition.build.folder if edition.build else growing_folder_of(edition))
    if not folder:
        return missing(request, publication, slug)
    if is_stored() and not edition.build and not can_be_read_here(folder):  # it grows on another machine
        return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
    shown = served(request, edition, given, folder)
    read(request, edition, given, shown.source)
    response = send(shown)
    _keep_at_the_door(request, response, edition, given)
    return response


def served(request: HttpRequest, edition: Edition, given: Answer, folder: str) -> Served:
    """The edition's folder with what the house puts around it; other sites may frame it as its settings say."""
    language = language_for(edition)
    presentation = presentation_of(edition, asked_language(request) or language or language_of(request))
    laid = laid_of(edition)
    if given.pages is not None:
        laid = laid.within(given.pages.__contains__)
    cart = cart_address(edition, laid)
    offers_parts = reach_of(edition).pdf and presentation.downloads and edition.build is not None
    slugs = [edition.publication.slug, edition.slug]
    parts = reverse("edition-pages-pdf", args=slugs) if offers_parts else ""
    presentation = replace(presentation, counting=counting_address(edition, given), cart=cart, parts=parts)
    if not (given.is_public or given.is_restricted):
        source, home = source_of(folder), address_of(edition)
        return Served(source, home, False, True, presentation=presentation, laid=laid, language=language)
    if parts and given.pages is None:  # who may take the PDF along may take the edition along
        days = 0 if given.is_public else OFFLINE_DAYS
        presentation = replace(presentation, offline=reverse("offline-worker"), offline_days=days)
    reach = reach_of(edition)
    request.may_be_framed = True  # type: ignore[attr-defined]
    sites = given.terms.sites
    request.framed_by = " ".join(("'self'", *sites)) if sites else framed_by(reach)  # type: ignore[attr-defined]
    return Served(
        source_of(folder),
        address_of(edition),
        given.is_public,
        pages=given.pages,
        waits_for_form=bool(given.forms),
        belonging=belonging_of(origin_of(request), edition) if edition.build else None,
        offers_source=reach.pdf,
        jpegs=edition.build is not None,
        presentation=presentation,
        laid=laid,
        language=language,
        under=beneath_of(edition),
    )


def _keep_at_the_door(request: HttpRequest, response: HttpResponseBase, edition: Edition, given: Answer) -> None:
    """Let the browser be known again: as one of the reader's devices, and in the frame in which it stands."""
    person = person_of(request)
    if given.new_device and person is not None:
        secret = opened(request).device or remember_device(response)
        device_add(
            user=person, publisher_id=edition.publication.publisher_id, secret=secret, name=browser_name(request)
        )
    if given.terms.sites and given.allowed:
        site = opened(request).site
        if site:
            remember_site(response, site)


def readable(request: HttpRequest, edition: Edition) -> Callable[[int], bool]:
    """Answers for each page of an edition whether this person may read it; each page is asked for once."""
    known: dict[int, bool] = {}

    def may(page: int) -> bool:
        if page not in known:
            known[page] = may_read(person_of(request), edition, page, opened(request)).allowed
        return known[page]

    return may


def framed_by(reach: Reach) -> str:
    """The sites of other publishers that may frame it, as a policy writes them; "" leaves it to the operator."""
    return "" if reach.framing is None else " ".join(("'self'", *reach.framing))


def refused(request: HttpRequest, edition: Edition, given: Answer, page: int | None) -> HttpResponseBase:
    """What was withdrawn is gone; what is live says how to get in; of all else nobody hears that it is there."""
    if given.reason == Reason.WITHDRAWN:
        return gone(request, edition)
    if given.is_restricted:
        route = request.resolver_match.url_name if request.resolver_match else ""
        if route in SHOWN:
            return show_way_in(request, edition, given, page)
        response = failure_response(request, HTTPStatus.FORBIDDEN, CLOSED_WORDS)
        response["X-Robots-Tag"] = "noindex"
        return response
    return missing(request, edition.publication.slug, edition.slug)


@require_safe
def edition(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition's own address: its first page."""
    return counted(
        request,
        open_edition(request, publication, slug, 1, lambda served: answering.page(request, served, 1, is_home=True)),
        Kind.PAGE,
        page=1,
    )


@require_safe
def page(request: HttpRequest, publication: str, slug: str, number: int) -> HttpResponseBase:
    """A page."""
    answer = open_edition(
        request, publication, slug, number, lambda served: answering.page(request, served, number, is_home=False)
    )
    return counted(request, answer, Kind.PAGE, page=number)


@require_safe
def embedded(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The reader for a frame in another site's page, at the page asked for; the same edition, not another document."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1

    def send(served: Served) -> HttpResponseBase:
        response = answering.page(request, served, number, is_home=number == 1)
        response["X-Robots-Tag"] = "noindex, indexifembedded"
        return response

    return counted(request, open_edition(request, publication, slug, number, send), Kind.PAGE, page=number)


@require_safe
def article(request: HttpRequest, publication: str, slug: str, article: str) -> HttpResponseBase:
    """An article: whoever may not read every page of it reads nothing of it."""

    def send(served: Served) -> HttpResponseBase:
        if served.pages is not None:
            found = find_article(served.source.edition(), article)
            closed = [page for page in found["pages"] if page not in served.pages] if found else []
            if closed:
                edition = edition_at(publication, slug)
                given = may_read(person_of(request), edition, closed[0], opened(request))
                return refused(request, edition, given, closed[0])
        return answering.article(request, served, article)

    answered = open_edition(request, publication, slug, None, send, partly=True)
    return counted(request, answered, Kind.ARTICLE, name=article)


@require_safe
def all_pages(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The list of all pages."""
    return open_edition(
        request, publication, slug, None, lambda served: answering.all_pages(request, served), partly=True
    )


@require_safe
def all_articles(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The list of all articles."""
    return open_edition(
        request, publication, slug, None, lambda served: answering.all_articles(request, served), partly=True
    )


@require_safe
def app(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """What a browser has to know to put the edition on a home screen."""
    return open_edition(request, publication, slug, None, lambda served: answering.app(request, served))


@require_safe
def build_file(request: HttpRequest, publication: str, slug: str, build: str, path: str) -> HttpResponseBase:
    """A file of the build."""
    answer = open_edition(
        request,
        publication,
        slug,
        answering.page_of_file(path),
        lambda served: answering.build_file(request, served, build, path),
        build,
        partly=answering.is_of_some_pages(path),
    )
    return counted(request, answer, Kind.DOWNLOAD, name="pdf") if path == SOURCE else answer


@require_safe
def tile(
    request: HttpRequest, publication: str, slug: str, build: str, page: int, width: int, column: int, row: int
) -> HttpResponseBase:
    """A sharp tile of a zoomed page."""
    return open_edition(
        request,
        publication,
        slug,
        page,
        lambda served: answering.tile(request, served, build, page, width, column, row),
        build,
    )


@require_safe
def clipping(
    request: HttpRequest, publication: str, slug: str, build: str, page: int, piece: str, seal: str
) -> HttpResponseBase:
    """A piece of a page in a list of hits."""
    return open_edition(
        request,
        publication,
        slug,
        page,
        lambda served: send_clipping(request, served, build, page, piece, seal),
        build,
    )
