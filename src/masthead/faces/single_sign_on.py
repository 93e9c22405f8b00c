"""Our addresses for an identity provider, and what a browser remembers of having begun a sign-in there."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from masthead.access.identity.providers import IdentityProvider
from masthead.access.identity.vouching import Ours
from masthead.faces.absolute import absolute

BEGUN = "sign_ins"  # in the session: those that this browser began
_KEPT = 8


def ours_for(request: HttpRequest, provider: IdentityProvider) -> Ours:
    """Our addresses for an identity provider."""
    metadata, answer, code, sign_out, signed_out = (
        absolute(request, reverse(f"identity-{name}", args=[provider.pk]))
        for name in ("metadata", "answer", "code", "sign-out", "signed-out")
    )
    return Ours(metadata, answer, code, sign_out, signed_out)


def start_address(request: HttpRequest, provider: IdentityProvider, target: str = "") -> str:
    """Where signing in with it begins, to come back to a path of ours."""
    query = f"?{urlencode({'next': target})}" if target else ""
    return absolute(request, reverse("identity-start", args=[provider.pk])) + query


def remember_begun(request: HttpRequest, try_id: str) -> None:
    """Keep that this browser began a sign-in."""
    request.session[BEGUN] = [*request.session.get(BEGUN, []), try_id][-_KEPT:]
