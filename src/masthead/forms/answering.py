"""Takes answers: checked, written with what tells of them in one commit, once for each key.

Whoever is thanked can rely on the answer being there. Whoever was told nothing sends the same key again and gets the
answer that is there, or makes it now. Mails and webhooks name the answer and hold nothing of what it says: what was
erased here is then nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse

from masthead import wording
from masthead.forms.checking import Checked, Said, answers_checked
from masthead.forms.errors import AnswerKeyError, AnswerRefusedError
from masthead.forms.models import Answer, Form
from masthead.library.selectors import Edition
from masthead.webhooks.events import event_tell

SUBJECT_WORDS = "New answer: {form}"
BODY_WORDS = "Somebody has filled in “{form}” of {publication}. The answer stands in the back office:\n\n{address}"
ANSWERED = "form.answered"


def answer_take(
    *,
    form: Form,
    edition: Edition,
    said: Said,
    key: str,
    page: int = 1,
    language: str = "en",
    is_confirmed: Callable[[str], bool] = lambda email: False,
) -> Answer:
    """Keep what somebody answered, or answer what this key has brought already. Whoever calls asked who may read.

    Where the form wants its e-mail address confirmed and `is_confirmed` says that it is not, the answer waits for that
    and is told to nobody. Raises AnswerRefusedError with what is wrong by field, AnswerKeyError where the key brought
    others.
    """
    checked = answers_checked(form, said, form.language_for(language))
    if checked.mistakes:
        raise AnswerRefusedError(checked.mistakes)
    content = _content_of(edition, checked)
    waits = form.confirms_email and bool(checked.email) and not is_confirmed(checked.email)
    made = Answer(
        form=form,
        edition=edition,
        page=page,
        key=key,
        content=content,
        values=checked.values,
        consents=checked.consents,
        email=checked.email,
        words=checked.words,
        language=form.language_for(language),
        is_complete=not waits,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            if made.is_complete:
                _tell(made)
    except IntegrityError:
        there = Answer.objects.filter(form=form, key=key).first()
        if there is None:
            raise
        if there.content != content:
            raise AnswerKeyError(key) from None
        there.form = form
        return there
    return made


def answer_confirm(*, answer: Answer) -> Answer:
    """Its address is confirmed: from now on it counts, and is told. Doing it twice tells once."""
    with transaction.atomic():
        if Answer.objects.filter(pk=answer.pk, is_complete=False).update(is_complete=True):
            _tell(answer)
    answer.is_complete = True
    return answer


def _content_of(edition: Edition, checked: Checked) -> str:
    """Tells one sending from another."""
    said = [edition.pk, sorted(checked.values.items()), [one["field"] for one in checked.consents]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _tell(answer: Answer) -> None:
    """Webhooks and mails of the same transaction, sent by the outbox once it is written."""
    form, edition = answer.form, answer.edition
    publication = form.publication
    event_tell(
        publisher_id=publication.publisher_id,
        event=ANSWERED,
        subject=form.name,
        data={
            "publication": {"id": publication.pk, "name": publication.name, "slug": publication.slug},
            "edition": {"id": edition.pk, "label": edition.label, "slug": edition.slug} if edition else None,
            "form": {"id": form.pk, "name": form.name},
            "answer": {"id": answer.pk, "created_at": answer.created_at.isoformat()},
        },
        publication_id=publication.pk,
    )
    if form.notify:
        words = wording.translator(publication.language)
        path = reverse("form-answer", args=[publication.pk, form.pk, answer.pk])
        values = {"form": form.name, "publication": publication.name, "address": f"{settings.MASTHEAD.origin}{path}"}
        subject = " ".join(words.text(SUBJECT_WORDS, **values).split())
        body, headers = words.text(BODY_WORDS, **values), {"Content-Language": words.language}
        EmailMessage(subject, body, None, bcc=list(form.notify), headers=headers).send()
