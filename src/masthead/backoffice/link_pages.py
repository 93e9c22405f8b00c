"""The links that were found in an edition: where they lead, whether they answer; switched off or corrected by staff."""

from __future__ import annotations

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.framing import say
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_get, require
from masthead.production.links.checking import links_check, round_of
from masthead.production.links.selectors import LaidRow, LinkRow, laid_rows, link_of, link_rows
from masthead.production.links.services import link_lead, link_off, link_restore
from masthead.production.overlays.errors import OverlayError

_A_PAGE = 50
_STATES = ("dead", "refused", "silent", "closed", "waiting", "alive")
STATE_WORDS = (
    "Does not answer any more",
    "Leads into a private network",
    "Gave no answer this time",
    "Answers people only",
    "Not asked yet",
    "It answers",
)
FOUND_KIND_WORDS = ("Web", "E-mail", "Telephone", "Page")
_KINDS = ("web", "mail", "phone", "page")
CHECKING_WORDS = "The links are being asked. Come back in a while; those that do not answer stand first."
OFF_WORDS = "The link is switched off."
LEADS_WORDS = "The link leads elsewhere now."
RESTORED_WORDS = "The link is as in the PDF again."


@require_safe
@staff
def links(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """All links that were found, dead ones first."""
    return _list(request, _editable(person, edition))


@require_POST
@staff
def check(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Ask them all."""
    found = _editable(person, edition)
    links_check(by=person, edition=found)
    say(request, CHECKING_WORDS)
    return HttpResponseRedirect(reverse("edition-links", args=[found.pk]))


@require_POST
@staff
def change(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Switch one off, let it lead elsewhere, or have it as in the PDF."""
    found = _editable(person, edition)
    asked = {name: request.POST.get(name, "") for name in ("page", "kind", "target", "text", "to", "deed")}
    if not asked["page"].isdecimal() or len(asked["page"]) > 6:
        raise NotFoundError(asked["page"])
    link = link_of(found, int(asked["page"]), asked["kind"], asked["target"], asked["text"])
    if asked["deed"] == "off":
        link_off(by=person, edition=found, link=link)
        said = OFF_WORDS
    elif asked["deed"] == "lead":
        try:
            link_lead(by=person, edition=found, link=link, to=asked["to"])
        except OverlayError as error:
            words = wording.translator(language_of(request))
            wrong = (link.key, asked["to"], f"{words.text(error.sentence)} {words.text(error.hint)}")
            return _list(request, found, wrong)
        said = LEADS_WORDS
    else:
        link_restore(by=person, edition=found, link=link)
        said = RESTORED_WORDS
    say(request, said)
    query = request.POST.get("query", "")
    back = reverse("edition-links", args=[found.pk])
    return HttpResponseRedirect(f"{back}?page={query}" if query.isdecimal() and len(query) < 6 else back)


def _editable(person: User, edition: str) -> Edition:
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    return found


def _list(
    request: HttpRequest, edition: Edition, wrong: tuple[tuple[int, str, str, str], str, str] | None = None
) -> HttpResponse:
    """The list; `wrong` is a link, what was typed for it, and what is wrong with that. Its page is shown."""
    every, laid = link_rows(edition), laid_rows(edition)
    both: list[LinkRow | LaidRow] = [*every, *laid]
    asked = request.GET.get("state", "")
    rows = [row for row in every if _asked_for(row, asked)]
    number = request.GET.get("page", "1")
    if wrong is not None:
        number = str(1 + next((n for n, row in enumerate(rows) if row.link.key == wrong[0]), 0) // _A_PAGE)
    gone_round = round_of(edition)
    shown = {
        "house": edition.publication.publisher,
        "edition": edition,
        "page": Paginator(rows, _A_PAGE).get_page(number),
        "count": len(both),
        "laid": [row for row in laid if asked in ("", row.state)] if number == "1" else [],
        "dead": sum(row.state == "dead" for row in both),
        "waiting": sum(bool(row.check and row.check.is_wanted) for row in both),
        "round": gone_round,
        "zone": edition.publication.publisher.time_zone,
        "state_words": dict(zip(_STATES, STATE_WORDS, strict=True)),
        "kind_words": dict(zip(_KINDS, FOUND_KIND_WORDS, strict=True)),
        "asked": asked,
        "wrong": wrong,
        "query": f"state={asked}" if asked else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "office/links.html", shown, status=status)


def _asked_for(row: LinkRow, state: str) -> bool:
    if state == "changed":
        return row.is_changed
    return not state or row.state == state
