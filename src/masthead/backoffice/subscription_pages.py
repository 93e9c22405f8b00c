"""Subscriptions and access codes in the back office."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.access.codes import code_list, code_revoke, codes_create, shown
from masthead.access.errors import SubscriptionNameTakenError
from masthead.access.subscribing import (
    Subscription,
    subscription_change,
    subscription_create,
    subscription_get,
    subscription_list,
)
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.reader_forms import CodesForm, SubscriptionForm, kind_word
from masthead.backoffice.reader_pages import managed
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.selectors import Publication, edition_get, edition_list, publication_list

_A_PAGE = 100
_OFFERED = 100
SAVED_WORDS = "Saved."
MADE_WORDS = "The codes are made."
REVOKED_WORDS = "The code opens nothing any more. What it gave stays."
_HEAD_WORDS = ("Access code", "For what", "Opens", "May be used", "Was used", "Ends")


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def subscriptions(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All subscriptions, and a form that makes one."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    own = list(publication_list(person, publisher))
    form = SubscriptionForm(request.POST or None, publications=own, words=words, initial={"kind": "traditional"})
    if request.method == "POST" and form.is_valid():
        said = _said(form, own)
        del said["is_closed"]
        try:
            subscription_create(by=person, publisher=publisher, **said)
        except SubscriptionNameTakenError as error:
            refuse(form, "name", error, words.language)
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-subscriptions", args=[publisher.slug]))
    rows = [(row, kind_word(row.kind)) for row in subscription_list(person, publisher)]
    return show(request, "office/subscriptions.html", form, house=publisher, rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def subscription(request: HttpRequest, person: User, house: str, subscription: str) -> HttpResponse:
    """One subscription."""
    publisher = managed(person, house)
    found = subscription_get(person, publisher, subscription)
    words = wording.translator(language_of(request))
    own = list(publication_list(person, publisher))
    kept: dict[str, Any] = {name: getattr(found, name) for name in ("name", "kind", "grace_days", "device_limit")}
    kept |= {"reminder_days": found.reminder_days, "is_closed": found.closed_at is not None}
    kept["publications"] = [row.pk for row in found.publications.all()]
    form = SubscriptionForm(request.POST or None, publications=own, words=words, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            subscription_change(by=person, subscription=found, **_said(form, own))
        except SubscriptionNameTakenError as error:
            refuse(form, "name", error, words.language)
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-subscriptions", args=[publisher.slug]))
    parent = (reverse("house-subscriptions", args=[publisher.slug]), words.text("Subscriptions"))
    return show(request, "office/subscription.html", form, house=publisher, subscription=found, parent=parent)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def codes(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All access codes, latest first, and a form that makes some."""
    publisher = managed(person, house)
    products = list(subscription_list(person, publisher))
    editions = list(edition_list(person, publisher)[:_OFFERED])
    form = CodesForm(request.POST or None, subscriptions=products, editions=editions)
    if request.method == "POST" and form.is_valid():
        codes_create(by=person, publisher=publisher, **_opened(person, publisher, form.cleaned_data, products))
        say(request, MADE_WORDS)
        home = reverse("house-codes", args=[publisher.slug])
        return HttpResponseRedirect(f"{home}?{urlencode({'name': form.cleaned_data['name'].strip()})}")
    name = request.GET.get("name", "")[:120]
    rows = code_list(person, publisher)
    names = sorted(set(rows.order_by().values_list("name", flat=True).distinct()), key=str.casefold)
    page = Paginator(rows.filter(name=name) if name else rows, _A_PAGE).get_page(request.GET.get("page"))
    values = {
        "house": publisher,
        "page": page,
        "rows": [(row, shown(row.code)) for row in page.object_list],
        "names": names,
        "name": name,
        "query": urlencode({"name": name}) if name else "",
        "can_make": bool(form.offered),
    }
    return show(request, "office/codes.html", form, **values)


@require_safe
@staff
def codes_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The codes of a batch, or all, for a printer or a mailing."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    name = request.GET.get("name", "")[:120]
    rows = code_list(person, publisher)
    found = (rows.filter(name=name) if name else rows).filter(revoked_at__isnull=True)
    lines = (
        (shown(row.code), row.name, str(row.subscription or row.edition), row.uses, row.used, row.expires_at or "")
        for row in found.iterator()
    )
    return csv_response(f"{publisher.slug}-codes", [words.text(head) for head in _HEAD_WORDS], lines)


@require_POST
@staff
def revoke_code(request: HttpRequest, person: User, house: str, code: str) -> HttpResponse:
    """Take a code back."""
    publisher = managed(person, house)
    code_revoke(by=person, publisher=publisher, code_id=code)
    say(request, REVOKED_WORDS)
    return HttpResponseRedirect(reverse("house-codes", args=[publisher.slug]))


def _said(form: SubscriptionForm, own: list[Publication]) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    return {**said, "publications": [row for row in own if row.pk in said["publications"]]}


def _opened(person: User, publisher: Publisher, said: dict[str, Any], products: list[Subscription]) -> dict[str, Any]:
    """What the form says, as `codes_create` takes it. A code can be used until the end of its last day."""
    kind, _, chosen = said["opens"].partition("-")
    found: dict[str, Any] = {name: said[name] for name in ("name", "number", "uses")}
    found["days"] = said["days"] or 0
    if said["expires"]:
        midnight = datetime.combine(said["expires"] + timedelta(days=1), time(), ZoneInfo(publisher.time_zone))
        found["expires_at"] = midnight
    if kind == "s":
        found["subscription"] = next(row for row in products if row.pk == chosen)
    else:
        found["edition"] = edition_get(person, chosen)
    return found
