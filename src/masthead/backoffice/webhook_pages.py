"""Webhooks: who is told what, their secrets, how it arrived, and what can be done about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.backoffice.forms import choose, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.program_words import delivery_word, pause_word, problem_word
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import publication_list
from masthead.webhooks.errors import WebhookAddressError
from masthead.webhooks.events import EVENTS
from masthead.webhooks.selectors import Message, Webhook, delivery_list, webhook_list
from masthead.webhooks.services import (
    delivery_again,
    webhook_change,
    webhook_create,
    webhook_pause,
    webhook_remove,
    webhook_resume,
    webhook_rotate,
    webhook_test,
)
from masthead.webhooks.signing import secret_of

_A_PAGE = 25
SAVED_WORDS = "Saved."
MADE_WORDS = "The webhook is made. Give its secret to the receiver, then send a test."
_DEEDS: dict[str, tuple[Callable[..., object], int]] = {
    "test": (webhook_test, 0),
    "pause": (webhook_pause, 1),
    "resume": (webhook_resume, 2),
    "rotate": (webhook_rotate, 3),
    "remove": (webhook_remove, 4),
}
DONE_WORDS = (
    "The test is on its way. Load the page again in a moment to see how it went.",
    "Nothing is told to it now.",
    "It is told what happens from now on.",
    "It has another secret. For a day the one before signs too.",
    "The webhook was removed.",
)
AGAIN_WORDS = "It is sent again in a moment."


class WebhookForm(forms.Form):
    """Where to, and what about."""

    name = forms.CharField(max_length=120)
    address = forms.CharField(max_length=500, widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}))
    events = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    publications = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        publications = kwargs.pop("publications")
        super().__init__(*args, **kwargs)
        choose(self, "events", [(event, words.text(said)) for event, said in EVENTS.items()])
        choose(self, "publications", publications)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def webhooks(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All of the house; a form makes one."""
    publisher = _managed(person, house)
    form = _form(request, person, publisher, {})
    if request.method == "POST" and form.is_valid():
        try:
            made = webhook_create(by=person, publisher=publisher, **form.cleaned_data)
        except WebhookAddressError as error:
            refuse(form, "address", error, language_of(request))
        else:
            say(request, MADE_WORDS)
            return HttpResponseRedirect(reverse("house-webhook", args=[house, made.pk]))
    rows = webhook_list(person, publisher)
    return show(request, "office/webhooks.html", form, house=publisher, webhooks=rows, pause_word=pause_word)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def webhook(request: HttpRequest, person: User, house: str, webhook: str) -> HttpResponse:
    """One: its secret, what was told to it, its particulars."""
    publisher = _managed(person, house)
    found = _one(person, publisher, webhook)
    kept = {name: getattr(found, name) for name in ("name", "address", "events", "publications")}
    form = _form(request, person, publisher, kept)
    if request.method == "POST" and form.is_valid():
        try:
            webhook_change(by=person, webhook=found, **form.cleaned_data)
        except WebhookAddressError as error:
            refuse(form, "address", error, language_of(request))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-webhook", args=[house, found.pk]))
    page = Paginator(delivery_list(found), _A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "office/webhook.html",
        form,
        house=publisher,
        webhook=found,
        secret=secret_of(found),
        page=page,
        query="",
        deliveries=[(row, _pretty(row)) for row in page],
        delivery_word=delivery_word,
        problem_word=problem_word,
        pause_word=pause_word,
    )


@require_POST
@staff
def do(request: HttpRequest, person: User, house: str, webhook: str, deed: str) -> HttpResponse:
    """Send a test, pause it, let it go on, make another secret, remove it."""
    found = _one(person, _managed(person, house), webhook)
    if deed not in _DEEDS:
        raise NotFoundError(deed)
    service, words = _DEEDS[deed]
    service(by=person, webhook=found)
    say(request, DONE_WORDS[words])
    if deed == "remove":
        return HttpResponseRedirect(reverse("house-webhooks", args=[house]))
    return HttpResponseRedirect(reverse("house-webhook", args=[house, webhook]))


@require_POST
@staff
def again(request: HttpRequest, person: User, house: str, webhook: str, delivery: str) -> HttpResponse:
    """Send something once more."""
    found = _one(person, _managed(person, house), webhook)
    row = delivery_list(found).filter(pk=delivery).first()
    if row is None:
        raise NotFoundError(delivery)
    delivery_again(by=person, webhook=found, delivery=row)
    say(request, AGAIN_WORDS)
    return HttpResponseRedirect(reverse("house-webhook", args=[house, webhook]))


def _managed(person: User, house: str) -> Publisher:
    publisher = house_of(person, house)
    require(person, Action.MANAGE_WEBHOOKS, publisher.pk)
    return publisher


def _one(person: User, publisher: Publisher, webhook: str) -> Webhook:
    found = webhook_list(person, publisher).filter(pk=webhook).first()
    if found is None:
        raise NotFoundError(webhook)
    return found


def _form(request: HttpRequest, person: User, publisher: Publisher, kept: dict[str, Any]) -> WebhookForm:
    publications = [(row.pk, row.name) for row in publication_list(person, publisher)]
    words = wording.translator(language_of(request))
    return WebhookForm(request.POST or None, words=words, publications=publications, initial=kept)


def _pretty(row: Message) -> str:
    """What was sent, as people can read it."""
    return json.dumps(json.loads(row.body), ensure_ascii=False, indent=2)
