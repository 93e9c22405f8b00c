"""The advertiser's register: of a publication, of an edition, and the report that an advertiser is handed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.advertisement_rows import SORTS, in_order, lines_of, table_of, tiles_of
from masthead.backoffice.framing import show
from masthead.backoffice.periods import asked_period, presets, query_of
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.statistics_tables import file_rows
from masthead.faces.advertised import Counted, advertised, counted
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, can_do, edition_get, publication_get
from masthead.production.advertising.selectors import Advertisement, advertiser_key
from masthead.statistics.periods import Period, between
from masthead.statistics.rules import GENERAL_WORDS, SIGNALS_WORDS

_A_PAGE = 50
Of = Publisher | Publication | Edition


@dataclass(frozen=True, slots=True)
class Register:
    """What is on show: all advertisements there, those that the address asks for with their numbers, the period."""

    every: Sequence[Advertisement]
    rows: list[Counted]
    period: Period
    first: date
    today: date
    advertiser: str
    edition: str  # an id
    sort: str

    @property
    def is_filtered(self) -> bool:
        """Whether some are left out."""
        return bool(self.advertiser or self.edition)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address says besides the period."""
        return [("advertiser", self.advertiser), ("edition", self.edition), ("sort", self.sort)]

    @property
    def query(self) -> str:
        """All that the address says."""
        kept = urlencode([(name, value) for name, value in self.kept if value])
        return query_of(self.period) + (f"&{kept}" if kept else "")


@require_safe
@staff
def publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Of a publication: all its editions."""
    found = publication_get(person, publication)
    return _page(request, person, found, house=found.publisher, publication=found)


@require_safe
@staff
def publication_csv(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """The same as a file."""
    found = publication_get(person, publication)
    return _file(request, _register(request, person, found, found.publisher), f"{found.slug}-advertisements")


@require_safe
@staff
def edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Of one edition."""
    found = edition_get(person, edition)
    house, may_edit = found.publication.publisher, can_do(person, Action.EDIT, found)
    return _page(request, person, found, house=house, publication=found.publication, edition=found, may_edit=may_edit)


@require_safe
@staff
def edition_csv(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """The same as a file."""
    found = edition_get(person, edition)
    register = _register(request, person, found, found.publication.publisher)
    return _file(request, register, f"{found.publication.slug}-{found.slug}-advertisements")


@require_safe
@staff
def advertisers(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All advertisers of a house with what came of their advertisements; with a name, the report on one."""
    publisher = house_of(person, house)
    if request.GET.get("name"):
        return _report(request, person, publisher)
    register = _register(request, person, publisher, publisher)
    words = wording.translator(language_of(request))
    groups: dict[str, list[Counted]] = {}
    for row in register.rows:
        groups.setdefault(advertiser_key(row.advertisement.advertiser), []).append(row)
    named = [(group[0].advertisement.advertiser, group) for group in groups.values()]
    rows = [(name, group, tiles_of(group, words)) for name, group in sorted(named, key=lambda one: one[0].casefold())]
    return show(request, "office/advertisers.html", house=publisher, rows=rows, **_about(register))


@require_safe
@staff
def advertiser_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The report on one advertiser as a file; without a name, all advertisements of the house."""
    publisher = house_of(person, house)
    name = request.GET.get("name", "")
    register = _named(request, person, publisher, name) if name else _register(request, person, publisher, publisher)
    return _file(request, register, f"{publisher.slug}-{slugify(name) or 'advertisements'}")


def _report(request: HttpRequest, person: User, house: Publisher) -> HttpResponse:
    """What an advertiser is handed: its advertisements with their numbers, and nothing of what staff noted."""
    register = _named(request, person, house, request.GET["name"])
    words = wording.translator(language_of(request))
    name = register.every[0].advertiser
    rows = [row for row in register.rows if not row.advertisement.row.is_lost]
    about = _about(register) | {
        "presets": presets(register.first, register.today, register.period, [("name", name)]),
        "query": f"{query_of(register.period)}&{urlencode({'name': name})}",
    }
    return show(
        request,
        "office/advertiser.html",
        house=house,
        name=name,
        tiles=tiles_of(rows, words),
        lines=lines_of(person, rows, words, is_large=True),
        general=[words.text(GENERAL_WORDS), words.text(SIGNALS_WORDS)],
        **about,
    )


def _page(
    request: HttpRequest, person: User, of: Publication | Edition, *, house: Publisher, **about: Any
) -> HttpResponse:
    register = _register(request, person, of, house)
    words = wording.translator(language_of(request))
    page = Paginator(register.rows, _A_PAGE).get_page(request.GET.get("page", "1"))
    names = {advertiser_key(one.advertiser): one.advertiser for one in register.every}
    editions = {one.edition.pk: one.edition.label for one in register.every}
    return show(
        request,
        "office/advertisements.html",
        house=house,
        page=page,
        lines=lines_of(person, list(page.object_list), words),
        tiles=tiles_of(register.rows, words),
        advertisers=sorted(names.values(), key=str.casefold),
        editions={} if isinstance(of, Edition) else editions,
        sorts=SORTS,
        register=register,
        **_about(register),
        **about,
    )


def _about(register: Register) -> dict[str, Any]:
    """What each of the pages says of the period."""
    return {
        "period": register.period,
        "today": register.today,
        "presets": presets(register.first, register.today, register.period, register.kept),
        "query": register.query,
        "is_empty": not register.every,
    }


def _file(request: HttpRequest, register: Register, name: str) -> HttpResponse:
    table = table_of(register.rows, wording.translator(language_of(request)))
    since, until = register.period.since.isoformat(), register.period.until.isoformat()
    return csv_response(f"{name}-{since}-{until}", table.head, file_rows(table))


def _named(request: HttpRequest, person: User, house: Publisher, name: str) -> Register:
    """All advertisements of one advertiser; raises NotFoundError where there is none of that name."""
    register = _register(request, person, house, house, advertised(person, house, name))
    if not register.every:
        raise NotFoundError(name)
    return register


def _register(
    request: HttpRequest, person: User, of: Of, house: Publisher, every: Sequence[Advertisement] | None = None
) -> Register:
    """What the address asks for; raises NotAllowedError."""
    every = advertised(person, of) if every is None else every
    zone = ZoneInfo(house.time_zone)
    today = timezone.now().astimezone(zone).date()
    published = [one.edition.published_at for one in every if one.edition.published_at]
    first = min(published).astimezone(zone).date() if published else today
    period = asked_period(request, first, today, between(first, today))
    advertiser, edition = request.GET.get("advertiser", ""), request.GET.get("edition", "")
    sort = request.GET.get("sort", "")
    wanted = [one for one in every if _is_wanted(one, advertiser, edition)]
    rows = in_order(counted(person, wanted, period), sort)
    return Register(every, rows, period, first, today, advertiser, edition, sort if sort in SORTS else "")


def _is_wanted(one: Advertisement, advertiser: str, edition: str) -> bool:
    is_theirs = not advertiser or advertiser_key(advertiser) == advertiser_key(one.advertiser)
    return is_theirs and edition in ("", one.edition.pk)
