"""The pages of one edition in the back office: hand over its PDF, watch it, publish and withdraw it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User, history
from masthead.backoffice.forms import ScheduleForm, refuse
from masthead.backoffice.rows import deed, row_of, state_word
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.library.errors import TimeInvalidError
from masthead.library.selectors import Edition, can_do, edition_get
from masthead.library.services import (
    edition_publish,
    edition_schedule,
    edition_unschedule,
    edition_withdraw,
)
from masthead.library.states import Step, is_possible
from masthead.production.selectors import conversion_of, latest_conversion
from masthead.production.services import conversion_cancel, conversion_retry

_LOGGED = 20
PUBLISHED_WORDS = "The edition is live."
SCHEDULED_WORDS = "The edition will go live by itself."
UNSCHEDULED_WORDS = "The edition will not go live by itself any more."
WITHDRAWN_WORDS = "The edition was withdrawn. Nobody but staff can read it."


@require_safe
@staff
def edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """The edition's home."""
    return _home(request, person, edition_get(person, edition))


@require_safe
@staff
def progress(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """How the conversion goes: the part of the home that is fetched again and again."""
    found = edition_get(person, edition)
    return render(request, "office/progress.html", {"row": row_of(found, latest_conversion(found))})


@require_POST
@staff
def publish(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Make it live now."""
    edition_publish(by=person, edition=edition_get(person, edition))
    return _said(request, edition, PUBLISHED_WORDS)


@require_POST
@staff
def withdraw(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Take it from readers now."""
    edition_withdraw(by=person, edition=edition_get(person, edition))
    return _said(request, edition, WITHDRAWN_WORDS)


@require_POST
@staff
def unschedule(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Take its time back."""
    edition_unschedule(by=person, edition=edition_get(person, edition))
    return _said(request, edition, UNSCHEDULED_WORDS)


@require_POST
@staff
def schedule(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Let it go live at a time, and be withdrawn at another."""
    found = edition_get(person, edition)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        publish_at = form.moment("publish_at")
        assert publish_at is not None
        try:
            edition_schedule(
                by=person,
                edition=found,
                publish_at=publish_at,
                withdraw_at=form.moment("withdraw_at"),
                time_zone=form.cleaned_data["time_zone"],
            )
        except TimeInvalidError as error:
            refuse(form, "publish_at", error, language_of(request))
        else:
            return _said(request, edition, SCHEDULED_WORDS)
    return _home(request, person, found, form)


@require_POST
@staff
def cancel(request: HttpRequest, person: User, edition: str, conversion: str) -> HttpResponse:
    """Stop a conversion."""
    conversion_cancel(by=person, conversion=conversion_of(person, edition_get(person, edition), conversion))
    return HttpResponseRedirect(reverse("office-edition", args=[edition]))


@require_POST
@staff
def retry(request: HttpRequest, person: User, edition: str, conversion: str) -> HttpResponse:
    """Try a conversion again."""
    conversion_retry(by=person, conversion=conversion_of(person, edition_get(person, edition), conversion))
    return HttpResponseRedirect(reverse("office-edition", args=[edition]))


def _home(request: HttpRequest, person: User, found: Edition, form: ScheduleForm | None = None) -> HttpResponse:
    publisher = found.publication.publisher
    may_publish = can_do(person, Action.PUBLISH, found)
    shown = {
        "house": publisher,
        "edition": found,
        "row": row_of(found, latest_conversion(found)),
        "word": state_word(found.state),
        "may_edit": can_do(person, Action.EDIT, found),
        "may_delete": may_publish,
        "steps": [step.value for step in Step if may_publish and is_possible(found.state, step)],
        "form": form or ScheduleForm(initial={"time_zone": found.time_zone}),
        "deed": deed,
        "entries": history(person, publisher, found.pk)[:_LOGGED],
        "address": request.build_absolute_uri(f"/{found.publication.slug}/{found.slug}/"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "office/edition.html", shown, status=status)


def _said(request: HttpRequest, edition: str, words: str) -> HttpResponse:
    messages.success(request, wording.translator(language_of(request)).text(words))
    return HttpResponseRedirect(reverse("office-edition", args=[edition]))
