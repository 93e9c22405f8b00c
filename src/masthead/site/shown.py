"""An edition as it stands on a shelf of the public site."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from masthead.edition.folder import COVER
from masthead.library.selectors import Edition, Publication


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
        """The address of its cover."""
        build = self.edition.build.build_id if self.edition.build else ""
        return reverse("edition-file", args=[self.publication.slug, self.edition.slug, build, COVER])
