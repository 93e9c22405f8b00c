"""One PDF handed over: as a new edition, or instead of the PDF of an edition that is there already."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.forms import FileForm, UploadForm, refuse
from masthead.backoffice.staff import staff
from masthead.backoffice.verdicts import verdict_of
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.library.errors import SlugTakenError, StateError
from masthead.library.selectors import edition_get, publication_get, require
from masthead.production.arrivals import arrival_of, arrival_remove, arrival_take
from masthead.production.checking import arrival_unlock, check_now
from masthead.production.errors import UploadGoneError, UploadTooLargeError
from masthead.production.intake import edition_replace, edition_start
from masthead.production.selectors import Arrival

REPLACED_WORDS = "The new PDF is being converted. Readers keep what they have until it is ready."


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new_edition(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Hand over the PDF of a new issue."""
    found = publication_get(person, publication)
    require(person, Action.EDIT, found)
    form = UploadForm(
        request.POST or None, request.FILES or None, words=_words(request), initial={"date": timezone.localdate()}
    )
    arrival = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        arrival = arrived(request, person, found.publisher, form)
        try:
            if arrival is not None and not form.errors:
                about = {"label": said["label"], "day": said["date"]}
                edition = edition_start(by=person, arrival=arrival, publication=found, **about)
                return HttpResponseRedirect(reverse("office-edition", args=[edition.pk]))
        except SlugTakenError as error:
            refuse(form, "label", error, language_of(request))
    shown = {"house": found.publisher, "publication": found}
    return _page(request, person, "office/new_edition.html", form, arrival, shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def replace(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Hand over another PDF of an edition."""
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    publisher = found.publication.publisher
    form = FileForm(request.POST or None, request.FILES or None, words=_words(request))
    arrival = None
    if request.method == "POST" and form.is_valid():
        arrival = arrived(request, person, publisher, form)
        if arrival is not None and not form.errors:
            edition_replace(by=person, arrival=arrival, edition=found)
            messages.success(request, _words(request).text(REPLACED_WORDS))
            return HttpResponseRedirect(reverse("office-edition", args=[found.pk]))
    return _page(request, person, "office/replace.html", form, arrival, {"house": publisher, "edition": found})


def arrived(request: HttpRequest, person: User, publisher: Publisher, form: FileForm) -> Arrival | None:
    """The file that the form holds or names, looked at; what is wrong with it is said at its field."""
    said, language = form.cleaned_data, language_of(request)
    try:
        if said["file"]:
            name = PurePath(said["file"].name or "upload.pdf").name
            stream, password = said["file"].file, said["password"]
            arrival = arrival_take(by=person, publisher=publisher, name=name, stream=stream, password=password)
        else:
            arrival = arrival_of(person, said["arrival"])
            if said["password"]:
                arrival_unlock(arrival=arrival, password=said["password"])
        arrival.refresh_from_db()
        arrival = check_now(arrival)
    except (UploadTooLargeError, UploadGoneError) as error:
        refuse(form, "file", error, language)
        return None
    if arrival.state == Arrival.State.REFUSED:
        return _refused(request, form, arrival)
    if arrival.state != Arrival.State.GOOD:
        refuse(form, "file", StateError(arrival.state), language)
    return arrival


def _refused(request: HttpRequest, form: FileForm, arrival: Arrival) -> Arrival | None:
    """What only lacks a password stays here; everything else has to be chosen anew."""
    wants_password = verdict_of(arrival).wants_password
    error = MastheadError()
    error.sentence, error.hint = arrival.error_sentence, "" if wants_password else arrival.error_hint
    words = _words(request)
    said = " ".join(words.text(part) for part in (error.sentence, error.hint) if part)
    form.add_error("password" if wants_password else "file", said)
    if wants_password:
        return arrival
    arrival_remove(arrival=arrival)
    return None


def _page(
    request: HttpRequest, person: User, template: str, form: FileForm, arrival: Arrival | None, shown: dict[str, Any]
) -> HttpResponse:
    """The form; a file that is here stays here while other fields are corrected."""
    kept = arrival
    if kept is None and form.is_bound and "file" not in form.errors:
        try:
            kept = arrival_of(person, str(form.data.get("arrival", "")))
        except UploadGoneError:
            kept = None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    shown = {**shown, "form": form, "kept": kept, "verdict": verdict_of(kept) if kept else None}
    return render(request, template, shown, status=status)


def _words(request: HttpRequest) -> wording.Translator:
    return wording.translator(language_of(request))
