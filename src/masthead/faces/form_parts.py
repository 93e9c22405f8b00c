"""A form as readers see it, for the page that takes answers and for the preview; `house/form_part.html` shows it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from masthead import wording
from masthead.forms.checking import (
    CHOOSE_WORDS,
    CONSENT_WORDS,
    DATE_WORDS,
    LONGEST,
    NEEDED_WORDS,
    NUMBER_WORDS,
    PHONE_WORDS,
    Mistake,
)
from masthead.forms.countries import countries
from masthead.forms.emails import EMAIL_WORDS
from masthead.forms.selectors import Form
from masthead.forms.shape import Field, Kind, in_language

_TYPES: Final = {Kind.EMAIL: "email", Kind.PHONE: "tel", Kind.DATE: "date"}
_COMPLETES: Final = {Kind.EMAIL: "email", Kind.PHONE: "tel", Kind.COUNTRY: "country"}
_INVALID: Final = {Kind.EMAIL: EMAIL_WORDS, Kind.PHONE: PHONE_WORDS, Kind.NUMBER: NUMBER_WORDS, Kind.DATE: DATE_WORDS}
_CHOSEN: Final = (Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY)


@dataclass(frozen=True, slots=True)
class Question:
    """A field as the page shows it."""

    id: str
    name: str
    kind: str
    label: str
    hint: str
    is_needed: bool
    type: str
    completes: str
    longest: int | None
    options: list[tuple[str, str, bool]]
    value: str
    missing: str  # what is said where it is not answered
    invalid: str  # and where the browser sees that it is wrong
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that came back: what was typed, and what is wrong."""

    said: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    whole: str = ""  # what is wrong with the whole of it
    key: str = ""
    status: HTTPStatus = HTTPStatus.OK


NOTHING_TYPED = Typed()


def form_values(form: Form, words: wording.Translator, typed: Typed = NOTHING_TYPED) -> dict[str, Any]:
    """What the part needs to know of a form, for somebody who reads this language."""
    language = form.language_for(words.language)
    return {
        "form_language": language,
        "form_direction": wording.direction(language),
        "title": form.text("title", language),
        "intro": _paragraphs(form.text("intro", language)),
        "button": form.text("button", language),
        "thanks": _paragraphs(form.text("thanks", language)),
        "questions": [_question(one, language, words, typed) for one in form.questions],
        "whole": typed.whole,
        "key": typed.key or secrets.token_hex(16),
    }


def _question(one: Field, language: str, words: wording.Translator, typed: Typed) -> Question:
    said = list(typed.said.get(one.name, ()))
    mistake = typed.mistakes.get(one.id)
    missing = CONSENT_WORDS if one.kind is Kind.CONSENT else CHOOSE_WORDS if one.kind in _CHOSEN else NEEDED_WORDS
    return Question(
        id=one.id,
        name=one.name,
        kind=one.kind.value,
        label=one.label(language),
        hint=one.hint(language),
        is_needed=one.is_needed,
        type=_TYPES.get(one.kind, "text"),
        completes=_COMPLETES.get(one.kind, ""),
        longest=LONGEST.get(one.kind),
        options=_options(one, language, said),
        value=said[0] if said else "",
        missing=words.text(missing),
        invalid=words.text(_INVALID.get(one.kind, missing)),
        mistake=words.text(mistake[0], **mistake[1]) if mistake else "",
    )


def _options(one: Field, language: str, said: list[str]) -> list[tuple[str, str, bool]]:
    """Values, words, and whether each was chosen."""
    if one.kind is Kind.COUNTRY:
        return [(code, name, code in said) for code, name in countries(language)]
    return [(option.id, in_language(option.labels, language), option.id in said) for option in one.options]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
