"""The order form as it was filled in: checked field by field; every mistake is named at its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from masthead import wording
from masthead.orders import addressing
from masthead.orders.asking import Asked, Need
from masthead.orders.errors import OrderFormError

LONGEST: Final = {
    "name": 120,
    "email": 254,
    "phone": 40,
    "account_number": 60,
    "po_number": 60,
    "company": 120,
    "note": 2000,
}
SAME: Final = "same"  # the delivery goes to the billing address
_FEWEST_DIGITS: Final = 5
MISSING_WORDS = {
    "name": "Write your name.",
    "email": "Write your e-mail address: the confirmation goes there.",
    "phone": "Write a phone number at which you can be reached.",
    "account_number": "Write your account number with the publisher.",
    "po_number": "Write the number of your purchase order.",
    "company": "Write the name of the company.",
    "note": "Tell the publisher what this form asks for here.",
}
EMAIL_WORDS = "This is not an e-mail address. One looks like name@example.org."
PHONE_WORDS = "This is not a phone number: write it with its digits, such as +49 30 123456."
LONG_WORDS = "This is too long: {count} characters are the most."


def fields_of(asked: Asked) -> list[str]:
    """The names of all fields that this form shows."""
    plain = ["name", "email", *(name for name in LONGEST if name not in ("name", "email", "note") and asked.has(name))]
    for group in groups_of(asked):
        plain += [f"{group}_{part}" for part in addressing.PARTS]
    return [*plain, *(["note"] if asked.has("note") else [])]


def groups_of(asked: Asked) -> list[str]:
    """The addresses that this form asks for."""
    return [group for group in ("billing", "delivery") if asked.has(group)]


def filled_in(asked: Asked, said: Mapping[str, str], words: wording.Translator) -> dict[str, str]:
    """What was typed, cleaned. Raises OrderFormError with a sentence for each field that is not right."""
    fields = fields_of(asked)
    kept = {name: _clean(name, said.get(name, "")) for name in fields}
    is_same = bool(said.get(SAME)) and asked.has("billing")
    if is_same:
        kept = {name: value for name, value in kept.items() if not name.startswith("delivery_")}
    plain = ((name, _mistake(name, kept[name], asked, words)) for name in LONGEST if name in kept)
    mistakes = {name: sentence for name, sentence in plain if sentence}
    for group in groups_of(asked):
        if group == "delivery" and is_same:
            continue
        is_needed = asked.need(group) is Need.REQUIRED or (is_same and asked.need("delivery") is Need.REQUIRED)
        if is_needed or _is_begun(group, kept):
            mistakes |= _address(group, kept, words)
        else:  # only the country stands there, as the form came
            kept = {name: value for name, value in kept.items() if not name.startswith(f"{group}_")}
    if mistakes:
        raise OrderFormError({name: mistakes[name] for name in fields if name in mistakes})
    return {name: value for name, value in kept.items() if value} | ({SAME: "yes"} if is_same else {})


def address_in(particulars: Mapping[str, str], group: str) -> dict[str, str]:
    """The billing or the delivery address of an order, by its parts."""
    own = "billing" if group == "delivery" and particulars.get(SAME) else group
    return {part: particulars.get(f"{own}_{part}", "") for part in addressing.PARTS}


def _clean(name: str, value: str) -> str:
    if name == "note":
        return "\n".join(" ".join(line.split()) for line in value.strip().splitlines())
    return " ".join(value.replace("\x00", "").split())


def _mistake(name: str, value: str, asked: Asked, words: wording.Translator) -> str:
    if not value:
        is_needed = name in ("name", "email") or asked.need(name) is Need.REQUIRED
        return words.text(MISSING_WORDS[name]) if is_needed else ""
    if len(value) > LONGEST[name]:
        return words.text(LONG_WORDS, count=LONGEST[name])
    if name == "email" and not _is_email(value):
        return words.text(EMAIL_WORDS)
    if name == "phone" and sum(sign.isdecimal() for sign in value) < _FEWEST_DIGITS:
        return words.text(PHONE_WORDS)
    return ""


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _is_begun(group: str, kept: Mapping[str, str]) -> bool:
    return any(kept[f"{group}_{part}"] for part in addressing.PARTS if part != "country")


def _address(group: str, kept: Mapping[str, str], words: wording.Translator) -> dict[str, str]:
    said = {part: kept[f"{group}_{part}"] for part in addressing.PARTS}
    found = addressing.address_mistakes(said, words)
    for part, most in addressing.LONGEST.items():
        if len(said[part]) > most:
            found[part] = words.text(LONG_WORDS, count=most)
    return {f"{group}_{part}": sentence for part, sentence in found.items()}
