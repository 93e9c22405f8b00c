"""Reads forms and answers: for staff those of their publications, for readers those that an edition asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from masthead.access.terms import terms_of
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.forms.models import Answer as Answer
from masthead.forms.models import Form as Form
from masthead.forms.shape import Placement
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, can_do, require


def form_list(person: User, publication: Publication) -> QuerySet[Form]:
    """The forms of a publication with the number of their answers (`count`). Raises NotAllowedError."""
    require(person, Action.MANAGE_FORMS, publication)
    return Form.objects.filter(publication=publication).annotate(
        count=Count("answers", filter=Q(answers__is_complete=True))
    )


def form_names(ids: Iterable[str]) -> dict[str, str]:
    """What forms are called, by their ids: for numbers about them that somebody may see."""
    return dict(Form.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def form_get(person: User, publication: Publication, form_id: str) -> Form:
    """One of them. Raises NotAllowedError, NotFoundError."""
    found = form_list(person, publication).filter(pk=form_id).first()
    if found is None:
        raise NotFoundError(form_id)
    found.publication = publication
    return found


def answered_form(person: User, publication: Publication, form_id: str) -> Form:
    """A form for somebody who reads its answers. Raises NotAllowedError, NotFoundError."""
    require(person, Action.VIEW_ANSWERS, publication)
    found = Form.objects.filter(pk=form_id, publication=publication).first()
    if found is None:
        raise NotFoundError(form_id)
    found.publication = publication
    return found


def form_asked(edition: Edition, form_id: str) -> Form:
    """A form that readers of the edition can fill in now; raises NotFoundError. Who may read was asked."""
    found = Form.objects.filter(pk=form_id, publication=edition.publication_id, is_on=True).first()
    if found is None or not _is_of(found, edition):
        raise NotFoundError(form_id)
    found.publication = edition.publication
    return found


def forms_of(edition: Edition) -> list[Form]:
    """All forms that overlays of the edition can open and pages can ask: those that are on."""
    rows = Form.objects.filter(publication=edition.publication_id, is_on=True)
    return list(rows.filter(Q(is_everywhere=True) | Q(editions=edition.pk)).distinct())


def asked_at_pages(edition: Edition, pages: int) -> list[tuple[int, Form]]:
    """The forms that are asked beside pages of the edition, with the page. Reads no rows where there are none."""
    asked = [one for one in terms_of(edition).forms if not one.is_gate]
    if not asked:
        return []
    rows = {row.pk: row for row in Form.objects.filter(pk__in=[one.id for one in asked], is_on=True)}
    found = [(one.page or pages, rows[one.id]) for one in asked if one.id in rows]
    return [(page, row) for page, row in found if 1 <= page <= pages]


def answer_list(
    person: User,
    form: Form,
    words: str = "",
    edition: str = "",
    since: date | None = None,
    until: date | None = None,
    sort: str = "newest",
) -> QuerySet[Answer]:
    """The answers to a form, latest or oldest first: with all the words, of one edition, between two days of the house.

    Raises NotAllowedError.
    """
    require(person, Action.VIEW_ANSWERS, form.publication)
    found = Answer.objects.filter(form=form, is_complete=True).select_related("edition")
    for word in words.split()[:8]:
        found = found.filter(words__contains=word.casefold())
    if edition:
        found = found.filter(edition=edition)
    zone = ZoneInfo(form.publication.publisher.time_zone)
    if since:
        found = found.filter(created_at__gte=datetime.combine(since, time(), zone))
    if until:
        found = found.filter(created_at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return found.order_by("created_at", "pk") if sort == "oldest" else found


def answer_get(person: User, form: Form, answer_id: str) -> Answer:
    """One of them. Raises NotAllowedError, NotFoundError."""
    found = answer_list(person, form).filter(pk=answer_id).first()
    if found is None:
        raise NotFoundError(answer_id)
    found.form = form
    return found


def answer_seen(person: User, publications: QuerySet[Publication], answer_id: str) -> Answer:
    """An answer to a form of one of these publications. Raises NotAllowedError, NotFoundError."""
    rows = Answer.objects.filter(pk=answer_id, is_complete=True, form__publication__in=publications)
    found = rows.select_related("form__publication__publisher").first()
    if found is None:
        raise NotFoundError(answer_id)
    require(person, Action.VIEW_ANSWERS, found.form.publication)
    return found


def editions_answered(form: Form) -> list[Edition]:
    """The editions in which a form was answered."""
    return list(Edition.objects.filter(pk__in=Answer.objects.filter(form=form).values("edition")))


def answer_pending(answer_id: str, form: Form) -> Answer | None:
    """An answer that waits for its six digits."""
    found = Answer.objects.filter(pk=answer_id, form=form, is_complete=False).select_related("edition").first()
    if found is not None:
        found.form = form
    return found


def answers_by_email(publisher_ids: Iterable[str] | None, emails: Iterable[str]) -> QuerySet[Answer]:
    """All answers in which one of these addresses stands, to forms of these publishers (None: of all).

    An address counts in whatever field it was typed, if it is all that was typed there.
    """
    wanted = Q(pk__in=[])
    for email in (email.strip().casefold() for email in emails if email.strip()):
        wanted |= Q(email=email) | Q(words=email) | Q(words__contains=f"\n{email}\n")
        wanted |= Q(words__startswith=f"{email}\n") | Q(words__endswith=f"\n{email}")
    rows = Answer.objects.filter(wanted)
    if publisher_ids is not None:
        rows = rows.filter(form__publication__publisher__in=list(publisher_ids))
    return rows.select_related("form__publication", "edition")


def sees_answers(person: User, publication: Publication) -> bool:
    """Whether somebody may read what was answered."""
    return can_do(person, Action.VIEW_ANSWERS, publication)


def _is_of(form: Form, edition: Edition) -> bool:
    return form.is_everywhere or form.editions.filter(pk=edition.pk).exists()


def is_gate(form: Form) -> bool:
    """Whether reading waits for it."""
    return form.placement == Placement.GATE
