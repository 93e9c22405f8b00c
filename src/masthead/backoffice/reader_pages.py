"""Readers in the back office: who they are, what they may read, invited by mail, exported."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.access.devices import device_list, devices_reset
from masthead.access.entitlements import is_confirmed, today_at
from masthead.access.joining import invitation_mail, reader_invite, token_of
from masthead.access.permitting import permission_give, permission_revoke, permissions_of
from masthead.access.readers import SORTS, STATES, Reader, reader_change, reader_get, reader_list
from masthead.access.subscribing import period_give, period_revoke, periods_of, subscription_get, subscription_list
from masthead.accounts.passkey_accounts import signs_in_alone
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.reader_forms import STATE_WORDS, InviteForm, PeriodForm, PermissionForm, ReaderForm
from masthead.backoffice.sorting import asked_query, sort_of
from masthead.backoffice.staff import house_of, staff
from masthead.document.errors import MastheadError
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import NotFoundError
from masthead.library.selectors import edition_get, edition_list

_A_PAGE = 50
_OFFERED = 200  # editions to which a permission can be given
INVITED_WORDS = "The reader is invited: a mail is on its way."
NOT_SENT_WORDS = "The reader is known now, but the mail could not be sent. Try it again from their page."
KNOWN_WORDS = "They have an account with a password already, and are among your readers now. No mail was sent."
SAVED_WORDS = "Saved."
RESET_WORDS = "The list of devices is empty."
SORT_WORDS = ("Latest first", "By name", "By number", "Last signed in first")
_HEAD_WORDS = ("E-mail address", "Name", "Number", "Since", "Last signed in", "Note")


def managed(person: User, slug: str) -> Publisher:
    """The house, for somebody who manages its readers; raises NotFoundError, NotAllowedError."""
    publisher = house_of(person, slug)
    require(person, Action.MANAGE_READERS, publisher.pk)
    return publisher


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def readers(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All readers, filtered as asked; and a form that invites one."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reader = reader_invite(by=person, publisher=publisher, **form.cleaned_data)
        _mail(request, reader)
        return HttpResponseRedirect(reverse("house-reader", args=[publisher.slug, reader.pk]))
    asked = _asked(request)
    page = Paginator(reader_list(person, publisher, **asked), _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "house": publisher,
        "page": page,
        "asked": asked,
        "states": list(zip(STATES, map(words.text, STATE_WORDS), strict=True)),
        "sorts": list(zip(SORTS, map(words.text, SORT_WORDS), strict=True)),
        "query": asked_query(asked, SORTS),
    }
    return show(request, "office/readers.html", form, **shown)


@require_safe
@staff
def readers_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What the list shows, all its pages, for a spreadsheet."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    found = reader_list(person, publisher, **_asked(request))
    rows = (
        (
            row.user.email if row.user.is_reachable else "",
            row.user.name,
            row.number,
            row.created_at.date(),
            _day(row.user),
            row.note,
        )
        for row in found.iterator()
    )
    return csv_response(f"{publisher.slug}-readers", [words.text(name) for name in _HEAD_WORDS], rows)


def _asked(request: HttpRequest) -> dict[str, str]:
    words, state = request.GET.get("words", "")[:120], request.GET.get("state", "")
    return {"words": words, "state": state, "sort": sort_of(request, SORTS)}


def _day(user: User) -> str:
    return user.last_login.date().isoformat() if user.last_login else ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def reader(request: HttpRequest, person: User, house: str, reader: str) -> HttpResponse:
    """One reader: what they may read, and what can be done about it."""
    publisher = managed(person, house)
    found = reader_get(person, publisher, reader)
    what = request.POST.get("what", "")
    subscriptions = list(subscription_list(person, publisher))
    editions = list(edition_list(person, publisher)[:_OFFERED])
    initial = {"starts": today_at(publisher)}
    known: dict[str, forms.Form] = {
        "about": ReaderForm(_posted(request, "about"), initial={"number": found.number, "note": found.note}),
        "period": PeriodForm(_posted(request, "period"), subscriptions=subscriptions, initial=initial),
        "permission": PermissionForm(_posted(request, "permission"), editions=editions),
    }
    if request.method == "POST" and _done(request, person, found, known.get(what), what):
        return HttpResponseRedirect(reverse("house-reader", args=[publisher.slug, found.pk]))
    shown = {
        "house": publisher,
        "reader": found,
        "parent": (reverse("house-readers", args=[publisher.slug]), wording.text(language_of(request), "Readers")),
        "is_confirmed": is_confirmed(found.user),
        "periods": periods_of(found.user, publisher),
        "permissions": permissions_of(found.user, publisher),
        "devices": device_list(found.user, publisher),
        "today": today_at(publisher),
        "has_subscriptions": bool(subscriptions),
        "forms": known,
    }
    is_wrong = any(form.errors for form in known.values())
    return render(request, "office/reader.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else 200)


def _posted(request: HttpRequest, what: str) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" and request.POST.get("what") == what else None


def _done(request: HttpRequest, person: User, reader: Reader, form: forms.Form | None, what: str) -> bool:
    """Do what was asked for; False where the form came back."""
    if form is None:
        return _plain_deed(request, person, reader, what)
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        if what == "about":
            reader_change(by=person, reader=reader, **said)
        elif what == "period":
            subscription = subscription_get(person, reader.publisher, said["subscription"])
            dates = {"starts": said["starts"], "ends": said["ends"]}
            period_give(by=person, subscription=subscription, user=reader.user, **dates)
        else:
            expires_at = timezone.now() + timedelta(days=said["days"]) if said["days"] else None
            edition = edition_get(person, said["edition"])
            permission_give(by=person, edition=edition, user=reader.user, expires_at=expires_at)
    except MastheadError as error:
        refuse(form, {"about": "number", "period": "ends"}.get(what), error, language_of(request))
        return False
    say(request, SAVED_WORDS)
    return True


def _plain_deed(request: HttpRequest, person: User, reader: Reader, what: str) -> bool:
    chosen = request.POST.get("row", "")
    if what == "invite":
        _mail(request, reader)
        return True
    if what == "devices":
        devices_reset(by=person, publisher=reader.publisher, user=reader.user)
        say(request, RESET_WORDS)
        return True
    if what == "end-period":
        period = periods_of(reader.user, reader.publisher).filter(pk=chosen).first()
        if period is None:
            raise NotFoundError(chosen)
        period_revoke(by=person, period=period)
    elif what == "end-permission":
        permission = permissions_of(reader.user, reader.publisher).filter(pk=chosen).first()
        if permission is None:
            raise NotFoundError(chosen)
        permission_revoke(by=person, permission=permission)
    else:
        raise NotFoundError(what)
    say(request, SAVED_WORDS)
    return True


def _mail(request: HttpRequest, reader: Reader) -> None:
    """Send the mail with the link; that it did not go is said, and nothing is lost. Who can sign in needs none."""
    if signs_in_alone(reader.user):
        say(request, KNOWN_WORDS)
        return
    address = absolute(request, reverse("join", args=[token_of(reader)]))
    language = reader.user.language or reader.publisher.language
    try:
        invitation_mail(reader=reader, address=address, language=language)
    except OSError:
        say(request, NOT_SENT_WORDS)
    else:
        say(request, INVITED_WORDS)
