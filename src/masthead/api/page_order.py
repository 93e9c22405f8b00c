"""Operations on which pages an edition has: in which order, without some, wide ones as two, others of another PDF."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.overlays import editable
from masthead.api.shapes import Id, In, Out, Text
from masthead.document.corrections import PagePiece
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.production.arrivals import arrival_of
from masthead.production.corrections import working_copy
from masthead.production.page_order import PageOrder, page_order, page_replace, pages_arrange

router = Router(tags=["Corrections"])
_ARRANGEMENT = "/editions/{slug:edition}/arrangement"
_MOST = 20_000
Half = Literal["", "first", "second"]


class PieceShape(In):
    """What a page is made of."""

    sheet: Annotated[int, Field(ge=1, le=100_000)] = Field(description="Page of the PDF.")
    half: Half = Field(default="", description="Of a wide page, in the direction of reading; empty: all of it.")
    inserted: Annotated[Text, Field(max_length=64)] = Field(
        default="", description="SHA-256 of the other PDF that stands for the page; empty: it is of the edition's own."
    )

    def piece(self) -> PagePiece:
        """As the rooms below know it."""
        return PagePiece(self.sheet, self.half, self.inserted)


class Arrangement(In):
    """All pages in their order. What the PDF has and is not named is left out, and is in no file for readers."""

    pages: list[PieceShape] = Field(min_length=1, max_length=_MOST)


class PieceOut(Out):
    """A page of the next build."""

    sheet: int
    half: Half
    inserted: str
    page: int | None = Field(description="Which page of the current build shows it; null: none does.")
    can_split: bool = Field(description="It is so wide that it may be two.")


class ArrangementOut(Out):
    """The pages of the next build, and what is left out of the PDF."""

    pages: list[PieceOut]
    left_out: list[PieceOut]

    @staticmethod
    def of(order: PageOrder) -> ArrangementOut:
        """As it is answered."""

        def shaped(piece: PagePiece) -> PieceOut:
            return PieceOut.filled(piece, page=order.number(piece) or None, can_split=order.can_split(piece))

        return ArrangementOut(pages=list(map(shaped, order.wanted)), left_out=list(map(shaped, order.left_out)))


class PageReplacement(In):
    """A PDF whose first page takes the place of another."""

    upload: Id = Field(description="An upload that can be converted: its state is `good`.")


@router.get(_ARRANGEMENT, response=ArrangementOut, auth=Needs("texts:read"))
def get_arrangement(request: Call, edition: str) -> ArrangementOut:
    """The pages of the edition as they will be, with corrections that readers may not have yet."""
    return ArrangementOut.of(_order(editable(request, edition)))


@router.put(_ARRANGEMENT, response=ArrangementOut, auth=Needs("texts:write"))
def set_arrangement(request: Call, edition: str, body: Arrangement) -> ArrangementOut:
    """Move pages, leave some out, bring them back, make two of a wide one; kept as a correction, to be applied."""
    found = editable(request, edition)
    pieces = [shape.piece() for shape in body.pages]
    pages_arrange(by=request.person, edition=found, order=_order(found), pieces=pieces)
    return ArrangementOut.of(_order(found))


@router.post(f"{_ARRANGEMENT}/{{int:page}}/replace", response=ArrangementOut, auth=Needs("texts:write"))
def replace_page(request: Call, edition: str, page: int, body: PageReplacement) -> ArrangementOut:
    """Let the first page of an upload take the place of a page, counted from 1 in this arrangement."""
    found = editable(request, edition)
    arrival, order = arrival_of(request.person, body.upload), _order(found)
    if not 1 <= page <= len(order.wanted):
        raise NotFoundError(str(page))
    page_replace(by=request.person, edition=found, order=order, at=page - 1, arrival=arrival)
    return ArrangementOut.of(_order(found))


def _order(edition: Edition) -> PageOrder:
    return page_order(edition, working_copy(edition).reading)
