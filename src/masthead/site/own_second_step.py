"""The second step of a reader's own account, where a publisher wants it of those who come by its organisations.

It is asked before the answer of the identity provider is taken up, so that nobody is half signed in.
"""

from __future__ import annotations

from http import HTTPStatus

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.access.identity.arriving import person_expected
from masthead.access.identity.providers import SignInTry
from masthead.accounts.passkeys import SecondStepForm
from masthead.accounts.selectors import User

_KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_step(request: HttpRequest, row: SignInTry, person: User | None) -> HttpResponse | None:
    """The page that asks for it; None where nothing is asked, or it was just shown. `person` is signed in already."""
    expected = person_expected(row) if row.provider.asks_second_step else None
    if expected is None or expected == person or not is_mfa_enabled(expected, _KINDS):
        return None
    form, key_form = AuthenticateForm(user=expected), SecondStepForm(user=expected)
    if request.method == "POST":
        given = SecondStepForm(request.POST, user=expected) if "credential" in request.POST else None
        tried = given or AuthenticateForm(request.POST, user=expected)
        if tried.is_valid():
            tried.save()
            return None
        form, key_form = (form, given) if given else (tried, key_form)
    has_passkey = is_mfa_enabled(expected, [Authenticator.Type.WEBAUTHN])
    values = {
        "provider": row.provider,
        "form": form,
        "key_form": key_form,
        "asked": auth.begin_authentication(expected) if has_passkey else None,
    }
    is_wrong = bool(form.errors or key_form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    response = render(request, "site/own_second_step.html", values, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
