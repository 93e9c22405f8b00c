"""The pages of the house for visitors: what there is to read, on shelves, latest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.access.announcing import is_announced, listed
from masthead.accounts.selectors import is_set_up
from masthead.document.errors import EditionInvalidError
from masthead.exports.announcing import schema_org
from masthead.exports.frame.metadata import description_of
from masthead.faces.looks import house_name, person_of
from masthead.library.errors import NotFoundError
from masthead.library.public import categories_of, current_editions, live_counts, live_of, years_of
from masthead.library.selectors import Publication, public_publication, publication_of_domain
from masthead.production.accessibility_reports import statement_of
from masthead.site.announced_facts import edition_facts, origin_of, publication_facts
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.shown import Shown
from masthead.site.sources import source_of

_ON_A_PAGE = 60  # editions: five years of a monthly
_FEW = 12  # editions that stand on one shelf, whatever their years
_TOLD = 5  # articles of the current issue that are named


@dataclass(frozen=True, slots=True)
class Told:
    """An article of the current issue."""

    title: str
    home: str
    standfirst: str
    section: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All publications that have something to read, with their current edition; under a domain, its publication."""
    own = publication_of_domain(request.get_host().partition(":")[0])
    if own is not None:
        return publication(request, own.slug)
    shown = [Shown(edition) for edition in listed(current_editions())]
    counts = live_counts()
    values = {
        "shown": shown,
        "counts": counts,
        "is_set_up": is_set_up(),
        "name": house_name(),
        "canonical": origin_of(request) + reverse("home"),
        "languages": _languages(request),
        "description": description_of(", ".join(entry.publication.name for entry in shown)),
        "preview": origin_of(request) + shown[0].cover if shown and shown[0].cover else "",
        "data": schema_org.json_ld(
            *(
                {"@type": "WebSite", "name": house_name(), "url": origin_of(request) + reverse("home")},
                *(schema_org.periodical(publication_facts(origin_of(request), entry.publication)) for entry in shown),
            )
        ),
    }
    return _kept_shortly(request, render(request, "site/home.html", values))


@require_safe
def publication(request: HttpRequest, publication: str) -> HttpResponse:
    """A publication: its current issue, and its archive by year and category, in pages."""
    try:
        found = public_publication(publication)
    except NotFoundError:
        return missing(request, publication)
    asked = _asked(request)
    rows = live_of(found, year=asked["year"], category=asked["category"])
    total = rows.count()
    last = max(1, -(-total // _ON_A_PAGE))
    number = min(asked["page"], last)
    editions = [Shown(edition) for edition in listed(rows[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE])]
    is_front = number == 1 and not asked["year"] and not asked["category"]
    current = editions[0] if is_front and editions else None
    rest = editions[1:] if current else editions
    values = {
        "publication": found,
        "look": look_of(found),
        "current": current,
        "told": _told(current) if current and current.is_open else [],
        "shelves": _shelves(rest, flat=is_front and total <= _FEW),
        "all_years": years_of(found),
        "categories": categories_of(found),
        "asked": asked,
        "number": number,
        "last": last,
        "total": total,
        "address": lambda **changes: _address(found, {**asked, "page": 1, **changes}),
        **_machines(request, found, current or (editions[0] if editions else None)),
        "is_narrowed": not is_front,
        "has_statement": statement_of(found).is_public,
    }
    return _kept_shortly(request, render(request, "site/publication.html", values))


@require_safe
def current(request: HttpRequest, publication: str) -> HttpResponse:
    """The address that always shows the current issue: the latest that is live."""
    edition = next(iter(listed(live_of(public_publication(publication))[:1])), None)
    if edition is None:
        return missing(request, publication)
    response = HttpResponseRedirect(Shown(edition).home)
    response["Cache-Control"] = "no-cache"
    return response


def _machines(request: HttpRequest, found: Publication, latest: Shown | None) -> dict[str, Any]:
    """What the head of a publication's page tells machines."""
    origin = origin_of(request)
    facts = publication_facts(origin, found)
    things = [schema_org.periodical(facts)]
    things.append(schema_org.breadcrumbs([(house_name(), origin + reverse("home")), (found.name, facts.home)]))
    if latest and is_announced(latest.edition):
        things.append(schema_org.issue(edition_facts(origin, latest.edition)))
    return {
        "name": found.name,
        "canonical": facts.home,
        "languages": _languages(request),
        "description": description_of(found.description or found.name),
        "preview": origin + latest.cover if latest and latest.cover else "",
        "data": schema_org.json_ld(*things),
    }


def _shelves(editions: list[Shown], *, flat: bool) -> list[tuple[int | None, list[Shown]]]:
    """The editions by year; where there are few all on one shelf, which then has no year."""
    if flat:
        return [(None, editions)] if editions else []
    return [(year, list(group)) for year, group in groupby(editions, key=lambda shown: shown.edition.date.year)]


def _told(current: Shown) -> list[Told]:
    """The first articles of an issue that say what they are about."""
    edition = current.edition
    try:
        manifest = source_of(edition.build.folder if edition.build else "").edition().manifest
    except EditionInvalidError:
        return []
    entries = [entry for entry in manifest["articles"] if entry["pages"] and entry["words"] >= 80]
    entries.sort(key=lambda entry: not entry.get("standfirst"))  # those that say what they are about come first
    named = [edition.publication.slug, edition.slug]
    return [
        Told(
            entry["title"],
            reverse("edition-article", args=[*named, entry["slug"]]),
            description_of(entry.get("standfirst", "")),
            entry.get("section", ""),
        )
        for entry in sorted(entries[:_TOLD], key=lambda entry: entry["pages"][0])
    ]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for; what makes no sense counts as not asked."""
    year, page = request.GET.get("year", ""), request.GET.get("page", "1")
    return {
        "year": int(year) if year.isdecimal() and len(year) == 4 and int(year) else None,
        "category": request.GET.get("category", "")[:60],
        "page": max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
    }


def _address(publication: Publication, asked: dict[str, Any]) -> str:
    """The publication's page with what is asked for."""
    parts = {name: value for name, value in asked.items() if value and not (name == "page" and value == 1)}
    return reverse("publication", args=[publication.slug]) + (f"?{urlencode(parts)}" if parts else "")


def _languages(request: HttpRequest) -> list[tuple[str, str]]:
    """The page's address in each language that its words can have."""
    address = origin_of(request) + request.path
    return [(code, f"{address}?lang={code}") for code in wording.languages()]


def _kept_shortly(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A cache that all share may keep it a minute; not what is shown to somebody who has signed in."""
    response["Cache-Control"] = "private, no-cache" if person_of(request) else "public, max-age=60"
    response["Vary"] = "Accept-Language, Cookie"
    return response
