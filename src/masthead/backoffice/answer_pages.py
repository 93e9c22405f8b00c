"""What readers answered, in the back office: listed, searched, taken out as files, erased; and all of one person."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.backoffice.framing import say, show
from masthead.backoffice.sorting import asked_query, sort_of
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response, workbook_response
from masthead.forms.exporting import answer_cell, answer_head, answer_lines, answer_told, questions_of
from masthead.forms.keeping import answer_remove, answers_taken_out, person_answers, person_answers_erase
from masthead.forms.selectors import (
    Answer,
    Form,
    answer_get,
    answer_list,
    answered_form,
    editions_answered,
)
from masthead.forms.shape import Kind
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, publication_get

_A_PAGE = 50
_SORTS = ("newest", "oldest")
SORT_WORDS = ("Latest first", "Oldest first")
_SHOWN = 4  # fields in the list; all of them stand on the answer's own page
ERASED_WORDS = "The answer is erased."
PERSON_ERASED_WORDS = "Answers that are erased: {count}."


@require_safe
@staff
def answers(request: HttpRequest, person: User, publication: str, form: str) -> HttpResponse:
    """All answers to a form, filtered as asked."""
    found, row = _opened(person, publication, form)
    words = wording.translator(language_of(request))
    asked = _asked(request)
    page = Paginator(_found(person, row, asked), _A_PAGE).get_page(request.GET.get("page"))
    columns = [one for one in row.questions if one.kind is not Kind.CONSENT][:_SHOWN]
    shown: dict[str, Any] = {
        **_about(found),
        "row": row,
        "page": page,
        "columns": [one.label(row.languages[0]) for one in columns],
        "lines": [(answer, [answer_cell(one, answer, words) for one in columns]) for answer in page.object_list],
        "asked": asked,
        "editions": editions_answered(row),
        "sorts": list(zip(_SORTS, map(words.text, SORT_WORDS), strict=True)),
        "query": asked_query(asked, _SORTS),
    }
    return show(request, "office/answers.html", **shown)


@require_safe
@staff
def answers_file(request: HttpRequest, person: User, publication: str, form: str, ending: str) -> HttpResponse:
    """What the list shows, all its pages: CSV, XLSX or JSON. The log keeps that it was taken out."""
    found, row = _opened(person, publication, form)
    words = wording.translator(language_of(request))
    rows = _found(person, row, _asked(request))
    if ending not in ("csv", "xlsx", "json"):
        raise NotFoundError(ending)
    answers_taken_out(by=person, form=row, count=rows.count(), ending=ending)
    name = f"{found.slug}-{row.pk}-answers"
    if ending == "json":
        told = json.dumps([answer_told(answer, row) for answer in rows.iterator()], ensure_ascii=False, indent=2)
        response = HttpResponse(told, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    lines = answer_lines(rows, questions_of(row), words, found.publisher.time_zone)
    return (csv_response if ending == "csv" else workbook_response)(name, answer_head(row, words), lines)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def answer(request: HttpRequest, person: User, publication: str, form: str, answer: str) -> HttpResponse:
    """One answer with all it says; it can be erased here."""
    found, row = _opened(person, publication, form)
    one = answer_get(person, row, answer)
    if request.method == "POST":
        answer_remove(by=person, answer=one)
        say(request, ERASED_WORDS)
        return HttpResponseRedirect(reverse("form-answers", args=[found.pk, row.pk]))
    words = wording.translator(language_of(request))
    said = [field for field in questions_of(row) if field.id in one.values]
    lines = [(field.label(row.languages[0]), answer_cell(field, one, words)) for field in said]
    return show(request, "office/answer.html", row=row, answer=one, lines=lines, **_about(found))


class PersonForm(forms.Form):
    """Whose answers are asked for."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def of_person(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """All that one person answered, at their request: shown, as a file, erased."""
    publisher = _house(person, house)
    if request.method == "POST":
        form = PersonForm(request.POST)
        if form.is_valid():
            count = person_answers_erase(by=person, publisher=publisher, email=form.cleaned_data["email"])
            say(request, PERSON_ERASED_WORDS, count=count)
            return HttpResponseRedirect(reverse("house-answers", args=[publisher.slug]))
    form = PersonForm(request.GET if "email" in request.GET else None)
    told: list[dict[str, Any]] | None = None
    if form.is_bound and form.is_valid():
        told = person_answers(by=person, publisher=publisher, email=form.cleaned_data["email"])
        if "file" in request.GET:
            response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json")
            response["Content-Disposition"] = 'attachment; filename="answers.json"'
            return response
    email = form.cleaned_data.get("email", "") if form.is_bound else ""
    return show(request, "office/person_answers.html", form, house=publisher, told=told, email=email)


def _house(person: User, slug: str) -> Publisher:
    found = house_of(person, slug)
    require(person, Action.VIEW_ANSWERS, found.pk)
    return found


def _opened(person: User, publication: str, form: str) -> tuple[Publication, Form]:
    found = publication_get(person, publication)
    return found, answered_form(person, found, form)


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {name: request.GET.get(name, "")[:120] for name in ("words", "edition", "since", "until")}
    return {**asked, "sort": sort_of(request, _SORTS)}


def _found(person: User, row: Form, asked: dict[str, str]) -> QuerySet[Answer]:
    since, until = (_day(asked[name]) for name in ("since", "until"))
    return answer_list(person, row, asked["words"], asked["edition"], since, until, asked["sort"])


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None


def _about(publication: Publication) -> dict[str, Any]:
    return {"house": publication.publisher, "publication": publication}
