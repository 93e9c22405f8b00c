"""The page that an invitation opens: somebody new says their name and a password, others sign in and agree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from masthead.accounts.inviting import (
    invitation_accept,
    invitation_accept_new,
    invitation_get,
    is_known,
)
from masthead.accounts.selectors import User
from masthead.backoffice.framing import show
from masthead.backoffice.staff_words import role_word

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class JoinForm(forms.Form):
    """Who somebody new is."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation."""
    found = invitation_get(token)
    person = request.user if isinstance(request.user, User) else None
    shown: dict[str, Any] = {
        "invitation": found,
        "role_word": role_word(found.role),
        "is_known": is_known(found),
        "is_me": person is not None and person.email == found.email,
        "someone_else": person is not None and person.email != found.email,
        "sign_in": f"{reverse('account_login')}?next={request.path}",
    }
    if is_known(found):
        if request.method == "POST" and person is not None:
            invitation_accept(token=token, user=person)
            return HttpResponseRedirect(reverse("house", args=[found.publisher.slug]))
        return show(request, "office/invitation.html", **shown)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = invitation_accept_new(token=token, **form.cleaned_data)
        login(request, user, backend=_BACKEND)
        return HttpResponseRedirect(reverse("house", args=[found.publisher.slug]))
    return show(request, "office/invitation.html", form, **shown)
