"""The door of the face: who asks, by which token, how often; one transaction for each write; failures as problems."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from masthead.accounts.errors import ScopeMissingError, TokenInvalidError
from masthead.accounts.selectors import Publisher, User, publisher_list
from masthead.accounts.tokens import Usage, bearer_of, token_use
from masthead.api.errors import MethodWrongError, RateExceededError
from masthead.api.matching import READS, freeze, require_match, tagged
from masthead.api.once import do_once
from masthead.api.problems import problem, problem_of

View = Callable[..., HttpResponseBase]


class Call(HttpRequest):
    """A request of a program: in whose name, with which rights taken away, and for which house."""

    person: User
    house: Publisher
    shown_once: list[str]  # secrets in its answer, which are kept nowhere


class Needs:
    """What an operation asks of a token: its scope. The gate has looked at the token itself before."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}  # noqa: RUF012 - the library's name for it

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> bool:
        """True; raises ScopeMissingError."""
        bearer = getattr(request, "person", User()).bearer
        if bearer is None or (self.scope and not bearer.has(self.scope)):
            raise ScopeMissingError(self.scope)
        return True


def gated(view: View) -> View:
    """The view behind the door."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            usage = _recognise(request)
        except TokenInvalidError as error:
            return problem(request, error, headers={"WWW-Authenticate": 'Bearer realm="Masthead"'})
        except DatabaseError as error:
            return problem_of(request, error)
        if usage.is_over:
            answer: HttpResponseBase = problem(request, RateExceededError())
            answer["Retry-After"] = str(usage.seconds)
        else:
            answer = _answered(request, lambda: view(request, *args, **kwargs))
        answer["RateLimit-Limit"] = str(usage.limit)
        answer["RateLimit-Remaining"] = str(max(0, usage.left))
        answer["RateLimit-Reset"] = str(usage.seconds)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer

    door: Any = enter
    door.ungated = view  # how a thing is, without counting as a request
    door.csrf_exempt = True  # no cookie opens anything here
    return enter


def _recognise(request: HttpRequest) -> Usage:
    """Put the person and the house on the request, and count it; raises TokenInvalidError."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    person = bearer_of(secret.strip()) if kind.lower() == "bearer" else None
    house = publisher_list(person).first() if person else None
    if person is None or house is None or person.bearer is None:
        raise TokenInvalidError
    request.user = request.person = person  # type: ignore[attr-defined]
    request.house = house  # type: ignore[attr-defined]
    return token_use(person.bearer.token, timezone.now(), settings.MASTHEAD.api_rate)


def _answered(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        if request.method in READS or _is_streamed(request):
            answer = view()
            answer = tagged(request, answer) if request.method in READS else answer
        else:
            answer = _written(request, view)
    except Exception as failure:
        return problem_of(request, failure)
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problem(request, MethodWrongError(), headers={"Allow": answer.headers.get("Allow", "")})
    return answer


def _is_streamed(request: HttpRequest) -> bool:
    """Whether bytes of a file come in, which must hold no transaction open."""
    return request.method == "PATCH" and request.content_type == "application/offset+octet-stream"


def _written(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    person: User = request.person  # type: ignore[attr-defined]
    assert person.bearer is not None

    def matched() -> HttpResponseBase:
        require_match(request)
        return view()

    if "If-Match" in request.headers and not connection.in_atomic_block:
        with transaction.atomic():
            freeze()
            return do_once(request, person.bearer.token, matched)
    return do_once(request, person.bearer.token, matched)


def missing(request: HttpRequest) -> HttpResponse:
    """What no operation answers."""
    from masthead.library.errors import NotFoundError  # noqa: PLC0415 - only here

    return problem(request, NotFoundError(request.path))


missing.csrf_exempt = True  # type: ignore[attr-defined]
