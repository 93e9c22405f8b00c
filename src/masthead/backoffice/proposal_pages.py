"""Products whose codes stand on the pages: staff look through them and lay those that are right in one sweep."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import staff
from masthead.document.overlays import OverlayKind
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.library.selectors import edition_get, require
from masthead.production.overlays.proposing import Proposal, proposals_of
from masthead.production.overlays.services import overlay_create, words_of

LAID_WORDS = "Products laid on the pages: {count}."


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def proposals(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """What was found; POST lays what is ticked."""
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    words = words_of(found)
    places = proposals_of(found, words) if words else []
    if request.method == "POST":
        ticked = set(request.POST.getlist("place"))
        chosen = [one for one in places if one.name in ticked]
        with transaction.atomic():
            for one in chosen:
                overlay_create(
                    by=person,
                    edition=found,
                    kind=OverlayKind.PRODUCT,
                    page=one.page,
                    area=one.area,
                    title=one.product.name,
                    said={"code": one.product.code},
                )
        say(request, LAID_WORDS, count=len(chosen))
        return HttpResponseRedirect(reverse("edition-overlays-office", args=[found.pk]))
    language = language_of(request)
    rows = [(one, _printed(one, language), _now(one, language)) for one in places]
    return show(request, "office/proposals.html", house=found.publication.publisher, edition=found, rows=rows)


def _printed(one: Proposal, language: str) -> str:
    return price_of(str(one.printed), one.product.currency, language) if one.printed and one.product.currency else ""


def _now(one: Proposal, language: str) -> str:
    return price_of(str(one.product.price), one.product.currency, language) if one.product.price is not None else ""
