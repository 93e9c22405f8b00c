"""What a publication says in public of the accessibility of its editions: the form, with what was found beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import choose
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import staff
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.library.public import live_of
from masthead.library.selectors import publication_get, require
from masthead.production.accessibility_reports import report_for, statement_change, statement_of
from masthead.production.selectors import AccessibilityStatement

SAVED_WORDS = "Saved."
CONTACT_WORDS = "Say where readers can turn to: an e-mail address, a telephone number or a postal address."
CONFORMANCE_WORDS = (
    "Fully: nothing is known that fails",
    "Partially: some parts fail, named below",
    "Not: most of it fails",
    "Not assessed yet",
)
_LATEST = 5  # issues whose reports are shown beside


class StatementForm(forms.Form):
    """The statement, after the model of the W3C's generator and of the European Accessibility Act."""

    conformance = forms.ChoiceField()
    limitations = forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    assessed_on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    feedback_email = forms.EmailField(required=False)
    feedback_phone = forms.CharField(required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    feedback_address = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    answer_days = forms.IntegerField(min_value=1, max_value=90)
    enforcement = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    is_public = forms.BooleanField(required=False)

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = words
        choices = zip(AccessibilityStatement.Conformance.values, map(words.text, CONFORMANCE_WORDS), strict=True)
        choose(self, "conformance", choices)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        reachable = any(said.get(name) for name in ("feedback_email", "feedback_phone", "feedback_address"))
        if said.get("is_public") and not reachable and "feedback_email" not in self.errors:
            self.add_error("feedback_email", self._words.text(CONTACT_WORDS))
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def statement(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """The statement of a publication."""
    found = publication_get(person, publication)
    require(person, Action.MANAGE_PUBLICATIONS, found)
    kept = statement_of(found)
    words = wording.translator(language_of(request))
    initial = {name: getattr(kept, name) for name in StatementForm.base_fields}
    form = StatementForm(request.POST or None, words=words, initial=initial)
    if request.method == "POST" and form.is_valid():
        statement_change(by=person, publication=found, fields=form.cleaned_data)
        say(request, SAVED_WORDS)
        return HttpResponseRedirect(reverse("publication-accessibility", args=[found.pk]))
    shown = {
        "house": found.publisher,
        "publication": found,
        "kept": kept,
        "reports": [(edition, report_for(edition)) for edition in live_of(found)[:_LATEST]],
        "address": absolute(request, reverse("publication-statement", args=[found.slug])),
    }
    return show(request, "office/publication_accessibility.html", form, **shown)
