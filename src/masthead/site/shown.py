"""An edition as it stands on a shelf of the public site."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from masthead.access.announcing import shows_cover
from masthead.access.terms import terms_of
from masthead.edition.folder import COVER
from masthead.library.selectors import Edition, Publication

_WIDTHS = (240, 800, 1200)


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition with the addresses that a shelf needs."""

    edition: Edition

    @property
    def publication(self) -> Publication:
        """Its publication."""
        return self.edition.publication

    @property
    def home(self) -> str:
        """Where it is read."""
        return reverse("edition", args=[self.publication.slug, self.edition.slug])

    @property
    def articles(self) -> str:
        """The list of its articles."""
        return reverse("edition-articles", args=[self.publication.slug, self.edition.slug])

    @property
    def cover(self) -> str:
        """The address of its cover; "" where its first page is not for everybody."""
        return self._file(COVER) if self.is_seen else ""

    @property
    def is_seen(self) -> bool:
        """Whether everybody may see its cover."""
        return shows_cover(self.edition)

    @property
    def is_open(self) -> bool:
        """Whether everybody may read all of it."""
        return terms_of(self.edition).is_open

    @property
    def covers(self) -> str:
        """Its cover in sizes, as an image's srcset writes them."""
        return ", ".join(f"{self._file(f'pictures/{width}/1.webp')} {width}w" for width in _WIDTHS)

    def _file(self, path: str) -> str:
        build = self.edition.build.build_id if self.edition.build else ""
        return reverse("edition-file", args=[self.publication.slug, self.edition.slug, build, path])
