"""Operations that make forms: described whole, switched on and off, asked anew, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final

from ninja import Status
from pydantic import Field

from masthead.api.forms import (
    FormOut,
    KindName,
    PlacementName,
    publication_with_forms,
    router,  # an address answers to all its methods in one router
)
from masthead.api.gate import Call, Needs
from masthead.api.shapes import Email, Id, In, Language, Name, Text
from masthead.forms.building import MOST_DAYS
from masthead.forms.errors import FormInvalidError
from masthead.forms.selectors import Form, form_get
from masthead.forms.services import (
    form_ask_again,
    form_change,
    form_create,
    form_remove,
    form_switch,
    questions_set,
)
from masthead.forms.shape import MOST_FIELDS, MOST_OPTIONS, TEXTS, Placement

_FORM: Final = "/publications/{slug:publication}/forms/{slug:form}"
Words = dict[Language, Annotated[Text, Field(max_length=3000)]]
Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]
Domain = Annotated[Text, Field(max_length=253)]
_PARTS: Final = {"label": "labels", "hint": "hints"}


class TextsIn(In):
    """What readers see around the questions, in one language."""

    title: Annotated[Text, Field(max_length=200)] = ""
    intro: Annotated[Text, Field(max_length=2000)] = ""
    button: Annotated[Text, Field(max_length=60)] = ""
    thanks: Annotated[Text, Field(max_length=2000)] = ""


class QuestionIn(In):
    """A question. With the `id` of one that is there it changes that one, which keeps its kind."""

    id: Id | None = None
    kind: KindName
    is_needed: bool = False
    labels: Words = Field(description="By language; of a consent its whole wording.")
    hints: Words = Field(default={})
    options: list[Words] = Field(
        default=[],
        max_length=MOST_OPTIONS,
        description="Of a choice: its answers by language. One that is worded as before in the main language stays it.",
    )

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        lines: dict[str, list[str]] = {}
        for option in self.options:
            for code, text in option.items():
                lines.setdefault(code, []).append(text)
        return {**self.model_dump(), "options": lines}


class FormIn(In):
    """A whole form. It is switched on by itself."""

    name: Name = Field(description="Only staff see it.")
    languages: list[Language] = Field(min_length=1, max_length=8, description="The first is the main one.")
    texts: dict[Language, TextsIn] = Field(description="By language; the title in the main one has to be there.")
    placement: PlacementName = Placement.GATE.value
    page: Annotated[int, Field(ge=1, le=99_999)] = 1
    is_everywhere: bool = Field(default=True, description="In all editions of the publication, also in later ones.")
    editions: list[Id] = Field(default=[], max_length=2000, description="Those in which it stands otherwise.")
    days: Days = Field(default=365, description="For which a gate stays open; 30 at most with a code by mail.")
    keeps_days: Days = Field(default=365, description="After which answers are erased.")
    confirms_email: bool = Field(default=False, description="By six digits that are mailed.")
    domains: list[Domain] = Field(default=[], max_length=500)
    denied_domains: list[Domain] = Field(default=[], max_length=500)
    notify: list[Email] = Field(default=[], max_length=5)
    questions: list[QuestionIn] = Field(default=[], max_length=MOST_FIELDS)

    def said(self) -> dict[str, Any]:
        """As the service takes it, without editions and questions."""
        return self.model_dump(exclude={"editions", "questions"})

    def asked(self) -> list[dict[str, Any]]:
        """The questions as the service takes them."""
        return [one.said() for one in self.questions]


@router.post("/publications/{slug:publication}/forms", response={201: FormOut}, auth=Needs("forms:write"))
def create_form(request: Call, publication: str, body: FormIn) -> Status[FormOut]:
    """Make a form with its questions, switched off."""
    found = publication_with_forms(request, publication)
    with _at_its_place():
        made = form_create(by=request.person, publication=found, said=body.said(), editions=body.editions)
        questions_set(by=request.person, form=made, said=body.asked())
    return Status(201, FormOut.of(form_get(request.person, found, made.pk)))


@router.put(_FORM, response=FormOut, auth=Needs("forms:write"))
def set_form(request: Call, publication: str, form: str, body: FormIn) -> FormOut:
    """Describe it whole anew. Questions that are not named are asked no more; answers that were given to them stay."""
    row = _one(request, publication, form)
    with _at_its_place():
        form_change(by=request.person, form=row, said=body.said(), editions=body.editions)
        questions_set(by=request.person, form=_one(request, publication, form), said=body.asked())
    return FormOut.of(_one(request, publication, form))


@router.delete(_FORM, response={204: None}, auth=Needs("forms:write"))
def delete_form(request: Call, publication: str, form: str) -> Status[None]:
    """Remove it with all its answers; it cannot be undone."""
    form_remove(by=request.person, form=_one(request, publication, form))
    return Status(204, None)


@router.post(f"{_FORM}/switch_on", response=FormOut, auth=Needs("forms:write"))
def switch_form_on(request: Call, publication: str, form: str) -> FormOut:
    """Let readers meet it from now on."""
    form_switch(by=request.person, form=_one(request, publication, form), is_on=True)
    return FormOut.of(_one(request, publication, form))


@router.post(f"{_FORM}/switch_off", response=FormOut, auth=Needs("forms:write"))
def switch_form_off(request: Call, publication: str, form: str) -> FormOut:
    """Let nobody meet it any more; a gate is open."""
    form_switch(by=request.person, form=_one(request, publication, form), is_on=False)
    return FormOut.of(_one(request, publication, form))


@router.post(f"{_FORM}/ask_again", response=FormOut, auth=Needs("forms:write"))
def ask_form_again(request: Call, publication: str, form: str) -> FormOut:
    """Close the gate again for everybody who passed it."""
    form_ask_again(by=request.person, form=_one(request, publication, form))
    return FormOut.of(_one(request, publication, form))


def _one(request: Call, publication: str, form: str) -> Form:
    return form_get(request.person, publication_with_forms(request, publication), form)


@contextmanager
def _at_its_place() -> Iterator[None]:
    """Name the field of a mistake as it stands in the body: `questions.2.labels.en` for `questions.2.label-en`."""
    try:
        yield
    except FormInvalidError as error:
        before, _, last = error.field.rpartition(".")
        name, _, code = last.partition("-")
        if name == "options":
            code = ""
        named = ["texts", code, name] if name in TEXTS else [_PARTS.get(name, name), code]
        error.field = ".".join(filter(None, [before, *named]))
        raise
