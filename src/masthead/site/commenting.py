"""Comments on a page of their own, which works without a script; the reader fetches the same as a part of its own."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.rules import may_read
from masthead.comments.errors import CommentOverError
from masthead.comments.posting import About
from masthead.comments.rules import has_comments, may_write, takes_guests
from masthead.comments.selectors import Comment, comment_in, numbers_of, page_with, threads_of
from masthead.document.errors import EditionInvalidError
from masthead.edition.article_places import beginning_of
from masthead.edition.folder import Edition as Folder
from masthead.exports.frame.articles import find_article
from masthead.faces.failures import failure_response
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.library.selectors import Edition, edition_at
from masthead.site.answering import Served
from masthead.site.comment_deeds import Doing, Open, done, opened_form, ways_with
from masthead.site.comment_forms import CommentForm
from masthead.site.comment_threads import address_of, own_ids, thread_values
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.proofs import opened
from masthead.site.reading import address_of as edition_address
from masthead.site.reading import open_edition, refused


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: comments on what, which page of them, a form at which comment, part or page."""

    article: str
    page: int
    at: str
    is_part: bool


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The comments on an article or on the edition; POST writes, changes, removes or reports one."""
    asked = _asked(request)

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        if not has_comments(edition):
            return missing(request, publication, slug)
        closed = _closed_page(served, asked.article)
        if closed is not None:
            given = may_read(person_of(request), edition, closed or None, opened(request))
            return refused(request, edition, given, closed or None)
        try:
            folder = served.edition()
        except EditionInvalidError:
            return failure_response(request, HTTPStatus.GONE)
        entry = find_article(folder, asked.article) if asked.article else None
        if asked.article and entry is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        return _private(_answer(request, edition, folder, entry, asked))

    return open_edition(request, publication, slug, None, send, partly=True)


def _closed_page(served: Served, article: str) -> int | None:
    """A page that the visitor may not read of what is commented on; 0 stands for the whole edition, None: all is open.

    Comments may quote what they are about: whoever may not read all of it sees none of them, nor how many there are.
    """
    if served.pages is None:
        return None
    if not article:
        return 0
    found = find_article(served.source.edition(), article)
    return next((page for page in found["pages"] if page not in served.pages), None) if found else None


def _answer(
    request: HttpRequest, edition: Edition, folder: Folder, entry: dict[str, Any] | None, asked: Asked
) -> HttpResponse:
    here = Open(request, edition, asked.article, asked.is_part, own_ids(request))
    status = ""
    form = _empty_form(request)
    doing: Doing | None = None
    failure = ""
    if request.method == "POST":
        about = About(asked.article, entry["title"], beginning_of(folder, entry), folder.build) if entry else About()
        outcome = done(here, about)
        form, doing, failure, status = outcome.form or form, outcome.doing, outcome.failure, outcome.status
        if outcome.is_done and not asked.is_part:
            messages.success(request, status)
            return HttpResponseRedirect(outcome.address, status=HTTPStatus.SEE_OTHER)
        if outcome.is_done:
            form = _empty_form(request)
    else:
        try:
            doing = opened_form(here)
        except CommentOverError as error:
            words = wording.translator(language_of(request))
            failure = f"{words.text(error.sentence)} {words.text(error.hint)}"
    values = _values(request, edition, folder, entry, asked, here)
    values |= {"form": form, "doing": doing, "failure": failure, "status": status if asked.is_part else ""}
    wrong = bool(failure or form.errors or (doing and doing.form is not None and doing.form.errors))
    template = "site/comments_part.html" if asked.is_part else "site/comments.html"
    return render(request, template, values, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _values(
    request: HttpRequest, edition: Edition, folder: Folder, entry: dict[str, Any] | None, asked: Asked, here: Open
) -> dict[str, Any]:
    person, words = person_of(request), wording.translator(language_of(request))
    threads = threads_of(edition, asked.article, _page_of(edition, asked), here.own, person)
    numbers = numbers_of(edition)
    home = edition_address(edition)
    part = "1" if asked.is_part else ""

    def page(number: int) -> str:
        return address_of(edition, article=asked.article, page=number, part=part) + "#comments"

    back = f"{home}article/{quote(asked.article, safe='')}" if asked.article else home
    return {
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "title": entry["title"] if entry else str(edition),
        "subtitle": str(edition) if entry else "",
        "back": back,
        "is_part": asked.is_part,
        "number": numbers[asked.article],
        "threads": threads.object_list,
        "newer": page(threads.number - 1) if threads.has_previous() else "",
        "older": page(threads.number + 1) if threads.has_next() else "",
        "action": address_of(edition, article=asked.article, part=part),
        "acts": ways_with(here, words),
        "is_open": True,
        "can_write": may_write(person, edition),
        "sends": takes_guests(edition) or person is not None,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': back if asked.is_part else here.address()})}",
        "articles": [] if asked.article else _on_articles(edition, folder, numbers),
        **thread_values(edition, words.language),
    }


def _on_articles(edition: Edition, folder: Folder, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """The articles of what may be read that have comments, in the order of the issue."""
    return [
        {
            "slug": row["slug"],
            "title": row["title"],
            "number": numbers[row["slug"]],
            "address": address_of(edition, article=row["slug"]),
        }
        for row in folder.manifest["articles"]
        if numbers[row["slug"]]
    ]


def _page_of(edition: Edition, asked: Asked) -> int:
    """The page of threads: as asked for, or the one on which a comment stands."""
    if not asked.at:
        return asked.page
    try:
        found: Comment = comment_in(edition, asked.at)
    except CommentOverError:
        return asked.page
    return page_with(edition, found) if found.article == asked.article else asked.page


def _empty_form(request: HttpRequest) -> CommentForm:
    return CommentForm(person=person_of(request), auto_id="comment-%s")


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; what makes no sense is left out."""
    said = request.GET
    page = said.get("page", "")
    at = next((said[name] for name in ("at", "answer", "change", "remove", "report") if said.get(name)), "")
    return Asked(
        said.get("article", "")[:200],
        int(page) if page.isdecimal() and 0 < len(page) < 6 else 1,
        at[:12],
        bool(said.get("part")),
    )


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
