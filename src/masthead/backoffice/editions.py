"""The pages of one edition in the back office: hand over its PDF, watch it, publish and withdraw it."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User, history
from masthead.backoffice.forms import ScheduleForm, WithdrawForm, refuse
from masthead.backoffice.rows import row_of, state_meaning, state_word
from masthead.backoffice.staff import staff
from masthead.backoffice.telling import changes, deed
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.library.errors import StateError, TimeInvalidError
from masthead.library.inheriting import setting_of
from masthead.library.particulars import edition_withdraw_later
from masthead.library.selectors import Edition, can_do, edition_get, require
from masthead.library.services import (
    edition_publish,
    edition_schedule,
    edition_unschedule,
    edition_withdraw,
)
from masthead.library.states import State, Step, is_possible
from masthead.production.queueing import conversion_first
from masthead.production.selectors import conversion_of, conversions_of_builds, latest_conversion
from masthead.production.services import conversion_cancel, conversion_retry

_LOGGED = 20
PUBLISHED_WORDS = "The edition is live."
SCHEDULED_WORDS = "The edition will go live by itself."
UNSCHEDULED_WORDS = "The edition will not go live by itself any more."
WITHDRAW_LATER_WORDS = "The edition will be withdrawn by itself."
FIRST_WORDS = "It is converted before everything else of your house that waits."
IN_TURN_WORDS = "It waits for its turn again."
BEGUN_WORDS = "It does not wait any more."
NOT_WITHDRAWN_WORDS = "The edition stays live."
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
    require(person, Action.PUBLISH, found)
    form = ScheduleForm(request.POST, words=wording.translator(language_of(request)))
    if form.is_valid():
        said = form.cleaned_data
        try:
            edition_schedule(
                by=person,
                edition=found,
                publish_at=said["publish_at"],
                withdraw_at=said["withdraw_at"],
                time_zone=said["time_zone"],
            )
        except TimeInvalidError as error:
            refuse(form, "publish_at", error, language_of(request))
        else:
            return _said(request, edition, SCHEDULED_WORDS)
    return _home(request, person, found, form)


@require_POST
@staff
def withdraw_later(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Let a live edition be withdrawn at a time, or not by itself any more."""
    found = edition_get(person, edition)
    require(person, Action.PUBLISH, found)
    form = WithdrawForm(request.POST, words=wording.translator(language_of(request)))
    if form.is_valid():
        at, zone = form.cleaned_data["withdraw_at"], form.cleaned_data["time_zone"]
        try:
            edition_withdraw_later(by=person, edition=found, withdraw_at=at, time_zone=zone)
        except TimeInvalidError as error:
            refuse(form, "withdraw_at", error, language_of(request))
        else:
            return _said(request, edition, WITHDRAW_LATER_WORDS if at else NOT_WITHDRAWN_WORDS)
    return _home(request, person, found, form)


@require_POST
@staff
def cancel(request: HttpRequest, person: User, edition: str, conversion: str) -> HttpResponse:
    """Stop a conversion."""
    conversion_cancel(by=person, conversion=conversion_of(person, edition_get(person, edition), conversion))
    return HttpResponseRedirect(reverse("office-edition", args=[edition]))


@require_POST
@staff
def first(request: HttpRequest, person: User, edition: str, conversion: str) -> HttpResponse:
    """Put a conversion that waits before all others of the house, or back into its turn."""
    found = conversion_of(person, edition_get(person, edition), conversion)
    is_first = request.POST.get("first") == "yes"
    try:
        conversion_first(by=person, conversion=found, is_first=is_first)
    except StateError:  # it began, or ended, after the page was shown: what was wanted is there or not wanted any more
        return _said(request, edition, BEGUN_WORDS)
    return _said(request, edition, FIRST_WORDS if is_first else IN_TURN_WORDS)


@require_POST
@staff
def retry(request: HttpRequest, person: User, edition: str, conversion: str) -> HttpResponse:
    """Try a conversion again."""
    conversion_retry(by=person, conversion=conversion_of(person, edition_get(person, edition), conversion))
    return HttpResponseRedirect(reverse("office-edition", args=[edition]))


def _home(request: HttpRequest, person: User, found: Edition, form: ScheduleForm | None = None) -> HttpResponse:
    publisher, words = found.publication.publisher, wording.translator(language_of(request))
    may_publish = can_do(person, Action.PUBLISH, found)
    zone = setting_of(found, "time_zone") if found.publish_at is None else found.time_zone
    kind = WithdrawForm if found.state == State.LIVE else ScheduleForm
    clock = {name: _on_clock(getattr(found, name), zone) for name in ("publish_at", "withdraw_at")}
    shown = {
        "house": publisher,
        "edition": found,
        "row": row_of(found, latest_conversion(found)),
        "made_by": conversions_of_builds(found).get(found.build_id or ""),
        "word": state_word(found.state),
        "meaning": state_meaning(found.state),
        "may_edit": can_do(person, Action.EDIT, found),
        "may_delete": may_publish,
        "may_publish": may_publish,
        "steps": [step.value for step in Step if may_publish and is_possible(found.state, step)],
        "form": form or kind(words=words, initial={"time_zone": zone, **clock}),
        "deed": deed,
        "entries": [(entry, changes(entry, words, zone)) for entry in history(person, publisher, found.pk)[:_LOGGED]],
        "zone": zone,
        "address": absolute(request, f"/{found.publication.slug}/{found.slug}/"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "office/edition.html", shown, status=status)


def _on_clock(at: datetime | None, zone: str) -> str:
    """A moment as the field for it wants it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


def _said(request: HttpRequest, edition: str, words: str) -> HttpResponse:
    messages.success(request, wording.translator(language_of(request)).text(words))
    return HttpResponseRedirect(reverse("office-edition", args=[edition]))
