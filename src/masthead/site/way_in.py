"""The page in the place of what somebody may not read: why not, and each way in."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.announcing import shows_cover
from masthead.access.email_codes import email_code_confirm, email_code_send, email_of_pending
from masthead.access.passwords import password_give
from masthead.access.rules import Answer, Reason, may_read
from masthead.access.terms import ACCOUNT_WAYS, ALL, Way
from masthead.access.ways import EMAIL_DAYS, Tried, Why
from masthead.document.errors import MastheadError
from masthead.faces.browsers import browser_named
from masthead.faces.languages import language_of
from masthead.faces.looks import day_in, person_of
from masthead.faces.visitors import network_address
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_at
from masthead.site.carrying import carried_by, remember_email, remember_password
from masthead.site.form_shown import page_address, show_gate
from masthead.site.missing import gone, missing
from masthead.site.presenting import look_of
from masthead.site.shown import Shown
from masthead.site.single_sign_on import identity_ways

CLOSED_WORDS = (
    "Not open to everybody",
    "This part of the edition is for readers with access. Its page says how to get in.",
)
MAIL_FAILED_WORDS = "The mail could not be sent. The server that sends it has trouble; try again in a few minutes."
_WHYS = tuple(why for why in Why if why not in (Why.MET, Why.NOT_GIVEN, Why.NOT_THERE))
_WHY_WORDS = (
    "Sign in to read on.",
    "Confirm your e-mail address first: the message that we sent has a link for that.",
    "Your account has no access to this edition.",
    "The dates of your subscription do not cover this edition.",
    "Your subscription has not begun yet.",
    "Your subscription has ended.",
    "Your access to this edition has ended.",
    "Your account has no access to this edition.",
    "You read on as many devices as your subscription allows. Take one off the list to read on this one.",
    "This browser is not on the list of your devices. Open the page anew to read here.",
)
_PENDING = "email_pending"


@dataclass(frozen=True, slots=True)
class Said:
    """A way in as the page shows it."""

    way: Way
    why: str  # in the person's language; "" where there is nothing to say
    dates: str
    is_met: bool


class PasswordForm(forms.Form):
    """The password of an edition."""

    password = forms.CharField(max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"}))


class EmailForm(forms.Form):
    """An address that gets a code."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class EmailCodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        max_length=12, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def way_in(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """How to get in, at an address of its own: what is typed on the page comes here, and leads back to its page."""
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    asked = request.POST.get("page") or request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 7 and int(asked) else 1
    given = may_read(person_of(request), edition, page, carried_by(request))
    if given.reason == Reason.WITHDRAWN:
        return gone(request, edition)
    if not given.allowed and not given.is_restricted:
        return missing(request, publication, slug)
    if given.allowed and given.reason != Reason.FREE:
        return HttpResponseRedirect(page_address(edition, page), status=HTTPStatus.SEE_OTHER)
    if request.method == "POST":
        return _typed(request, edition, given, page)
    return show_way_in(request, edition, given, page)


def show_way_in(
    request: HttpRequest, edition: Edition, given: Answer, page: int | None, form: forms.Form | None = None
) -> HttpResponse:
    """The page that says why not, and how. `form` is one that came back with a mistake."""
    gate = show_gate(request, edition, given, page) if given.forms else None
    if gate is not None:
        return gate
    words = wording.translator(language_of(request))
    here = page_address(edition, page or 1)
    free = given.pages or ()
    following = given.pages.after(page or 0) if given.pages else None
    pending = email_of_pending(request.session.get(_PENDING, "")) if Way.EMAIL_CODE in given.terms.ways else ""
    values = {
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "shown": Shown(edition),
        "has_cover": shows_cover(edition),
        "page": page,
        "given": given,
        "is_elsewhere": given.reason == Reason.ELSEWHERE,
        "all_needed": given.terms.need == ALL and len(given.tried) > 1,
        "ways": [_said(one, words) for one in sorted(given.tried, key=lambda one: one.way == Way.ADDRESSES)],
        "by_account": bool(ACCOUNT_WAYS & given.terms.ways),
        "buys": bool({Way.SUBSCRIPTION, Way.PERMISSION} & given.terms.ways),
        "identity_ways": identity_ways(request, edition.publication.publisher_id, here),
        "free": str(given.pages) if free else "",
        "following": page_address(edition, following) if following else "",
        "first_free": page_address(edition, next(iter(free))) if free else "",
        "action": reverse("edition-way-in", args=[edition.publication.slug, edition.slug]),
        "next_query": urlencode({"next": here}),
        "password_form": form if isinstance(form, PasswordForm) else PasswordForm(),
        "email_form": form if isinstance(form, EmailForm) else EmailForm(),
        "code_form": form if isinstance(form, EmailCodeForm) else EmailCodeForm(),
        "pending": pending,
        "email_days": EMAIL_DAYS,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.FORBIDDEN
    response = render(request, "site/way_in.html", values, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _typed(request: HttpRequest, edition: Edition, given: Answer, page: int) -> HttpResponse:
    """What somebody typed: a password, an address, a code."""
    kinds: dict[str, type[forms.Form]] = {"password": PasswordForm, "email": EmailForm, "code": EmailCodeForm}
    kind = request.POST.get("what", "")
    if kind == "again":
        request.session.pop(_PENDING, None)
        return show_way_in(request, edition, given, page)
    if kind not in kinds:
        return show_way_in(request, edition, given, page)
    form = kinds[kind](request.POST)
    if not form.is_valid():
        return show_way_in(request, edition, given, page, form)
    words = wording.translator(language_of(request))
    try:
        _take(request, edition, kind, form.cleaned_data[kind], words.language)
    except MastheadError as error:
        form.add_error(kind, f"{words.text(error.sentence)} {words.text(error.hint)}")
        return show_way_in(request, edition, given, page, form)
    except OSError:
        form.add_error(kind, words.text(MAIL_FAILED_WORDS))
        return show_way_in(request, edition, given, page, form)
    if kind == "email":
        return HttpResponseRedirect(
            f"{reverse('edition-way-in', args=[edition.publication.slug, edition.slug])}?page={page}",
            status=HTTPStatus.SEE_OTHER,
        )
    return HttpResponseRedirect(page_address(edition, page), status=HTTPStatus.SEE_OTHER)


def _take(request: HttpRequest, edition: Edition, kind: str, said: str, language: str) -> None:
    visitor = network_address(request)
    if kind == "password":
        remember_password(request, password_give(edition=edition, password=said, visitor=visitor))
    elif kind == "email":
        entry = email_code_send(edition=edition, email=said, visitor=visitor, language=language)
        request.session[_PENDING] = entry.pk
    else:
        entry = email_code_confirm(entry_id=request.session.get(_PENDING, ""), edition=edition, code=said)
        request.session.pop(_PENDING, None)
        remember_email(request, entry.pk)


def _said(one: Tried, words: wording.Translator) -> Said:
    why = next((said for known, said in zip(_WHYS, _WHY_WORDS, strict=True) if known == one.why), "")
    dates = ""
    if one.why in (Why.NOT_DATED, Why.OVER, Why.NOT_STARTED) and one.first_day:
        first = day_in(one.first_day, words.language)
        last = day_in(one.last_day, words.language) if one.last_day else ""
        dates = (
            words.text("It runs from {first} to {last}.", first=first, last=last)
            if last
            else words.text("It runs from {first}.", first=first)
        )
    return Said(one.way, words.text(why) if why else "", dates, one.is_met)


def browser_name(request: HttpRequest) -> str:
    """The browser that asks, as its owner knows it."""
    return browser_named(request.headers.get("User-Agent", ""))
