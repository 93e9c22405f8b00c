"""The frame of the back office: where one is, where one can go, and which house it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, can, publisher_list
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.library.selectors import Edition, Publication, can_do

_MAIN_WORDS = ("Overview", "Editions", "Shelves and categories", "Staff", "Log", "House")
_MAIN = (
    ("house", None),
    ("house-editions", None),
    ("house-shelves", Action.MANAGE_PUBLICATIONS),
    ("house-staff", Action.MANAGE_STAFF),
    ("house-log", Action.VIEW_LOG),
    ("house-settings", Action.MANAGE_STAFF),
)
_PUBLICATION_WORDS = ("Editions", "Particulars", "Reading", "Look", "Own words", "Template", "Accessibility", "Domain")
_PUBLICATION = (
    ("office-publication", None),
    ("publication-particulars", Action.MANAGE_PUBLICATIONS),
    ("publication-reading", Action.MANAGE_PUBLICATIONS),
    ("publication-look", Action.MANAGE_PUBLICATIONS),
    ("publication-words", Action.MANAGE_PUBLICATIONS),
    ("publication-template", Action.EDIT),
    ("publication-accessibility", Action.MANAGE_PUBLICATIONS),
    ("publication-domain", Action.MANAGE_PUBLICATIONS),
)
_EDITION_WORDS = ("Edition", "Particulars", "Reading", "Corrections", "Share and proof")
_EDITION = (
    ("office-edition", None),
    ("edition-particulars", Action.EDIT),
    ("edition-reading", Action.EDIT),
    ("corrections", Action.EDIT),
    ("edition-share", None),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the frame."""

    address: str
    words: str
    is_here: bool


def context(request: HttpRequest) -> dict[str, Any]:
    """What the frame's templates ask for; nothing is read from the database before they do."""
    person = person_of(request)

    def main(house: Publisher) -> list[Way]:
        allowed = [
            (name, words)
            for (name, action), words in zip(_MAIN, _MAIN_WORDS, strict=True)
            if action is None or can(person, action, house.pk)
        ]
        return _ways(request, allowed, house.slug)

    def of_publication(publication: Publication) -> list[Way]:
        return _ways(request, _allowed(_PUBLICATION, _PUBLICATION_WORDS, person, publication), publication.pk)

    def of_edition(edition: Edition) -> list[Way]:
        return _ways(request, _allowed(_EDITION, _EDITION_WORDS, person, edition), edition.pk)

    houses: Callable[[], list[Publisher]] = lambda: list(publisher_list(person))  # noqa: E731
    return {
        "office_ways": main,
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


def _allowed(
    ways: tuple[tuple[str, Action | None], ...], words: tuple[str, ...], person: Person, of: Publication | Edition
) -> list[tuple[str, str]]:
    return [
        (name, said)
        for (name, action), said in zip(ways, words, strict=True)
        if action is None or can_do(person, action, of)
    ]


def _ways(request: HttpRequest, ways: list[tuple[str, str]], of: str) -> list[Way]:
    """The link of the page itself; below the others, that of the longest address that leads here."""
    links = [(reverse(name, args=[of]), words) for name, words in ways]
    here = max((address for address, _ in links if request.path == address), key=len, default="")
    return [Way(address, words, address == here) for address, words in links]
