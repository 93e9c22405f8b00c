"""Lets a write happen once: in one transaction, with its answer kept under the key that the program gave it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from masthead.api.errors import BusyError, KeyInvalidError, KeyReusedError
from masthead.api.models import KeptAnswer

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT_FOR: Final = timedelta(hours=24)
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def do_once(request: HttpRequest, token_id: str, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of the view; of a request that was answered before with the same key, the answer of then.

    What the request does and its kept answer are written together or not at all: a process that is killed in the
    middle leaves nothing, and the program sends it again. Of two at once the second waits for the first.
    Raises KeyInvalidError, KeyReusedError.
    """
    key = request.headers.get(HEADER, "")
    if request.method != "POST" or not key:
        with transaction.atomic():
            return _or_nothing(view())
    if not _KEY.fullmatch(key):
        raise KeyInvalidError(key[:80])
    fingerprint = _fingerprint(request)
    try:
        with transaction.atomic():
            KeptAnswer.objects.filter(token_id=token_id, key=key, created_at__lt=timezone.now() - KEPT_FOR).delete()
            kept = KeptAnswer.objects.create(token_id=token_id, key=key, fingerprint=fingerprint)
            answer = _or_nothing(view())
            if isinstance(answer, HttpResponse) and answer.status_code < HTTPStatus.BAD_REQUEST:
                kept.status, kept.body = answer.status_code, _without(answer.content, request)
                kept.content_type = answer.headers.get("Content-Type", "")
                kept.location = answer.headers.get("Location", "")
                kept.save()
            return answer
    except IntegrityError:
        return _again(token_id, key, fingerprint)


def forget_old_answers() -> int:
    """Remove answers that are not given again any more; says how many."""
    return KeptAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _or_nothing(answer: HttpResponseBase) -> HttpResponseBase:
    """A refusal leaves nothing behind, whatever was written before it."""
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        transaction.set_rollback(True)
    return answer


def _without(body: bytes, request: HttpRequest) -> bytes:
    """The answer without the secrets that it shows just once: those are kept nowhere."""
    for secret in getattr(request, "shown_once", ()):
        body = body.replace(secret.encode(), b"")
    return body


def _again(token_id: str, key: str, fingerprint: str) -> HttpResponse:
    kept = KeptAnswer.objects.filter(token_id=token_id, key=key).first()
    if kept is None:  # the other one came to nothing in this very moment
        raise BusyError(key)
    if kept.fingerprint != fingerprint:
        raise KeyReusedError(key)
    answer = HttpResponse(bytes(kept.body), status=kept.status, content_type=kept.content_type or None)
    if kept.location:
        answer["Location"] = kept.location
    answer[REPLAYED] = "true"
    return answer


def _fingerprint(request: HttpRequest) -> str:
    """Tells one request from another: method, address, and what was sent."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        for name in sorted(request.POST):
            digest.update(repr((name, request.POST.getlist(name))).encode())
        for name in sorted(request.FILES):
            file = request.FILES.getlist(name)[-1]
            digest.update(repr((name, file.name, file.size)).encode())
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()
