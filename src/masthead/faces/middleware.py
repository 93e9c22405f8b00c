"""Gives every request an id and every answer its security headers; turns accidents into a page that says the id."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from masthead.exports.frame.style import style_hashes
from masthead.faces.accidents import accident_response
from masthead.faces.logged_paths import logged_path
from masthead.faces.tracing import trace_of

# Whatever serves pages of an edition sets `request.may_be_framed`: all other pages stay out of other sites' frames.
# Where an edition frames films of another site, `request.frames` names it; a document that is shut off brings
# its whole policy as `request.own_policy`.
# Where the edition names its own sites, `request.framed_by` has them as the policy writes them.
log = logging.getLogger("masthead.site")
Handler = Callable[[HttpRequest], HttpResponseBase]


class RequestIds:
    """Sets `request.request_id` and the X-Request-Id header, and logs what went wrong under that id."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]
        clear_contextvars()
        trace = trace_of(request.headers.get("traceparent", ""))
        bind_contextvars(request_id=request.request_id, **trace)  # type: ignore[attr-defined]
        response = self._handler(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page for an accident; what the framework has an answer for is left to it."""
        if isinstance(exception, Http404 | SuspiciousOperation | BadRequest):
            return None
        identity = request.request_id  # type: ignore[attr-defined]
        log.error("request %s failed: %s %s", identity, request.method, logged_path(request), exc_info=exception)
        return accident_response(request, exception)


def lengths(handler: Handler) -> Handler:
    """Say how long every answer is, and send no body to HEAD."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        if isinstance(response, HttpResponse) and response.status_code != HTTPStatus.NOT_MODIFIED:
            response.setdefault("Content-Length", str(len(response.content)))
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = iter(())  # the file is closed with the response
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response

    return handle


def own_policy(request: HttpRequest, framed_by: str) -> str:
    """The policy that a shut-off document brings; it may stand wherever the edition that it belongs to may."""
    policy = getattr(request, "own_policy", "")
    around = "" if framed_by == "'none'" else f" {framed_by}"
    return f"{policy}; frame-ancestors 'self'{around}" if policy else ""


def is_private(response: HttpResponseBase) -> bool:
    """Whether the answer is for one person: other sites may not even load it without reading it."""
    kept = response.get("Cache-Control", "")
    return "private" in kept or "no-store" in kept


def security_headers(handler: Handler) -> Handler:
    """Strict policy: nothing runs but our own files; the inlined styles are named by their hashes."""
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' {styles}",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'{frames}",
            "media-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors {ancestors}",
        ]
    )
    ancestors = settings.MASTHEAD.frame_ancestors
    by_default = settings.SERVES == "edition"
    is_https = settings.MASTHEAD.origin.startswith("https://")

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        styles = " ".join(f"'{one}'" for one in style_hashes())
        allowed = getattr(request, "framed_by", "") or ancestors
        framed_by = allowed if getattr(request, "may_be_framed", by_default) else "'none'"
        frames = "".join(f" {one}" for one in getattr(request, "frames", ()))
        own = own_policy(request, framed_by)
        response["Content-Security-Policy"] = own or policy.format(styles=styles, ancestors=framed_by, frames=frames)
        if is_private(response):  # no page elsewhere can tell by a picture's size or failure what somebody may see
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        if is_https:
            response["Strict-Transport-Security"] = "max-age=31536000"
        return response

    return handle
