"""ETags: what a program knows is told again only when it changed, and changed only as long as it is what it knows."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, QueryDict
from django.urls import resolve
from django.utils.cache import patch_vary_headers

from masthead.api.errors import ChangedMeanwhileError

READS = ("GET", "HEAD", "OPTIONS")


def tagged(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer to a read with its ETag; 304 where the program has it already."""
    if not isinstance(answer, HttpResponse) or answer.status_code != HTTPStatus.OK or "ETag" in answer:
        return answer
    tag = tag_of(answer)
    if _names(request.headers.get("If-None-Match", ""), tag, weakly=True):
        answer = HttpResponseNotModified()
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Authorization", "Accept-Language"])
    return answer


def tag_of(answer: HttpResponse) -> str:
    """A strong tag: it is another when one byte of the answer is."""
    return f'"{hashlib.sha256(answer.content).hexdigest()[:24]}"'


def require_match(request: HttpRequest) -> None:
    """Raise ChangedMeanwhileError where If-Match names another state of the thing than that of this moment.

    The thing is what GET at the same address answers, or at the next address above it that can be fetched: for
    `/editions/ID/publish` the edition. Call it in the transaction of the change.
    """
    wanted = request.headers.get("If-Match", "")
    if not wanted:
        return
    current = _current(request)
    if current is None or not (wanted.strip() == "*" or _names(wanted, tag_of(current), weakly=False)):
        raise ChangedMeanwhileError(request.path)


def freeze() -> None:
    """Let the transaction that begins see one state of the database, so that nobody changes it in between."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _current(request: HttpRequest) -> HttpResponse | None:
    path = request.path
    while path.count("/") > 3:
        answer = _fetched(request, path)
        if answer is not None:
            return answer
        path = path.rpartition("/")[0]
    return None


def _fetched(request: HttpRequest, path: str) -> HttpResponse | None:
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET = QueryDict()
    try:
        found = resolve(path)
    except Http404:
        return None
    view: Callable[..., HttpResponseBase] = getattr(found.func, "ungated", found.func)
    answer = view(asked, *found.args, **found.kwargs)
    is_there = isinstance(answer, HttpResponse) and answer.status_code == HTTPStatus.OK
    return answer if is_there and isinstance(answer, HttpResponse) else None


def _names(header: str, tag: str, *, weakly: bool) -> bool:
    """Whether the tag is one of those that the header lists (RFC 9110, 13.1)."""
    named = [part.strip() for part in header.split(",")]
    if weakly:
        named = [part.removeprefix("W/") for part in named]
    return tag in named or (weakly and "*" in named)
