"""Operations on forms and on what readers answered; answers have a scope of their own, for they are about people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Status
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Day, Email, In, OneOf, Out, Page, Text
from masthead.forms.keeping import answer_remove, person_answers, person_answers_erase
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
    editions: list[str] = Field(description="Ids of those in which it stands, where it is not everywhere.")
    days: int = Field(description="For which a gate stays open to whoever filled it in.")
    keeps_days: int = Field(description="After which answers are erased.")
    confirms_email: bool = Field(description="By six digits that are mailed.")
    domains: list[str] = Field(description="Of e-mail addresses that are taken; none: all.")
    denied_domains: list[str]
    notify: list[str] = Field(description="Addresses that hear of each answer by mail.")
    questions: list[FieldOut]
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def of(row: Form) -> FormOut:
        """As it is answered."""
        questions = [FieldOut.of(one) for one in row.questions]
        editions = sorted(one.pk for one in row.editions.all())
        return FormOut.filled(row, publication=row.publication_id, questions=questions, editions=editions)


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


class AnswersAsked(In):
    """Which answers."""

    words: Annotated[Text, Field(max_length=120, description="All of them stand in it.")] = ""
    edition: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$", description="From which it was sent.")] = ""
    since: Day | None = None
    until: Day | None = None


class PersonIn(In):
    """Whose answers."""

    email: Email


class TakenOut(Out):
    """One answer under names for people, as it is given to who gave it."""

    publication: str
    edition: str | None
    form: str
    answered: str
    answers: dict[str, str | list[str]]
    consents: list[dict[str, Any]]


class AnswersErased(Out):
    """How many answers went."""

    answers: int


def publication_with_forms(request: Call, publication: str) -> Publication:
    """The publication; raises NotFoundError."""
    found = publication_list(request.person, request.house).filter(pk=publication).first()
    if found is None:
        raise NotFoundError(publication)
    return found


@router.get("/publications/{slug:publication}/forms", response=Page[FormOut], auth=Needs("forms:read"))
def list_forms(request: Call, publication: str, cursor: Cursor = "", limit: Limit = 50) -> Page[FormOut]:
    """The forms of a publication, oldest first."""
    rows = form_list(request.person, publication_with_forms(request, publication))
    return page_of(rows, ("created_at", "pk"), cursor, limit, lambda found: [FormOut.of(row) for row in found])


@router.get("/publications/{slug:publication}/forms/{slug:form}", response=FormOut, auth=Needs("forms:read"))
def get_form(request: Call, publication: str, form: str) -> FormOut:
    """One form with its fields."""
    return FormOut.of(form_get(request.person, publication_with_forms(request, publication), form))


@router.get(
    "/publications/{slug:publication}/forms/{slug:form}/answers", response=Page[AnswerOut], auth=Needs("answers:read")
)
def list_answers(
    request: Call,
    publication: str,
    form: str,
    asked: Annotated[AnswersAsked, Query()],
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AnswerOut]:
    """What was answered to a form, latest first; between two days, both included."""
    row = answered_form(request.person, publication_with_forms(request, publication), form)
    rows = answer_list(request.person, row, **asked.model_dump())
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [AnswerOut.of(one) for one in found])


@router.post("/answers/of_person", response=list[TakenOut], auth=Needs("answers:read"))
def get_answers_of_person(request: Call, body: PersonIn) -> list[TakenOut]:
    """All that somebody answered to the house's forms, by their e-mail address, to be given to them."""
    told = person_answers(by=request.person, publisher=request.house, email=body.email)
    return [TakenOut(**one) for one in told]


@router.post("/answers/erase", response=AnswersErased, auth=Needs("answers:write"))
def erase_answers_of_person(request: Call, body: PersonIn) -> AnswersErased:
    """Erase all that somebody answered to the house's forms, at their wish; the log keeps how many, not whose."""
    gone = person_answers_erase(by=request.person, publisher=request.house, email=body.email)
    return AnswersErased(answers=gone)


@router.get("/answers/{slug:answer}", response=AnswerOut, auth=Needs("answers:read"))
def get_answer(request: Call, answer: str) -> AnswerOut:
    """One answer, such as a webhook names it."""
    return AnswerOut.of(answer_seen(request.person, publication_list(request.person, request.house), answer))


@router.delete("/answers/{slug:answer}", response={204: None}, auth=Needs("answers:write"))
def delete_answer(request: Call, answer: str) -> Status[None]:
    """Erase one answer for good."""
    row = answer_seen(request.person, publication_list(request.person, request.house), answer)
    answer_remove(by=request.person, answer=row)
    return Status(204, None)
