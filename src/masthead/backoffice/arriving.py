"""Many files at once: dropped, looked at, named by their file names or a spreadsheet, and then started together."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.verdicts import verdict_of
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError, SlugTakenError
from masthead.production.arrivals import arrival_list, arrival_of, arrival_remove, arrival_take
from masthead.production.checking import arrival_unlock, check_now
from masthead.production.errors import SheetInvalidError, UploadGoneError, UploadTooLargeError
from masthead.production.intake import (
    Plan,
    RowVerdict,
    check_plans,
    edition_start,
    judge_rows,
    plan_of,
    publications_for,
    say,
    say_rows,
)
from masthead.production.metadata_sheet import COLUMN_WORDS, read_sheet, template
from masthead.production.selectors import Arrival

_SHEET_BYTES = 16 << 20
_FIELDS = ("publication", "label", "date", "description")
NO_FILES_WORDS = "Choose a file first."
NO_SHEET_WORDS = "Choose a spreadsheet first."
ADDRESS_TAKEN_WORDS = "There is an edition with this address already. Choose another name for the issue."


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def upload(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The page; files that are posted to it without a script are taken in and looked at."""
    publisher = house_of(person, house)
    if request.method != "POST":
        return _page(request, person, publisher)
    files = request.FILES.getlist("files")
    if not files:
        return _page(request, person, publisher, mistake=NO_FILES_WORDS)
    refused = ""
    for file in files:
        name = PurePath(file.name or "upload.pdf").name
        assert file.file is not None
        try:
            arrival_take(by=person, publisher=publisher, name=name, stream=file.file)
        except UploadTooLargeError as error:
            refused = _sentence(request, error)
    if refused:
        return _page(request, person, publisher, mistake=refused)
    return HttpResponseRedirect(_here(request, publisher))


@require_safe
@staff
def row(request: HttpRequest, person: User, arrival: str) -> HttpResponse:
    """One file's row, for a page that is open already."""
    found = _own(person, arrival)
    publications = publications_for(person, found.publisher)
    plan = plan_of(found, publications, request.GET.get("publication", ""), language_of(request))
    return render(request, "office/arrival.html", _of_row(request, plan, publications))


@require_safe
@staff
def verdict(request: HttpRequest, person: User, arrival: str) -> HttpResponse:
    """How the look at a file comes out: the part of its row that is fetched again and again."""
    return render(request, "office/verdict.html", {"verdict": verdict_of(_own(person, arrival))})


@require_POST
@staff
def remove(request: HttpRequest, person: User, arrival: str) -> HttpResponse:
    """Give one file up."""
    found = _own(person, arrival)
    arrival_remove(arrival=found)
    return HttpResponseRedirect(_here(request, found.publisher))


@require_POST
@staff
def unlock(request: HttpRequest, person: User, arrival: str) -> HttpResponse:
    """Look at a protected file again, with its password."""
    found = _own(person, arrival)
    arrival_unlock(arrival=found, password=request.POST.get("password", ""))
    found.refresh_from_db()
    check_now(found)
    return HttpResponseRedirect(_here(request, found.publisher))


@require_safe
@staff
def sheet_template(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """A spreadsheet to fill in."""
    publisher = house_of(person, house)
    first = next(iter(publications_for(person, publisher)), None)
    data = template(language_of(request), ("issue.pdf", first.name if first else "", "", "2026-11-03", ""))
    headers = {"Content-Disposition": 'attachment; filename="editions.csv"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@staff
def sheet(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Take what a spreadsheet says into the rows; nothing is started by it."""
    publisher = house_of(person, house)
    file = request.FILES.get("sheet")
    if file is None or (file.size or 0) > _SHEET_BYTES:
        return _page(request, person, publisher, sheet_mistake=NO_SHEET_WORDS)
    try:
        rows = read_sheet(file.read(), PurePath(file.name or "").name)
    except SheetInvalidError as error:
        return _page(request, person, publisher, sheet_mistake=_sentence(request, error))
    publications = publications_for(person, publisher)
    arrivals = list(arrival_list(person, publisher))
    verdicts = judge_rows(rows, arrivals, publications, request.POST.get("publication", ""))
    say_rows(verdicts)
    return _page(request, person, publisher, verdicts=verdicts)


@require_POST
@staff
def start(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Make editions of all files that can be converted, or of none and say what is missing where."""
    publisher = house_of(person, house)
    publications = publications_for(person, publisher)
    if not publications:
        raise NotAllowedError("edit")
    plans = _typed(request, person, publisher)
    ready = [plan for plan in plans if plan.arrival.state == Arrival.State.GOOD and _is_chosen(request, plan)]
    if not ready or not check_plans(ready, publications):
        mistake = NO_FILES_WORDS if not ready else ""
        return _page(request, person, publisher, plans=plans, mistake=mistake, is_refused=True)
    by_id = {one.pk: one for one in publications}
    at = ready[0]
    try:
        with transaction.atomic():
            for at in ready:
                assert at.day is not None
                edition_start(
                    by=person,
                    arrival=at.arrival,
                    publication=by_id[at.publication],
                    label=at.label.strip(),
                    day=at.day,
                    description=at.description,
                )
    except SlugTakenError:
        at.mistakes = {"label": ADDRESS_TAKEN_WORDS}
        return _page(request, person, publisher, plans=plans, is_refused=True)
    words = wording.translator(language_of(request))
    told = words.plural("{count} edition is being converted.", "{count} editions are being converted.", len(ready))
    messages.success(request, told)
    return HttpResponseRedirect(reverse("house", args=[publisher.slug]))


def _typed(request: HttpRequest, person: User, publisher: Publisher) -> list[Plan]:
    """The rows as they were typed, kept so that nothing is lost."""
    plans = []
    for found in arrival_list(person, publisher):
        said = {name: request.POST.get(f"{name}-{found.pk}", "").strip() for name in _FIELDS}
        if f"label-{found.pk}" in request.POST:
            say(found, said)
        plans.append(plan_of(found, publications_for(person, publisher)))
    return plans


def _is_chosen(request: HttpRequest, plan: Plan) -> bool:
    """Whether its row was on the page that was sent: another one may have arrived since."""
    return f"label-{plan.arrival.pk}" in request.POST


def _page(
    request: HttpRequest,
    person: User,
    publisher: Publisher,
    *,
    plans: Sequence[Plan] = (),
    verdicts: Sequence[RowVerdict] | None = None,
    mistake: str = "",
    sheet_mistake: str = "",
    is_refused: bool = False,
) -> HttpResponse:
    publications = publications_for(person, publisher)
    if not publications:
        raise NotAllowedError("edit")
    preset = request.POST.get("publication", request.GET.get("publication", ""))
    language = language_of(request)
    arrivals = arrival_list(person, publisher)
    rows = plans or [plan_of(one, publications, preset, language) for one in arrivals]
    shown: dict[str, Any] = {
        "house": publisher,
        "publications": publications,
        "preset": next((one for one in publications if one.pk == preset), None),
        "rows": [_of_row(request, plan, publications) for plan in rows],
        "verdicts": verdicts,
        "columns": COLUMN_WORDS,
        "mistake": mistake,
        "sheet_mistake": sheet_mistake,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if mistake or sheet_mistake or is_refused else HTTPStatus.OK
    return render(request, "office/upload.html", shown, status=status)


def _of_row(request: HttpRequest, plan: Plan, publications: Sequence[Any]) -> dict[str, Any]:
    return {"plan": plan, "publications": publications, "verdict": verdict_of(plan.arrival)}


def _own(person: User, arrival: str) -> Arrival:
    """Somebody's own upload at a house where they still work; what is not theirs is not there."""
    try:
        found = arrival_of(person, arrival)
    except UploadGoneError as error:
        raise NotFoundError(arrival) from error
    house_of(person, found.publisher.slug)
    return found


def _here(request: HttpRequest, publisher: Publisher) -> str:
    preset = request.POST.get("publication", "")
    address = reverse("upload", args=[publisher.slug])
    return f"{address}?publication={preset}" if preset.isalnum() else address


def _sentence(request: HttpRequest, error: MastheadError) -> str:
    words = wording.translator(language_of(request))
    return f"{words.text(error.sentence)} {words.text(error.hint)}"
