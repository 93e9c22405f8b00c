"""One's own name and language, for everybody who signs in."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.selectors import User
from masthead.accounts.services import user_change
from masthead.backoffice.forms import choose, language_name
from masthead.backoffice.framing import say, show
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError

SAVED_WORDS = "Saved."
BROWSERS_WORDS = "The browser's"


class PersonForm(forms.Form):
    """What one is called, and what one reads the house in."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(required=False)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """Name and language."""
    person = request.user
    if not isinstance(person, User):
        raise NotFoundError
    words = wording.translator(language_of(request))
    form = PersonForm(request.POST or None, initial={"name": person.name, "language": person.language})
    named = [(code, language_name(code, code)) for code in wording.languages()]
    choose(form, "language", [("", words.text(BROWSERS_WORDS)), *named])
    if request.method == "POST" and form.is_valid():
        user_change(user=person, **form.cleaned_data)
        say(request, SAVED_WORDS)
        return HttpResponseRedirect(reverse("account-you"))
    return show(request, "office/you.html", form)
