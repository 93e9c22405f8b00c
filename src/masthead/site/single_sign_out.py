"""Signing out here and at the identity provider by which somebody had signed in, begun on either side."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from masthead.access.identity.providers import OPENID, SAML, IdentityProvider, provider_known
from masthead.access.identity.saml_sign_out import was_signed_out
from masthead.access.identity.sessions import session_leave, session_left, sign_out_by_saml, sign_out_take, way_out
from masthead.access.identity.vouching import SignInRefusedError
from masthead.accounts.sign_in import SignIn
from masthead.faces.single_sign_on import ours_for, start_address
from masthead.library.errors import NotFoundError
from masthead.site.single_sign_on import failed

_LONGEST = 64 << 10


class SignInAndOut(SignIn):
    """Who had come by an identity provider is led out by it."""

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        key = session_leave(request.session.session_key or "") if request.method == "POST" else ""
        return reverse("identity-leaving", args=[key]) if key else str(super().get_logout_redirect_url(request))


@never_cache
@require_safe
def leaving(request: HttpRequest, key: str) -> HttpResponse:
    """Lead the browser on to the identity provider.

    By a page, not by a status: no form of ours may end at another site, and it is a form that signs out.
    """
    left = session_left(key)
    provider = left.provider
    address = way_out(left=left, ours=ours_for(request, provider))
    response = render(request, "site/signed_out.html", {"provider": provider, "onward": address})
    response["Refresh"] = f"0; url={address}"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Signed out on both sides."""
    found = provider_known(provider)
    return _signed_out(request, found, is_whole=True)


def _signed_out(request: HttpRequest, provider: IdentityProvider, *, is_whole: bool) -> HttpResponse:
    again = start_address(request, provider) if provider.is_on else ""
    values = {"provider": provider, "onward": "", "again": again, "is_whole": is_whole}
    response = render(request, "site/signed_out.html", values)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@csrf_exempt  # a server calls it, or a browser from its page; what they bring is signed
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Sign out whom an identity provider signs out: by its server with OpenID, in the browser with SAML."""
    found = provider_known(provider)
    if found.protocol == SAML and request.method == "GET":
        return _told_by_saml(request, found)
    if found.protocol != OPENID or request.method != "POST":
        raise NotFoundError(provider)
    try:
        sign_out_take(provider=found, token=request.POST.get("logout_token", ""))
    except SignInRefusedError as error:
        said = {"error": "invalid_request", "error_description": str(error.reason)}
        return JsonResponse(said, status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(status=HTTPStatus.OK)


def _told_by_saml(request: HttpRequest, provider: IdentityProvider) -> HttpResponseBase:
    """The request of an identity provider, which gets its answer; or its answer to ours, which ends at a page."""
    query, ours = request.META.get("QUERY_STRING", "")[:_LONGEST], ours_for(request, provider)
    if "SAMLResponse" in request.GET:
        return _signed_out(request, provider, is_whole=was_signed_out(provider, ours, query, timezone.now()))
    try:
        address = sign_out_by_saml(provider=provider, ours=ours, query=query)
    except SignInRefusedError as error:
        return failed(request, provider, error, "", "")
    if not provider.sign_out_address:
        return _signed_out(request, provider, is_whole=True)
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
