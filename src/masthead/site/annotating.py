"""Where a reader's devices synchronise what they added to an edition: their own, only while they may read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead.access.rules import may_read
from masthead.accounts.selectors import User
from masthead.annotations.checking import request_of
from masthead.annotations.errors import AnnotationsUnreadableError, TooOftenError
from masthead.annotations.selectors import Row, annotations_of, as_shown, notebooks_of
from masthead.annotations.services import Result, annotations_synchronise, pace_keep
from masthead.annotations.web_annotation import annotation_of, collection
from masthead.document.errors import MastheadError
from masthead.faces.looks import person_of
from masthead.library.selectors import Edition, edition_at
from masthead.site.announced_facts import origin_of
from masthead.site.answering import Served
from masthead.site.proofs import opened
from masthead.site.reading import address_of, open_edition

_STATUS: dict[type[MastheadError], HTTPStatus] = {
    AnnotationsUnreadableError: HTTPStatus.BAD_REQUEST,
    TooOftenError: HTTPStatus.TOO_MANY_REQUESTS,
}


@require_http_methods(["GET", "HEAD", "POST"])
def synchronise(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """What the person added to the edition; POST takes changes of a device and answers what others changed."""

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        return _taken(request, edition) if request.method == "POST" else _told(request, edition)

    return open_edition(request, publication, slug, None, send)


@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """Everything that the person added, in all editions: it is theirs. Words of pages closed to them are not."""
    person: User | None = person_of(request)
    if person is None:
        return redirect_to_login(request.path)
    items = []
    for edition, contents in notebooks_of(person):
        readable = readable_by(request, edition)
        home = origin_of(request) + address_of(edition)
        items += [annotation_of(shown, home) for content in contents if (shown := as_shown(content, readable))]
    response = JsonResponse(collection(str(person), items), content_type="application/ld+json")
    response["Content-Disposition"] = 'attachment; filename="notes.jsonld"'
    return _private(response)


def readable_by(request: HttpRequest, edition: Edition) -> Callable[[int], bool]:
    """Says of a page whether this visitor may read it now; each page is asked for once."""
    person, proofs = person_of(request), opened(request)

    @cache
    def readable(page: int) -> bool:
        return may_read(person, edition, page, proofs).allowed

    return readable


def _told(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    person: User | None = person_of(request)
    asked = request.GET.get("since", "0")
    since = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    said: dict[str, Any] = {"token": get_token(request), "signed_in": person is not None}
    if person is None:
        said["sign_in"] = f"{reverse('account_login')}?{urlencode({'next': address_of(edition)})}"
    else:
        rows, sequence = annotations_of(person, edition, since, readable_by(request, edition))
        said |= {"owner": person.pk, "name": str(person), "rows": [_row(row) for row in rows], "sequence": sequence}
    return _private(JsonResponse(said))


def _taken(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    person: User | None = person_of(request)
    if person is None:
        return _private(JsonResponse({"code": "signed_out"}, status=HTTPStatus.UNAUTHORIZED))
    try:
        pace_keep(by=person)
        asked = request_of(request.body)
    except (AnnotationsUnreadableError, TooOftenError) as error:
        return refused(error)
    answer = annotations_synchronise(by=person, edition=edition, request=asked, readable=readable_by(request, edition))
    return _private(
        JsonResponse(
            {
                "owner": person.pk,
                "results": [_result(result) for result in answer.results],
                "rows": [_row(row) for row in answer.rows],
                "sequence": answer.sequence,
            }
        )
    )


def refused(error: MastheadError) -> HttpResponseBase:
    """A refusal as the reader's script wants it; it has the sentences in every language."""
    status = _STATUS.get(type(error), HTTPStatus.CONFLICT)
    response = JsonResponse({"code": error.code, "sentence": error.sentence}, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = "60"
    return _private(response)


def _result(result: Result) -> dict[str, Any]:
    said = {"id": result.name, "outcome": result.outcome.value, "revision": result.revision, "content": result.content}
    return {**said, "fault": result.fault} if result.fault else said


def _row(row: Row) -> dict[str, Any]:
    return {"id": row.name, "revision": row.revision, "content": row.content}


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Nobody else may keep it, whatever the edition allows."""
    response["Cache-Control"] = "private, no-store"
    return response
