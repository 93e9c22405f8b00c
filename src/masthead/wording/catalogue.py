"""Reads the message catalogues and answers with sentences in a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE_LANGUAGE: Final = "en"
# The order in which the forms of a plural stand in a catalogue: that of Unicode CLDR.
CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.IGNORECASE)

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class Translator:
    """Sentences in one language. `singular` and `forms` hold only what is translated."""

    language: str
    direction: Direction
    singular: Mapping[str, str]
    forms: Mapping[str, Mapping[str, str]]

    def text(self, msgid: str, **values: object) -> str:
        """The sentence for an English one; `{name}` in it is replaced by the value of that name."""
        return fill(self.singular.get(msgid) or msgid, values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The sentence whose form fits the number n; `{count}` in it is n, grouped as the language does."""
        category = Locale.parse(self.language).plural_form(n)
        english = one if n == 1 else many
        sentence = self.forms.get(one, {}).get(category) or english
        return fill(sentence, {"count": format_decimal(n, locale=self.language), **values})


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """Put values into a sentence. A placeholder without a value stays as it is."""
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), sentence)


def categories(language: str) -> tuple[str, ...]:
    """The plural categories of a language in the order of its catalogue, such as ('one', 'other')."""
    used = Locale.parse(language).plural_form.tags | {"other"}
    return tuple(category for category in CATEGORIES if category in used)


@cache
def languages() -> tuple[str, ...]:
    """The languages there is a catalogue for, English first."""
    folder = resources.files("masthead.wording") / "catalogues"
    found = sorted(entry.name.removesuffix(".po") for entry in folder.iterdir() if entry.name.endswith(".po"))
    return (SOURCE_LANGUAGE, *(language for language in found if language != SOURCE_LANGUAGE))


def nearest(wanted: str) -> str:
    """The shipped language for a BCP 47 tag: 'de-AT' is answered by 'de', the unknown by English."""
    tags = {language.lower(): language for language in languages()}
    parts = wanted.replace("_", "-").lower().split("-")
    candidates = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((tags[candidate] for candidate in candidates if candidate in tags), SOURCE_LANGUAGE)


def direction(language: str) -> Direction:
    """Whether the nearest shipped language runs from left to right or from right to left."""
    return "rtl" if Locale.parse(nearest(language).replace("-", "_")).text_direction == "rtl" else "ltr"


def catalogue(language: str) -> Catalog:
    """The catalogue of a shipped language; that of English is empty."""
    if language == SOURCE_LANGUAGE:
        return Catalog(locale=language)
    folder = resources.files("masthead.wording") / "catalogues"
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translator(language: str) -> Translator:
    """The sentences of the shipped language nearest to a BCP 47 tag."""
    chosen = nearest(language)
    singular: dict[str, str] = {}
    forms: dict[str, Mapping[str, str]] = {}
    for message in catalogue(chosen):
        if not message.id:
            continue
        if isinstance(message.id, str):
            if message.string and isinstance(message.string, str):
                singular[message.id] = message.string
        else:
            strings = dict(zip(categories(chosen), message.string or (), strict=False))
            forms[message.id[0]] = {category: string for category, string in strings.items() if string}
    return Translator(chosen, direction(chosen), singular, forms)


def text(language: str, msgid: str, **values: object) -> str:
    """One sentence in the shipped language nearest to a BCP 47 tag."""
    return translator(language).text(msgid, **values)
