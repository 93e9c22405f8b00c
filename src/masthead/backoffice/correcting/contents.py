"""The contents editor: add, rename, nest, move and remove entries; one form, so that every button keeps all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.correcting.desk import desk, edition_to_correct, not_kept
from masthead.backoffice.framing import say
from masthead.backoffice.staff import staff
from masthead.document.structure import OutlineEntry
from masthead.edition.correcting.reading import Reading
from masthead.faces.languages import language_of
from masthead.layout.contents import contents_from_headings
from masthead.production.contents_rows import DEEPEST, MOST, ContentsRow, contents_keep, entries_of, rows_of
from masthead.production.corrections import working_copy
from masthead.production.errors import NotKeptError, TextMissingError

KEPT_WORDS = "Kept. Readers get it when you apply the corrections."
SAME_WORDS = "Nothing was changed."


@dataclass(slots=True)
class Row(ContentsRow):
    """An entry as it is edited, and what is wrong with it."""

    mistake: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def contents(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """The list of contents."""
    found = edition_to_correct(person, edition)
    try:
        copy = working_copy(found)
    except NotKeptError:
        return not_kept(request, found, "text-contents")
    reading = copy.reading
    rows = _rows(reading.contents)
    mistaken = False
    if request.method == "POST":
        rows, focus = _changed(request, reading)
        mistaken = _check(rows, wording.translator(language_of(request)))
        if not mistaken:
            is_other = contents_keep(by=person, edition=found, reading=reading, wanted=entries_of(rows))
            say(request, KEPT_WORDS if is_other else SAME_WORDS)
            return HttpResponseRedirect(f"{request.path}{f'#e-{focus}' if focus is not None else ''}")
    shown = {
        **desk(request, found, "text-contents"),
        "rows": rows,
        "pages": [(shape.number, shape.label) for shape in reading.report.pages],
        "levels": range(1, DEEPEST + 1),
        "mistaken": mistaken,
        "text_language": reading.language,
        "has_articles": bool(reading.text.articles),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if mistaken else HTTPStatus.OK
    return render(request, "office/correct/contents.html", shown, status=status)


def _rows(entries: Sequence[OutlineEntry]) -> list[Row]:
    return [Row(row.title, row.page, row.level) for row in rows_of(entries)]


def _changed(request: HttpRequest, reading: Reading) -> tuple[list[Row], int | None]:
    """The rows as typed and as the pressed button wants them; and the row to go on at."""
    said: Mapping[str, list[str]] = dict(request.POST.lists())
    columns = (said.get("title", []), said.get("page", []), said.get("level", []))
    pages = len(reading.report.pages)
    rows = [
        Row(" ".join(title.split()), _within(page, 0, pages), _within(level, 1, DEEPEST))
        for title, page, level in zip(*columns, strict=False)
    ][:MOST]
    deed, _, name = request.POST.get("do", "").partition(":")
    at = int(name) if name.isdecimal() else -1
    if deed == "articles":
        return _rows(contents_from_headings(reading.text, reading.report.pages)), None
    if deed == "add":
        last = rows[at] if 0 <= at < len(rows) else Row("", 1, 1)
        at = at + 1 if 0 <= at < len(rows) else len(rows)
        words = wording.translator(language_of(request)).text("New entry")
        rows.insert(at, Row(words, last.page or 1, last.level))
        return rows, at
    if not 0 <= at < len(rows):
        return rows, None
    if deed == "remove":
        del rows[at]
        return rows, min(at, len(rows) - 1) if rows else None
    step = {"up": -1, "down": 1}.get(deed, 0)
    if step and 0 <= at + step < len(rows):
        rows[at], rows[at + step] = rows[at + step], rows[at]
        at += step
    return rows, at


def _check(rows: list[Row], words: wording.Translator) -> bool:
    """Say at each row without a title that it needs one; True where one does."""
    for row in rows:
        if not row.title:
            row.mistake = words.text(TextMissingError.sentence)
    return any(row.mistake for row in rows)


def _within(value: str, least: int, most: int) -> int:
    return min(max(int(value), least), most) if value.isdecimal() else least
