"""What is said of an edition, and what differs from its publication when it is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.reading_form import ReadingForm
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.library.errors import SlugInvalidError, SlugTakenError
from masthead.library.particulars import edition_categorise, edition_change, edition_settings_change
from masthead.library.selectors import Edition, category_list, edition_get, edition_list, require
from masthead.production.setting_up import edition_set_up_as

SAVED_WORDS = "Saved."
_MODELS = 100  # editions that one can be set up as


class EditionForm(forms.Form):
    """The particulars of an edition."""

    label = forms.CharField(max_length=120)
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    slug = forms.CharField(max_length=60)
    description = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    categories = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def particulars(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Issue, date, address, description, categories."""
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    all_categories = list(category_list(person, found.publication.publisher))
    now = set(found.categories.values_list("pk", flat=True))
    kept = {name: getattr(found, name) for name in ("label", "date", "slug", "description")}
    form = EditionForm(request.POST or None, initial={**kept, "categories": list(now)})
    chosen: Any = form.fields["categories"]
    chosen.choices = [(category.pk, category.name) for category in all_categories]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wanted = set(said.pop("categories"))
        try:
            edition_change(by=person, edition=found, **said)
        except (SlugInvalidError, SlugTakenError) as error:
            refuse(form, "slug", error, language_of(request))
        else:
            add = [category for category in all_categories if category.pk in wanted - now]
            remove = [category for category in all_categories if category.pk in now - wanted]
            edition_categorise(by=person, edition=found, add=add, remove=remove)
            return _saved(request, "edition-particulars", found)
    shown = {"house": found.publication.publisher, "edition": found}
    return show(request, "office/edition_particulars.html", form, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def reading(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """The settings of reading that differ from the publication's."""
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    form = ReadingForm(request.POST or None, of=found, words=wording.translator(language_of(request)))
    if request.method == "POST" and form.is_valid():
        edition_settings_change(by=person, edition=found, values=form.cleaned_data)
        return _saved(request, "edition-reading", found)
    others = edition_list(person, found.publication.publisher, found.publication).exclude(pk=found.pk)
    shown = {"house": found.publication.publisher, "edition": found, "models": list(others[:_MODELS])}
    return show(request, "office/edition_reading.html", form, **shown)


@require_POST
@staff
def set_up_as(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Take over what another edition of the publication has set for itself."""
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    edition_set_up_as(by=person, edition=found, model=edition_get(person, request.POST.get("model", "")))
    return _saved(request, "edition-reading", found)


def _saved(request: HttpRequest, page: str, edition: Edition) -> HttpResponse:
    say(request, SAVED_WORDS)
    return HttpResponseRedirect(reverse(page, args=[edition.pk]))
