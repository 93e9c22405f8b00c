"""Operations on forms and on what readers answered; answers have a scope of their own, for they are about people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Router
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Day, OneOf, Out, Page
from masthead.forms.selectors import Answer, Form, answer_list, answer_seen, answered_form, form_get, form_list
from masthead.forms.shape import Field as Question
from masthead.forms.shape import Kind, Placement
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, publication_list

router = Router(tags=["Forms"])
KindName = Annotated[str, OneOf(kind.value for kind in Kind)]
PlacementName = Annotated[str, OneOf(placement.value for placement in Placement)]
Words = dict[str, str]


class OptionOut(Out):
    """One of the answers that a choice offers."""

    id: str
    labels: Words = Field(description="By language.")


class FieldOut(Out):
    """A question of a form."""

    id: str
    kind: KindName
    is_needed: bool
    labels: Words = Field(description="By language; of a consent its whole wording.")
    hints: Words
    options: list[OptionOut]
    version: int = Field(description="Of the wording of a consent.")

    @staticmethod
    def of(one: Question) -> FieldOut:
        """As it is answered."""
        options = [OptionOut(id=option.id, labels=dict(option.labels)) for option in one.options]
        words = {"labels": dict(one.labels), "hints": dict(one.hints)}
        return FieldOut.filled(one, kind=one.kind.value, options=options, **words)


class FormOut(Out):
    """A form of a publication."""

    id: str
    publication: str
    name: str
    languages: list[str]
    texts: dict[str, Words] = Field(description="By language: title, intro, button, thanks.")
    placement: PlacementName
    page: int
    is_everywhere: bool = Field(description="In all editions of the publication, also in later ones.")
    is_on: bool
    keeps_days: int = Field(description="After which answers are erased.")
    questions: list[FieldOut]
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def of(row: Form) -> FormOut:
        """As it is answered."""
        questions = [FieldOut.of(one) for one in row.questions]
        return FormOut.filled(row, publication=row.publication_id, questions=questions)


class ConsentOut(Out):
    """A consent that was given, as it was worded then."""

    field: str
    wording: str
    version: int
    language: str


class AnswerOut(Out):
    """What somebody answered."""

    id: str
    form: str
    edition: str | None
    page: int
    language: str
    values: dict[str, str | list[str]] = Field(description="By the id of the field.")
    consents: list[ConsentOut]
    created_at: datetime

    @staticmethod
    def of(row: Answer) -> AnswerOut:
        """As it is answered."""
        consents = [ConsentOut(**one) for one in row.consents]
        return AnswerOut.filled(row, form=row.form_id, edition=row.edition_id, consents=consents)


def _publication(request: Call, publication: str) -> Publication:
    found = publication_list(request.person, request.house).filter(pk=publication).first()
    if found is None:
        raise NotFoundError(publication)
    return found


@router.get("/publications/{slug:publication}/forms", response=Page[FormOut], auth=Needs("forms:read"))
def list_forms(request: Call, publication: str, cursor: Cursor = "", limit: Limit = 50) -> Page[FormOut]:
    """The forms of a publication, oldest first."""
    rows = form_list(request.person, _publication(request, publication))
    return page_of(rows, ("created_at", "pk"), cursor, limit, lambda found: [FormOut.of(row) for row in found])


@router.get("/publications/{slug:publication}/forms/{slug:form}", response=FormOut, auth=Needs("forms:read"))
def get_form(request: Call, publication: str, form: str) -> FormOut:
    """One form with its fields."""
    return FormOut.of(form_get(request.person, _publication(request, publication), form))


@router.get(
    "/publications/{slug:publication}/forms/{slug:form}/answers", response=Page[AnswerOut], auth=Needs("answers:read")
)
def list_answers(
    request: Call,
    publication: str,
    form: str,
    since: Day | None = None,
    until: Day | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AnswerOut]:
    """What was answered to a form, latest first; between two days, both included."""
    row = answered_form(request.person, _publication(request, publication), form)
    rows = answer_list(request.person, row, since=since, until=until)
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [AnswerOut.of(one) for one in found])


@router.get("/answers/{slug:answer}", response=AnswerOut, auth=Needs("answers:read"))
def get_answer(request: Call, answer: str) -> AnswerOut:
    """One answer, such as a webhook names it."""
    return AnswerOut.of(answer_seen(request.person, publication_list(request.person, request.house), answer))
