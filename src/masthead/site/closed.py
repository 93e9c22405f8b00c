"""Leaves out of a search what its asker may not read: hits, their number, and the words it would offer."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from masthead.access.announcing import is_listed
from masthead.access.rules import may_read
from masthead.access.terms import terms_of
from masthead.document.errors import EditionInvalidError
from masthead.document.page_sets import NO_PAGES, PageSet
from masthead.faces.looks import person_of
from masthead.library.public import live_with_terms
from masthead.library.selectors import Edition
from masthead.search.engine import Found, Hit
from masthead.site.carrying import carried_by
from masthead.site.sources import source_of


class Closed:
    """The editions with terms, asked for once, and only where something is found. Open ones cost one query together."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._pages: dict[str, tuple[Edition, PageSet]] | None = None

    def without(self, found: Found) -> Found:
        """Hits of pages that this person may read. What nobody hears of is not found by those who could read it."""
        if not found.hits or not self._known():
            return found
        kept = [hit for hit in found.hits if self._is_for(hit)]
        is_all = len(kept) == len(found.hits)
        return found if is_all else replace(found, hits=kept, is_more=False)

    def _is_for(self, hit: Hit) -> bool:
        if hit.edition not in self._known():
            return True
        edition, pages = self._known()[hit.edition]
        if not hit.article:
            return hit.page in pages
        return bool(pages) and all(page in pages for page in _pages_of(edition, hit.article))

    def _known(self) -> dict[str, tuple[Edition, PageSet]]:
        """Every live edition of which this person may not read all, with the pages that they may."""
        if self._pages is None:
            person, carried = person_of(self._request), carried_by(self._request)
            self._pages = {}
            for edition in live_with_terms():
                if not is_listed(edition):
                    self._pages[edition.pk] = (edition, NO_PAGES)
                elif not terms_of(edition).is_open:
                    pages = may_read(person, edition, None, carried).pages
                    if pages is not None:
                        self._pages[edition.pk] = (edition, pages)
        return self._pages


def _pages_of(edition: Edition, article: str) -> list[int]:
    """The pages of an article; page 0, which nobody may read, where it is not known."""
    try:
        manifest = source_of(edition.build.folder if edition.build else "").edition().manifest
    except EditionInvalidError:
        return [0]
    return next((entry["pages"] for entry in manifest["articles"] if entry["id"] == article), [0])
