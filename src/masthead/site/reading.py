"""The addresses of an edition in the house: each asks `access` before anything of the edition is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.access.rules import Answer, Reason, may_read
from masthead.edition.folder import SOURCE
from masthead.exports.frame.articles import find_article
from masthead.faces.languages import asked_language, language_of
from masthead.faces.looks import person_of
from masthead.library.builds import folder_of_build
from masthead.library.errors import NotFoundError
from masthead.library.reach import Reach, reach_of
from masthead.library.selectors import Edition, edition_at
from masthead.production.selectors import growing_folder_of
from masthead.site import answering
from masthead.site.announced_facts import belonging_of, origin_of
from masthead.site.answering import Served
from masthead.site.clippings import send_clipping
from masthead.site.counted import counted, counting_address, read
from masthead.site.missing import gone, missing
from masthead.site.presenting import language_for, presentation_of
from masthead.site.proofs import opened
from masthead.site.sources import source_of
from masthead.statistics.kinds import Kind


def address_of(edition: Edition) -> str:
    """Where an edition is read."""
    return reverse("edition", args=[edition.publication.slug, edition.slug])


def open_edition(
    request: HttpRequest,
    publication: str,
    slug: str,
    page: int | None,
    send: Callable[[Served], HttpResponseBase],
    build: str = "",
) -> HttpResponseBase:
    """Ask whether this person may have it, and send it, or say why not. The only way to an edition's content.

    Files are sent of the `build` that is asked for while it is kept: whoever had the edition open when it was
    replaced reads on.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    given = may_read(person_of(request), edition, page, opened(request))
    if not given.allowed:
        return _refused(request, edition, given)
    folder = folder_of_build(edition, build) if build else ""
    folder = folder or (edition.build.folder if edition.build else growing_folder_of(edition))
    if not folder:
        return _refused(request, edition, given)
    shown = served(request, edition, given, folder)
    read(request, edition, given, shown.source)
    return send(shown)


def served(request: HttpRequest, edition: Edition, given: Answer, folder: str) -> Served:
    """The edition's folder with what the house puts around it; other sites may frame it as its settings say."""
    language = language_for(edition)
    presentation = presentation_of(edition, asked_language(request) or language or language_of(request))
    presentation = replace(presentation, counting=counting_address(edition, given))
    if not given.is_public:
        return Served(source_of(folder), address_of(edition), False, presentation=presentation, language=language)
    reach = reach_of(edition)
    request.may_be_framed = True  # type: ignore[attr-defined]
    request.framed_by = framed_by(reach)  # type: ignore[attr-defined]
    return Served(
        source_of(folder),
        address_of(edition),
        belonging=belonging_of(origin_of(request), edition) if edition.build else None,
        offers_source=reach.pdf,
        jpegs=edition.build is not None,
        presentation=presentation,
        language=language,
    )


def framed_by(reach: Reach) -> str:
    """The sites of other publishers that may frame it, as a policy writes them; "" leaves it to the operator."""
    return "" if reach.framing is None else " ".join(("'self'", *reach.framing))


def _refused(request: HttpRequest, edition: Edition, given: Answer) -> HttpResponseBase:
    """What was withdrawn is gone; of all else nobody hears that it is there."""
    if given.reason == Reason.WITHDRAWN:
        return gone(request, edition)
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
    """An article: it belongs to the first of its pages."""

    def send(served: Served) -> HttpResponseBase:
        found = find_article(served.source.edition(), article) if not served.source.is_building else None
        if (
            found
            and not may_read(
                person_of(request), edition_at(publication, slug), found["pages"][0], opened(request)
            ).allowed
        ):
            return missing(request, publication, slug)
        return answering.article(request, served, article)

    return counted(request, open_edition(request, publication, slug, None, send), Kind.ARTICLE, name=article)


@require_safe
def all_pages(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The list of all pages."""
    return open_edition(request, publication, slug, None, lambda served: answering.all_pages(request, served))


@require_safe
def all_articles(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The list of all articles."""
    return open_edition(request, publication, slug, None, lambda served: answering.all_articles(request, served))


@require_safe
def build_file(request: HttpRequest, publication: str, slug: str, build: str, path: str) -> HttpResponseBase:
    """A file of the build."""
    number = answering.page_of_file(path)
    answer = open_edition(
        request, publication, slug, number, lambda served: answering.build_file(request, served, build, path), build
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
