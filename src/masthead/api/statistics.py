"""Operations on statistics: what was read, by day and by what it is made of, and COUNTER's reports for libraries."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from masthead import __version__, wording
from masthead.accounts.selectors import Publisher
from masthead.api.editions import one
from masthead.api.errors import ReportEarlyError
from masthead.api.gate import Call, Needs
from masthead.api.paging import Limit, Place, part_of
from masthead.api.publications import publication_of
from masthead.api.shapes import Day, Id, In, OneOf, Out, Page
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.library.selectors import Edition, Publication
from masthead.statistics.counter_report import Heading, Report, as_json
from masthead.statistics.counter_usage import full_months, usage_of
from masthead.statistics.kinds import Measure
from masthead.statistics.periods import Period, Step, between, last_days
from masthead.statistics.rules import GENERAL_WORDS, NAMES, RULES
from masthead.statistics.selectors import (
    WHOLES,
    Scope,
    below,
    breakdown,
    by_day,
    counted_at,
    first_day,
    links,
    scope_of,
    sums,
)

router = Router(tags=["Statistics"])
_READ = Needs("statistics:read")
_MONTH = "^[12][0-9]{3}-(0[1-9]|1[0-2])$"
_PARTS = (
    "device",
    "country",
    "referrer",
    "page",
    "page_seconds",
    "article",
    "searched",
    "searched_empty",
    "format",
    "way",
)
MeasureName = Annotated[str, OneOf(measure.value for measure in WHOLES)]
PartName = Annotated[str, OneOf(_PARTS)]
Numbers = Annotated[dict[str, int], Field(description="By measure; what is nothing is left out.")]


class StatisticsAsked(In):
    """Whose numbers, and of which days (both included). Without days: the last thirty."""

    publication: Id | None = None
    edition: Id | None = Field(default=None, description="One edition; it counts before a publication.")
    since: Day | None = None
    until: Day | None = None


class RuleOfCounting(Out):
    """What a measure counts, in words."""

    measure: str
    name: str
    rule: str


class Sums(Out):
    """The numbers of a period, beside those of as many days before it."""

    since: dt.date
    until: dt.date
    numbers: Numbers
    before: Numbers
    counted_at: dt.datetime | None = Field(description="When the numbers of the house were counted last.")


class DayOut(Out):
    """The numbers of a day, week or month."""

    since: dt.date
    until: dt.date
    numbers: Numbers


class PartOut(Out):
    """One of those that a number is made of."""

    name: str = Field(description="Such as a country's code, a page's number, an article's slug; empty: not known.")
    number: int


class LinkClicks(Out):
    """A link that was followed."""

    edition: str
    page: int
    address: str
    clicks: int


class OfOne(Out):
    """The numbers of a publication, or of an edition."""

    id: str
    numbers: Numbers


class Rules(Out):
    """How is counted."""

    general: str
    rules: list[RuleOfCounting]


class CounterAsked(In):
    """Which report, for which full months."""

    begin_date: Annotated[str, Field(pattern=_MONTH)] | Literal[""] = Field(default="", description="Month: 2026-01.")
    end_date: Annotated[str, Field(pattern=_MONTH)] | Literal[""] = Field(default="", description="Empty: the last.")


def _scope(request: Call, asked: StatisticsAsked) -> Scope:
    """Whose numbers; raises NotFoundError, NotAllowedError."""
    of: Publisher | Publication | Edition = request.house
    if asked.edition:
        of = one(request, asked.edition)
    elif asked.publication:
        of = publication_of(cast(HttpRequest, request), asked.publication)
    return scope_of(request.person, of)


def _today(request: Call) -> dt.date:
    return timezone.now().astimezone(ZoneInfo(request.house.time_zone)).date()


def period_asked(request: Call, since: dt.date | None, until: dt.date | None) -> Period:
    """The period that is asked for, by the clock of the house; without days the last thirty."""
    today = _today(request)
    if since is None and until is None:
        return last_days(today, 30)
    last = until or today
    return between(since or last, last)


def _period(request: Call, asked: StatisticsAsked) -> Period:
    return period_asked(request, asked.since, asked.until)


@router.get("/statistics", response=Sums, auth=_READ)
def get_statistics(request: Call, asked: Annotated[StatisticsAsked, Query()]) -> Sums:
    """Visits, pages, searches, links, downloads, shares and more, of the house, a publication or an edition."""
    scope, period = _scope(request, asked), _period(request, asked)
    return Sums(
        since=period.since,
        until=period.until,
        numbers=sums(scope, period),
        before=sums(scope, period.before),
        counted_at=counted_at(scope),
    )


@router.get("/statistics/days", response=Page[DayOut], auth=_READ)
def list_statistics_days(
    request: Call,
    asked: Annotated[StatisticsAsked, Query()],
    step: Literal["day", "week", "month"] = "day",
    cursor: Place = "",
    limit: Limit = 50,
) -> Page[DayOut]:
    """The same for each day, week (from the first day on) or month."""
    scope, period = _scope(request, asked), _period(request, asked)
    found = by_day(scope, period)
    parts, following = part_of(list(period.parts(Step(step))), cursor, limit)
    rows = []
    for part in parts:
        inside = [numbers for day, numbers in found.items() if part.since <= day <= part.until]
        added = {name: sum(day.get(name, 0) for day in inside) for name in WHOLES}
        numbers = {name.value: number for name, number in added.items() if number}
        rows.append(DayOut(since=part.since, until=part.until, numbers=numbers))
    return Page(items=rows, next=following)


@router.get("/statistics/parts", response=Page[PartOut], auth=_READ)
def list_statistics_parts(
    request: Call, measure: PartName, asked: Annotated[StatisticsAsked, Query()], cursor: Place = "", limit: Limit = 50
) -> Page[PartOut]:
    """What numbers are made of, most first: `device`, `country`, `referrer`, `searched`, `format`, `way` …

    Pages and articles are told of single editions only.
    """
    found = breakdown(_scope(request, asked), _period(request, asked))[Measure(measure)]
    rows, following = part_of(found, cursor, limit)
    return Page(items=[PartOut(name=name, number=number) for name, number in rows], next=following)


@router.get("/statistics/links", response=Page[LinkClicks], auth=_READ)
def list_statistics_links(
    request: Call, asked: Annotated[StatisticsAsked, Query()], cursor: Place = "", limit: Limit = 50
) -> Page[LinkClicks]:
    """The links that were followed out of editions, most followed first."""
    rows, following = part_of(links(_scope(request, asked), _period(request, asked)), cursor, limit)
    told = [LinkClicks(edition=edition, page=page, address=to, clicks=number) for edition, to, page, number in rows]
    return Page(items=told, next=following)


@router.get("/statistics/below", response=Page[OfOne], auth=_READ)
def list_statistics_below(
    request: Call, asked: Annotated[StatisticsAsked, Query()], cursor: Place = "", limit: Limit = 50
) -> Page[OfOne]:
    """The numbers of each publication, or with `publication` of each of its editions; most visits first."""
    scope = _scope(request, asked)
    found = {} if scope.edition else below(scope, _period(request, asked))
    order = sorted(found, key=lambda name: (-found[name].get(Measure.VISITS, 0), name))
    rows, following = part_of(order, cursor, limit)
    return Page(items=[OfOne(id=name, numbers=found[name]) for name in rows], next=following)


@router.get("/statistics/rules", response=Rules, auth=_READ)
def get_counting_rules(request: Call) -> Rules:
    """What each number counts, in words."""
    words = wording.translator(language_of(cast(HttpRequest, request)))
    told = [
        RuleOfCounting(measure=measure.value, name=words.text(NAMES[measure]), rule=words.text(RULES[measure]))
        for measure in NAMES
    ]
    return Rules(general=words.text(GENERAL_WORDS), rules=told)


@router.get("/counter/reports/tr", response=dict[str, Any], auth=_READ)
def get_counter_title_report(request: Call, asked: Annotated[CounterAsked, Query()]) -> dict[str, Any]:
    """The Title Report of COUNTER 5.1 as its API has it, of full months; without months the last twelve."""
    return _report(request, Report.TITLE, asked)


@router.get("/counter/reports/ir", response=dict[str, Any], auth=_READ)
def get_counter_item_report(request: Call, asked: Annotated[CounterAsked, Query()]) -> dict[str, Any]:
    """The Item Report of COUNTER 5.1: the same by article."""
    return _report(request, Report.ITEM, asked)


def _report(request: Call, report: Report, asked: CounterAsked) -> dict[str, Any]:
    """The report; raises NotAllowedError, ReportEarlyError before the first full month is over."""
    scope = scope_of(request.person, request.house)
    months = full_months(first_day(scope), _today(request))
    if not months:
        raise ReportEarlyError(report)
    origin = settings.MASTHEAD.origin or absolute(cast(HttpRequest, request), "/").rstrip("/")
    heading = Heading(
        report=report,
        publisher=request.house.name,
        publisher_id=request.house.pk,
        platform=origin.partition("://")[2],
        period=_months_of(asked, months),
        created=timezone.now().astimezone(dt.UTC),
        created_by=f"Masthead {__version__}",
    )
    return as_json(heading, usage_of(request.house, scope, heading, origin))


def _months_of(asked: CounterAsked, months: list[Period]) -> Period:
    """From the first to the last month, of those that there are (latest first)."""
    by_name = {f"{month.since:%Y-%m}": month for month in months}
    until = by_name.get(asked.end_date, months[0])
    since = by_name.get(asked.begin_date, months[min(11, len(months) - 1)])
    return Period(min(since.since, until.since), max(since.until, until.until))
