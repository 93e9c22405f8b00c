"""Uploads that can be gone on with after any interruption, as tus 1.0 has them: begin, ask how far, send, give up.

https://tus.io/protocols/resumable-upload, core with creation, checksum, expiration and termination. Who asks, and where
the addresses of uploads lie, is for the faces to say.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC
from functools import wraps
from http import HTTPStatus
from pathlib import PurePath
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.production.arrival_bytes import CHECKSUMS
from masthead.production.arrivals import (
    arrival_append,
    arrival_begin,
    arrival_remove,
    arrived_bytes,
    may_hand_over,
)
from masthead.production.errors import (
    UploadBusyError,
    UploadChecksumError,
    UploadGoneError,
    UploadOffsetError,
    UploadTooLargeError,
)
from masthead.production.selectors import Arrival

_VERSION = "1.0.0"
_BYTES = "application/offset+octet-stream"
REFUSALS: Final[dict[type[MastheadError], int]] = {
    NotAllowedError: HTTPStatus.FORBIDDEN,
    UploadGoneError: HTTPStatus.NOT_FOUND,
    UploadOffsetError: HTTPStatus.CONFLICT,
    UploadBusyError: HTTPStatus.LOCKED,
    UploadTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UploadChecksumError: 460,  # of the protocol's checksum extension
}
View = Callable[..., HttpResponse]


def tus(view: View) -> View:
    """The protocol's headers on every answer; refusals as their sentence, in plain text for the script to show."""

    @wraps(view)
    def speak(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != _VERSION:
            answer = HttpResponse(status=HTTPStatus.PRECONDITION_FAILED, headers={"Tus-Version": _VERSION})
        else:
            try:
                answer = view(request, *args, **kwargs)
            except tuple(REFUSALS) as error:
                answer = _refused(request, error)
        answer["Tus-Resumable"] = _VERSION
        return answer

    return speak


def begin(request: HttpRequest, person: User, publisher: Publisher, address: Callable[[Arrival], str]) -> HttpResponse:
    """Say what is understood, or begin an upload; `address` says where it is gone on with."""
    if request.method == "OPTIONS":
        return HttpResponse(
            status=HTTPStatus.NO_CONTENT,
            headers={
                "Tus-Version": _VERSION,
                "Tus-Extension": "creation,checksum,expiration,termination",
                "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
                "Tus-Max-Size": str(settings.MASTHEAD.upload_mb << 20),
            },
        )
    if not may_hand_over(person, publisher):
        raise NotAllowedError(Action.EDIT.value)
    size = _number(request.headers.get("Upload-Length", ""))
    if size is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    name = PurePath(_metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")).name or "upload.pdf"
    arrival = arrival_begin(by=person, publisher=publisher, name=name, size=size)
    return HttpResponse(status=HTTPStatus.CREATED, headers={"Location": address(arrival), **_expires(arrival)})


def go_on(request: HttpRequest, found: Arrival) -> HttpResponse:
    """How far an upload is; more of it; or no more of it."""
    if request.method == "DELETE":
        arrival_remove(arrival=found)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method == "HEAD":
        headers = {"Upload-Offset": str(arrived_bytes(found)), "Upload-Length": str(found.size), **_expires(found)}
        return HttpResponse(headers={**headers, "Cache-Control": "no-store"})
    if request.content_type != _BYTES:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    offset = _number(request.headers.get("Upload-Offset", ""))
    if offset is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    checksum = request.headers.get("Upload-Checksum", "")
    end = arrival_append(arrival=found, offset=offset, read=request.read, checksum=checksum)
    found.refresh_from_db()
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Upload-Offset": str(end), **_expires(found)})


def understood() -> HttpResponse:
    """What is understood, asked of an upload that may or may not be there."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Tus-Version": _VERSION})


def _refused(request: HttpRequest, error: MastheadError) -> HttpResponse:
    words = wording.translator(language_of(request))
    status = next(status for kind, status in REFUSALS.items() if isinstance(error, kind))
    said = f"{words.text(error.sentence)} {words.text(error.hint)}"
    reason = "Checksum Mismatch" if status == 460 else None
    return HttpResponse(said, status=status, reason=reason, content_type="text/plain; charset=utf-8")


def _expires(arrival: Arrival) -> dict[str, str]:
    """Until when it can be gone on with."""
    if arrival.state != Arrival.State.COMING:
        return {}
    return {"Upload-Expires": http_date(arrival.expires_at.astimezone(UTC).timestamp())}


def _number(header: str) -> int | None:
    return int(header) if header.isascii() and header.isdecimal() and len(header) < 16 else None


def _metadata(header: str) -> dict[str, str]:
    """The pairs of an Upload-Metadata header; what is malformed is left out."""
    found: dict[str, str] = {}
    for pair in header[:8000].split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
