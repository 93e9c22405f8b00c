"""Signing in at an identity provider: the way there, the answer from there, what readers see when it fails."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.access.identity.arriving import (
    is_somebody_else,
    try_answer,
    try_begin,
    try_code,
    try_link,
    try_of,
    try_take_up,
)
from masthead.access.identity.providers import (
    SAML,
    SITE,
    IdentityProvider,
    SignInTry,
    provider_known,
    providers_by_address,
    providers_offered,
)
from masthead.access.identity.saml import metadata_of
from masthead.access.identity.sessions import session_keep
from masthead.access.identity.sites import site_address
from masthead.access.identity.vouching import SignInRefusedError
from masthead.access.tries import refuse_where_over, try_once
from masthead.faces.identity_words import reason_words
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.faces.single_sign_on import BEGUN, ours_for, remember_begun, start_address
from masthead.faces.visitors import network_address
from masthead.library.errors import NotFoundError
from masthead.library.selectors import public_publication
from masthead.site.carrying import remember_grant
from masthead.site.own_second_step import second_step

UNKNOWN_WORDS = "No organisation is known for this address. Sign in with your password, or ask whoever gave you access."
_REFUSED, _MOST_REFUSED = "identity-answer", 60  # in ten minutes from one address, which a whole campus may share
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def identity_ways(request: HttpRequest, publisher_id: str, target: str) -> list[tuple[str, str]]:
    """Address and name of each identity provider that a publisher's readers may choose."""
    return [(start_address(request, row, target), row.name) for row in providers_offered(publisher_id)]


class FindForm(forms.Form):
    """An e-mail address, for its domain."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Lead somebody to their organisation by the domain of their address; who has an account here is never told."""
    target = own_path(request.POST.get("next") or request.GET.get("next", ""))
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        hint = urlencode({"hint": email, **({"next": target} if target else {})})
        ways = [
            (f"{start_address(request, row)}?{hint}", row) for row in providers_by_address(email, _publisher_at(target))
        ]
        if ways:
            response = render(request, "site/led_on.html", {"ways": ways})
            if len(ways) == 1:  # by a page, since no form of ours may end at another site
                response["Refresh"] = f"0; url={ways[0][0]}"
            return response
        form.add_error("email", wording.translator(language_of(request)).text(UNKNOWN_WORDS))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    values = {"form": form, "target": target, "login_query": urlencode({"next": target}) if target else ""}
    return render(request, "site/find_organisation.html", values, status=status)


@never_cache
@require_safe
def start(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Send the browser to the identity provider."""
    found = provider_known(provider)
    target = own_path(request.GET.get("next", ""))
    if found.protocol == SITE and found.is_on and found.sign_in_address:
        return HttpResponseRedirect(site_address(found, target), status=HTTPStatus.SEE_OTHER)
    try:
        hint = request.GET.get("hint", "")[:254]
        begun, address = try_begin(provider=found, ours=ours_for(request, found), target=target, hint=hint)
    except SignInRefusedError as error:
        return failed(request, found, error, target, "")
    remember_begun(request, begun.pk)
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


@csrf_exempt  # it comes from the identity provider's page; what it brings is signed, and taken up only by who began
@require_POST
def answer(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Check what the identity provider says; the browser takes it up at the next address, with its own cookies."""
    found = provider_known(provider)
    state = request.POST.get("RelayState", "")[:500]
    said = request.POST.get("SAMLResponse", "")
    ours = ours_for(request, found)
    return _taken(
        request, lambda: try_answer(provider=found, ours=ours, answer=said, key=state, target=own_path(state))
    )


@never_cache
@require_safe
def code(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Take the code of an OpenID provider back to it, and go on as with an answer."""
    found = provider_known(provider)
    said = {name: request.GET.get(name, "")[:4096] for name in ("code", "state", "iss", "error", "error_description")}
    return _taken(request, lambda: try_code(provider=found, ours=ours_for(request, found), said=said))


@never_cache
@require_GET  # nothing else follows links, and a link counts once
def link(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Take a link of the publisher's own site, and go on as with an answer."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):  # a browser that guesses must not use it up
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    found = provider_known(provider)
    return _taken(request, lambda: try_link(provider=found, query=request.META.get("QUERY_STRING", "")))


def _taken(request: HttpRequest, read: Callable[[], SignInTry]) -> HttpResponseBase:
    """Go on with what came. Whoever sends one after the other that is refused is not read for a while."""
    visitor = network_address(request)
    refuse_where_over(_REFUSED, visitor, limit=_MOST_REFUSED)
    row = read()
    if row.reason:
        try_once(_REFUSED, visitor, limit=_MOST_REFUSED)
    return HttpResponseRedirect(reverse("identity-done", args=[row.key]), status=HTTPStatus.SEE_OTHER)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, key: str) -> HttpResponseBase:
    """Sign in with the answer, and go where one wanted to; or say why not."""
    row = try_of(key)
    begun = request.session.get(BEGUN, [])
    person = person_of(request)
    if request.method == "HEAD" or (request.method == "GET" and is_somebody_else(row, person)):
        response = render(request, "site/sign_in_other.html", {"provider": row.provider, "person": person})
        response["X-Robots-Tag"] = "noindex"
        return response
    if not row.request_id or row.pk in begun:  # an answer that another browser asked for is refused, not asked about
        asked = second_step(request, row, person)
        if asked is not None:
            return asked
    try:
        taken = try_take_up(row=row, begun_here=row.pk in begun, person=person)
    except SignInRefusedError as error:
        if row.tester_id and person is not None and person.pk == row.tester_id:
            return _to_test(row.provider, row.pk)
        return failed(request, row.provider, error, row.target, row.pk)
    if taken is None:
        return _to_test(row.provider, row.pk)
    if taken.user is not None:
        login(request, taken.user, backend=_BACKEND)
        request.session.save()
        own = request.session.session_key or ""
        session_keep(provider=row.provider, user=taken.user, said=taken.said, session_key=own)
    if taken.grant:
        remember_grant(request, taken.grant)
    if taken.user is None:
        return HttpResponseRedirect(own_path(row.target) or reverse("home"), status=HTTPStatus.SEE_OTHER)
    return HttpResponseRedirect(own_path(row.target) or reverse("my-account"), status=HTTPStatus.SEE_OTHER)


@require_safe
def metadata(request: HttpRequest, provider: str) -> HttpResponse:
    """What the identity provider has to know of us."""
    found = provider_known(provider)
    if found.protocol != SAML:
        raise NotFoundError(provider)
    response = HttpResponse(metadata_of(ours_for(request, found), found), content_type="application/samlmetadata+xml")
    response["Content-Disposition"] = f'inline; filename="masthead-{found.pk}.xml"'
    return response


def own_path(target: str) -> str:
    """The target if it is a path of this house, else ""; nobody is led elsewhere."""
    is_own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if is_own else ""


def _publisher_at(target: str) -> str:
    """The publisher from whose pages somebody comes; "" from nowhere in particular."""
    try:
        return public_publication(target.partition("?")[0].strip("/").partition("/")[0]).publisher_id
    except NotFoundError:
        return ""


def _to_test(provider: IdentityProvider, try_id: str) -> HttpResponseBase:
    address = reverse("house-identity-try", args=[provider.publisher.slug, provider.pk, try_id])
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def failed(
    request: HttpRequest, provider: IdentityProvider, error: SignInRefusedError, target: str, try_id: str
) -> HttpResponse:
    """The page that says why a sign-in came to nothing, with the way to try again."""
    values = {
        "provider": provider,
        "reason": reason_words(error.reason, provider.protocol),
        "code": error.reason.value,
        "again": start_address(request, provider, own_path(target)),
        "login_query": urlencode({"next": own_path(target) or reverse("my-account")}),
        "try_id": try_id,
        "can_begin": provider.is_on and bool(provider.sign_in_address),
    }
    response = render(request, "site/sign_in_failed.html", values, status=HTTPStatus.FORBIDDEN)
    response["X-Robots-Tag"] = "noindex"
    return response
