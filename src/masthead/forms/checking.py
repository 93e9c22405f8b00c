"""Checks what somebody typed into a form: each mistake is a sentence at its field, in words for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import phonenumbers

from masthead.forms.countries import countries, country_name
from masthead.forms.emails import EmailWrongError, email_checked
from masthead.forms.models import Form
from masthead.forms.shape import Field, Kind

LONGEST: Final = {Kind.TEXT: 300, Kind.LONG_TEXT: 5000, Kind.EMAIL: 254, Kind.PHONE: 40, Kind.NUMBER: 40}
NEEDED_WORDS = "Please fill this in."
CHOOSE_WORDS = "Please choose an answer."
CONSENT_WORDS = "Nothing is sent without your consent here. Please tick it, or leave the form."
LONG_WORDS = "Please write at most {count} characters."
PHONE_WORDS = "Please use a valid phone number, with the code of the country, such as +49 30 901820."
NUMBER_WORDS = "Please write a number, with digits."
DATE_WORDS = "Please give a date as year, month and day, such as 2026-11-01."
COUNTRY_WORDS = "Please choose a country from the list."
Said = Mapping[str, Sequence[str]]
Mistake = tuple[str, Mapping[str, object]]


class _WrongError(ValueError):
    """A sentence with its values."""

    def __init__(self, words: str, **values: object) -> None:
        super().__init__(words)
        self.mistake: Mistake = (words, values)


@dataclass(slots=True)
class Checked:
    """What is kept of what was typed, and what is wrong with it, by the fields' ids."""

    values: dict[str, str | list[str]] = field(default_factory=dict)
    consents: list[dict[str, Any]] = field(default_factory=list)
    email: str = ""
    mistakes: dict[str, Mistake] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """All of it to be searched."""
        said = [text for value in self.values.values() for text in ([value] if isinstance(value, str) else value)]
        return "\n".join(said).casefold()


def answers_checked(form: Form, said: Said, language: str) -> Checked:
    """What was said (by the fields' names), checked; `language` is the one in which the form was shown."""
    checked = Checked()
    for one in form.questions:
        typed = [text.replace("\r\n", "\n").replace("\x00", "").strip() for text in said.get(one.name, ())]
        typed = [text for text in typed if text]
        try:
            if not typed:
                if one.is_needed:
                    raise _WrongError(_missing(one.kind))
                continue
            if one.kind is Kind.CONSENT:
                wording = one.label(language)
                kept = {"field": one.id, "wording": wording, "version": one.version, "language": language}
                checked.consents.append(kept)
                continue
            value = _checked(form, one, typed, language)
        except _WrongError as error:
            checked.mistakes[one.id] = error.mistake
            continue
        checked.values[one.id] = value
        if one.kind is Kind.EMAIL and not checked.email:
            checked.email = str(value).lower()
    return checked


def _missing(kind: Kind) -> str:
    if kind is Kind.CONSENT:
        return CONSENT_WORDS
    return CHOOSE_WORDS if kind in (Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY) else NEEDED_WORDS


def _checked(form: Form, one: Field, typed: list[str], language: str) -> str | list[str]:
    if one.kind in (Kind.CHOICE, Kind.CHOICES):
        return _chosen(one, typed, form.languages[0])
    text = typed[0]
    longest = LONGEST.get(one.kind, 40)
    if len(text) > longest:
        raise _WrongError(LONG_WORDS, count=longest)
    if one.kind is Kind.EMAIL:
        try:
            return email_checked(text, domains=form.domains, denied=form.denied_domains)
        except EmailWrongError as error:
            raise _WrongError(str(error)) from error
    if one.kind is Kind.PHONE:
        return phone_checked(text)
    if one.kind is Kind.NUMBER:
        return number_checked(text)
    if one.kind is Kind.DATE:
        return date_checked(text)
    if one.kind is Kind.COUNTRY:
        if text not in dict(countries("en")):
            raise _WrongError(COUNTRY_WORDS)
        return text
    return text if one.kind is Kind.LONG_TEXT else " ".join(text.split())


def _chosen(one: Field, typed: list[str], main: str) -> str | list[str]:
    """Answers are kept as they read in the main language: options may be renamed or removed, answers stay."""
    options = {option.id: option.labels.get(main, "") for option in one.options}
    chosen = [options[key] for key in dict.fromkeys(typed) if key in options]
    if not chosen or len(chosen) != len(set(typed)) or (one.kind is Kind.CHOICE and len(chosen) > 1):
        raise _WrongError(CHOOSE_WORDS)
    return chosen[0] if one.kind is Kind.CHOICE else chosen


def phone_checked(text: str) -> str:
    """A number that exists in its country's plan, as it is written internationally."""
    plain = "+" + text[2:] if text.startswith("00") else text
    try:
        number = phonenumbers.parse(plain, None)
    except phonenumbers.NumberParseException as error:
        raise _WrongError(PHONE_WORDS) from error
    if not phonenumbers.is_valid_number(number):
        raise _WrongError(PHONE_WORDS)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def number_checked(text: str) -> str:
    """A number as programs write it; the comma of many languages counts as a point."""
    plain = text.replace("\u066b", ".").replace("\u066c", "")
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise _WrongError(NUMBER_WORDS) from error
    if not amount.is_finite() or abs(amount) >= Decimal("1e18") or int(amount.as_tuple().exponent) < -18:
        raise _WrongError(NUMBER_WORDS)
    return f"{amount.normalize():f}"


def date_checked(text: str) -> str:
    """A day as ISO 8601."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _WrongError(DATE_WORDS) from error


def shown_value(one: Field, value: object, language: str) -> str:
    """An answer as staff read it."""
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return country_name(str(value), language) if one.kind is Kind.COUNTRY and value else str(value or "")
