"""Operations on uploads: files sent at once; sent piece by piece over tus; looked at; given up."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from ninja import File, Router, Status, UploadedFile
from ninja.params import functions as fields
from pydantic import Field

from masthead.api.conversions import Failure
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import In, Out, Page, Text
from masthead.faces.transfers import begin, go_on, tus, understood
from masthead.production.arrivals import arrival_list, arrival_of, arrival_remove, arrival_take, arrived_bytes
from masthead.production.checking import arrival_unlock, findings
from masthead.production.errors import UploadGoneError, UploadTooLargeError
from masthead.production.selectors import Arrival

router = Router(tags=["Uploads"])


class UploadOut(Out):
    """A file on its way in. When it is `good` an edition can be made of it."""

    id: str
    name: str
    size: int = Field(description="Bytes.")
    arrived: int = Field(description="Bytes that are here.")
    state: Literal["coming", "here", "good", "refused", "used"]
    edition: str | None = Field(description="Made of it.")
    pages: int | None
    findings: list[str] = Field(description="What its publisher should know, worst first, such as `no_text`.")
    failure: Failure | None
    created_at: datetime
    expires_at: datetime

    @staticmethod
    def of(row: Arrival) -> UploadOut:
        """As it is answered."""
        try:
            arrived = arrived_bytes(row)
        except UploadGoneError:
            arrived = 0
        failure = Failure(code=row.error_code, sentence=row.error_sentence, hint=row.error_hint)
        return UploadOut.filled(
            row,
            arrived=arrived,
            edition=row.edition_id,
            pages=row.report.get("pages"),
            findings=list(findings(row.report)) if row.state == Arrival.State.GOOD else [],
            failure=failure if row.error_code else None,
        )


class Password(In):
    """Of a protected PDF."""

    password: Annotated[Text, Field(min_length=1, max_length=200)]


@router.get("/uploads", response=Page[UploadOut], auth=Needs("uploads:read"))
def list_uploads(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[UploadOut]:
    """What the token's maker has uploaded and made no edition of yet."""
    rows = arrival_list(request.person, request.house)
    return page_of(rows, ("created_at", "pk"), cursor, limit, lambda found: [UploadOut.of(row) for row in found])


@router.post("/uploads", response={201: UploadOut}, auth=Needs("uploads:write"))
def upload_at_once(
    request: Call,
    file: Annotated[UploadedFile, File(description="The PDF.")],
    password: str = fields.Form("", max_length=200, description="Of a protected PDF."),
) -> Status[UploadOut]:
    """Send a PDF as a form. It is looked at next: fetch it until its state is `good` or `refused`."""
    if (file.size or 0) > settings.MASTHEAD.api_upload_mb << 20:
        raise UploadTooLargeError(f"send more than {settings.MASTHEAD.api_upload_mb} MB over tus")
    name = PurePath((file.name or "").replace("\x00", "")).name or "upload.pdf"
    assert file.file is not None
    made = arrival_take(
        by=request.person, publisher=request.house, name=name, stream=file.file, password=password.replace("\x00", "")
    )
    return Status(201, UploadOut.of(made))


@router.get("/uploads/{slug:upload}", response=UploadOut, auth=Needs("uploads:read"))
def get_upload(request: Call, upload: str) -> UploadOut:
    """How far it is, and whether it can be converted."""
    return UploadOut.of(arrival_of(request.person, upload))


@router.post("/uploads/{slug:upload}/password", response=UploadOut, auth=Needs("uploads:write"))
def unlock_upload(request: Call, upload: str, body: Password) -> UploadOut:
    """Look at a protected PDF again, with its password."""
    arrival_unlock(arrival=arrival_of(request.person, upload), password=body.password)
    return UploadOut.of(arrival_of(request.person, upload))


@router.delete("/uploads/{slug:upload}", response={204: None}, auth=Needs("uploads:write"))
def delete_upload(request: Call, upload: str) -> Status[None]:
    """Give it up."""
    arrival_remove(arrival=arrival_of(request.person, upload))
    return Status(204, None)


@require_http_methods(["OPTIONS", "POST"])
@tus
def tus_uploads(request: HttpRequest) -> HttpResponse:
    """Say what is understood, or begin an upload that can be gone on with (tus 1.0)."""
    Needs("uploads:write")(request)
    called: Call = request  # type: ignore[assignment]
    return begin(request, called.person, called.house, lambda made: reverse("api-tus-upload", args=[made.pk]))


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@tus
def tus_upload(request: HttpRequest, upload: str) -> HttpResponse:
    """How far an upload is; more of it; or no more of it (tus 1.0)."""
    Needs("uploads:write")(request)
    called: Call = request  # type: ignore[assignment]
    return understood() if request.method == "OPTIONS" else go_on(request, arrival_of(called.person, upload))
