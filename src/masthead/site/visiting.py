"""The pages of the house for visitors: what there is to read."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from masthead.accounts.selectors import is_set_up
from masthead.library.errors import NotFoundError
from masthead.library.selectors import public_editions, public_publication, public_publications
from masthead.site.reading import address_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All publications that have something to read, with their current edition."""
    publications = [(publication, publication.live[0]) for publication in public_publications()]
    shown = [
        {"publication": p, "edition": e, "cover": cover_of(p.slug, e.slug, e.build.build_id)} for p, e in publications
    ]
    return render(request, "site/home.html", {"shown": shown, "is_set_up": is_set_up()})


@require_safe
def publication(request: HttpRequest, publication: str) -> HttpResponse:
    """A publication with its archive by year."""
    found = public_publication(publication)
    editions = [
        {
            "edition": edition,
            "cover": cover_of(found.slug, edition.slug, edition.build.build_id if edition.build else ""),
        }
        for edition in public_editions(found)
    ]
    years = [(year, list(rows)) for year, rows in groupby(editions, key=lambda row: row["edition"].date.year)]
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


def cover_of(publication: str, edition: str, build: str) -> str:
    """The address of an edition's cover."""
    return f"/{publication}/{edition}/b/{build}/cover.jpg"
