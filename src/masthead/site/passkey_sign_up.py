"""Signing up with a passkey: the address, the code from the mail, the passkey; then back to where they came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.mfa.webauthn.internal import auth, flows
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.errors import EmailCodeWrongError
from masthead.access.tries import try_once
from masthead.accounts.passkey_accounts import Waiting, code_shown, passkey_account_create, sign_up_code_send
from masthead.accounts.passkeys import FirstPasskeyForm
from masthead.document.errors import MastheadError
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.faces.visitors import network_address
from masthead.site.way_in import MAIL_FAILED_WORDS, EmailCodeForm, EmailForm

_WAITING, _TARGET = "passkey_sign_up", "passkey_sign_up_next"
_CODES, _CODES_OF_VISITOR, _TRIES = 5, 30, 6  # in ten minutes


def _for_newcomers(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Who is signed in has an account; where the operator lets nobody sign up, the page says who makes accounts."""

    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def enter(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(_target(request) or reverse("my-account"), status=HTTPStatus.SEE_OTHER)
        if not get_adapter(request).is_open_for_signup(request):
            return render(request, "account/signup_closed.html")
        return view(request)

    return enter


@_for_newcomers
def begin(request: HttpRequest) -> HttpResponse:
    """The address, which gets a code."""
    request.session[_TARGET] = _target(request)
    form = EmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _code_is_sent(request, form):
        return HttpResponseRedirect(reverse("passkey-sign-up-code"), status=HTTPStatus.SEE_OTHER)
    return _shown(request, "address", form)


@_for_newcomers
def code(request: HttpRequest) -> HttpResponse:
    """The code from the mail."""
    waiting = Waiting.of(request.session.get(_WAITING))
    if waiting is None:
        return _from_the_beginning(request)
    form = EmailCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _code_is_right(request, waiting, form):
        return HttpResponseRedirect(reverse("passkey-sign-up-make"), status=HTTPStatus.SEE_OTHER)
    return _shown(request, "code", form, email=waiting.email)


@_for_newcomers
def make(request: HttpRequest) -> HttpResponse:
    """The passkey; with it the account is there, and its reader signed in."""
    waiting = Waiting.of(request.session.get(_WAITING))
    if waiting is None or not waiting.shown_at:
        return _from_the_beginning(request)
    form = FirstPasskeyForm(request.POST if request.method == "POST" else None, user=waiting.person())
    if request.method == "POST" and form.is_valid():
        try:
            passkey = passkey_account_create(
                waiting=waiting, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
            )
        except MastheadError as error:
            form.add_error(None, _said(request, error))
        else:
            target = _target(request) or None
            del request.session[_WAITING]
            login = Login(user=passkey.user, redirect_url=target, signup=True)
            response: HttpResponse = flows.perform_passwordless_login(request, passkey, login)
            return response
    asked = auth.begin_registration(waiting.person(), passwordless=True)
    return _shown(request, "passkey", form, email=waiting.email, asked=asked)


def _code_is_sent(request: HttpRequest, form: forms.Form) -> bool:
    """Send a code and keep who waits for it; what was wrong with that stands at the field."""
    email, target = form.cleaned_data["email"].strip().lower(), _target(request)
    query = f"?{urlencode({'next': target})}" if target else ""
    try:
        try_once("sign-up-code", email, limit=_CODES)
        try_once("sign-up-codes", network_address(request), limit=_CODES_OF_VISITOR)
        waiting = sign_up_code_send(
            email=email,
            language=language_of(request),
            sign_in=absolute(request, reverse("account_login")) + query,
            back=absolute(request, reverse("account_reset_password")),
        )
    except MastheadError as error:
        form.add_error("email", _said(request, error))
        return False
    except OSError:
        form.add_error("email", wording.text(language_of(request), MAIL_FAILED_WORDS))
        return False
    request.session[_WAITING] = waiting.kept()
    return True


def _code_is_right(request: HttpRequest, waiting: Waiting, form: forms.Form) -> bool:
    """Keep that the address is theirs; each try counts, wherever it comes from."""
    try:
        try_once("sign-up-try", waiting.code, limit=_TRIES)
        shown = code_shown(waiting, form.cleaned_data["code"])
        if shown is None:
            raise EmailCodeWrongError(waiting.email)
    except MastheadError as error:
        form.add_error("code", _said(request, error))
        return False
    request.session[_WAITING] = shown.kept()
    return True


def _from_the_beginning(request: HttpRequest) -> HttpResponse:
    """Nobody waits here, or for too long."""
    target = _target(request)
    query = f"?{urlencode({'next': target})}" if target else ""
    return HttpResponseRedirect(reverse("passkey-sign-up") + query, status=HTTPStatus.SEE_OTHER)


def _target(request: HttpRequest) -> str:
    """Where the reader came from, as this request or an earlier step says; "" for nowhere, or nowhere of ours."""
    said = request.POST.get("next") or request.GET.get("next") or request.session.get(_TARGET, "")
    return said if said and get_adapter(request).is_safe_url(said) else ""


def _shown(request: HttpRequest, step: str, form: forms.Form, **more: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    values = {"step": step, "form": form, "target": _target(request), **more}
    return render(request, "site/passkey_sign_up.html", values, status=status)


def _said(request: HttpRequest, error: MastheadError) -> str:
    words = wording.translator(language_of(request))
    return f"{words.text(error.sentence)} {words.text(error.hint)}"
