"""The feed of a publication's products in the back office: its address, its times, and what came of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.product_pages import sold_in
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.orders.checking import FIELDS
from masthead.orders.errors import FeedUnreadableError, ProductInvalidError
from masthead.orders.feeds import HOURS, feed_ask, feed_of, feed_remove, feed_set, runs_of
from masthead.orders.importing import COLUMN_WORDS
from masthead.orders.selectors import FeedRun

HOURS_WORDS = ("Every hour", "Every six hours", "Every day", "Every week")
SAVED_WORDS = "Saved. The feed is asked within seconds."
ASKED_WORDS = "The feed is asked within seconds. Look at this page again then."
REMOVED_WORDS = "The feed is not asked any more. Its products stay."


class FeedForm(forms.Form):
    """Where a feed is, and how often it is asked."""

    address = forms.CharField(max_length=2000, widget=forms.TextInput(attrs={"inputmode": "url"}))
    hours = forms.TypedChoiceField(coerce=int, initial=24)
    is_on = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = self.fields["hours"]
        assert isinstance(hours, forms.TypedChoiceField)
        hours.choices = list(zip(HOURS, map(words.text, HOURS_WORDS), strict=True))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def feed(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """The feed, or a form that makes one."""
    found = sold_in(person, publication)
    row = feed_of(person, found)
    words = wording.translator(language_of(request))
    kept = {"address": row.address, "hours": row.hours, "is_on": row.is_on} if row else None
    form = FeedForm(request.POST or None, words=words, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            feed_set(by=person, publication=found, **form.cleaned_data)
        except ProductInvalidError as error:
            refuse(form, error.field, error, words.language)
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("product-feed", args=[found.pk]))
    shown = {
        "house": found.publisher,
        "publication": found,
        "feed": row,
        "runs": [(run, _problems(run, words)) for run in runs_of(row)] if row else [],
        "broken": FeedUnreadableError.sentence,
    }
    return show(request, "office/feed.html", form, **shown)


@require_POST
@staff
def fetch(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Have it asked now."""
    found = sold_in(person, publication)
    feed_ask(by=person, publication=found)
    say(request, ASKED_WORDS)
    return HttpResponseRedirect(reverse("product-feed", args=[found.pk]))


@require_POST
@staff
def remove(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Ask it no more."""
    found = sold_in(person, publication)
    feed_remove(by=person, publication=found)
    say(request, REMOVED_WORDS)
    return HttpResponseRedirect(reverse("product-feed", args=[found.pk]))


def _problems(run: FeedRun, words: wording.Translator) -> list[tuple[object, str, str, str, str]]:
    """Row, code, column, what is written there, what is wrong with it."""
    columns = dict(zip(FIELDS, COLUMN_WORDS, strict=True))
    return [
        (
            told.get("row"),
            str(told.get("code", "")),
            words.text(columns.get(str(told.get("field")), "")),
            str(told.get("written", "")),
            words.text(str(told.get("sentence", ""))),
        )
        for told in run.rows
    ]
