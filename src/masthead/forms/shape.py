"""What a form is made of: kinds of fields, where it is asked, its words in each language. Pure data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final


class Kind(StrEnum):
    """What a field asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    CHOICE = "choice"
    CHOICES = "choices"
    CONSENT = "consent"


class Placement(StrEnum):
    """Where readers meet a form."""

    GATE = "gate"  # before they read, or before they read on from a page
    PAGE = "page"  # beside a page
    END = "end"  # beside the last page
    HOTSPOT = "hotspot"  # only where an overlay of a page opens it


WITH_OPTIONS: Final = frozenset({Kind.CHOICE, Kind.CHOICES})
TEXTS: Final = ("title", "intro", "button", "thanks")
MOST_FIELDS: Final = 40
MOST_OPTIONS: Final = 60
Words = Mapping[str, str]  # by language


def in_language(words: Words, language: str) -> str:
    """The words in a language, else in the first that has any."""
    return words.get(language) or next(filter(None, words.values()), "")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers that a choice offers."""

    id: str
    labels: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One question. The label of a consent is its whole wording; `version` grows whenever that is changed."""

    id: str
    kind: Kind
    is_needed: bool = False
    labels: Words = field(default_factory=dict)
    hints: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    version: int = 1

    @property
    def name(self) -> str:
        """Its name in a sent form."""
        return f"f-{self.id}"

    def label(self, language: str) -> str:
        """Its label in a language, else in the form's first."""
        return in_language(self.labels, language)

    def hint(self, language: str) -> str:
        """What to know before answering."""
        return in_language(self.hints, language)


def fields_parsed(kept: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Fields from how they are kept."""
    return tuple(
        Field(**{**one, "kind": Kind(one["kind"]), "options": tuple(Option(**option) for option in one["options"])})
        for one in kept
    )


def field_kept(one: Field) -> dict[str, Any]:
    """A field as it is kept."""
    return {**asdict(one), "kind": one.kind.value, "options": [asdict(option) for option in one.options]}
