"""Forms of a publication in the back office: made, their fields put in order, tried, switched on and off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.form_fields import FieldForm, FormForm, kind_word, placement_word
from masthead.backoffice.forms import language_name, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import staff
from masthead.faces.form_parts import form_values
from masthead.faces.languages import language_of
from masthead.forms.errors import FormInvalidError
from masthead.forms.selectors import Form, form_get, form_list, sees_answers
from masthead.forms.services import (
    field_add,
    field_change,
    field_move,
    field_of,
    field_remove,
    form_ask_again,
    form_change,
    form_create,
    form_remove,
    form_switch,
    version_of,
)
from masthead.forms.shape import Field, Kind
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, edition_list, publication_get

SAVED_WORDS = "Saved."
MADE_WORDS = "The form is made. Add what it asks for, then switch it on."
DONE_WORDS = (
    "Readers meet the form from now on.",
    "Readers do not meet the form any more.",
    "Everybody is asked again.",
    "The form is removed, and its answers are erased.",
)
_DEEDS = ("on", "off", "ask-again", "remove")
_DONE = dict(zip(_DEEDS, DONE_WORDS, strict=True))
_LISTED = 200  # editions that can be ticked, latest first


@require_safe
@staff
def forms(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """All forms of a publication."""
    found = publication_get(person, publication)
    words = wording.translator(language_of(request))
    rows = [(row, words.text(placement_word(row.placement))) for row in form_list(person, found)]
    return show(request, "office/forms.html", rows=rows, sees_answers=sees_answers(person, found), **_about(found))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new_form(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Make one; what it asks for is added afterwards."""
    found = publication_get(person, publication)
    form_list(person, found)  # refuses who must not
    form = _settings(request, person, found, None)
    if request.method == "POST" and form.is_valid():
        try:
            editions = form.cleaned_data["editions"]
            made = form_create(by=person, publication=found, said=form.said(), editions=editions)
        except FormInvalidError as error:
            _refuse(form, error, request)
        else:
            say(request, MADE_WORDS)
            return HttpResponseRedirect(reverse("form-office", args=[found.pk, made.pk]))
    return show(request, "office/form_new.html", form, languages=_languages(request, form.spoken), **_about(found))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def form(request: HttpRequest, person: User, publication: str, form: str) -> HttpResponse:
    """One form: what it asks, and what is said of it."""
    found = publication_get(person, publication)
    row = form_get(person, found, form)
    settings = _settings(request, person, found, row)
    if request.method == "POST" and settings.is_valid():
        editions, seen = settings.cleaned_data["editions"], request.POST.get("seen", "")
        try:
            form_change(by=person, form=row, said=settings.said(), editions=editions, seen=seen)
        except FormInvalidError as error:
            _refuse(settings, error, request)
        else:
            say(request, SAVED_WORDS)
            return _back(row)
    words = wording.translator(language_of(request))
    shown = {
        **_about(found),
        "row": row,
        "seen": version_of(row),
        "kinds": [(kind.value, words.text(kind_word(kind))) for kind in Kind],
        "questions": [(one, one.label(row.languages[0]), words.text(kind_word(one.kind))) for one in row.questions],
        "languages": _languages(request, settings.spoken),
        "sees_answers": sees_answers(person, found),
    }
    return show(request, "office/form.html", settings, **shown)


@require_POST
@staff
def do(request: HttpRequest, person: User, publication: str, form: str, deed: str) -> HttpResponse:
    """Switch it on or off, ask everybody again, remove it."""
    found = publication_get(person, publication)
    row = form_get(person, found, form)
    deeds: dict[str, Callable[[], object]] = {
        "on": lambda: form_switch(by=person, form=row, is_on=True),
        "off": lambda: form_switch(by=person, form=row, is_on=False),
        "ask-again": lambda: form_ask_again(by=person, form=row),
        "remove": lambda: form_remove(by=person, form=row),
    }
    if deed not in deeds:
        raise NotFoundError(deed)
    deeds[deed]()
    say(request, _DONE[deed])
    return HttpResponseRedirect(reverse("publication-forms", args=[found.pk])) if deed == "remove" else _back(row)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new_field(request: HttpRequest, person: User, publication: str, form: str) -> HttpResponse:
    """Add a field of the kind that was chosen."""
    found = publication_get(person, publication)
    row = form_get(person, found, form)
    kind = _kind(request.GET.get("kind", ""))
    typed = FieldForm(request.POST or None, kind=kind, languages=row.languages, field=None)
    if request.method == "POST" and typed.is_valid():
        try:
            field_add(by=person, form=row, said=typed.said())
        except FormInvalidError as error:
            _refuse(typed, error, request)
        else:
            say(request, SAVED_WORDS)
            return _back(row, "#questions")
    return _field_page(request, found, row, typed, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def field(request: HttpRequest, person: User, publication: str, form: str, field: str) -> HttpResponse:
    """One field."""
    found = publication_get(person, publication)
    row = form_get(person, found, form)
    one = field_of(row, field)
    typed = FieldForm(request.POST or None, kind=one.kind, languages=row.languages, field=one)
    if request.method == "POST" and typed.is_valid():
        try:
            field_change(by=person, form=row, field_id=field, said=typed.said())
        except FormInvalidError as error:
            _refuse(typed, error, request)
        else:
            say(request, SAVED_WORDS)
            return _back(row, "#questions")
    return _field_page(request, found, row, typed, one)


@require_POST
@staff
def field_do(request: HttpRequest, person: User, publication: str, form: str, field: str, deed: str) -> HttpResponse:
    """Move a field up or down, or remove it."""
    found = publication_get(person, publication)
    row = form_get(person, found, form)
    if deed in ("up", "down"):
        field_move(by=person, form=row, field_id=field, by_places=-1 if deed == "up" else 1)
        return _back(row, f"#{deed}-{field}")
    if deed != "remove":
        raise NotFoundError(deed)
    field_remove(by=person, form=row, field_id=field)
    say(request, SAVED_WORDS)
    return _back(row, "#questions")


@require_safe
@staff
def preview(request: HttpRequest, person: User, publication: str, form: str) -> HttpResponse:
    """The form as readers see it, in each of its languages; nothing is sent."""
    found = publication_get(person, publication)
    row = form_get(person, found, form)
    asked = request.GET.get("in", "")
    language = asked if asked in row.languages else row.languages[0]
    words = wording.translator(language)
    values = form_values(row, words)
    values |= {"form_language": language, "step": "form", "page": 1, "is_preview": True, "is_gate": False}
    shown = {**_about(found), "row": row, "spoken": _languages(request, row.languages), "chosen": language, **values}
    return show(request, "office/form_preview.html", **shown)


def _settings(request: HttpRequest, person: User, found: Publication, row: Form | None) -> FormForm:
    words = wording.translator(language_of(request))
    editions = edition_list(person, found.publisher, found)[:_LISTED]
    return FormForm(request.POST or None, publication=found, form=row, editions=editions, words=words)


def _field_page(
    request: HttpRequest, found: Publication, row: Form, typed: FieldForm, field: Field | None
) -> HttpResponse:
    words = wording.translator(language_of(request))
    shown = {
        **_about(found),
        "row": row,
        "field": field,
        "kind": typed.kind.value,
        "kind_name": words.text(kind_word(typed.kind)),
        "languages": _languages(request, typed.spoken),
    }
    return show(request, "office/form_field.html", typed, **shown)


def _refuse(form: FormForm | FieldForm, error: FormInvalidError, request: HttpRequest) -> None:
    refuse(form, error.field if error.field in form.fields else None, error, language_of(request))


def _kind(said: str) -> Kind:
    try:
        return Kind(said)
    except ValueError as error:
        raise NotFoundError(said) from error


def _languages(request: HttpRequest, codes: list[str]) -> list[tuple[str, str]]:
    return [(code, language_name(code, language_of(request))) for code in codes]


def _about(publication: Publication) -> dict[str, Any]:
    return {"house": publication.publisher, "publication": publication}


def _back(row: Form, at: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("form-office", args=[row.publication_id, row.pk]) + at)
