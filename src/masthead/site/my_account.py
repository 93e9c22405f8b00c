"""A reader's own pages: what they may read, access codes, devices, their data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.access.codes import code_use
from masthead.access.devices import device_list, device_remove, device_rename
from masthead.access.entitlements import device_key, is_confirmed, today_at
from masthead.access.erasing import confirmed_emails, is_on_a_staff, own_data, reader_erase
from masthead.access.joining import joining_reader, reader_join
from masthead.access.permitting import permissions_of
from masthead.access.readers import reminders_set, wants_reminders
from masthead.access.subscribing import Period, periods_of
from masthead.accounts.selectors import User
from masthead.comments.leaving import comments_leave, own_comments_data
from masthead.comments.selectors import own_comments
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.faces.visitors import network_address
from masthead.forms.keeping import own_answers, own_answers_erase
from masthead.library.errors import NotFoundError
from masthead.orders.carts import carts_data
from masthead.orders.exporting import orders_data
from masthead.orders.working import orders_erase_of
from masthead.site.carrying import carried_by
from masthead.site.shown import Shown

P = ParamSpec("P")
CODE_USED_WORDS = "The code was right: you may read now."
RENAMED_WORDS = "Saved."
REMOVED_WORDS = "The device is off the list. Another one has room."
ERASED_WORDS = "Your account and what was kept of it are gone."
NAME_WORDS = "Type your name as it stands above."
NOT_SURE_WORDS = "Type your e-mail address as it stands above."
SAVED_WORDS = "Saved."


@dataclass(frozen=True, slots=True)
class Row:
    """A period as its reader sees it."""

    period: Period
    state: str  # coming, running, over


class CodeForm(forms.Form):
    """An access code."""

    code = forms.CharField(
        max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )


class NameForm(forms.Form):
    """What a device is called."""

    name = forms.CharField(max_length=80)


class EraseForm(forms.Form):
    """The address once more, or the name of who has none, so that nobody erases an account by accident."""

    email = forms.CharField(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}))


def mine(view: Callable[Concatenate[HttpRequest, User, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the person; nobody gets there without signing in, and no cache keeps it."""

    @login_required
    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = request.user
        if not isinstance(person, User):
            raise NotFoundError(request.path)
        response = view(request, person, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return enter


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def account(request: HttpRequest, person: User) -> HttpResponse:
    """Subscriptions and permissions, and whether mails remind of their end."""
    if request.method == "POST":
        reminders_set(user=person, wanted=bool(request.POST.get("reminders")))
        _say(request, SAVED_WORDS)
        return HttpResponseRedirect(reverse("my-account"))
    rows = [Row(period, _state(period)) for period in periods_of(person)]
    values = {
        "rows": rows,
        "permissions": [(row, Shown(row.edition)) for row in permissions_of(person)],
        "is_confirmed": is_confirmed(person),
        "reminders": wants_reminders(person),
        "devices": device_list(person).count(),
    }
    return render(request, "site/my_account.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def code(request: HttpRequest, person: User) -> HttpResponse:
    """Type in an access code; the way leads back to the page one came from."""
    target = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = ""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            used = code_use(user=person, code=form.cleaned_data["code"], visitor=network_address(request))
        except MastheadError as error:
            words = wording.translator(language_of(request))
            form.add_error("code", f"{words.text(error.sentence)} {words.text(error.hint)}")
        else:
            _say(request, CODE_USED_WORDS)
            opened = used.edition
            home = reverse("edition", args=[opened.publication.slug, opened.slug]) if opened else reverse("my-account")
            return HttpResponseRedirect(target or home, status=HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "site/my_code.html", {"form": form, "target": target}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def devices(request: HttpRequest, person: User) -> HttpResponse:
    """The browsers on the list: named, taken off."""
    own = carried_by(request).device
    rows = [(row, bool(own) and row.key == device_key(own)) for row in device_list(person)]
    return render(request, "site/my_devices.html", {"rows": rows})


@require_POST
@mine
def rename_device(request: HttpRequest, person: User, device: str) -> HttpResponse:
    """Another name for a device."""
    form = NameForm(request.POST)
    if form.is_valid():
        device_rename(user=person, device_id=device, name=form.cleaned_data["name"])
        _say(request, RENAMED_WORDS)
    return HttpResponseRedirect(reverse("my-devices"), status=HTTPStatus.SEE_OTHER)


@require_POST
@mine
def remove_device(request: HttpRequest, person: User, device: str) -> HttpResponse:
    """Take a device off the list."""
    device_remove(user=person, device_id=device)
    _say(request, REMOVED_WORDS)
    return HttpResponseRedirect(reverse("my-devices"), status=HTTPStatus.SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def data(request: HttpRequest, person: User) -> HttpResponse:
    """All that is kept of the person: to take along, or to erase."""
    form = EraseForm(request.POST or None)
    words = wording.translator(language_of(request))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"].strip().lower() != person.known_as.lower():
            form.add_error("email", words.text(NOT_SURE_WORDS if person.is_reachable else NAME_WORDS))
        else:
            try:
                _erase(person, are_kept=bool(request.POST.get("keep_comments")))
            except MastheadError as error:
                form.add_error(None, f"{words.text(error.sentence)} {words.text(error.hint)}")
            else:
                logout(request)
                _say(request, ERASED_WORDS)
                return HttpResponseRedirect(reverse("home"), status=HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    values = {"form": form, "is_staff": is_on_a_staff(person), "comments": own_comments(person).count()}
    return render(request, "site/my_data.html", values, status=status)


class PasswordForm(forms.Form):
    """A password of one's own."""

    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take over an account that a publisher has made for somebody."""
    reader = joining_reader(token)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = reader_join(token=token, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            return HttpResponseRedirect(reverse("my-account"), status=HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "site/join.html", {"form": form, "reader": reader}, status=status)


@require_safe
@mine
def export(request: HttpRequest, person: User) -> HttpResponse:
    """All that is kept of the person as JSON."""
    kept = {
        **own_data(person),
        "comments": own_comments_data(person),
        "form_answers": own_answers(confirmed_emails(person)),
        "orders": orders_data(person),
        "carts": carts_data(person),
    }
    said = json.dumps(kept, ensure_ascii=False, indent=2)
    response = HttpResponse(said, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _erase(person: User, *, are_kept: bool) -> None:
    """The account goes with its answers to forms; its orders lose the name; its comments may stay without one."""
    with transaction.atomic():
        if not is_on_a_staff(person):
            comments_leave(user=person, are_kept=are_kept)
            own_answers_erase(confirmed_emails(person))
        orders_erase_of(user=person)
        reader_erase(user=person)


def _state(period: Period) -> str:
    today = today_at(period.subscription.publisher)
    if today < period.starts:
        return "coming"
    return "running" if period.ends is None or today <= period.ends else "over"


def _say(request: HttpRequest, words: str) -> None:
    messages.success(request, wording.translator(language_of(request)).text(words))
