"""The search of the archive, of the house or of one publication: the question, and the clippings that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.access.rules import may_read
from masthead.document.errors import MastheadError
from masthead.document.geometry import Box
from masthead.faces.clipping_addresses import clipping_address
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.library.selectors import Edition, Publication, live_editions, public_publication, public_publications
from masthead.search.asking import Question, understood
from masthead.search.clipping import clipping_of, first_page
from masthead.search.engine import CAP, Found, Hit, Kind
from masthead.search.places import current
from masthead.search.selectors import find, nearest
from masthead.site.carrying import carried_by
from masthead.site.closed import Closed
from masthead.site.counted import search_counted
from masthead.site.presenting import Look, look_of
from masthead.site.reading import address_of
from masthead.site.search_form import SearchForm, Wanted
from masthead.site.sources import source_of

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is shown; of a page that the person may not read, only that it is there."""

    edition: Edition
    label: str  # printed on the page
    address: str = ""
    title: str = ""  # of the article
    picture: str = ""
    box: Box = field(default_factory=lambda: Box(0, 0, 0, 0))  # points
    marks: Sequence[Box] = ()  # points, from the corner of the piece
    text: Sequence[tuple[str, bool]] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question came to."""

    question: Question
    shown: Sequence[Shown] = ()
    count: int = 0
    is_more: bool = False
    page: int = 1
    pages: int = 1
    nearest: str = ""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """All publications."""
    return _search(request, None)


@require_safe
def search_publication(request: HttpRequest, publication: str) -> HttpResponse:
    """One publication."""
    return _search(request, public_publication(publication))


def _search(request: HttpRequest, within: Publication | None) -> HttpResponse:
    is_part = bool(request.headers.get("X-Part"))
    words = wording.translator(language_of(request))
    publications = [] if within else [publication for publication, _ in public_publications()]
    form = SearchForm(request.GET, words, publications, within)
    answered = Answered(Question("", ()))
    if form.is_valid():
        answered = _answer(request, form.wanted(), is_typing=is_part)
        if not answered.question.is_empty and answered.page == 1:
            search_counted(request, [within] if within else publications, answered.question.text, answered.count)
    values = {
        "form": form,
        "answered": answered,
        "publication": within,
        "look": look_of(within) if within else Look(),
        "here_search": request.path,
        "is_articles": request.GET.get("in") == "articles",
        "tabs": [(name, _address(request, **{"in": name, "page": ""})) for name in ("", "articles")],
        "following": _address(request, page=str(answered.page + 1)) if answered.page < answered.pages else "",
        "previous": _address(request, page=str(answered.page - 1)) if answered.page > 1 else "",
        "instead": _address(request, q=answered.nearest, page=""),
        "without_filters": _address(request, **dict.fromkeys(("publication", "section", "language", "from", "to"), "")),
        "cap": CAP,
    }
    response = render(request, "site/search_results.html" if is_part else "site/search.html", values)
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "X-Part, Cookie, Accept-Language"
    return response


def _answer(request: HttpRequest, wanted: Wanted, *, is_typing: bool) -> Answered:
    question = understood(wanted.text, is_typing=is_typing)
    if question.is_empty:
        return Answered(question)
    closed = Closed(request)
    found = closed.without(find(question, wanted.scope, kind=wanted.kind, order=wanted.order))
    if not found.hits:
        instead = "" if is_typing else nearest(question, wanted.scope, kind=wanted.kind, keep=closed.without)
        return Answered(question, nearest=instead)
    pages = -(-len(found.hits) // PER_PAGE)
    page = min(pages, max(1, _number(request.GET.get("page", ""))))
    hits = found.hits[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Answered(question, _shown(request, hits, question, wanted.kind), _count(found), found.is_more, page, pages)


def _count(found: Found) -> int:
    return CAP if found.is_more else len(found.hits)


def _shown(request: HttpRequest, hits: Sequence[Hit], question: Question, kind: Kind) -> list[Shown]:
    """Hits of what is live at this moment; whether this person may read the page is asked of each once more."""
    live = {edition.pk: edition for edition in live_editions({hit.edition for hit in hits})}
    shown = []
    for hit in hits:
        edition = live.get(hit.edition)
        if edition is None:
            continue
        try:
            shown.append(_one(request, edition, hit, question, kind))
        except (MastheadError, LookupError):
            continue  # the index is a moment behind its edition
    return shown


def _one(request: HttpRequest, edition: Edition, hit: Hit, question: Question, kind: Kind) -> Shown:
    assert edition.build is not None
    folder = source_of(edition.build.folder).edition()
    language = edition.publication.language
    index = current()
    assert index is not None
    number, title, address = hit.page, "", ""
    if kind == "article":
        article = next(entry for entry in folder.manifest["articles"] if entry["id"] == hit.article)
        readable = [page for page in article["pages"] if _may(request, edition, page)]
        number = first_page(index, folder.path, readable, question, language)[0] or hit.page
        title = article["title"]
        address = reverse("edition-article", args=[edition.publication.slug, edition.slug, article["slug"]])
    entry = folder.manifest["pages"][number - 1]
    if not _may(request, edition, number):
        return Shown(edition, entry["label"])
    page_address = f"{address_of(edition)}page/{number}"
    address = f"{address or page_address}?{urlencode({'q': question.text})}"
    size = (entry["width"], entry["height"])
    piece = clipping_of(index, Path(folder.path), number, size, question, language)
    if piece is None:
        return Shown(edition, entry["label"], address, title)
    return Shown(
        edition,
        entry["label"],
        address,
        title,
        clipping_address(edition, number, piece.box) if entry["sizes"] else "",
        piece.box,
        [_within(mark, piece.box) for mark in piece.marks],
        piece.text,
    )


def _may(request: HttpRequest, edition: Edition, page: int) -> bool:
    return may_read(person_of(request), edition, page, carried_by(request)).allowed


def _within(mark: Box, piece: Box) -> Box:
    return Box(
        round(mark.x0 - piece.x0, 1),
        round(mark.y0 - piece.y0, 1),
        round(mark.x1 - piece.x0, 1),
        round(mark.y1 - piece.y0, 1),
    )


def _address(request: HttpRequest, **changes: str) -> str:
    """This address with other values; empty ones are left out."""
    asked = {name: value for name, value in request.GET.items() if name != "page"}
    values = {name: value for name, value in {**asked, **changes}.items() if value}
    return f"{request.path}?{urlencode(values)}" if values else request.path


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
