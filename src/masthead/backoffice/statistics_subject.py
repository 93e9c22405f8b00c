"""What statistics are looked at: a house, a publication or an edition, with the names of what is in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from masthead.accounts.selectors import Publisher, User
from masthead.document.errors import EditionInvalidError
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition, Publication, edition_list, publication_list
from masthead.statistics.selectors import Scope, first_day, may_see, scope_of

Named = dict[str, tuple[str, str]]  # by id: the name, and where its own statistics are


@dataclass(frozen=True)
class Subject:
    """A house, publication or edition whose numbers the person may see, or only those of what is sold."""

    scope: Scope
    house: Publisher
    slug: str  # for the names of files
    page: str  # the route of its page
    key: str  # what stands in that route
    publication: Publication | None = None
    edition: Edition | None = None
    parts: Callable[[Sequence[str]], Named] | None = None
    pages: Sequence[dict[str, Any]] = ()  # of the edition, as its manifest has them
    titles: Mapping[str, str] = field(default_factory=dict)  # of articles, by slug
    direction: str = "ltr"
    is_of_sales: bool = False  # for whoever sees to the shop and may see no other numbers

    @cached_property
    def first_day(self) -> date | None:
        """When anything was counted of it first."""
        return first_day(self.scope)

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which its days begin."""
        return ZoneInfo(self.house.time_zone)

    def address(self, ending: str = "") -> str:
        """Where its page is, or with an ending the table files."""
        return reverse(self.page + ending, args=[self.key])

    def label_of(self, number: int) -> str:
        """What is printed on a page."""
        return str(self.pages[number - 1]["label"]) if 0 < number <= len(self.pages) else str(number)

    def address_of_page(self, number: int) -> str:
        """Where a page is read; "" where there is none any more."""
        if self.edition is None or not 0 < number <= len(self.pages):
            return ""
        return reverse("edition-page", args=[self.edition.publication.slug, self.edition.slug, number])

    def address_of_article(self, slug: str) -> str:
        """Where an article is read; "" where there is none any more."""
        if self.edition is None or slug not in self.titles:
            return ""
        return reverse("edition-article", args=[self.edition.publication.slug, self.edition.slug, slug])

    def editions(self, ids: Collection[str]) -> dict[str, str]:
        """Names of editions by their ids."""
        if self.publication is not None:
            rows = Edition.objects.filter(publication=self.publication)
        else:
            rows = Edition.objects.filter(publication__publisher=self.house)
        found = rows.filter(pk__in=list(ids)).select_related("publication")
        return {edition.pk: edition.label if self.publication else str(edition) for edition in found}


def of_house(person: User, house: Publisher, *, takes_sales: bool = False) -> Subject:
    """A house, or what is sold there; raises NotAllowedError."""

    def named(ids: Sequence[str]) -> Named:
        rows = publication_list(person, house).filter(pk__in=ids)
        return {row.pk: (row.name, reverse("publication-statistics", args=[row.pk])) for row in rows}

    return Subject(
        scope_of(person, house, takes_sales=takes_sales),
        house,
        house.slug,
        "house-statistics",
        house.slug,
        parts=named,
        is_of_sales=not may_see(person, house),
    )


def of_publication(person: User, publication: Publication) -> Subject:
    """A publication, or what is sold there; raises NotAllowedError."""
    house = publication.publisher

    def named(ids: Sequence[str]) -> Named:
        rows = edition_list(person, house, publication).filter(pk__in=ids)
        return {row.pk: (row.label, reverse("edition-statistics", args=[row.pk])) for row in rows}

    return Subject(
        scope_of(person, publication, takes_sales=True),
        house,
        publication.slug,
        "publication-statistics",
        publication.pk,
        publication,
        parts=named,
        is_of_sales=not may_see(person, publication),
    )


def of_edition(person: User, edition: Edition) -> Subject:
    """An edition with its pages and articles as its current build has them, or its sales; raises NotAllowedError."""
    scope = scope_of(person, edition, takes_sales=True)
    manifest: Mapping[str, Any] = {"pages": [], "articles": [], "direction": "ltr"}
    if edition.build is not None:
        with suppress(EditionInvalidError):  # where its folder is gone, pages go by their numbers
            manifest = read_build(edition.build.folder).manifest
    publication = edition.publication
    return Subject(
        scope,
        publication.publisher,
        f"{publication.slug}-{edition.slug}",
        "edition-statistics",
        edition.pk,
        publication,
        edition,
        pages=manifest["pages"],
        titles={entry["slug"]: entry["title"] for entry in manifest["articles"]},
        direction=manifest["direction"],
        is_of_sales=not may_see(person, edition),
    )
