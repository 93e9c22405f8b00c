"""The statistics of a house, a publication or an edition: numbers with their rules, charts, tables, files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.charts import Bar, Cell, bars, nice_top, strip
from masthead.backoffice.periods import asked_period, presets, query_of
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.statistics_sold import has_sold, no_orders, sold_tables, sold_tiles
from masthead.backoffice.statistics_subject import Subject, of_edition, of_house, of_publication
from masthead.backoffice.statistics_tables import (
    Look,
    Tile,
    change_text,
    day_text,
    days_table,
    file_rows,
    number_text,
    tables_of,
    time_text,
)
from masthead.exports.frame.spreads import stand_of
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import NotFoundError
from masthead.library.selectors import edition_get, publication_get
from masthead.statistics.kinds import Measure
from masthead.statistics.periods import Period, last_days
from masthead.statistics.rules import GENERAL_WORDS, NAMES, RULES, SIGNALS_WORDS
from masthead.statistics.selectors import breakdown, by_day, counted_at, sums

_TILES = (
    *(Measure.VISITS, Measure.VISITORS, Measure.PAGES, Measure.SECONDS, Measure.ARTICLES),
    *(Measure.SEARCHES, Measure.SEARCHES_EMPTY, Measure.LINKS, Measure.DOWNLOADS, Measure.SHARES),
)
_IF_ANY = (
    *(Measure.OVERLAYS, Measure.FEEDS, Measure.PRODUCTS, Measure.CARTS),
    *(Measure.FORMS_SEEN, Measure.FORMS, Measure.SIGN_INS),
)
_OF_SALES = (Measure.PRODUCTS, Measure.CARTS)
_PAIRED = 600  # pages up to which spreads are told apart in a strip
_CHARTED = (Measure.VISITS, Measure.VISITORS, Measure.PAGES, Measure.SECONDS, Measure.DOWNLOADS, Measure.SEARCHES)


@require_safe
@staff
def house(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Of a house."""
    return _page(request, of_house(person, house_of(person, house), takes_sales=True))


@require_safe
@staff
def publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Of a publication."""
    return _page(request, of_publication(person, publication_get(person, publication)))


@require_safe
@staff
def edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Of an edition."""
    return _page(request, of_edition(person, edition_get(person, edition)))


@require_safe
@staff
def house_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """A table of a house."""
    return _file(request, of_house(person, house_of(person, house), takes_sales=True))


@require_safe
@staff
def publication_csv(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """A table of a publication."""
    return _file(request, of_publication(person, publication_get(person, publication)))


@require_safe
@staff
def edition_csv(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """A table of an edition."""
    return _file(request, of_edition(person, edition_get(person, edition)))


def _page(request: HttpRequest, subject: Subject) -> HttpResponse:
    words = wording.translator(language_of(request))
    today = timezone.now().astimezone(subject.zone).date()
    period = _asked(request, subject, today)
    look = Look(subject, period, words, breakdown(subject.scope, period))
    query = query_of(period)
    sold, is_sales = sold_tables(look), subject.is_of_sales
    values: dict[str, Any] = {
        "house": subject.house,
        "subject": subject,
        "period": period,
        "query": query,
        "presets": presets(subject.first_day, today, period),
        "is_empty": not sold if is_sales else subject.first_day is None and not has_sold(look),
        "general": [words.text(GENERAL_WORDS), words.text(SIGNALS_WORDS)],
        "counted_at": counted_at(subject.scope),
        "today": today,
        "tiles": [*_tiles(subject, period, words), *sold_tiles(look)],
        "strip": [] if is_sales else _strip(look),
        "tables": sold if is_sales else [*tables_of(look), *sold],
        "written": lambda number: number_text(number, words),
    }
    if not is_sales:
        values |= {
            "chart": _chart(request, subject, period, words),
            "days": days_table(subject, period, words, period.step),
        }
    if subject.publication is not None:
        values["publication"] = subject.publication
    if subject.edition is not None:
        values["edition"] = subject.edition
    return render(request, "office/statistics.html", values)


def _file(request: HttpRequest, subject: Subject) -> HttpResponse:
    words = wording.translator(language_of(request))
    period = _asked(request, subject, timezone.now().astimezone(subject.zone).date())
    key = request.GET.get("table", "orders" if subject.is_of_sales else "days")
    look = Look(subject, period, words, breakdown(subject.scope, period))
    read = [] if subject.is_of_sales else [days_table(subject, period, words), *tables_of(look)]
    found = [*read, *sold_tables(look), no_orders(words)]
    table = next((table for table in found if table.key == key), None)
    if table is None:
        raise NotFoundError(key)
    name = f"{subject.slug}-{key}-{period.since.isoformat()}-{period.until.isoformat()}"
    return csv_response(name, table.head, file_rows(table))


def _asked(request: HttpRequest, subject: Subject, today: date) -> Period:
    """The period of the address; without one the last thirty days."""
    return asked_period(request, subject.first_day, today, last_days(today, 30))


def _tiles(subject: Subject, period: Period, words: wording.Translator) -> list[Tile]:
    now, before = sums(subject.scope, period), sums(subject.scope, period.before)
    first = subject.first_day
    is_comparable = first is not None and first <= period.before.since
    shown = _OF_SALES if subject.is_of_sales else [*_TILES, *(measure for measure in _IF_ANY if now.get(measure))]
    return [
        Tile(
            words.text(NAMES[measure]),
            _written(measure, now.get(measure, 0), words),
            words.text(RULES[measure]),
            _written(measure, before.get(measure, 0), words) if is_comparable else "",
            change_text(now.get(measure, 0), before.get(measure, 0), words) if is_comparable else "",
        )
        for measure in shown
    ]


def _written(measure: Measure, number: int, words: wording.Translator) -> str:
    return time_text(number, words) if measure == Measure.SECONDS else number_text(number, words)


def _chart(request: HttpRequest, subject: Subject, period: Period, words: wording.Translator) -> dict[str, Any]:
    """The bars of one measure, which the address names."""
    asked = request.GET.get("show", "")
    measure = Measure(asked) if asked in _CHARTED else Measure.VISITS
    now, before = by_day(subject.scope, period), by_day(subject.scope, period.before)
    earlier = list(period.before.parts(period.step))
    first = subject.first_day
    drawn = []
    for number, part in enumerate(period.parts()):
        value = _sum(now, part, measure)
        behind = earlier[number] if number < len(earlier) else None
        is_known = behind is not None and first is not None and first <= behind.since
        said = f"{day_text(part, period.step, words)}: {_written(measure, value, words)}"
        drawn.append(Bar(value, said, _sum(before, behind, measure) if is_known and behind else None))
    name = words.text(NAMES[measure])
    top = nice_top(max([bar.value for bar in drawn] + [bar.before or 0 for bar in drawn]))
    query = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return {
        "drawing": bars(drawn, name),
        "name": name,
        "top": _written(measure, top, words),
        "middle": _written(measure, top // 2, words) if top % 2 == 0 else "",
        "has_before": any(bar.before is not None for bar in drawn),
        "first": day_text(Period(period.since, period.since), period.step, words),
        "last": day_text(Period(period.until, period.until), period.step, words),
        "choices": [
            (words.text(NAMES[each]), urlencode({**query, "show": each.value}), each == measure) for each in _CHARTED
        ],
    }


def _sum(days: Mapping[date, Mapping[str, int]], part: Period, measure: Measure) -> int:
    return sum(numbers.get(measure, 0) for day, numbers in days.items() if part.since <= day <= part.until)


def _strip(look: Look) -> list[Markup]:
    """The pages of an edition, the more seen the stronger; of nothing else."""
    subject, words = look.subject, look.words
    if not subject.pages:
        return []
    seen, spent = look.named(Measure.PAGE), look.named(Measure.PAGE_SECONDS)
    cells = []
    for page in subject.pages:
        number = page["number"]
        times = seen.get(str(number), 0)
        average = round(spent.get(str(number), 0) / times) if times else 0
        said = words.plural("seen {count} time", "seen {count} times", times)
        label = words.text("Page {label}", label=page["label"])
        pause = f", {words.text('{seconds} s', seconds=average)}" if average else ""
        is_beside = len(subject.pages) <= _PAIRED and stand_of(subject.pages, number) == "behind"
        cells.append(Cell(times, f"{label}: {said}{pause}", subject.address_of_page(number), is_beside))
    return strip(cells, words.text("Pages by how often they were seen"), is_from_right=subject.direction == "rtl")
