"""What a PDF says of itself beside its pages' text: sizes, labels, outline, links, failures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from masthead.document.geometry import Box


class PagePart(NamedTuple):
    """Where a page lies in the PDF: on which sheet, and on which part of it if it is not the whole."""

    sheet: int  # the PDF's own page, 1-based
    window: Box | None = None  # points, origin top left of the sheet after its crop and rotation


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page as it is shown: size in points after crop and rotation."""

    number: int  # 1-based
    label: str  # the printed number if the PDF says one ("iv", "A1"), else the number
    width: float
    height: float
    rotation: int  # degrees clockwise in the PDF: 0, 90, 180, 270; already applied to width and height
    part: PagePart | None = None  # where it lies in the PDF, if not on the whole sheet of the same number

    @property
    def place(self) -> PagePart:
        """Where it lies in the PDF."""
        return self.part or PagePart(self.number)


class LinkKind(StrEnum):
    """Where a link leads."""

    WEB = "web"
    MAIL = "mail"
    PHONE = "phone"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Link:
    """A live area of a page. `target` is a safe address (http, https, mailto, tel) or a page number as digits."""

    page: int
    box: Box
    kind: LinkKind
    target: str
    source: str  # "annotation" or "text"
    text: str = ""  # the words under the link


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the contents. `page` is 1-based; 0 where the PDF's destination is missing."""

    title: str
    page: int
    children: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFailure:
    """Why a page could not be shown or read; kept as data so that the others can be published."""

    page: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What opening a PDF told: enough to show the frame of an edition before any page is drawn."""

    sha256: str  # of the file as it was handed over
    size: int  # bytes
    pages: tuple[PageShape, ...]
    title: str
    author: str
    language: str  # BCP 47, "" if the PDF does not say
    right_to_left: bool
    encrypted: bool
    tagged: bool
    repaired: bool  # opened only after its structure was rebuilt
    outline: tuple[OutlineEntry, ...]
    modified: str = ""  # when the PDF says it was last changed, as 2026-11-24T18:30:00Z; "" if it does not
    warnings: tuple[str, ...] = ()
