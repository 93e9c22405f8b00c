"""A publisher's own site in the back office: its keys, a link to try, and a look into links that do not work."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.access.errors import SiteAddressInvalidError
from masthead.access.identity.arriving import link_checked
from masthead.access.identity.providers import SITE, IdentityProvider, provider_get, try_list
from masthead.access.identity.sites import SiteKey, key_create, key_list, key_revoke, link_made, site_change
from masthead.access.identity.vouching import SignInRefusedError
from masthead.access.subscribing import subscription_list
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.identity_forms import said_groups
from masthead.backoffice.reader_pages import managed
from masthead.backoffice.site_forms import KeyForm, SiteForm, TryLinkForm
from masthead.backoffice.staff import staff
from masthead.faces.absolute import absolute
from masthead.faces.identity_words import reason_words
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError

_SHOWN = 20
_TRY_SECONDS = 600
SAVED_WORDS = "Saved."
REVOKED_WORDS = "The key “{name}” opens nothing any more."


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def site(request: HttpRequest, person: User, house: str, provider: str) -> HttpResponse:
    """One site: its address for links, its keys, its particulars, how links went. Forms say what they are for."""
    found = _site(person, house, provider)
    what = request.POST.get("what", "")
    words = wording.translator(language_of(request))
    kept = {
        "domains": ", ".join(found.domains),
        "name": found.name,
        "is_on": found.is_on,
        "address": found.sign_in_address,
        **said_groups(found.groups),
    }
    products = list(subscription_list(person, found.publisher))
    form = SiteForm(request.POST if what == "save" else None, subscriptions=products, initial=kept)
    key_form = KeyForm(request.POST if what == "key" else None)
    look_form = TryLinkForm(request.POST if what == "look" else None)
    shown: dict[str, Any] = dict.fromkeys(("made", "secret", "link", "why", "detail"), "")
    if what == "save" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "is_on", "address", "domains")}
        try:
            site_change(by=person, provider=found, groups=form.groups(), **said)
        except SiteAddressInvalidError as error:
            refuse(form, "address", error, words.language)
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-site", args=[house, found.pk]), status=HTTPStatus.SEE_OTHER)
    elif what == "key" and key_form.is_valid():
        made, secret = key_create(by=person, provider=found, name=key_form.cleaned_data["key_name"])
        shown, key_form = {**shown, "made": made, "secret": secret}, KeyForm()
    elif what == "look" and look_form.is_valid():
        shown |= _looked_into(found, look_form.cleaned_data["link"])
    asked: forms.Form = {"key": key_form, "look": look_form}.get(what, form)
    shown |= {"particulars": form, "key_form": key_form, "look_form": look_form}
    response = show(request, "office/site.html", asked, **_values(request, person, found), **shown)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@staff
def revoke(request: HttpRequest, person: User, house: str, provider: str, key: str) -> HttpResponse:
    """Take a key back."""
    taken = key_revoke(by=person, provider=_site(person, house, provider), key_id=key)
    say(request, REVOKED_WORDS, name=taken.name)
    return HttpResponseRedirect(reverse("house-site", args=[house, provider]), status=HTTPStatus.SEE_OTHER)


def _site(person: User, house: str, provider: str) -> IdentityProvider:
    found = provider_get(person, managed(person, house), provider)
    if found.protocol != SITE:
        raise NotFoundError(provider)
    return found


def _values(request: HttpRequest, person: User, found: IdentityProvider) -> dict[str, Any]:
    address = absolute(request, reverse("identity-link", args=[found.pk]))
    keys: list[SiteKey] = list(key_list(found))
    good = [key for key in keys if key.revoked_at is None]
    sample = ""
    if good and found.is_on:
        said = {"opens": "all", "reader": "4711", "name": "Nora North"}
        sample = f"{address}?{link_made(by=person, provider=found, seconds=_TRY_SECONDS, said=said)}"
    return {
        "house": found.publisher,
        "provider": found,
        "address": address,
        "keys": good,
        "sample": sample,
        "tries": [(row, reason_words(row.reason, SITE)) for row in try_list(found)[:_SHOWN]],
    }


def _looked_into(found: IdentityProvider, text: str) -> dict[str, Any]:
    """What a link says, or why it would be refused; it stays unused."""
    text = text.strip()
    query = urlsplit(text).query if "://" in text else text.partition("?")[2] or text
    try:
        link = link_checked(found, query)
    except SignInRefusedError as error:
        return {"why": reason_words(error.reason, SITE), "detail": error.detail}
    return {"link": link}
