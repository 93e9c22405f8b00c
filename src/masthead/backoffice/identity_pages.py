"""Identity providers in the back office: their metadata, what they say becomes, a test, and how sign-ins went."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.access.errors import DiscoveryUnreadableError, MetadataUnreadableError
from masthead.access.identity.arriving import try_begin, understood
from masthead.access.identity.openid_providers import openid_change, openid_create
from masthead.access.identity.own_keys import CURRENT, NEXT
from masthead.access.identity.providers import (
    FIELDS,
    OPENID,
    SAML,
    SITE,
    IdentityProvider,
    own_key_make,
    own_key_turn,
    provider_change,
    provider_create,
    provider_get,
    provider_list,
    provider_refresh,
    provider_remove,
    try_list,
)
from masthead.access.identity.sites import site_create
from masthead.access.identity.vouching import SignInRefusedError
from masthead.access.subscribing import subscription_list
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.identity_forms import NewOpenIdForm, NewProviderForm, OpenIdForm, ProviderForm, said_groups
from masthead.backoffice.reader_pages import managed
from masthead.backoffice.site_forms import NewSiteForm
from masthead.backoffice.staff import staff
from masthead.faces.identity_words import reason_words
from masthead.faces.languages import language_of
from masthead.faces.single_sign_on import ours_for, remember_begun, start_address
from masthead.library.errors import NotFoundError

_SHOWN = 20
NAMELESS_WORDS = "Type the client ID first that the organisation has given to this house."
SAVED_WORDS = "Saved."
KEY_WORDS = "The key pair is there. Let the identity provider read our metadata again before you use it."
TURNED_WORDS = "From now on the new key pair is used."
SITE_WORDS = "Your site is there. Make a key for it, try a link, then switch it on."
MADE_WORDS = "The identity provider is there. Tell it our addresses, test it, then switch it on."
FRESH_WORDS = "The metadata was read again."
REMOVED_WORDS = "The identity provider was removed. Accounts and subscriptions stay."


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def providers(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All of the house; one form takes in one that speaks SAML, the other one of OpenID."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    asked = request.POST.get("protocol", SAML) if request.method == "POST" else ""
    offered: dict[str, forms.Form] = {
        OPENID: NewOpenIdForm(request.POST if asked == OPENID else None, auto_id="openid_%s"),
        SAML: NewProviderForm(
            request.POST if asked == SAML else None, request.FILES or None, words=words, auto_id="saml_%s"
        ),
        SITE: NewSiteForm(request.POST if asked == SITE else None, auto_id="site_%s"),
    }
    form = offered.get(asked, offered[SAML])
    if form.is_bound and form.is_valid():
        try:
            made = _create(person, publisher, asked, form)
        except (MetadataUnreadableError, DiscoveryUnreadableError) as error:
            refuse(form, "file" if form.cleaned_data.get("file") else "address", error, words.language)
        else:
            say(request, SITE_WORDS if asked == SITE else MADE_WORDS)
            return HttpResponseRedirect(reverse("house-identity", args=[house, made.pk]))
    values = {"house": publisher, "rows": provider_list(person, publisher), **offered}
    return show(request, "office/identities.html", form, **values)


def _create(person: User, publisher: Publisher, protocol: str, form: forms.Form) -> IdentityProvider:
    said = {name: form.cleaned_data[name] for name in ("name", "address") if name in form.fields}
    if isinstance(form, NewProviderForm):
        return provider_create(by=person, publisher=publisher, metadata=form.metadata(), **said)
    create = openid_create if protocol == OPENID else site_create
    return create(by=person, publisher=publisher, **said)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def provider(request: HttpRequest, person: User, house: str, provider: str) -> HttpResponse:
    """One: our addresses for it, its particulars, how sign-ins went."""
    publisher = managed(person, house)
    found = provider_get(person, publisher, provider)
    if found.protocol == SITE:
        return HttpResponseRedirect(reverse("house-site", args=[house, provider]))
    words = wording.translator(language_of(request))
    form = _form_for(request, person, found, words)
    if request.method == "POST" and form.is_valid():
        try:
            _change(person, found, form)
        except (MetadataUnreadableError, DiscoveryUnreadableError) as error:
            refuse(form, "file" if form.cleaned_data.get("file") else "address", error, words.language)
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-identity", args=[house, found.pk]))
    values = {
        "house": publisher,
        "provider": found,
        "is_openid": found.protocol == OPENID,
        "ours": ours_for(request, found),
        "start": start_address(request, found),
        "own_keys": {CURRENT: None, NEXT: None}
        | {one["state"]: datetime.fromisoformat(one["made_at"]) for one in found.own_keys},
        "tries": [(row, reason_words(row.reason, found.protocol)) for row in try_list(found)[:_SHOWN]],
    }
    return show(request, "office/identity.html", form, **values)


def _form_for(
    request: HttpRequest, person: User, found: IdentityProvider, words: wording.Translator
) -> ProviderForm | OpenIdForm:
    kept: dict[str, Any] = {name: getattr(found, name) for name in (*FIELDS, "client_id")}
    kept |= {"domains": ", ".join(found.domains), "address": found.metadata_address, **said_groups(found.groups)}
    products = list(subscription_list(person, found.publisher))
    if found.protocol == OPENID:
        return OpenIdForm(request.POST or None, subscriptions=products, initial=kept)
    return ProviderForm(request.POST or None, request.FILES or None, words=words, subscriptions=products, initial=kept)


def _change(person: User, found: IdentityProvider, form: ProviderForm | OpenIdForm) -> None:
    said = {name: form.cleaned_data[name] for name in (*FIELDS, "address") if name in form.fields}
    if isinstance(form, OpenIdForm):
        said |= {name: form.cleaned_data[name] for name in ("client_id", "client_secret")}
        openid_change(by=person, provider=found, groups=form.groups(), **said)
    else:
        provider_change(by=person, provider=found, metadata=form.metadata(), groups=form.groups(), **said)


@require_safe
@staff
def test(request: HttpRequest, person: User, house: str, provider: str) -> HttpResponse:
    """Begin a sign-in that signs nobody in, and shows what the identity provider says."""
    found = provider_get(person, managed(person, house), provider)
    try:
        begun, address = try_begin(provider=found, ours=ours_for(request, found), tester=person)
    except SignInRefusedError:  # it has no name for us yet
        say(request, NAMELESS_WORDS)
        return HttpResponseRedirect(reverse("house-identity", args=[house, provider]), status=HTTPStatus.SEE_OTHER)
    remember_begun(request, begun.pk)
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


@require_safe
@staff
def attempt(request: HttpRequest, person: User, house: str, provider: str, attempt: str) -> HttpResponse:
    """One sign-in: what came, or why it failed."""
    publisher = managed(person, house)
    found = provider_get(person, publisher, provider)
    row = try_list(found).filter(pk=attempt).first()
    if row is None:
        raise NotFoundError(attempt)
    values: dict[str, Any] = {
        "house": publisher,
        "provider": found,
        "row": row,
        "reason": reason_words(row.reason, found.protocol),
        "understood": understood(row),
        "attributes": sorted((row.received.get("attributes") or {}).items()),
    }
    response = show(request, "office/identity_try.html", **values)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@staff
def refresh(request: HttpRequest, person: User, house: str, provider: str) -> HttpResponse:
    """Read the metadata at its address again."""
    found = provider_get(person, managed(person, house), provider)
    provider_refresh(by=person, provider=found)
    say(request, FRESH_WORDS)
    return HttpResponseRedirect(reverse("house-identity", args=[house, provider]), status=HTTPStatus.SEE_OTHER)


@require_POST
@staff
def own_key(request: HttpRequest, person: User, house: str, provider: str) -> HttpResponse:
    """Make the next key pair of ours, or use it from now on."""
    found = provider_get(person, managed(person, house), provider)
    if found.protocol != SAML:
        raise NotFoundError(provider)
    if request.POST.get("what") == "turn":
        own_key_turn(by=person, provider=found)
        say(request, TURNED_WORDS)
    else:
        own_key_make(by=person, provider=found)
        say(request, KEY_WORDS)
    return HttpResponseRedirect(reverse("house-identity", args=[house, provider]), status=HTTPStatus.SEE_OTHER)


@require_POST
@staff
def remove(request: HttpRequest, person: User, house: str, provider: str) -> HttpResponse:
    """Remove it."""
    found = provider_get(person, managed(person, house), provider)
    provider_remove(by=person, provider=found)
    say(request, REMOVED_WORDS)
    return HttpResponseRedirect(reverse("house-identities", args=[house]), status=HTTPStatus.SEE_OTHER)
