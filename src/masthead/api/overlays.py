"""Operations on what lies on pages: overlays, the files that they show, steps back, and products found by codes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import Field

from masthead.accounts.rights import Action
from masthead.api.editions import one
from masthead.api.gate import Call, Needs
from masthead.api.overlay_shapes import AreaShape, OverlayIn, OverlayOut, OverlayPlace
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import In, Out, Page, Text
from masthead.document.overlays import OverlayKind
from masthead.faces.sending import file_response
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, require
from masthead.orders.checking import amount_text
from masthead.production.overlays.errors import OverlayError
from masthead.production.overlays.files import file_keep, file_of, local_file
from masthead.production.overlays.proposing import MOST, Proposal, proposals_of
from masthead.production.overlays.selectors import OverlayFile, file_rows, overlay_get, overlay_rows
from masthead.production.overlays.services import (
    overlay_change,
    overlay_create,
    overlay_move,
    overlay_remove,
    step_again,
    step_back,
    words_of,
)

router = Router(tags=["Overlays"])
FileKind = Literal["picture", "video", "audio", "captions"]
_OVERLAYS = "/editions/{slug:edition}/overlays"
_ONE = f"{_OVERLAYS}/{{slug:overlay}}"
_READ, _WRITE = Needs("overlays:read"), Needs("overlays:write")


class FileOut(Out):
    """A file that overlays of the edition can show."""

    name: str = Field(description="By which overlays name it.")
    kind: FileKind
    label: str = Field(description="The file's own name.")
    size: int = Field(description="Bytes.")
    width: int = Field(description="Pixels, of pictures.")
    height: int
    created_at: datetime

    @staticmethod
    def of(row: OverlayFile) -> FileOut:
        """As it is answered."""
        return FileOut.filled(row)


class StepOut(Out):
    """What a step back or forth changed."""

    overlay: str | None = Field(description="Id; null: there was no step to take.")


class ProposalOut(Out):
    """A place where the code of a product is printed and no overlay opens it yet."""

    place: str = Field(description="By which it is laid.")
    page: int
    area: AreaShape
    product: str = Field(description="Id.")
    code: str
    name: str
    printed: str | None = Field(description="The price behind the code.")
    price: str = Field(description="What it costs now.")
    currency: str
    is_sure: bool = Field(description="Hardly anything but the code is written so, or the price is the same.")

    @staticmethod
    def of(one: Proposal) -> ProposalOut:
        """As it is answered."""
        product = one.product
        return ProposalOut(
            place=one.name,
            page=one.page,
            area=AreaShape(**one.area._asdict()),
            product=product.pk,
            code=product.code,
            name=product.name,
            printed=None if one.printed is None else str(one.printed),
            price=amount_text(product.price, product.currency),
            currency=product.currency,
            is_sure=one.is_sure,
        )


class Chosen(In):
    """Which of the proposals are laid; those that are none any more are left out."""

    places: list[Annotated[Text, Field(max_length=30)]] = Field(min_length=1, max_length=MOST)


class LaidOut(Out):
    """What was laid."""

    items: list[OverlayOut]


def editable(request: Call, edition: str) -> Edition:
    """The edition, for who may work on its pages; raises NotFoundError, NotAllowedError."""
    found = one(request, edition)
    require(request.person, Action.EDIT, found)
    return found


@router.get(_OVERLAYS, response=Page[OverlayOut], auth=_READ)
def list_overlays(
    request: Call,
    edition: str,
    page: Annotated[int, Field(ge=0, le=100_000)] = 0,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[OverlayOut]:
    """What lies on the pages, page by page; with `page` what lies on that one."""
    rows = overlay_rows(editable(request, edition))
    rows = rows.filter(page=page) if page else rows
    order = ("page", "created_at", "pk")
    return page_of(rows, order, cursor, limit, lambda found: [OverlayOut.of(row) for row in found])


@router.post(_OVERLAYS, response={201: OverlayOut}, auth=_WRITE)
def create_overlay(request: Call, edition: str, body: OverlayIn) -> Status[OverlayOut]:
    """Lay a thing on a page."""
    made = overlay_create(
        by=request.person,
        edition=editable(request, edition),
        kind=OverlayKind(body.content.kind),
        page=body.page,
        area=body.area.area(),
        title=body.title,
        said=body.said(),
    )
    return Status(201, OverlayOut.of(made))


@router.post(f"{_OVERLAYS}/undo", response=StepOut, auth=_WRITE)
def undo_overlay_step(request: Call, edition: str) -> StepOut:
    """Take back the last step that the token's maker made on overlays of this edition."""
    return StepOut(overlay=step_back(by=request.person, edition=editable(request, edition)) or None)


@router.post(f"{_OVERLAYS}/redo", response=StepOut, auth=_WRITE)
def redo_overlay_step(request: Call, edition: str) -> StepOut:
    """Make the step again that was taken back last."""
    return StepOut(overlay=step_again(by=request.person, edition=editable(request, edition)) or None)


@router.get(_ONE, response=OverlayOut, auth=_READ)
def get_overlay(request: Call, edition: str, overlay: str) -> OverlayOut:
    """One of them."""
    return OverlayOut.of(overlay_get(editable(request, edition), overlay))


@router.put(_ONE, response=OverlayOut, auth=_WRITE)
def set_overlay(request: Call, edition: str, overlay: str, body: OverlayIn) -> OverlayOut:
    """Say other things of it, or put it elsewhere; its kind stays."""
    row = overlay_get(editable(request, edition), overlay)
    if body.content.kind != row.kind:
        raise OverlayError(body.content.kind, field="kind")
    changed = overlay_change(
        by=request.person,
        overlay=row,
        page=body.page,
        area=body.area.area(),
        title=body.title,
        said=body.said(),
    )
    return OverlayOut.of(changed)


@router.patch(_ONE, response=OverlayOut, auth=_WRITE)
def move_overlay(request: Call, edition: str, overlay: str, body: OverlayPlace) -> OverlayOut:
    """Put it elsewhere, or make it larger."""
    row = overlay_get(editable(request, edition), overlay)
    moved = overlay_move(by=request.person, overlay=row, page=body.page or row.page, area=body.area.area())
    return OverlayOut.of(moved)


@router.delete(_ONE, response={204: None}, auth=_WRITE)
def delete_overlay(request: Call, edition: str, overlay: str) -> Status[None]:
    """Take it away; a step back brings it back."""
    overlay_remove(by=request.person, overlay=overlay_get(editable(request, edition), overlay))
    return Status(204, None)


@router.get("/editions/{slug:edition}/overlay_files", response=Page[FileOut], auth=_READ)
def list_overlay_files(request: Call, edition: str, cursor: Cursor = "", limit: Limit = 50) -> Page[FileOut]:
    """The files that overlays of the edition can show, oldest first."""
    rows = file_rows(editable(request, edition))
    return page_of(rows, ("created_at", "pk"), cursor, limit, lambda found: [FileOut.of(row) for row in found])


@router.post("/editions/{slug:edition}/overlay_files", response={201: FileOut}, auth=_WRITE)
def add_overlay_file(
    request: Call,
    edition: str,
    file: Annotated[UploadedFile, File()],
    kind: Annotated[FileKind, Form()] = "picture",
) -> Status[FileOut]:
    """Hand over a picture, a film, a sound or captions (WebVTT, SRT); the same file twice is one."""
    found = editable(request, edition)
    assert file.file is not None
    label = (file.name or "").replace("\x00", "") or kind
    return Status(201, FileOut.of(file_keep(edition=found, kind=kind, stream=file.file, label=label)))


@router.get("/editions/{slug:edition}/overlay_files/{str:file}", response={200: None}, auth=_READ)
def get_overlay_file(request: Call, edition: str, file: str) -> HttpResponseBase:
    """The file itself, by its name; parts can be asked for with Range."""
    found = editable(request, edition)
    kept = file_of(found, file)
    here = local_file(found.pk, kept.name) if kept else None
    if here is None:
        raise NotFoundError(file)
    return file_response(cast(HttpRequest, request), here, immutable=True)


@router.get("/editions/{slug:edition}/proposals", response=list[ProposalOut], auth=_READ)
def list_proposals(request: Call, edition: str) -> list[ProposalOut]:
    """Where codes of offered products stand on the pages and nothing opens them yet; 300 at most."""
    return [ProposalOut.of(each) for each in _proposals(editable(request, edition))]


@router.post("/editions/{slug:edition}/proposals", response={201: LaidOut}, auth=_WRITE)
def lay_proposals(request: Call, edition: str, body: Chosen) -> Status[LaidOut]:
    """Lay those that are right, as overlays that open their products."""
    found, wanted = editable(request, edition), set(body.places)
    laid = [
        overlay_create(
            by=request.person,
            edition=found,
            kind=OverlayKind.PRODUCT,
            page=each.page,
            area=each.area,
            title=each.product.name,
            said={"code": each.product.code},
        )
        for each in _proposals(found)
        if each.name in wanted
    ]
    return Status(201, LaidOut(items=[OverlayOut.of(row) for row in laid]))


def _proposals(edition: Edition) -> list[Proposal]:
    words = words_of(edition)
    return proposals_of(edition, words) if words else []
