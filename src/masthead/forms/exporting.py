"""Answers as they leave: a row for each with a cell for each question, or each whole as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from masthead import wording
from masthead.forms.checking import shown_value
from masthead.forms.models import Answer, Form
from masthead.forms.shape import Field, Kind

ANSWER_HEAD_WORDS = ("Answered", "Edition", "Page", "Language")  # before the questions
YES_WORDS = "yes"


def questions_of(form: Form) -> list[Field]:
    """All that it asks or asked: answers to what was removed are still there."""
    return [*form.questions, *form.removed_questions]


def answer_head(form: Form, words: wording.Translator) -> list[str]:
    """The head of the table: what is known of each answer, then the questions in the form's first language."""
    return [*map(words.text, ANSWER_HEAD_WORDS), *(one.label(form.languages[0]) for one in questions_of(form))]


def answer_lines(
    rows: QuerySet[Answer], fields: Sequence[Field], words: wording.Translator, time_zone: str
) -> Iterator[list[str]]:
    """The table's rows; times are of the time zone (IANA)."""
    zone = ZoneInfo(time_zone)
    for answer in rows.iterator():
        at = answer.created_at.astimezone(zone).isoformat(timespec="seconds")
        label = answer.edition.label if answer.edition else ""
        yield [at, label, str(answer.page), answer.language, *(answer_cell(one, answer, words) for one in fields)]


def answer_cell(one: Field, answer: Answer, words: wording.Translator) -> str:
    """What was answered to one question, for people."""
    if one.kind is Kind.CONSENT:
        return words.text(YES_WORDS) if any(kept["field"] == one.id for kept in answer.consents) else ""
    return shown_value(one, answer.values.get(one.id), words.language)


def answer_told(answer: Answer, form: Form) -> dict[str, Any]:
    """One answer whole, as data; the questions are called by their labels in the form's first language."""
    main = form.languages[0]
    return {
        "id": answer.pk,
        "answered": answer.created_at.isoformat(),
        "edition": answer.edition.label if answer.edition else None,
        "page": answer.page,
        "language": answer.language,
        "answers": {one.label(main): answer.values[one.id] for one in questions_of(form) if one.id in answer.values},
        "consents": answer.consents,
    }
