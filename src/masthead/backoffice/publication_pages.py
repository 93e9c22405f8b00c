"""What is said of a publication, what its editions inherit, its own words and its domain."""

from __future__ import annotations

import socket
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import PublicationForm, language_name, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.reading_form import ReadingForm
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.library.branding import domain_change, own_words, words_change
from masthead.library.errors import DomainInvalidError, IssnInvalidError, SlugInvalidError, SlugTakenError
from masthead.library.own_words import SENTENCES
from masthead.library.particulars import IMPRINT, LANGUAGES, publication_change, publication_settings_change
from masthead.library.selectors import Publication, publication_get, require

SAVED_WORDS = "Saved."


class ParticularsForm(PublicationForm):
    """All particulars of a publication."""

    description = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    editor = forms.CharField(required=False, max_length=200)
    publisher = forms.CharField(required=False, max_length=200)
    address = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    email = forms.EmailField(required=False)
    legal = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DomainForm(forms.Form):
    """A publication's own domain."""

    domain = forms.CharField(required=False, max_length=253, widget=forms.TextInput(attrs={"inputmode": "url"}))


def _opened(person: User, publication: str) -> Publication:
    found = publication_get(person, publication)
    require(person, Action.MANAGE_PUBLICATIONS, found)
    return found


def _saved(request: HttpRequest, page: str, publication: Publication, query: str = "") -> HttpResponse:
    say(request, SAVED_WORDS)
    return HttpResponseRedirect(reverse(page, args=[publication.pk]) + query)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def particulars(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Name, address, ISSN, frequency, language, description, imprint."""
    found, language = _opened(person, publication), language_of(request)
    kept = {name: getattr(found, name) for name in ("name", "slug", "issn", "frequency", "language", "description")}
    form = ParticularsForm(request.POST or None, words=wording.translator(language), initial={**kept, **found.imprint})
    form.fields["slug"].required = True
    codes: Any = form.fields["language"]
    if found.language not in LANGUAGES:
        codes.choices = [*codes.choices, (found.language, language_name(found.language, language))]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        fields = {name: said[name] for name in kept} | {"imprint": {name: said[name] for name in IMPRINT}}
        try:
            publication_change(by=person, publication=found, fields=fields)
        except IssnInvalidError as error:
            refuse(form, "issn", error, language)
        except (SlugInvalidError, SlugTakenError) as error:
            refuse(form, "slug", error, language)
        else:
            return _saved(request, "publication-particulars", found)
    shown = {"house": found.publisher, "publication": found}
    return show(request, "office/publication_particulars.html", form, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def reading(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """What the editions inherit."""
    found = _opened(person, publication)
    form = ReadingForm(request.POST or None, of=found, words=wording.translator(language_of(request)))
    if request.method == "POST" and form.is_valid():
        publication_settings_change(by=person, publication=found, values=form.cleaned_data)
        return _saved(request, "publication-reading", found)
    shown = {"house": found.publisher, "publication": found}
    return show(request, "office/publication_reading.html", form, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def words(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Sentences of the reader said in the publication's own way, in one language after the other."""
    found = _opened(person, publication)
    chosen = request.GET.get("words", "")
    language = chosen if chosen in wording.languages() else language_of(request)
    there, own = wording.translator(language), own_words(found, language)
    form = forms.Form(request.POST or None)
    for number, sentence in enumerate(SENTENCES):
        field = forms.CharField(required=False, max_length=200, initial=own.get(sentence, ""))
        form.fields[f"sentence_{number}"] = field
    if request.method == "POST" and form.is_valid():
        said = {sentence: form.cleaned_data[f"sentence_{number}"] for number, sentence in enumerate(SENTENCES)}
        words_change(by=person, publication=found, language=language, words=said)
        return _saved(request, "publication-words", found, f"?words={language}")
    lines = [(f"sentence_{number}", there.text(sentence)) for number, sentence in enumerate(SENTENCES)]
    named = [(code, language_name(code, language_of(request))) for code in wording.languages()]
    shown = {"house": found.publisher, "publication": found, "lines": lines, "chosen": language, "languages": named}
    return show(request, "office/publication_words.html", form, spoken=there, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def domain(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """The publication's own domain, and whether it leads anywhere yet."""
    found = _opened(person, publication)
    form = DomainForm(request.POST or None, initial={"domain": found.domain or ""})
    if request.method == "POST" and form.is_valid():
        try:
            domain_change(by=person, publication=found, domain=form.cleaned_data["domain"])
        except (DomainInvalidError, SlugTakenError) as error:
            refuse(form, "domain", error, language_of(request))
        else:
            return _saved(request, "publication-domain", found)
    shown = {"house": found.publisher, "publication": found, "numbers": _addresses(found.domain or "")}
    return show(request, "office/publication_domain.html", form, **shown)


def _addresses(name: str) -> list[str]:
    """The network addresses that the name leads to now; none where it leads nowhere yet."""
    if not name:
        return []
    try:
        return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM)})
    except OSError:
        return []
