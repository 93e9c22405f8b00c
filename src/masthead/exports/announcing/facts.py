"""What is known of a publication and its editions where they are announced, whoever serves them.

Addresses are absolute unless a field says otherwise: what leaves the house must be found from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """A title that appears in editions. `home` is the address of its page and ends with a slash."""

    id: str
    name: str
    home: str
    publisher: str
    description: str = ""
    issn: str = ""
    frequency: str = ""
    language: str = "en"  # BCP 47


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """One issue of a publication that everybody may hear of. `home` and `build` are addresses that end with a slash."""

    id: str
    publication: PublicationFacts
    label: str
    home: str
    build: str
    date: date  # of the issue, as printed
    published: datetime  # aware
    changed: datetime  # aware
    pages: int
    cover: str  # a JPEG; empty where its first page is not for everybody
    description: str = ""
    language: str = "en"  # BCP 47
    categories: tuple[str, ...] = ()
    epub: str = ""  # where it may be had; empty: nowhere
    pdf: str = ""
    is_indexed: bool = True  # search engines may keep it
    is_open: bool = True  # everybody may read it

    @property
    def title(self) -> str:
        """The name of the publication and the issue's label, as people say it."""
        return f"{self.publication.name} {self.label}"

    @property
    def thumbnail(self) -> str:
        """The address of its cover as a small WebP; empty where that is not for everybody."""
        return f"{self.build}pictures/240/1.webp" if self.cover else ""

    @property
    def iiif(self) -> str:
        """The address of its IIIF manifest."""
        return f"{self.home}iiif/manifest.json"


def newest(editions: tuple[EditionFacts, ...] | list[EditionFacts], fallback: datetime) -> datetime:
    """When the latest change was among the editions."""
    return max((edition.changed for edition in editions), default=fallback)
