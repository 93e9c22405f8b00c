"""Who may read: the terms of a publication and of an edition, all of them in one table, and why somebody cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.carried import Carried
from masthead.access.errors import TermsInvalidError
from masthead.access.readers import person_known
from masthead.access.rules import Answer, may_read
from masthead.access.setting_terms import can_set_terms, terms_set
from masthead.access.terms import PARTS, terms_of
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import Person, User
from masthead.backoffice.framing import say, show
from masthead.backoffice.rows import state_word
from masthead.backoffice.staff import staff
from masthead.backoffice.terms_form import TermsForm
from masthead.backoffice.terms_words import WAY_HINT_WORDS, WAYS, sentence_of, verdict_words, way_name, why_words
from masthead.faces.languages import language_of
from masthead.library.selectors import Edition, Publication, edition_get, edition_list, publication_get

SAVED_WORDS = "Saved. It counts from now on."
UNKNOWN_WORDS = "None of your readers or staff has this address."
_LISTED = 60


@dataclass(frozen=True, slots=True)
class Line:
    """An edition in the table of rules."""

    edition: Edition
    state: str
    sentence: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a try came to: rule by rule."""

    answer: Answer
    words: str
    rules: list[tuple[str, bool, str]]


class TestForm(forms.Form):
    """Whom to try it as."""

    email = forms.EmailField(required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    address = forms.GenericIPAddressField(required=False)
    knows = forms.BooleanField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def of_publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """What the publication's editions inherit, and what each of them comes to."""
    found = publication_get(person, publication)
    words = wording.translator(language_of(request))
    lines = [
        Line(row, words.text(state_word(row.state)), sentence_of(terms_of(row), words), _is_own(row))
        for row in edition_list(person, found.publisher, found)[:_LISTED]
    ]
    return _page(request, person, found, {"house": found.publisher, "publication": found, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def of_edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """What the edition says for itself, and why somebody cannot read it."""
    found = edition_get(person, edition)
    house = found.publication.publisher
    test = TestForm(request.GET if "email" in request.GET else None)
    verdict = None
    if test.is_bound and test.is_valid():
        verdict = _tried(request, person, found, test)
    shown = {"house": house, "edition": found, "test": test, "verdict": verdict}
    return _page(request, person, found, shown)


def _page(request: HttpRequest, person: User, of: Edition | Publication, shown: dict[str, Any]) -> HttpResponse:
    if not can_set_terms(person, of):
        raise NotAllowedError("terms")
    words = wording.translator(language_of(request))
    form = TermsForm(request.POST or None, of=of, words=words)
    if request.method == "POST" and form.is_valid():
        try:
            terms_set(by=person, of=of, parts=form.parts(), password=form.cleaned_data["password"])
        except TermsInvalidError as error:
            form.refuse_terms(error.detail)
        else:
            say(request, SAVED_WORDS)
            name = "edition-terms" if isinstance(of, Edition) else "publication-terms"
            return HttpResponseRedirect(reverse(name, args=[of.pk]))
    hints = [(str(way), words.text(hint)) for way, hint in zip(WAYS, WAY_HINT_WORDS, strict=True)]
    terms = terms_of(of)
    shown = {
        **shown,
        "sentence": sentence_of(terms, words),
        "hints": dict(hints),
        "has_password": bool(terms.password),
        "is_edition": isinstance(of, Edition),
    }
    return show(request, "office/terms.html", form, **shown)


def _is_own(row: Edition) -> bool:
    """Whether the edition says something for itself; forms are set elsewhere."""
    return any(part in row.terms for part in PARTS)


def _tried(request: HttpRequest, person: User, edition: Edition, test: forms.Form) -> Verdict | None:
    words = wording.translator(language_of(request))
    said = test.cleaned_data
    reader: Person = None
    if said["email"]:
        reader = person_known(edition.publication.publisher, said["email"])
        if reader is None:
            test.add_error("email", words.text(UNKNOWN_WORDS))
            return None
    terms = terms_of(edition)
    carried = Carried(
        address=said["address"] or "",
        passwords=frozenset({terms.key}) if said["knows"] else frozenset(),
        site=terms.sites[0] if terms.sites else "",
    )
    answer = may_read(reader, edition, said["page"], carried)
    rules = [(words.text("Live"), edition.is_live, words.text(state_word(edition.state)))]
    if said["page"] and terms.free:
        is_free = said["page"] in terms.free
        rules.append((words.text("Free page"), is_free, words.text("Free: {pages}", pages=str(terms.free))))
    rules += [(words.text(way_name(one.way)), one.is_met, words.text(why_words(one))) for one in answer.tried]
    return Verdict(answer, words.text(verdict_words(answer)), rules)
