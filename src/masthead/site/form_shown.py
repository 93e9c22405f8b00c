"""Shows a form to a reader: as a page, in the place of a page that it opens, or as the part that a dialog shows."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from masthead import wording
from masthead.access.announcing import shows_cover
from masthead.access.rules import Answer as Given
from masthead.faces.form_parts import NOTHING_TYPED, Typed, form_values
from masthead.faces.languages import language_of
from masthead.forms.selectors import Form, form_asked
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.site.counted import counted, read
from masthead.site.presenting import look_of
from masthead.site.shown import Shown
from masthead.site.sources import source_of
from masthead.statistics.kinds import Kind

PART: Final = "X-Part"  # the header by which a script asks for the part alone


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form is shown: before or beside which page of which edition."""

    edition: Edition
    form: Form
    page: int
    is_gate: bool = False
    step: str = "form"  # or "code", "thanks"
    email: str = ""  # to which the six digits went


def show_form(request: HttpRequest, place: Place, typed: Typed = NOTHING_TYPED) -> HttpResponse:
    """The form: as a page of its own, or the part alone where a script asks for that."""
    words = wording.translator(language_of(request))
    form, edition = place.form, place.edition
    values: dict[str, Any] = {
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "shown": Shown(edition),
        "has_cover": shows_cover(edition),
        "is_gate": place.is_gate,
        "step": place.step,
        "page": place.page,
        "sent_to": place.email,
        **form_values(form, words, typed),
        "action": address_of_form(edition, form.pk),
        "back": page_address(edition, place.page),
    }
    status = typed.status
    if place.is_gate and status == HTTPStatus.OK:
        status = HTTPStatus.FORBIDDEN
    template = "house/form_part.html" if request.headers.get(PART) else "site/form.html"
    response = render(request, template, values, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Vary"] = PART
    return response


def show_gate(request: HttpRequest, edition: Edition, given: Given, page: int | None) -> HttpResponse | None:
    """The first form that this visitor has to fill in before the page; None where it is not there any more."""
    for gate in given.forms:
        try:
            form = form_asked(edition, gate.id)
        except NotFoundError:
            continue
        place = Place(edition, form, page or 1, is_gate=True)
        form_seen(request, place, given)
        return show_form(request, place)
    return None


def form_seen(request: HttpRequest, place: Place, given: Given) -> None:
    """Count that somebody sees the form before it is filled in."""
    if request.method == "GET" and place.step == "form" and place.edition.build is not None:
        read(request, place.edition, given, source_of(place.edition.build.folder))
        counted(request, HttpResponse(), Kind.FORM_SEEN, page=place.page, name=place.form.pk)


def address_of_form(edition: Edition, form_id: str) -> str:
    """Where a form of an edition is filled in."""
    return reverse("edition-form", args=[edition.publication.slug, edition.slug, form_id])


def page_address(edition: Edition, page: int) -> str:
    """Where a page is read."""
    named: list[Any] = [edition.publication.slug, edition.slug]
    return reverse("edition", args=named) if page == 1 else reverse("edition-page", args=[*named, page])
