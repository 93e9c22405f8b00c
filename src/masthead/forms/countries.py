"""The countries of the world by their names in a language, as the CLDR has them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from babel import Locale

# Two letters that are no country of ISO 3166: unions, the unknown, and parts that have a code for the post only.
_NO_COUNTRIES: Final = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=16)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Codes (ISO 3166, two letters) and names, by name."""
    territories = Locale.parse(language.replace("-", "_")).territories
    named = [
        (code, name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    ]
    return tuple(sorted(named, key=lambda one: _sorted_as(one[1])))


def country_name(code: str, language: str) -> str:
    """The name of a country; its code where it is not known."""
    return dict(countries(language)).get(code, code)


def _sorted_as(name: str) -> str:
    """Without accents: Åland stands at A, Österreich at O."""
    return "".join(part for part in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(part))
