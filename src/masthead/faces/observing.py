"""Counts and logs every request: one line and one observation each, under the request's id."""

from __future__ import annotations

import logging
import time

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

from masthead.faces.logged_paths import logged_path
from masthead.faces.middleware import Handler

log = logging.getLogger("masthead.requests")
REQUESTS = Counter("masthead_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "masthead_request_seconds",
    "Seconds until a request was answered.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET = ("/health", "/ready", "/metrics")


def observe(handler: Handler) -> Handler:
    """Measure around everything that makes the answer."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        begin = time.perf_counter()
        response = handler(request)
        seconds = time.perf_counter() - begin
        route = request.resolver_match.route if request.resolver_match else "none"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(method, route, response.status_code).inc()
        SECONDS.labels(route).observe(seconds)
        log.log(
            logging.DEBUG if request.path in _QUIET else logging.INFO,
            "request",
            extra={
                "method": method,
                "path": logged_path(request),
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
            },
        )
        return response

    return handle
