"""Where a link for a named recipient leads: says who wants to see what, and goes on either way."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from masthead.access.rules import may_read
from masthead.accounts.rights import Action
from masthead.faces.looks import person_of
from masthead.library.errors import NotFoundError
from masthead.library.inheriting import is_on
from masthead.library.selectors import Edition, can_do, edition_at
from masthead.sharing.recipients import is_going_on, link_of, visit_begin, visit_keep
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.proofs import opened
from masthead.site.reading import address_of, refused
from masthead.statistics.kinds import Kind
from masthead.statistics.recording import Told

_KEPT = "recipient-visits"  # in the session: the visit of each edition


@require_http_methods(["GET", "HEAD", "POST"])
def recipient(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """The page between link and edition. It gives no right to read: the edition asks for that as always.

    Looking at it tells nothing to anybody; only the button does. Where the link is over, the edition is what is left.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    if not edition.is_live or edition.build is None:
        return refused(request, edition, may_read(person_of(request), edition, None, opened(request)), None)
    home, link = address_of(edition), link_of(token, edition)
    if link is None:
        return _private(HttpResponseRedirect(home))
    can_agree = is_on(edition, "counting") and not _asks_to_be_left_out(request, edition)
    is_followed = is_going_on(_visits(request).get(edition.pk, ""), link)
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        visits = _visits(request)
        if choice == "yes" and can_agree and not is_followed and not can_do(person_of(request), Action.VIEW, edition):
            request.session[_KEPT] = {**visits, edition.pk: visit_begin(link=link)}
        elif choice == "no" and edition.pk in visits:
            request.session[_KEPT] = {name: visit for name, visit in visits.items() if name != edition.pk}
        return _private(HttpResponseRedirect(home, status=HTTPStatus.SEE_OTHER))
    values = {
        "edition": edition,
        "publication": edition.publication,
        "house": edition.publication.publisher,
        "look": look_of(edition.publication),
        "link": link,
        "home": home,
        "can_agree": can_agree,
        "is_followed": is_followed,
    }
    return _private(render(request, "site/recipient.html", values))


def recipient_told(request: HttpRequest, edition: Edition, batch: str, told: list[Told]) -> None:
    """What a reader's script told, kept for the recipient's link too where its owner agreed to that."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    visit = _visits(request).get(edition.pk)
    if not visit:
        return
    pages: dict[int, int] = {}
    articles: dict[str, int] = {}
    for one in told:
        if one.kind not in (Kind.PAGE, Kind.ARTICLE, Kind.TIME):
            continue
        if one.page:
            pages[one.page] = pages.get(one.page, 0) + one.number
        elif one.name:
            articles[one.name] = articles.get(one.name, 0) + one.number
    if pages or articles:
        visit_keep(visit_id=visit, edition=edition, batch=batch, pages=pages, articles=articles)


def _visits(request: HttpRequest) -> dict[str, str]:
    """The visits that this browser agreed to, by edition."""
    kept = request.session.get(_KEPT, {})
    return {str(name): str(visit) for name, visit in kept.items()} if isinstance(kept, dict) else {}


def _asks_to_be_left_out(request: HttpRequest, edition: Edition) -> bool:
    asks = request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"
    return asks and is_on(edition, "privacy_signals")


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
