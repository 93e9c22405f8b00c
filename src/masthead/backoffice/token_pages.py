"""Tokens of programs: which there are, a new one whose secret is shown once, and the end of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.errors import NotAllowedError, ScopeTooWideError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, Token, User
from masthead.accounts.tokens import may_make, possible_scopes, token_create, token_list, token_revoke
from masthead.backoffice.forms import choose, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.program_words import lines_of, resource_word
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import publication_list

REVOKED_WORDS = "“{name}” opens nothing any more."
PRESET_WORDS = (
    "It may read everything that I may",
    "It may do everything that I may",
    "It may do what is ticked below",
)
NOTHING_WORDS = "Tick what it may do."
NEVER_WORDS = "never"
_PRESETS = ("read", "all", "some")
_DAYS = (30, 90, 365, 0)


class TokenForm(forms.Form):
    """What a program may do, where, and for how long."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    preset = forms.ChoiceField(initial="read", widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(required=False)
    publications = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(coerce=int, initial=365)

    def __init__(self, *args: Any, words: wording.Translator, possible: list[str], **kwargs: Any) -> None:
        self._publications = kwargs.pop("publications")
        super().__init__(*args, **kwargs)
        self._possible, self._words = possible, words
        choose(self, "preset", zip(_PRESETS, map(words.text, PRESET_WORDS), strict=True))
        choose(self, "scopes", [(scope, scope) for scope in possible])
        choose(self, "publications", self._publications)
        named = [
            words.plural("{count} day", "{count} days", days) if days else words.text(NEVER_WORDS) for days in _DAYS
        ]
        choose(self, "days", zip(map(str, _DAYS), named, strict=True))

    def clean(self) -> dict[str, Any]:
        """The scopes that the preset stands for."""
        said = self.cleaned_data
        preset, ticked = said.get("preset"), said.get("scopes") or []
        if preset == "some" and not ticked and "scopes" not in self.errors:
            self.add_error("scopes", self._words.text(NOTHING_WORDS))
        if preset != "some":
            said["scopes"] = [one for one in self._possible if preset == "all" or one.endswith(":read")]
        return said

    def values(self) -> dict[str, Any]:
        """What the service wants."""
        said = self.cleaned_data
        end = timezone.now() + timedelta(days=said["days"]) if said["days"] else None
        return {
            "name": said["name"],
            "scopes": said["scopes"],
            "publications": said["publications"],
            "expires_at": end,
        }


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def tokens(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All that still open something; a form makes one and shows its secret, on this one page and never again."""
    publisher = house_of(person, house)
    if not may_make(person, publisher):
        raise NotAllowedError(Action.USE_API.value)
    words, secret, made = wording.translator(language_of(request)), "", None
    form = _form(request, person, publisher, words, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = token_create(by=person, publisher=publisher, **form.values())
        except ScopeTooWideError as error:
            refuse(form, "scopes", error, words.language)
        else:
            form = _form(request, person, publisher, words, None)
    names = dict(publication_list(person, publisher).values_list("pk", "name"))
    return show(
        request,
        "office/tokens.html",
        form,
        house=publisher,
        tokens=[(row, _told(row, names)) for row in token_list(person, publisher)],
        lines=lines_of(possible_scopes(person, publisher)),
        ticked=form["scopes"].value() or [],
        made=made,
        secret=secret,
        resource_word=resource_word,
    )


@require_POST
@staff
def revoke(request: HttpRequest, person: User, house: str, token: str) -> HttpResponse:
    """End one."""
    publisher = house_of(person, house)
    found = token_list(person, publisher).filter(pk=token).first()
    if found is None:
        raise NotFoundError(token)
    token_revoke(by=person, token=found)
    say(request, REVOKED_WORDS, name=found.name)
    return HttpResponseRedirect(reverse("house-tokens", args=[house]))


def _form(request: HttpRequest, person: User, publisher: Publisher, words: wording.Translator, data: Any) -> TokenForm:
    publications = [(row.pk, row.name) for row in publication_list(person, publisher)]
    possible = possible_scopes(person, publisher)
    return TokenForm(data, words=words, possible=possible, publications=publications)


def _told(row: Token, names: dict[str, str]) -> dict[str, Any]:
    """What the list says of a token: its resources, those that it may also write, and its publications."""
    written = {scope.partition(":")[0] for scope in row.scopes if scope.endswith(":write")}
    resources = list(dict.fromkeys(scope.partition(":")[0] for scope in row.scopes))
    return {
        "reads": [resource for resource in resources if resource not in written],
        "writes": [resource for resource in resources if resource in written],
        "publications": [names[one] for one in row.publications if one in names],
    }
