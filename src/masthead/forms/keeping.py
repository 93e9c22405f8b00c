"""Erases answers whose time is over, and what nobody confirmed; gives one person's answers out, or erases them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, can
from masthead.accounts.services import log_write
from masthead.forms.models import Answer, Form
from masthead.forms.selectors import answers_by_email
from masthead.library.selectors import require

UNCONFIRMED = timedelta(days=1)  # for which an answer waits for its six digits


def answers_forget(now: datetime) -> int:
    """Erase what has been kept as long as its form says; says how many answers went."""
    gone = Answer.objects.filter(is_complete=False, created_at__lt=now - UNCONFIRMED).delete()[0]
    for form_id, days in Form.objects.values_list("pk", "keeps_days"):
        gone += Answer.objects.filter(form=form_id, created_at__lt=now - timedelta(days=days)).delete()[0]
    return gone


def answer_remove(*, by: User, answer: Answer) -> None:
    """Erase one answer. Raises NotAllowedError."""
    form = answer.form
    require(by, Action.VIEW_ANSWERS, form.publication)
    with transaction.atomic():
        _log(by, form.publication.publisher_id, "answer.remove", form.pk, str(form), 1)
        answer.delete()


def answers_taken_out(*, by: User, form: Form, count: int, ending: str) -> None:
    """Write down that answers left the house as a file. Raises NotAllowedError."""
    require(by, Action.VIEW_ANSWERS, form.publication)
    log_write(
        by=by,
        publisher_id=form.publication.publisher_id,
        action="answers.export",
        subject_id=form.pk,
        subject_name=str(form),
        after={"answers": count, "kind": ending},
    )


def told(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Answers under names for people; times as ISO 8601."""
    found = []
    for row in answers:
        form, main = row.form, row.form.languages[0]
        fields = {one.id: one for one in (*form.removed_questions, *form.questions)}
        found.append(
            {
                "publication": form.publication.name,
                "edition": row.edition.label if row.edition else None,
                "form": form.text("title", main),
                "answered": row.created_at.isoformat(),
                "answers": {fields[key].label(main): value for key, value in row.values.items() if key in fields},
                "consents": [{name: one[name] for name in ("wording", "version", "language")} for one in row.consents],
            }
        )
    return found


def person_answers(*, by: User, publisher: Publisher, email: str) -> list[dict[str, Any]]:
    """All that somebody answered to the publisher's forms, for them. Raises NotAllowedError."""
    _require(by, publisher)
    return told(answers_by_email([publisher.pk], [email]))


def person_answers_erase(*, by: User, publisher: Publisher, email: str) -> int:
    """Erase all that somebody answered to the publisher's forms; says how many answers. Raises NotAllowedError.

    The log keeps how many, not whose.
    """
    _require(by, publisher)
    with transaction.atomic():
        gone = answers_by_email([publisher.pk], [email]).delete()[1].get("forms.Answer", 0)
        _log(by, publisher.pk, "answers.erase", publisher.pk, publisher.name, gone)
    return gone


def own_answers(emails: Iterable[str]) -> list[dict[str, Any]]:
    """What a reader answered to forms of all publishers, by the addresses that they confirmed."""
    return told(answers_by_email(None, emails))


def own_answers_erase(emails: Iterable[str]) -> int:
    """Erase it at the reader's own wish."""
    return answers_by_email(None, emails).delete()[0]


def _require(by: User, publisher: Publisher) -> None:
    if not can(by, Action.VIEW_ANSWERS, publisher.pk):
        raise NotAllowedError(Action.VIEW_ANSWERS.value)


def _log(by: User, publisher_id: str, action: str, subject: str, name: str, count: int) -> None:
    log_write(
        by=by,
        publisher_id=publisher_id,
        action=action,
        subject_id=subject,
        subject_name=name,
        before={"answers": count},
    )
