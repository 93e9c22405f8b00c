"""Gives every request an id and every answer its security headers; turns accidents into a page that says the id."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from masthead.exports.frame.pages import inline_style_hash
from masthead.site.failures import failure_response

log = logging.getLogger("masthead.site")
Handler = Callable[[HttpRequest], HttpResponseBase]


def request_ids(handler: Handler) -> Handler:
    """Set `request.request_id` and the X-Request-Id header; log what went wrong under that id."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]
        try:
            response = handler(request)
        except Exception:
            log.exception("request %s failed: %s", request.request_id, request.path)  # type: ignore[attr-defined]
            response = failure_response(request, HTTPStatus.INTERNAL_SERVER_ERROR)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response

    return handle


def security_headers(handler: Handler) -> Handler:
    """Strict policy: nothing runs but our own files; the one inlined style is named by its hash."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Content-Security-Policy"] = "; ".join(
            [
                "default-src 'none'",
                "script-src 'self'",
                f"style-src 'self' '{inline_style_hash()}'",
                "img-src 'self' data: blob:",
                "font-src 'self'",
                "connect-src 'self'",
                "frame-src 'self'",
                "worker-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                f"frame-ancestors {settings.MASTHEAD.frame_ancestors}",
            ]
        )
        return response

    return handle
