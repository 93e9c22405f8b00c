"""Advertisements that were found on the pages: staff say whose each is and lay it, refuse it, or leave it for later."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.crops import Crop, crop_of
from masthead.backoffice.framing import say
from masthead.backoffice.staff import staff
from masthead.document.overlays import OverlayKind
from masthead.faces.languages import language_of
from masthead.library.selectors import Edition, edition_get, require
from masthead.production.advertising.proposing import (
    FoundAdvertisement,
    advertisement_refuse,
    found_advertisements,
    refusals_forget,
    refused_count,
)
from masthead.production.advertising.selectors import known_advertisers
from masthead.production.overlays.errors import OverlayError
from masthead.production.overlays.services import overlay_create

DONE_WORDS = "Laid on the pages: {laid}. Refused: {refused}."
AGAIN_WORDS = "What was refused is proposed again."
LAY, REFUSE, LEAVE = "lay", "refuse", "leave"
_TITLE = 60  # characters of the words that are proposed as a campaign's name


@dataclass(frozen=True, slots=True)
class Choice:
    """A found place with what was typed for it, and what is wrong with that by field."""

    found: FoundAdvertisement
    crop: Crop | None
    deed: str
    advertiser: str
    title: str
    booking: str
    wrong: dict[str, str]
    draw: str  # where it can be drawn by hand


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def found(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """What was found; POST lays and refuses as was chosen, all of it or nothing."""
    about = edition_get(person, edition)
    require(person, Action.EDIT, about)
    if "again" in request.POST:
        refusals_forget(by=person, edition=about)
        say(request, AGAIN_WORDS)
        return HttpResponseRedirect(request.path)
    known = known_advertisers(about)
    places = found_advertisements(about, known)
    sent = request.POST if request.method == "POST" else None
    choices = [_choice(about, one, sent) for one in places]
    if sent is not None:
        wrong = _lay(request, person, about, choices)
        if not wrong:
            return HttpResponseRedirect(request.path)
        choices = [_choice(about, one.found, sent, wrong.get(one.found.name)) for one in choices]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if any(one.wrong for one in choices) else HTTPStatus.OK
    shown = {
        "house": about.publication.publisher,
        "edition": about,
        "choices": choices,
        "known": known,
        "refused": refused_count(about),
    }
    return render(request, "office/advertisements_found.html", shown, status=status)


def _lay(request: HttpRequest, person: User, edition: Edition, choices: list[Choice]) -> dict[str, dict[str, str]]:
    """Do what was chosen; answers what is wrong by the places' names, and then nothing was done."""
    words, wrong = wording.translator(language_of(request)), dict[str, dict[str, str]]()
    laid = [one for one in choices if one.deed == LAY]
    refused = [one for one in choices if one.deed == REFUSE]
    with transaction.atomic():
        for one in laid:
            try:
                overlay_create(
                    by=person,
                    edition=edition,
                    kind=OverlayKind.ADVERTISEMENT,
                    page=one.found.page,
                    area=one.found.area,
                    title=one.title,
                    said={"advertiser": one.advertiser, "booking": one.booking},
                )
            except OverlayError as error:
                wrong[one.found.name] = {error.field: f"{words.text(error.sentence)} {words.text(error.hint)}"}
        for one in refused:
            advertisement_refuse(by=person, edition=edition, found=one.found)
        if wrong:
            transaction.set_rollback(True)
    if not wrong:
        say(request, DONE_WORDS, laid=len(laid), refused=len(refused))
    return wrong


def _choice(
    edition: Edition, one: FoundAdvertisement, sent: QueryDict | None, wrong: dict[str, str] | None = None
) -> Choice:
    title = one.words if len(one.words) <= _TITLE else f"{one.words[:_TITLE].rsplit(' ', 1)[0]} …"
    usual = {"deed": LEAVE, "advertiser": one.advertiser, "title": title, "booking": ""}
    typed = {name: sent.get(f"{name}-{one.name}", value) if sent else value for name, value in usual.items()}
    place = {name: f"{value * 100:.2f}" for name, value in one.area._asdict().items()}
    query = QueryDict(mutable=True)
    query.update({"page": str(one.page), "kind": OverlayKind.ADVERTISEMENT.value, **place})
    query.update({"advertiser": one.advertiser, "title": title})
    return Choice(
        one,
        crop_of(edition, one.page, one.area, is_large=True),
        typed["deed"],
        typed["advertiser"],
        typed["title"],
        typed["booking"],
        wrong or {},
        f"{reverse('overlay-new', args=[edition.pk])}?{query.urlencode()}",
    )
