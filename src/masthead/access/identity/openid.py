"""Speaks OpenID Connect with identity providers: the authorization code flow with PKCE, and signing out."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from masthead.access.identity.attributes import email_in, groups_in
from masthead.access.identity.reaching import UnreachedError, answered
from masthead.access.identity.sealing import opened
from masthead.access.identity.tokens import token_read
from masthead.access.identity.vouching import Assertion, Ours, Reason, SignInRefusedError
from masthead.access.models import IdentityProvider

_MOST = 256 << 10  # bytes of an answer
_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_OF_PROTOCOL = frozenset(
    {"iss", "aud", "exp", "iat", "nbf", "nonce", "auth_time", "at_hash", "c_hash", "s_hash", "azp", "jti", "sid"}
)


def code_address(provider: IdentityProvider, ours: Ours, key: str, nonce: str, verifier: str, hint: str = "") -> str:
    """The address to send somebody to; `hint` is the e-mail address that they gave."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": ours.codes,
        "scope": _scope(provider),
        "state": key,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"login_hint": hint} if hint else {}),
    }
    return _with(provider.sign_in_address, query)


def code_taken(provider: IdentityProvider, ours: Ours, said: Mapping[str, str], nonce: str, verifier: str) -> Assertion:
    """Who somebody is by the code that came with them. Raises SignInRefusedError."""
    issuer = said.get("iss", "")
    if issuer != provider.entity_id and (issuer or provider.places.get("names_itself")):
        raise SignInRefusedError(Reason.NOT_FOR_US, f"code of {issuer[:200]}")
    if said.get("error"):
        raise SignInRefusedError(Reason.DENIED, f"{said['error']} {said.get('error_description', '')}")
    tokens = _exchanged(provider, ours, said.get("code", ""), verifier)
    token, access = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(token, str):
        raise SignInRefusedError(Reason.UNREADABLE, "no id_token")
    claims = token_read(provider, token, ("exp", "sub", "nonce"))
    if not isinstance(claims["nonce"], str) or not hmac.compare_digest(claims["nonce"].encode(), nonce.encode()):
        raise SignInRefusedError(Reason.UNASKED, "nonce")
    subject = _subject(claims)
    if isinstance(access, str) and _misses(provider, _assertion(claims, subject)):
        claims = {**_userinfo(provider, access, subject), **claims}
    vouched = _assertion(claims, subject, token)
    if claims.get("email_verified") in (False, "false") and email_in(provider, vouched) == _lower(claims.get("email")):
        raise SignInRefusedError(Reason.EMAIL_UNCONFIRMED, "email_verified")
    return vouched


def leaving_address(provider: IdentityProvider, ours: Ours, token: str) -> str:
    """Where to send somebody who signs out here, so that they are signed out there too; "" where it has no such."""
    if not provider.places.get("end_session"):
        return ""
    query = {"client_id": provider.client_id, "post_logout_redirect_uri": ours.signed_out}
    return _with(provider.places["end_session"], {**query, **({"id_token_hint": token} if token else {})})


def sign_out_read(provider: IdentityProvider, token: str) -> tuple[str, str, datetime]:
    """Subject, session ("" for one of them) and moment of a token by which a provider signs somebody out.

    Raises SignInRefusedError (OpenID Connect Back-Channel Logout 1.0, 2.6).
    """
    claims = token_read(provider, token, ("jti",))
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(_EVENT), dict) or "nonce" in claims:
        raise SignInRefusedError(Reason.NOT_FOR_US, "no token for signing out")
    subject, session = (claims.get(name) if isinstance(claims.get(name), str) else "" for name in ("sub", "sid"))
    if not subject and not session:
        raise SignInRefusedError(Reason.UNREADABLE, "neither sub nor sid")
    return str(subject), str(session), datetime.fromtimestamp(claims["iat"], UTC)


def _exchanged(provider: IdentityProvider, ours: Ours, code: str, verifier: str) -> dict[str, Any]:
    """What the provider gives for a code."""
    if not code or len(code) > 4096:
        raise SignInRefusedError(Reason.UNREADABLE, "no code")
    secret, methods = opened(provider.client_secret), provider.places.get("methods", ())
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": ours.codes,
        "client_id": provider.client_id,
        "code_verifier": verifier,
    }
    headers = {}
    if secret and "client_secret_basic" not in methods and "client_secret_post" in methods:
        form["client_secret"] = secret
    elif secret:
        pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    try:
        status, said = answered(provider.places["token"], _MOST, headers=headers, form=urlencode(form).encode())
    except UnreachedError as error:
        raise SignInRefusedError(Reason.UNREACHABLE, str(error)) from error
    if status == HTTPStatus.OK:
        return said
    detail = f"{status} {said.get('error', '')} {said.get('error_description', '')}".strip()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise SignInRefusedError(Reason.UNREACHABLE, detail)
    if said.get("error") in ("invalid_client", "unauthorized_client") or status == HTTPStatus.UNAUTHORIZED:
        raise SignInRefusedError(Reason.CLIENT_REFUSED, detail)
    raise SignInRefusedError(Reason.CODE_REFUSED, detail)


def _userinfo(provider: IdentityProvider, access: str, subject: str) -> dict[str, Any]:
    """What else it says of the same person; {} where it says nothing."""
    try:
        status, said = answered(
            provider.places.get("userinfo", ""), _MOST, headers={"Authorization": f"Bearer {access}"}
        )
    except (UnreachedError, ValueError) as error:
        raise SignInRefusedError(Reason.UNREACHABLE, f"userinfo: {error}") from error
    if status != HTTPStatus.OK:
        return {}
    if said.get("sub") != subject:  # OpenID Connect Core 5.3.2: else it is about somebody else
        raise SignInRefusedError(Reason.NOT_FOR_US, "userinfo of somebody else")
    return said


def _misses(provider: IdentityProvider, said: Assertion) -> bool:
    """Whether asking for more is of use."""
    lacks = not email_in(provider, said) or (bool(provider.groups) and not groups_in(provider, said))
    return lacks and bool(provider.places.get("userinfo"))


def _subject(claims: dict[str, Any]) -> str:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise SignInRefusedError(Reason.UNREADABLE, "sub")
    return subject


def _assertion(claims: dict[str, Any], subject: str, token: str = "") -> Assertion:
    """The claims under their names, those inside others with dots between, as the mapping of attributes has them."""
    session = claims.get("sid")
    named = {name: value for name, value in claims.items() if name not in _OF_PROTOCOL}
    used = hashlib.sha256(token.encode()).hexdigest()
    return Assertion(used, subject, _flat(named), session if isinstance(session, str) else "", token)


def _lower(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _flat(claims: dict[str, Any], before: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in claims.items():
        if isinstance(value, dict) and before.count(".") < 3:
            found |= _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            found[f"{before}{name}"] = [str(one) for one in value if isinstance(one, str | int)]
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found[f"{before}{name}"] = [str(value)]
        elif isinstance(value, bool):
            found[f"{before}{name}"] = ["true" if value else "false"]
    return found


def _scope(provider: IdentityProvider) -> str:
    """What is asked for: the address, the name, and groups where the provider knows a scope for them."""
    known = provider.places.get("scopes", ())
    return " ".join(["openid", "email", "profile", *(one for one in ("groups",) if one in known)])


def _with(address: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    joined = "&".join(filter(None, (parts.query, urlencode(query))))
    return parts._replace(query=joined, fragment="").geturl()
