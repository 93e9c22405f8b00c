"""Reports for libraries by the Code of Practice of COUNTER 5.1: the page that offers them, and their files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead import __version__, wording
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.statistics_subject import of_house
from masthead.backoffice.statistics_tables import day_text
from masthead.document.errors import EditionInvalidError
from masthead.faces.languages import language_of
from masthead.library.build_folders import read_build
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.library.sheets import harmless
from masthead.statistics.counter_report import METRICS, Heading, Item, Report, Title, Usage, as_json, as_table
from masthead.statistics.kinds import Access, Measure
from masthead.statistics.periods import Period, Step
from masthead.statistics.selectors import Scope, counter_rows

_MOST_MONTHS = 36


@require_safe
@staff
def reports(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What reports there are, for which months; without a full month there are none yet."""
    subject = of_house(person, house_of(person, house))
    words = wording.translator(language_of(request))
    months = _months(subject.first_day, timezone.now().astimezone(subject.zone).date())
    period = _asked(request, months)
    choices = [(f"{month.since:%Y-%m}", day_text(month, Step.MONTH, words)) for month in months]
    values = {
        "house": subject.house,
        "months": choices,
        "since": f"{period.since:%Y-%m}" if period else "",
        "until": f"{period.until:%Y-%m}" if period else "",
        "query": f"since={period.since:%Y-%m}&until={period.until:%Y-%m}" if period else "",
    }
    return render(request, "office/counter.html", values)


@require_safe
@staff
def file(request: HttpRequest, person: User, house: str, report: str, form: str) -> HttpResponse:
    """A report as JSON or as a table."""
    subject = of_house(person, house_of(person, house))
    period = _asked(request, _months(subject.first_day, timezone.now().astimezone(subject.zone).date()))
    wanted = next((each for each in Report if each.value.lower() == report), None)
    if wanted is None or period is None or form not in ("json", "tsv"):
        raise NotFoundError(report)
    origin = settings.MASTHEAD.origin or f"{request.scheme}://{request.get_host()}"
    heading = Heading(
        report=wanted,
        publisher=subject.house.name,
        publisher_id=subject.house.pk,
        platform=origin.partition("://")[2],
        period=period,
        created=timezone.now().astimezone(UTC),
        created_by=f"Masthead {__version__}",
    )
    usage = usage_of(subject.house, subject.scope, heading, origin)
    name = f"{subject.slug}-{report}-{period.since:%Y-%m}-{period.until:%Y-%m}"
    if form == "json":
        data, kind = json.dumps(as_json(heading, usage), ensure_ascii=False, indent=1), "application/json"
    else:
        data, kind = _tabbed(as_table(heading, usage)), "text/tab-separated-values; charset=utf-8"
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(data, content_type=kind, headers=disposition)


def usage_of(house: Publisher, scope: Scope, heading: Heading, origin: str) -> list[Usage]:
    """What was used in the period, by title or by item; also of editions that were deleted since."""
    rows = list(counter_rows(scope, heading.period, METRICS))
    editions = {
        edition.pk: edition
        for edition in Edition.with_deleted.filter(
            publication__publisher=house, pk__in={row[1] for row in rows}
        ).select_related("publication", "build")
    }
    found: dict[tuple[str, str, int, str], Usage] = {}
    named: dict[str, Mapping[str, str]] = {}
    for _, edition_id, day, measure, name, number in rows:
        edition = editions.get(edition_id)
        if edition is None:
            continue  # removed for good: nothing tells any more which title it belonged to
        access, _, slug = name.partition(" ")
        title = _title(edition, origin)
        item = None
        if heading.report == Report.ITEM:
            if edition_id not in named:
                named[edition_id] = _titles_of(edition)
            item = _item(edition, slug, named[edition_id], origin)
        key = (title.identity, item.identity if item else "", edition.date.year, access)
        used = found.setdefault(key, Usage(title, item, edition.date.year, Access(access)))
        used.add(Measure(measure), day, number)
    return [found[key] for key in sorted(found)]


def _title(edition: Edition, origin: str) -> Title:
    publication = edition.publication
    home = origin + reverse("publication", args=[publication.slug])
    return Title(publication.name, publication.pk, publication.issn, home)


def _item(edition: Edition, slug: str, titles: Mapping[str, str], origin: str) -> Item:
    place = [edition.publication.slug, edition.slug]
    if not slug:
        return Item(edition.label, edition.pk, origin + reverse("edition", args=place), edition.date)
    uri = origin + reverse("edition-article", args=[*place, slug])
    return Item(titles.get(slug, slug), f"{edition.pk}/{slug}", uri, edition.date)


def _titles_of(edition: Edition) -> dict[str, str]:
    if edition.build is not None:
        with suppress(EditionInvalidError):
            manifest = read_build(edition.build.folder).manifest
            return {entry["slug"]: entry["title"] for entry in manifest["articles"]}
    return {}


def _months(first: date | None, today: date) -> list[Period]:
    """The full months since counting began, latest first."""
    last = today.replace(day=1) - timedelta(days=1)
    if first is None or first.replace(day=1) > last:
        return []
    return list(Period(first.replace(day=1), last).parts(Step.MONTH))[::-1][:_MOST_MONTHS]


def _asked(request: HttpRequest, months: list[Period]) -> Period | None:
    """From the first to the last month of the address; without them the last twelve."""
    if not months:
        return None
    by_name = {f"{month.since:%Y-%m}": month for month in months}
    until = by_name.get(request.GET.get("until", ""), months[0])
    since = by_name.get(request.GET.get("since", ""), months[min(11, len(months) - 1)])
    return Period(min(since.since, until.since), max(since.until, until.until))


def _tabbed(rows: Iterable[list[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return stream.getvalue()
