"""Advertisements with their numbers, and the rule of each number in words: for the register, reports and programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher
from masthead.library.selectors import Edition, Publication, can_do, edition_list, publication_list
from masthead.production.advertising.selectors import (
    Advertisement,
    Lead,
    Opening,
    advertisement_rows,
    advertisements_of,
    advertiser_key,
)
from masthead.statistics.kinds import Measure
from masthead.statistics.periods import Period
from masthead.statistics.selectors import on_pages

SEEN_WORDS = (
    "How often the page on which it stands was on screen for a second or more; two pages side by side are both seen. "
    "Where no script runs, a page counts when it is sent."
)
TIME_WORDS = (
    "All the time spent on its page, whatever else stands there: while the window is shown and somebody did something "
    "within two minutes. Two pages side by side share it."
)
CLICKS_WORDS = (
    "How often links in its area were followed, and what lies there was opened: films, pictures, pop-ups, products, "
    "forms, links to other pages. The same again within 30 seconds counts once. Where an address, or a link to the "
    "same page, also stands elsewhere on the page, its clicks there count too."
)
RATE_WORDS = "Clicks for a hundred times that the page was seen."
RULES = (SEEN_WORDS, TIME_WORDS, CLICKS_WORDS, RATE_WORDS)
_KEPT_OF_NAME = 290  # characters of page and address that totals keep for sure
_PLAIN = "!#$%&'()*+,/:;=?@[]~"  # what browsers leave as it is in addresses


@dataclass(frozen=True, slots=True)
class Counted:
    """An advertisement and what was counted of it in a period."""

    advertisement: Advertisement
    seen: int
    seconds: int
    clicks: tuple[tuple[Lead, int], ...]  # of each of its links
    opened: tuple[tuple[Opening, int], ...] = ()  # of what opens within the edition

    @property
    def clicked(self) -> int:
        """Clicks on all of its links, and on what opens within the edition."""
        return sum(number for _, number in self.clicks) + self.inside

    @property
    def inside(self) -> int:
        """Of these, those that led to something within the edition."""
        return sum(number for _, number in self.opened)

    @property
    def rate(self) -> float | None:
        """Clicks for each time that the page was seen; None where it never was."""
        return self.clicked / self.seen if self.seen else None


def editions_reported(person: Person, of: Publisher | Publication | Edition) -> list[Publication]:
    """The publications of it whose numbers the person may see; raises NotAllowedError where it is none."""
    if isinstance(of, Publisher):
        found = [row for row in publication_list(person, of) if can_do(person, Action.VIEW_REPORTS, row)]
    else:
        publication = of.publication if isinstance(of, Edition) else of
        found = [publication] if can_do(person, Action.VIEW_REPORTS, publication) else []
    if not found:
        raise NotAllowedError(Action.VIEW_REPORTS.value)
    return found


def advertised(person: Person, of: Publisher | Publication | Edition, advertiser: str = "") -> list[Advertisement]:
    """The advertisements of it, or those of one advertiser; raises NotAllowedError."""
    reported = editions_reported(person, of)
    if isinstance(of, Edition):
        rows = advertisement_rows([of])
    else:
        house = of if isinstance(of, Publisher) else of.publisher
        rows = advertisement_rows(edition_list(person, house).filter(publication__in=reported))
    key = advertiser_key(advertiser)
    return advertisements_of(row for row in rows if not key or key == _key_of(row.particulars))


def counted(person: Person, advertisements: Sequence[Advertisement], period: Period) -> list[Counted]:
    """Their numbers in the period, in their order. One query for each publication; raises NotAllowedError."""
    by_publication: dict[str, list[Advertisement]] = defaultdict(list)
    for one in advertisements:
        by_publication[one.edition.publication_id].append(one)
    numbers: dict[str, dict[tuple[Measure, str], int]] = {}
    for group in by_publication.values():
        pages: dict[str, set[int]] = defaultdict(set)
        for one in group:
            pages[one.edition.pk].add(one.row.page)
        numbers |= on_pages(person, group[0].edition.publication, pages, period)
    followed = {edition: _followed(found) for edition, found in numbers.items()}
    return [_counted(one, numbers.get(one.edition.pk, {}), followed.get(one.edition.pk, {})) for one in advertisements]


def as_told(address: str) -> str:
    """An address as browsers write it, so that what was followed is found again."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            return address[:_KEPT_OF_NAME]
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:  # also what the names of hosts raise
        return address[:_KEPT_OF_NAME]
    usual = {"http": 80, "https": 443}[parts.scheme]
    place = host if port in (None, usual) else f"{host}:{port}"
    path, query = quote(parts.path or "/", safe=_PLAIN), quote(parts.query, safe=_PLAIN)
    fragment = quote(parts.fragment, safe=_PLAIN)
    return urlunsplit((parts.scheme, place, path, query, fragment))[:_KEPT_OF_NAME]


def _key_of(particulars: Mapping[str, object]) -> str:
    return advertiser_key(str(particulars.get("advertiser", "")))


def _followed(found: Mapping[tuple[Measure, str], int]) -> dict[tuple[str, str], int]:
    """Clicks by page and address."""
    clicks: dict[tuple[str, str], int] = defaultdict(int)
    for (measure, name), number in found.items():
        if measure == Measure.LINK:
            page, _, address = name.partition(" ")
            clicks[page, as_told(address)] += number
    return clicks


def _counted(
    one: Advertisement, found: Mapping[tuple[Measure, str], int], followed: Mapping[tuple[str, str], int]
) -> Counted:
    if one.row.is_lost:  # it stands on no page
        return Counted(one, 0, 0, ())
    page, told = str(one.row.page), set[str]()
    clicks = []
    for lead in one.leads:
        fresh = {as_told(address) for address in _addresses(lead)} - told  # each address counts once
        told |= fresh
        clicks.append((lead, sum(followed.get((page, address), 0) for address in fresh)))
    seen, seconds = found.get((Measure.PAGE, page), 0), found.get((Measure.PAGE_SECONDS, page), 0)
    opened = [(each, found.get((Measure.OVERLAY, f"{page} {each.name}"), 0)) for each in one.openings]
    return Counted(one, seen, seconds, tuple(clicks), tuple(opened))


def _addresses(lead: Lead) -> Iterable[str]:
    """Where it leads now, and where it led before somebody changed it."""
    return filter(None, dict.fromkeys((lead.to, lead.printed)))
