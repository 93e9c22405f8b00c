"""Tells the reader's script that somebody has signed in, so that it need not ask on every visit of everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from masthead.faces.middleware import Handler

COOKIE = "signed-in"
"""A cookie that scripts can read. It opens nothing and says nobody's name."""
_A_YEAR = 365 * 24 * 3600


def hint(handler: Handler) -> Handler:
    """Keep the cookie in step with the session, on answers that looked into the session anyway."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        session = getattr(request, "session", None)
        if session is None or not session.accessed:
            return response
        is_signed_in = "_auth_user_id" in session
        has_hint = COOKIE in request.COOKIES
        if is_signed_in and not has_hint:
            response.set_cookie(COOKIE, "1", max_age=_A_YEAR, samesite="Lax", secure=request.is_secure())
        elif has_hint and not is_signed_in:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response

    return handle
