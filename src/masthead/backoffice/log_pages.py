"""The log of the house: who did what, when, and how it was before and after."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import LogEntry, Publisher, User, log_list, require
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.telling import Change, changes, deed, deed_words
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response

_A_PAGE = 50
_ASKED = ("words", "who", "deed", "since", "until")
_HEAD_WORDS = ("When", "Who", "What", "Of what", "Before and after")
BY_ITSELF_WORDS = "by itself"


@require_safe
@staff
def log(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The log, newest first, filtered as asked."""
    publisher = house_of(person, house)
    require(person, Action.VIEW_LOG, publisher.pk)
    words = wording.translator(language_of(request))
    page = Paginator(_found(request, person, publisher), _A_PAGE).get_page(request.GET.get("page"))
    asked = _asked(request)
    every = log_list(person, publisher).order_by()
    names = every.exclude(user_name="").values_list("user_name", flat=True).distinct()
    known = set(every.values_list("action", flat=True).distinct())
    deeds = [(action, words.text(deed(action))) for action in [*deed_words(), *sorted(known - set(deed_words()))]]
    shown = {
        "house": publisher,
        "page": page,
        "entries": [(entry, changes(entry, words, publisher.time_zone)) for entry in page.object_list],
        "deed": deed,
        "asked": asked,
        "names": sorted(names, key=str.casefold),
        "deeds": sorted([entry for entry in deeds if entry[0] in known], key=lambda entry: entry[1]),
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
    return render(request, "office/log.html", shown)


@require_safe
@staff
def log_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What the log shows, all its pages, for a spreadsheet."""
    publisher = house_of(person, house)
    require(person, Action.VIEW_LOG, publisher.pk)
    words = wording.translator(language_of(request))
    zone = ZoneInfo(publisher.time_zone)
    rows = (
        (
            entry.at.astimezone(zone).isoformat(timespec="seconds"),
            entry.user_name or words.text(BY_ITSELF_WORDS),
            words.text(deed(entry.action)),
            entry.subject_name,
            _told(changes(entry, words, publisher.time_zone)),
        )
        for entry in _found(request, person, publisher).iterator()
    )
    return csv_response(f"{publisher.slug}-log", [words.text(name) for name in _HEAD_WORDS], rows)


def _told(changed: list[Change]) -> str:
    return "; ".join(
        f"{change.name}: " + (f"{change.before} → " if change.before else "") + change.after for change in changed
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:120] for name in _ASKED}


def _found(request: HttpRequest, person: User, publisher: Publisher) -> QuerySet[LogEntry]:
    asked, rows = _asked(request), log_list(person, publisher)
    if asked["words"]:
        rows = rows.filter(subject_name__icontains=asked["words"])
    if asked["who"]:
        rows = rows.filter(user_name=asked["who"])
    if asked["deed"]:
        rows = rows.filter(action=asked["deed"])
    since, until = _midnight(asked["since"], publisher), _midnight(asked["until"], publisher)
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until + timedelta(days=1))
    return rows


def _midnight(written: str, publisher: Publisher) -> datetime | None:
    """When a day begins in the house's zone; None for what is no day."""
    try:
        day = parse_date(written)
    except ValueError:
        return None
    return datetime.combine(day, time(), ZoneInfo(publisher.time_zone)) if day else None
