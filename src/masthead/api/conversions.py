"""Operations on what is made of a PDF: uploads that become editions, conversions, builds, and other PDFs for them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Router, Status
from pydantic import Field

from masthead.api.editions import EditionOut, one
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Id, In, Out, Page
from masthead.library.builds import build_list
from masthead.library.selectors import Build
from masthead.production.arrivals import arrival_of
from masthead.production.intake import edition_replace
from masthead.production.queueing import conversion_first
from masthead.production.rebuilding import build_forget, build_of, edition_convert_again, edition_roll_back
from masthead.production.selectors import Conversion, conversion_list, conversion_of
from masthead.production.services import conversion_cancel, conversion_retry

router = Router(tags=["Conversions and builds"])


class Failure(Out):
    """Why it came to nothing."""

    code: str
    sentence: str
    hint: str


class ConversionOut(Out):
    """The making of one build."""

    id: str
    edition: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    file: str = Field(description="Name of the PDF.")
    pages: int = Field(description="0: not known yet.")
    pages_done: int
    percent: int
    seconds_left: int | None
    is_first: bool = Field(description="It is begun before everything else of its publisher that waits.")
    build: str | None
    failure: Failure | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @staticmethod
    def of(row: Conversion) -> ConversionOut:
        """As it is answered."""
        failure = Failure(code=row.error_code, sentence=row.error_sentence, hint=row.error_hint)
        return ConversionOut.filled(
            row,
            edition=row.edition_id,
            file=row.upload.name,
            build=row.build_id,
            failure=failure if row.error_code else None,
        )


class BuildOut(Out):
    """One version of an edition."""

    id: str
    pages: int
    failures: int = Field(description="Pages that could not be drawn or read.")
    version: str = Field(description="Of Masthead that made it.")
    is_current: bool
    created_at: datetime
    left_at: datetime | None = Field(description="Since when readers have another one.")

    @staticmethod
    def of(row: Build, current: str | None) -> BuildOut:
        """As it is answered."""
        return BuildOut.filled(row, is_current=row.pk == current)


class Turn(In):
    """When one that waits is begun."""

    is_first: bool = Field(description="Before everything else of its publisher that waits; else in its turn.")


class Replacement(In):
    """Another PDF for an edition."""

    upload: Id = Field(description="An upload that can be converted: its state is `good`.")


@router.get("/conversions", response=Page[ConversionOut], auth=Needs("conversions:read"))
def list_conversions(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[ConversionOut]:
    """Conversions of all editions that the token sees, latest first."""
    rows = conversion_list(request.person, request.house)
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [ConversionOut.of(row) for row in found])


@router.get("/editions/{slug:edition}/conversions", response=Page[ConversionOut], auth=Needs("conversions:read"))
def list_conversions_of_edition(
    request: Call, edition: str, cursor: Cursor = "", limit: Limit = 50
) -> Page[ConversionOut]:
    """Conversions of one edition, latest first."""
    rows = conversion_list(request.person, request.house).filter(edition=one(request, edition))
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [ConversionOut.of(row) for row in found])


@router.post("/editions/{slug:edition}/conversions", response={201: ConversionOut}, auth=Needs("conversions:write"))
def convert_again(request: Call, edition: str) -> Status[ConversionOut]:
    """Convert its PDF with the version of Masthead that runs; readers keep what they have until it is done."""
    found = one(request, edition)
    made = edition_convert_again(by=request.person, edition=found)
    return Status(201, ConversionOut.of(conversion_of(request.person, found, made.pk)))


@router.get(
    "/editions/{slug:edition}/conversions/{slug:conversion}", response=ConversionOut, auth=Needs("conversions:read")
)
def get_conversion(request: Call, edition: str, conversion: str) -> ConversionOut:
    """How one conversion goes."""
    return ConversionOut.of(conversion_of(request.person, one(request, edition), conversion))


@router.post(
    "/editions/{slug:edition}/conversions/{slug:conversion}/cancel",
    response=ConversionOut,
    auth=Needs("conversions:write"),
)
def cancel_conversion(request: Call, edition: str, conversion: str) -> ConversionOut:
    """Stop it: at once if it waits, else within a page."""
    found = conversion_of(request.person, one(request, edition), conversion)
    conversion_cancel(by=request.person, conversion=found)
    return ConversionOut.of(conversion_of(request.person, found.edition, conversion))


@router.put(
    "/editions/{slug:edition}/conversions/{slug:conversion}/turn",
    response=ConversionOut,
    auth=Needs("conversions:write"),
)
def set_turn_of_conversion(request: Call, edition: str, conversion: str, body: Turn) -> ConversionOut:
    """Put one that waits before all others of its publisher, or back; who may publish can. Others' turns stay."""
    found = conversion_of(request.person, one(request, edition), conversion)
    conversion_first(by=request.person, conversion=found, is_first=body.is_first)
    return ConversionOut.of(conversion_of(request.person, found.edition, conversion))


@router.post(
    "/editions/{slug:edition}/conversions/{slug:conversion}/retry",
    response={201: ConversionOut},
    auth=Needs("conversions:write"),
)
def retry_conversion(request: Call, edition: str, conversion: str) -> Status[ConversionOut]:
    """Begin a new conversion of the same PDF; of one that goes on still this is refused."""
    found = conversion_of(request.person, one(request, edition), conversion)
    made = conversion_retry(by=request.person, conversion=found)
    return Status(201, ConversionOut.of(conversion_of(request.person, found.edition, made.pk)))


@router.post("/editions/{slug:edition}/replace", response={201: ConversionOut}, auth=Needs("editions:write"))
def replace_pdf(request: Call, edition: str, body: Replacement) -> Status[ConversionOut]:
    """Give it another PDF; readers keep what they have until the new build is there."""
    found = one(request, edition)
    made = edition_replace(by=request.person, arrival=arrival_of(request.person, body.upload), edition=found)
    return Status(201, ConversionOut.of(conversion_of(request.person, found, made.pk)))


@router.get("/editions/{slug:edition}/builds", response=Page[BuildOut], auth=Needs("builds:read"))
def list_builds(request: Call, edition: str, cursor: Cursor = "", limit: Limit = 50) -> Page[BuildOut]:
    """The versions that are kept, latest first."""
    found = one(request, edition)
    order = ("-created_at", "pk")
    return page_of(
        build_list(found), order, cursor, limit, lambda rows: [BuildOut.of(row, found.build_id) for row in rows]
    )


@router.post("/editions/{slug:edition}/builds/{slug:build}/choose", response=EditionOut, auth=Needs("builds:write"))
def choose_build(request: Call, edition: str, build: str) -> EditionOut:
    """Let readers have this version again; a conversion that goes on is stopped."""
    found = one(request, edition)
    edition_roll_back(by=request.person, edition=found, build=build_of(found, build))
    return EditionOut.of(request, one(request, edition))


@router.delete("/editions/{slug:edition}/builds/{slug:build}", response={204: None}, auth=Needs("builds:write"))
def delete_build(request: Call, edition: str, build: str) -> Status[None]:
    """Remove a version for good; the current one cannot be removed."""
    build_forget(by=request.person, build=build_of(one(request, edition), build))
    return Status(204, None)
