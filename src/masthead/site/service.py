"""Addresses for whoever runs the house: alive, ready, counted, of which version."""

from __future__ import annotations

import hmac
import os
import shutil
from http import HTTPStatus

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from masthead import __version__
from masthead.faces.failures import failure_response
from masthead.production.selectors import counts

_LEAST_BYTES = 256 << 20  # less room than that, and the next conversion fails
_ALMOST_FULL = "almost full"


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """This process answers. A supervisor restarts what does not say so."""
    return JsonResponse({"status": "ok", "version": __version__}, headers={"Cache-Control": "no-store"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can read here: a balancer sends visitors only to those that say so.

    While the storage is away, or the disk almost full, the house does less and says so, but is not to be taken away.
    """
    checks = {"database": _database(), "data_folder": _data_folder()}
    can_read = all(said in ("ok", _ALMOST_FULL) for said in checks.values())
    if settings.MASTHEAD.storage:
        checks["storage"] = _storage()
    is_whole = all(said == "ok" for said in checks.values())
    status = HTTPStatus.OK if can_read else HTTPStatus.SERVICE_UNAVAILABLE
    answer = {"status": "ok" if is_whole else "limited" if can_read else "failed", "checks": checks}
    return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})


@require_safe
def metrics(request: HttpRequest) -> HttpResponseBase:
    """Counts of this machine's processes, and of the house's conversions, as Prometheus reads them."""
    if not _may_ask(request):
        return failure_response(request, HTTPStatus.NOT_FOUND)
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    own = CollectorRegistry()
    gauge = Gauge("masthead_conversions", "Conversions in each state.", ["state"], registry=own)
    for state, number in counts().items():
        gauge.labels(state).set(number)
    Gauge("masthead_data_free_bytes", "Room on the data folder's disk.", registry=own).set(
        shutil.disk_usage(settings.MASTHEAD.data).free
    )
    return HttpResponse(generate_latest(registry) + generate_latest(own), content_type=CONTENT_TYPE_LATEST)


@require_safe
def version(request: HttpRequest) -> HttpResponse:
    """Which Masthead this is."""
    return JsonResponse({"name": "Masthead", "version": __version__})


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        return "not migrated" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"
    except DatabaseError as error:
        return f"does not answer: {type(error).__name__}"


def _data_folder() -> str:
    folder = settings.MASTHEAD.data
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return f"cannot be used: {error.strerror}"
    if not os.access(folder, os.W_OK):
        return "cannot be written to"
    return "ok" if free > _LEAST_BYTES else _ALMOST_FULL


def _storage() -> str:
    try:
        storages["editions"].exists("any")
    except Exception as error:
        # Whatever the storage's own library raises: this machine cannot send what it has no copy of.
        return f"does not answer: {type(error).__name__}"
    return "ok"


def _may_ask(request: HttpRequest) -> bool:
    token = settings.MASTHEAD.metrics_token
    if token:
        said = request.headers.get("Authorization", "").encode("latin-1", "replace")
        return hmac.compare_digest(said, f"Bearer {token}".encode())
    is_passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not is_passed_on and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
