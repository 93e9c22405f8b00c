"""A list of subscribers is taken in: chosen, looked at row by row, then kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.access.errors import ImportUnreadableError
from masthead.access.importing import COLUMN_WORDS, read_list, readers_import, sums_of, template
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice import looked_at
from masthead.backoffice.forms import list_bytes, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.reader_forms import ListForm
from masthead.backoffice.reader_pages import managed
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import ListTooLargeError

_SHOWN = 100  # rows that cannot be taken, on the page; the spreadsheet has all
TAKEN_WORDS = "{readers} new readers and {periods} periods were taken in."
_PROBLEM_HEAD_WORDS = ("Row", "E-mail address", "Subscription", "What is wrong")


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def take_in(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Choose a list; look at it; keep it."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    if request.POST.get("keep"):
        return _keep(request, person, publisher, request.POST["keep"])
    form = ListForm(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"columns": [words.text(name) for name in COLUMN_WORDS]}
    if request.method == "POST" and form.is_valid():
        try:
            data = list_bytes(form.cleaned_data["file"])
            rows = read_list(publisher, data)
        except (ImportUnreadableError, ListTooLargeError) as error:
            refuse(form, "file", error, words.language)
        else:
            wrong = [row for row in rows if row.problem]
            shown |= {
                "sums": sums_of(publisher, rows),
                "wrong": [(row, words.text(row.problem)) for row in wrong[:_SHOWN]],
                "more": max(0, len(wrong) - _SHOWN),
                "good": [row for row in rows if not row.problem][:5],
                "token": looked_at.wait(publisher.pk, data),
            }
    parent = (reverse("house-readers", args=[publisher.slug]), words.text("Readers"))
    return show(request, "office/list.html", form, house=publisher, parent=parent, **shown)


@require_safe
@staff
def list_template(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """An empty list with the names of the columns."""
    managed(person, house)
    response = HttpResponse(template(language_of(request)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="readers.csv"'
    return response


@require_safe
@staff
def list_problems(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Every row that cannot be taken, for a spreadsheet."""
    publisher = managed(person, house)
    words = wording.translator(language_of(request))
    data = looked_at.waiting(publisher.pk, request.GET.get("list", ""))
    found: list[tuple[object, ...]] = []
    if data is not None:
        rows = read_list(publisher, data)
        found = [(row.number, row.email, row.subscription, words.text(row.problem)) for row in rows if row.problem]
    return csv_response(f"{publisher.slug}-problems", [words.text(head) for head in _PROBLEM_HEAD_WORDS], found)


def _keep(request: HttpRequest, person: User, publisher: Publisher, token: str) -> HttpResponse:
    data = looked_at.waiting(publisher.pk, token)
    if data is None:  # it was kept already, or waited too long
        return HttpResponseRedirect(reverse("house-readers-import", args=[publisher.slug]))
    sums = readers_import(by=person, publisher=publisher, rows=read_list(publisher, data))
    looked_at.forget(publisher.pk, token)
    say(request, TAKEN_WORDS, readers=sums.new_readers, periods=sums.new_periods)
    return HttpResponseRedirect(reverse("house-readers", args=[publisher.slug]))
