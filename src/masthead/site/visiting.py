"""The pages of the house for visitors: what there is to read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.accounts.selectors import is_set_up
from masthead.edition.folder import COVER
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, public_editions, public_publication, public_publications
from masthead.site.reading import address_of


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition on a shelf."""

    publication: Publication
    edition: Edition

    @property
    def cover(self) -> str:
        """The address of its cover."""
        build = self.edition.build.build_id if self.edition.build else ""
        return reverse("edition-file", args=[self.publication.slug, self.edition.slug, build, COVER])


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All publications that have something to read, with their current edition."""
    shown = [Shown(publication, edition) for publication, edition in public_publications()]
    return render(request, "site/home.html", {"shown": shown, "is_set_up": is_set_up()})


@require_safe
def publication(request: HttpRequest, publication: str) -> HttpResponse:
    """A publication with its archive by year."""
    found = public_publication(publication)
    editions = [Shown(found, edition) for edition in public_editions(found)]
    years = [(year, list(rows)) for year, rows in groupby(editions, key=lambda shown: shown.edition.date.year)]
    return render(request, "site/publication.html", {"publication": found, "years": years})


@require_safe
def current(request: HttpRequest, publication: str) -> HttpResponse:
    """The address that always shows the current issue: the latest that is live."""
    found = public_publication(publication)
    edition = public_editions(found).select_related("publication").first()
    if edition is None:
        raise NotFoundError(publication)
    response = HttpResponseRedirect(address_of(edition))
    response["Cache-Control"] = "no-cache"
    return response
