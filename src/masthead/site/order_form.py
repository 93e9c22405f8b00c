"""The fields of the order form, in the order of the page, with what browsers need to fill them in by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest

from masthead import wording
from masthead.accounts.selectors import User
from masthead.orders.addressing import LONGEST as ADDRESS_LONGEST
from masthead.orders.addressing import PARTS, countries
from masthead.orders.asking import Asked, Need
from masthead.orders.filling_in import LONGEST, SAME, fields_of, groups_of

_AUTOCOMPLETE: Final = {
    "name": "name",
    "email": "email",
    "phone": "tel",
    "company": "organization",
    "line1": "address-line1",
    "line2": "address-line2",
    "city": "address-level2",
    "state": "address-level1",
    "postcode": "postal-code",
    "country": "country",
}
_SECTION: Final = {"billing": "billing", "delivery": "shipping"}
LABEL_WORDS = {
    "name": "Name",
    "email": "E-mail address",
    "phone": "Phone number",
    "account_number": "Account number",
    "po_number": "Purchase order number",
    "company": "Company",
    "note": "Additional information",
    "line1": "Street and number",
    "line2": "Address, second line",
    "city": "City",
    "state": "State or province",
    "postcode": "Postcode",
    "country": "Country",
}
HINT_WORDS = {
    "email": "The confirmation goes there.",
    "account_number": "Your number with this publisher, if you have one.",
}
CHOOSE_WORDS = "Choose a country"
_NOT_MARKED: Final = ("line2", "state", "postcode")  # the country decides, or nobody needs it


@dataclass(frozen=True, slots=True)
class Asking:
    """A field with its label and what to know about it."""

    name: str
    label: str
    hint: str
    is_optional: bool


class FilledIn(forms.Form):
    """The form of one edition. What is wrong with it `orders.filling_in` says; nothing is checked here."""

    def __init__(self, *args: Any, asked: Asked, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.words = words
        for name in fields_of(asked):
            self.fields[name] = _field(name, asked, words)
        if len(groups_of(asked)) == 2:
            self.fields[SAME] = forms.BooleanField(required=False, initial=True)

    def said(self) -> dict[str, str]:
        """What was typed."""
        return {name: str(self.data.get(name, "")) for name in self.fields}

    def plain(self) -> list[Asking]:
        """The fields about who orders."""
        return [self._asking(name, name) for name in fields_of(self.asked) if name in LONGEST and name != "note"]

    def note(self) -> Asking | None:
        """The field for anything else."""
        return self._asking("note", "note") if "note" in self.fields else None

    def address(self, group: str) -> list[Asking]:
        """The fields of one of the addresses."""
        return [self._asking(f"{group}_{part}", part) for part in PARTS] if group in groups_of(self.asked) else []

    def labels(self) -> dict[str, str]:
        """What each field is called."""
        return {
            name: self.words.text(LABEL_WORDS[name.rpartition("_")[2] if _is_of_address(name) else name])
            for name in fields_of(self.asked)
        }

    def _asking(self, name: str, part: str) -> Asking:
        words = self.words
        hint = words.text(HINT_WORDS[part]) if part in HINT_WORDS else ""
        is_optional = not self.fields[name].widget.attrs.get("required") and part not in ("state", "postcode")
        return Asking(name, words.text(LABEL_WORDS[part]), hint, is_optional)


def first_values(request: HttpRequest, person: User | None, before: Mapping[str, str]) -> dict[str, str]:
    """What stands in the form at first: what was typed or sent before, else what the account knows."""
    known = {"name": person.name, "email": person.email} if person is not None else {}
    country = country_of(request.headers.get("Accept-Language", ""))
    found = {"billing_country": country, "delivery_country": country, **known, **before}
    return {**found, SAME: before.get(SAME, "" if before.get("delivery_line1") else "yes")}


def country_of(accepted: str) -> str:
    """The country of the first language that the browser asks for, where it names one: de-AT is Austria."""
    for language in accepted.split(","):
        region = language.partition(";")[0].strip().partition("-")[2].rpartition("-")[2].upper()
        if region in _codes(countries("en")):
            return region
    return ""


def _codes(found: Iterable[tuple[str, str]]) -> set[str]:
    return {code for code, _ in found}


def _is_of_address(name: str) -> bool:
    return name.partition("_")[0] in _SECTION and name not in LONGEST


def _field(name: str, asked: Asked, words: wording.Translator) -> forms.Field:
    group, _, part = name.partition("_") if _is_of_address(name) else ("", "", name)
    filled_by = _AUTOCOMPLETE.get(part, "off")
    attributes: dict[str, Any] = {"autocomplete": f"{_SECTION[group]} {filled_by}" if group else filled_by}
    is_needed = name in ("name", "email") or asked.need(group or name) is Need.REQUIRED
    if is_needed and part not in _NOT_MARKED:
        attributes["required"] = True
    if part == "country":
        choices = [("", words.text(CHOOSE_WORDS)), *countries(words.language)]
        return forms.ChoiceField(required=False, choices=choices, widget=forms.Select(attrs=attributes))
    attributes |= {"maxlength": (LONGEST | ADDRESS_LONGEST)[part], "dir": "auto"}
    if part == "note":
        return forms.CharField(required=False, widget=forms.Textarea(attrs={**attributes, "rows": 4}))
    if part in ("email", "phone"):
        attributes |= {"type": "tel" if part == "phone" else "email", "dir": "ltr"}
    if part == "postcode":
        attributes["autocapitalize"] = "characters"
    return forms.CharField(required=False, widget=forms.TextInput(attrs=attributes))
