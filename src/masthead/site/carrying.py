"""What a visitor's request brings along for the question who may read: kept in the session and in two cookies."""

from __future__ import annotations

import secrets
import time
from http.cookies import Morsel
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from masthead.access.carried import Carried
from masthead.access.filled import DAY, Filled, filled_of, token_of, with_filled
from masthead.faces.visitors import network_address

_KEPT = 40  # things of a kind that a visit remembers
_PROOFS, _PASSWORDS, _EMAILS, _GRANTS = "proofs", "passwords", "emails", "grants"
_FRAMES = frozenset({"iframe", "frame", "embed", "object"})
_FRAME_SECONDS = 4 * 3600
_DEVICE_SECONDS = 2 * 366 * 86400
_FRAME = signing.TimestampSigner(salt="masthead.frame")
# Cookies in frames of other sites are kept for that site alone, where browsers can; the library has no word for it yet.
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]


def carried_by(request: HttpRequest) -> Carried:
    """All that counts for reading, besides the person."""
    session = request.session
    return Carried(
        proofs=tuple(session.get(_PROOFS, ())),
        passwords=frozenset(session.get(_PASSWORDS, ())),
        emails=frozenset(session.get(_EMAILS, ())),
        address=network_address(request),
        site=framing_site(request),
        device=request.COOKIES.get(cookie_name("device"), ""),
        filled=filled_of(request.COOKIES.get(cookie_name("filled"), "")),
        grants=tuple(session.get(_GRANTS, ())),
        opens=_opens(request),
    )


def remember_proof(request: HttpRequest, link_id: str) -> None:
    """Keep that the visitor opened a proof link."""
    _remember(request, _PROOFS, link_id)


def remember_password(request: HttpRequest, key: str) -> None:
    """Keep that the visitor gave the password with this key."""
    _remember(request, _PASSWORDS, key)


def remember_email(request: HttpRequest, entry_id: str) -> None:
    """Keep that the visitor confirmed an e-mail address."""
    _remember(request, _EMAILS, entry_id)
    request.session.set_expiry(max(request.session.get_expiry_age(), 31 * 86400))


def remember_grant(request: HttpRequest, grant: str) -> None:
    """Keep what the publisher's own site has opened."""
    _remember(request, _GRANTS, grant)


def framing_site(request: HttpRequest) -> str:
    """The origin of the page whose frame asks; "" for a window of its own.

    The browser names it when it opens the frame. What is opened in the frame then knows it by a cookie that is good
    for hours and that no other window has.
    """
    kind = request.headers.get("Sec-Fetch-Dest", "")
    if kind == "document":
        return ""
    parts = urlsplit(request.headers.get("Referer", ""))
    said = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    own = f"{request.scheme}://{request.get_host()}"
    if kind in _FRAMES and said and said not in (own, settings.MASTHEAD.origin):
        return said
    try:
        return _FRAME.unsign(request.COOKIES.get(cookie_name("frame"), ""), max_age=_FRAME_SECONDS)
    except signing.BadSignature:
        return ""


def remember_site(response: HttpResponseBase, site: str) -> None:
    """Keep in whose frame the reader stands, for what it asks for next."""
    is_https = settings.MASTHEAD.origin.startswith("https://")
    name = cookie_name("frame")
    more: dict[str, Any] = {"secure": True, "samesite": "None"} if is_https else {"samesite": "Lax"}
    response.set_cookie(name, _FRAME.sign(site), max_age=_FRAME_SECONDS, httponly=True, **more)
    if is_https:
        response.cookies[name]["partitioned"] = True


def remember_filled(request: HttpRequest, response: HttpResponseBase, form: str, round_: int) -> None:
    """Keep in the browser that a form was filled in; how long it counts, the gate says."""
    before = filled_of(request.COOKIES.get(cookie_name("filled"), ""))
    token = token_of(with_filled(before, Filled(form, round_, int(time.time()))))
    is_https = settings.MASTHEAD.origin.startswith("https://")
    is_framed = is_https and bool(framing_site(request))
    more: dict[str, Any] = {"secure": is_https, "samesite": "None" if is_framed else "Lax"}
    name = cookie_name("filled")
    response.set_cookie(name, token, max_age=366 * DAY, httponly=True, **more)
    if is_framed:
        response.cookies[name]["partitioned"] = True


def remember_device(response: HttpResponseBase) -> str:
    """Give the browser a secret by which it is known again, and say it."""
    secret = secrets.token_urlsafe(24)
    is_https = settings.MASTHEAD.origin.startswith("https://")
    response.set_cookie(
        cookie_name("device"), secret, max_age=_DEVICE_SECONDS, httponly=True, secure=is_https, samesite="Lax"
    )
    return secret


def cookie_name(name: str) -> str:
    """The name under which browsers bind a cookie to this host alone, where the house is reached by HTTPS."""
    return f"__Host-{name}" if settings.MASTHEAD.origin.startswith("https://") else name


def _opens(request: HttpRequest) -> bool:
    """Whether somebody goes to an address, and not a page asks for what it shows; browsers say so (Fetch Metadata).

    Those before 2023 do not, nor does any without HTTPS: but where they go they would have a page.
    """
    mode = request.headers.get("Sec-Fetch-Mode", "")
    return mode == "navigate" if mode else "text/html" in request.headers.get("Accept", "text/html")


def _remember(request: HttpRequest, name: str, value: str) -> None:
    kept = [known for known in request.session.get(name, []) if known != value]
    request.session[name] = [*kept, value][-_KEPT:]
