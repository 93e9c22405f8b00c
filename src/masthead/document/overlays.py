"""What publishers lay on pages: overlays, and what they changed about links that were found in the PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class OverlayKind(StrEnum):
    """What an overlay does when it is opened; readers are not sent those that open nothing."""

    LINK = "link"  # to a web address, an e-mail address, a telephone number
    PAGE = "page"  # to another page of the edition
    VIDEO = "video"  # a file of the publisher's, or one at a video service
    AUDIO = "audio"
    GALLERY = "gallery"  # pictures, one after the other
    POPUP = "popup"  # some text and a picture
    PRODUCT = "product"  # what can be bought
    FORM = "form"  # questions to the reader
    HTML = "html"  # a small document of the publisher's own, shut off from everything else
    ADVERTISEMENT = "advertisement"  # opens nothing: it says to staff whose advertisement stands there


class Area(NamedTuple):
    """A rectangle on a page in fractions of the page's width and height, origin top left: pages change their size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def holds(self, other: Area) -> bool:
        """Whether the middle of the other lies in it."""
        x, y = other.x + other.width / 2, other.y + other.height / 2
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def shared_with(self, other: Area) -> float:
        """How much of the smaller of the two lies in the larger: 0 to 1."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        least = min(self.width * self.height, other.width * other.height)
        return max(0.0, across) * max(0.0, down) / least if least > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Overlay:
    """One thing on one page. What `particulars` hold depends on the kind; `title` is what screen readers call it."""

    id: str
    kind: OverlayKind
    page: int  # 1-based
    area: Area
    title: str
    particulars: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that was found in the PDF and shall not be there (`to` is ""), or shall lead somewhere else.

    The link is known by where it leads and what is written under it, and by its page; `to` is a safe address, or for a
    link to a page the page's number as digits.
    """

    page: int
    kind: str
    target: str
    text: str
    to: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """All that lies on an edition's pages; `version` tells one state of it from another, "" where there is nothing."""

    overlays: tuple[Overlay, ...] = ()
    changes: tuple[LinkChange, ...] = ()
    version: str = ""

    def on(self, page: int) -> tuple[Overlay, ...]:
        """The overlays of a page, from its top to its bottom."""
        return tuple(overlay for overlay in self.overlays if overlay.page == page)

    def within(self, allowed: Callable[[int], bool]) -> Laid:
        """Only what lies on pages that somebody may read; its version says which those are."""
        pages = {overlay.page for overlay in self.overlays} | {change.page for change in self.changes}
        hidden = sorted(page for page in pages if not allowed(page))
        if not hidden:
            return self
        overlays = tuple(one for one in self.overlays if one.page not in hidden)
        changes = tuple(one for one in self.changes if one.page not in hidden)
        return Laid(overlays, changes, f"{self.version}-without-{','.join(map(str, hidden))}")

    def changes_on(self, page: int) -> tuple[LinkChange, ...]:
        """What was changed about links of a page."""
        return tuple(change for change in self.changes if change.page == page)


NOTHING = Laid()
