"""The frame of the back office: where one is, where one can go, and which house it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from masthead import wording
from masthead.access.setting_terms import can_set_terms
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, held, publishers_of
from masthead.comments.selectors import moderates_somewhere
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.library.selectors import Edition, Publication, held_in
from masthead.orders.finding import sells_in

_EVERYDAY_WORDS = {
    "house": "Overview",
    "house-editions": "Editions",
    "house-orders": "Orders",
    "house-readers": "Readers",
    "house-comments": "Comments",
    "house-statistics": "Statistics",
}
_MORE_WORDS = {
    "house-advertisers": "Advertisers",
    "house-subscriptions": "Subscriptions",
    "house-codes": "Access codes",
    "house-identities": "Identity providers",
    "house-answers": "Answers of a person",
    "house-shelves": "Shelves and categories",
    "house-staff": "Staff",
    "house-log": "Log",
    "house-tokens": "Programs",
    "house-settings": "House",
    "house-leaving": "Export everything",
}
_PROGRAMS_WORDS = {"house-tokens": "Tokens", "house-webhooks": "Webhooks"}
_PUBLICATION_WORDS = {
    "office-publication": "Editions",
    "publication-particulars": "Particulars",
    "publication-reading": "Reading",
    "publication-terms": "Who may read",
    "publication-look": "Look",
    "publication-words": "Own words",
    "publication-template": "Template",
    "publication-accessibility": "Accessibility",
    "publication-domain": "Domain",
    "publication-products": "Products",
    "publication-forms": "Forms",
    "publication-price-lists": "Price lists",
    "publication-checkout": "Checkout",
    "publication-ordering": "Order form",
    "publication-statistics": "Statistics",
    "publication-advertisements": "Advertisements",
}
_EDITION_WORDS = {
    "office-edition": "Edition",
    "edition-particulars": "Particulars",
    "edition-reading": "Reading",
    "corrections": "Corrections",
    "edition-overlays-office": "On the pages",
    "edition-links": "Links",
    "edition-terms": "Who may read",
    "edition-ordering": "Order form",
    "edition-share": "Share and proof",
    "edition-recipients": "Links for recipients",
    "edition-statistics": "Statistics",
    "edition-advertisements": "Advertisements",
}
# What one must be allowed to do to be shown the way; those that are missing here are shown to all of the staff.
_RIGHTS = {
    "house-readers": Action.MANAGE_READERS,
    "house-subscriptions": Action.MANAGE_READERS,
    "house-codes": Action.MANAGE_READERS,
    "house-identities": Action.MANAGE_READERS,
    "house-statistics": Action.VIEW_SALES,
    "house-advertisers": Action.VIEW_REPORTS,
    "house-shelves": Action.MANAGE_PUBLICATIONS,
    "house-staff": Action.MANAGE_STAFF,
    "house-log": Action.VIEW_LOG,
    "house-settings": Action.MANAGE_STAFF,
    "house-leaving": Action.TAKE_OUT,
    "house-tokens": Action.USE_API,
    "house-webhooks": Action.MANAGE_WEBHOOKS,
    "publication-particulars": Action.MANAGE_PUBLICATIONS,
    "publication-reading": Action.MANAGE_PUBLICATIONS,
    "publication-terms": Action.MANAGE_READERS,
    "publication-look": Action.MANAGE_PUBLICATIONS,
    "publication-words": Action.MANAGE_PUBLICATIONS,
    "publication-template": Action.EDIT,
    "publication-accessibility": Action.MANAGE_PUBLICATIONS,
    "publication-domain": Action.MANAGE_PUBLICATIONS,
    "publication-products": Action.MANAGE_SHOP,
    "publication-forms": Action.MANAGE_FORMS,
    "house-answers": Action.VIEW_ANSWERS,
    "publication-price-lists": Action.MANAGE_SHOP,
    "publication-checkout": Action.MANAGE_SHOP,
    "publication-ordering": Action.MANAGE_SHOP,
    "publication-statistics": Action.VIEW_SALES,
    "publication-advertisements": Action.VIEW_REPORTS,
    "edition-advertisements": Action.VIEW_REPORTS,
    "edition-particulars": Action.EDIT,
    "edition-reading": Action.EDIT,
    "corrections": Action.EDIT,
    "edition-overlays-office": Action.EDIT,
    "edition-links": Action.EDIT,
    "edition-terms": Action.VIEW,
    "edition-ordering": Action.MANAGE_SHOP,
    "edition-recipients": Action.PUBLISH,
    "edition-statistics": Action.VIEW_SALES,
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the frame; `here` is what `aria-current` says of it: the page itself, or one below it."""

    address: str
    words: str
    here: str

    @property
    def is_here(self) -> bool:
        """Whether it leads to the page or to what the page stands below."""
        return bool(self.here)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the frame's templates ask for; nothing is read from the database before they do."""
    person = person_of(request)

    def everyday(house: Publisher) -> list[Way]:
        return _ways(request, _allowed_in(_EVERYDAY_WORDS, person, house), house.slug)

    def more(house: Publisher) -> list[Way]:
        return _ways(request, _allowed_in(_MORE_WORDS, person, house), house.slug)

    def of_programs(house: Publisher) -> list[Way]:
        return _ways(request, _allowed_in(_PROGRAMS_WORDS, person, house), house.slug)

    def of_publication(publication: Publication) -> list[Way]:
        return _ways(request, _allowed(_PUBLICATION_WORDS, person, publication), publication.pk)

    def of_edition(edition: Edition) -> list[Way]:
        return _ways(request, _allowed(_EDITION_WORDS, person, edition), edition.pk)

    houses: Callable[[], list[Publisher]] = lambda: list(publishers_of(person))  # noqa: E731
    return {
        "office_ways": everyday,
        "more_ways": more,
        "program_ways": of_programs,
        "publication_ways": of_publication,
        "edition_ways": of_edition,
        "office_houses": houses,
    }


def show(request: HttpRequest, template: str, form: forms.Form | None = None, **shown: Any) -> HttpResponse:
    """The page; one whose form came back with mistakes says so in its status too."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, **shown} if form is not None else shown, status=status)


def say(request: HttpRequest, words: str, **values: object) -> None:
    """A sentence that stands over the next page."""
    messages.success(request, wording.translator(language_of(request)).text(words, **values))


def _allowed_in(ways: Mapping[str, str], person: Person, house: Publisher) -> list[tuple[str, str]]:
    rights = held(person, house.pk)

    def is_shown(name: str) -> bool:
        if name == "house-orders":  # also for those who see to the shop of one publication
            return sells_in(person, house)
        if name == "house-comments":  # also for those who edit one publication
            return Action.MODERATE in rights or moderates_somewhere(person, house)
        return name not in _RIGHTS or _RIGHTS[name] in rights

    return [(name, said) for name, said in ways.items() if is_shown(name)]


def _allowed(ways: Mapping[str, str], person: Person, of: Publication | Edition) -> list[tuple[str, str]]:
    rights = held_in(person, of)
    shown = [(name, said) for name, said in ways.items() if name not in _RIGHTS or _RIGHTS[name] in rights]
    return [way for way in shown if way[0] != "edition-terms" or can_set_terms(person, of)]


def _ways(request: HttpRequest, ways: list[tuple[str, str]], of: str) -> list[Way]:
    """The link of the page itself; below the others, that of the longest address that leads here."""
    links = [(reverse(name, args=[of]), words) for name, words in ways]
    addresses = [address for address, _ in links]
    whole = {one for one in addresses if all(other.startswith(one) for other in addresses)}  # everything is below it
    above = [one for one in addresses if one not in whole and request.path.startswith(one.rstrip("/") + "/")]
    here = request.path if request.path in addresses else max(above, key=len, default="")
    says = "page" if here == request.path else "true"
    return [Way(address, words, says if address == here else "") for address, words in links]
