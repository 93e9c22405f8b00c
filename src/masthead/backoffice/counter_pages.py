"""Reports for libraries by the Code of Practice of COUNTER 5.1: the page that offers them, and their files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead import __version__, wording
from masthead.accounts.selectors import User
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.statistics_subject import of_house
from masthead.backoffice.statistics_tables import day_text
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.sheets import harmless
from masthead.statistics.counter_report import Heading, Report, as_json, as_table
from masthead.statistics.counter_usage import full_months, usage_of
from masthead.statistics.periods import Period, Step


@require_safe
@staff
def reports(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What reports there are, for which months; without a full month there are none yet."""
    subject = of_house(person, house_of(person, house))
    words = wording.translator(language_of(request))
    months = full_months(subject.first_day, timezone.now().astimezone(subject.zone).date())
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
    period = _asked(request, full_months(subject.first_day, timezone.now().astimezone(subject.zone).date()))
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
