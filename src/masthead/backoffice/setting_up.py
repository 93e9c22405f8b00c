"""The one page before there is anybody: who owns the house, and what is it called."""

from __future__ import annotations

from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from masthead.accounts.errors import AlreadySetUpError
from masthead.accounts.selectors import is_set_up
from masthead.accounts.services import house_set_up
from masthead.backoffice.forms import SetUpForm
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError

_SALT = "masthead.setup"
_SECONDS = 24 * 3600


def set_up_address() -> str:
    """The address that opens the page: good for a day, and only until there is an owner."""
    return reverse("set-up", args=[signing.dumps("house", salt=_SALT)])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the house's name and its owner; then the owner is signed in."""
    try:
        signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature as error:
        raise NotFoundError(request.path) from error
    if is_set_up():
        raise AlreadySetUpError
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = house_set_up(**form.cleaned_data, language=language_of(request))
        login(request, owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        return HttpResponseRedirect(reverse("office"))
    return render(request, "office/setup.html", {"form": form})
