"""Signing out here and at the identity provider by which somebody had signed in, begun on either side."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from masthead.access.identity.providers import OPENID, provider_known
from masthead.access.identity.sessions import session_leave, session_left, sign_out_take, way_out
from masthead.access.identity.vouching import SignInRefusedError
from masthead.accounts.sign_in import SignIn
from masthead.faces.single_sign_on import ours_for, start_address
from masthead.library.errors import NotFoundError


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
    values = {"provider": found, "onward": "", "again": start_address(request, found) if found.is_on else ""}
    response = render(request, "site/signed_out.html", values)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@csrf_exempt  # a server calls it; what it brings is signed
@require_POST
def told(request: HttpRequest, provider: str) -> HttpResponse:
    """Sign out whom an OpenID provider signs out (OpenID Connect Back-Channel Logout 1.0)."""
    found = provider_known(provider)
    if found.protocol != OPENID:
        raise NotFoundError(provider)
    try:
        sign_out_take(provider=found, token=request.POST.get("logout_token", ""))
    except SignInRefusedError as error:
        said = {"error": "invalid_request", "error_description": str(error.reason)}
        return JsonResponse(said, status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(status=HTTPStatus.OK)
