"""Links for named recipients in the back office: made one by one or from a list, and what came of each."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import choose
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import staff
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.inheriting import is_on
from masthead.library.selectors import Edition, edition_get, require
from masthead.library.sheets import SheetError, sheet_rows
from masthead.sharing.recipients import (
    DAYS,
    LONGEST_NAME,
    MOST_AT_ONCE,
    Read,
    link_end,
    links_create,
    links_read,
    seconds_of,
    token_of,
)

MADE_WORDS = "Links made: {count}. Who had one already keeps it."
ENDED_WORDS = "The link is gone, with all that was kept by it."
NOBODY_WORDS = "Write a name, or choose a file with names in its first column."
UNREADABLE_WORDS = "This file cannot be read. Save it as CSV or XLSX, with the names in its first column."
TOO_MANY_WORDS = "These are too many names at once. Take at most 500."
HEAD_WORDS = ("Name", "Link", "Opened", "Pages", "Articles", "Seconds", "Last opened")
NAME_WORDS = "Name"


class RecipientsForm(forms.Form):
    """Names in lines, a list of them as a file, and for how long what comes of it is kept."""

    names = forms.CharField(required=False, max_length=MOST_AT_ONCE * LONGEST_NAME, widget=forms.Textarea({"rows": 4}))
    file = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}))
    days = forms.TypedChoiceField(coerce=int, initial=30)

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "days", [(str(days), words.plural("{count} day", "{count} days", days)) for days in DAYS])


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def recipients(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """What came of the links; a form makes more."""
    found = _mine(person, edition)
    words = wording.translator(language_of(request))
    form = RecipientsForm(request.POST or None, request.FILES or None, words=words)
    if request.method == "POST" and "link" in request.POST:
        link_end(by=person, edition=found, link_id=request.POST["link"])
        say(request, ENDED_WORDS)
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    if request.method == "POST" and form.is_valid():
        names = _names(form, words)
        if names:
            made = links_create(by=person, edition=found, names=names, days=form.cleaned_data["days"])
            say(request, MADE_WORDS, count=len(made))
            return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    rows = [
        {
            "read": row,
            "address": _address(request, found, row),
            "minutes": round(row.seconds / 60),
            "visits": _visits(row),
        }
        for row in links_read(person, found)
    ]
    about = {"house": found.publication.publisher, "publication": found.publication, "edition": found}
    return show(request, "office/recipients.html", form, rows=rows, counts=is_on(found, "counting"), **about)


@require_safe
@staff
def recipients_csv(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """The same as a table, with the links to put into letters."""
    found = _mine(person, edition)
    words = wording.translator(language_of(request))
    lines = [
        [
            row.link.name,
            _address(request, found, row),
            len(row.visits),
            len(row.pages),
            len(row.articles),
            row.seconds,
            row.visits[0].began_at.isoformat(timespec="minutes") if row.visits else "",
        ]
        for row in links_read(person, found)
    ]
    return csv_response(
        f"{found.publication.slug}-{found.slug}-recipients", [words.text(one) for one in HEAD_WORDS], lines
    )


def _mine(person: User, edition: str) -> Edition:
    """The edition, for somebody who publishes it; raises NotFoundError, NotAllowedError."""
    found = edition_get(person, edition)
    require(person, Action.PUBLISH, found)
    return found


def _names(form: RecipientsForm, words: wording.Translator) -> list[str]:
    """The names that were typed and those of the file; none where the form now says what is wrong."""
    names = form.cleaned_data["names"].splitlines()
    file: UploadedFile[bytes] | None = form.cleaned_data["file"]
    if file is not None:
        try:
            cells = [row[0].strip() for _, row in sheet_rows(file.read(), MOST_AT_ONCE + 2) if row]
        except SheetError:
            form.add_error("file", words.text(UNREADABLE_WORDS))
            return []
        heads = {wording.translator(language).text(NAME_WORDS).casefold() for language in wording.languages()}
        names += cells[1:] if cells and cells[0].casefold() in heads else cells
    names = [name for name in names if name.strip()]
    if len(names) > MOST_AT_ONCE:
        form.add_error("names", words.text(TOO_MANY_WORDS))
        return []
    if not names:
        form.add_error("names", words.text(NOBODY_WORDS))
    return names


def _address(request: HttpRequest, edition: Edition, row: Read) -> str:
    path = reverse("edition-recipient", args=[edition.publication.slug, edition.slug, token_of(row.link)])
    return absolute(request, path)


def _visits(row: Read) -> list[dict[str, Any]]:
    """Each visit: when, which pages and articles, how long."""
    return [
        {
            "at": visit.began_at,
            "pages": ", ".join(sorted(visit.pages, key=int)),
            "articles": ", ".join(sorted(visit.articles)),
            "minutes": round(seconds_of(visit) / 60),
        }
        for visit in row.visits
    ]
