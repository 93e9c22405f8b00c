"""What a list says of each edition: its state in words, how its conversion goes, its cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from masthead.accounts.selectors import Person
from masthead.edition.folder import COVER
from masthead.library.selectors import Edition
from masthead.library.states import State
from masthead.production.selectors import Conversion, latest_conversions

STATE_WORDS = ("Draft", "Being converted", "Ready", "Scheduled", "Live", "Withdrawn")
_MEANING_WORDS = (
    "Nobody can read it yet. Hand over its PDF, and it is converted.",
    "The PDF is being made into pages and text. What is finished can be looked at already.",
    "Only staff can read it. Look through it, then publish it, now or at a time.",
    "Only staff can read it until its time; then it goes live by itself.",
    "Everybody can read it at its address.",
    "Readers are told that it is no longer available. It can be published again.",
)
_WORD_OF_STATE = dict(zip(State, STATE_WORDS, strict=True))
_MEANING_OF_STATE = dict(zip(State, _MEANING_WORDS, strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """An edition in a list."""

    edition: Edition
    conversion: Conversion | None

    @property
    def word(self) -> str:
        """The state in English; the template translates it."""
        return state_word(self.edition.state)

    @property
    def is_going(self) -> bool:
        """Whether it is being converted."""
        return self.conversion is not None and not self.conversion.is_over

    @property
    def has_failed(self) -> bool:
        """Whether its last conversion failed and nobody has tried again."""
        return self.conversion is not None and self.conversion.state == "failed"

    @property
    def cover(self) -> str:
        """The address of the cover; "" where there is none yet."""
        return cover_of(self.edition)


def state_word(state: str) -> str:
    """The English word for a state."""
    return _WORD_OF_STATE[State(state)]


def state_meaning(state: str) -> str:
    """The English sentence that says what a state means and what can be done next."""
    return _MEANING_OF_STATE[State(state)]


def cover_of(edition: Edition) -> str:
    """The address of an edition's cover; "" where there is none yet."""
    if edition.build is None:
        return ""
    return reverse("edition-file", args=[edition.publication.slug, edition.slug, edition.build.build_id, COVER])


def row_of(edition: Edition, conversion: Conversion | None) -> Row:
    """One row."""
    return Row(edition, conversion)


def rows_of(person: Person, editions: Iterable[Edition]) -> list[Row]:
    """Rows of editions that were already given to this person."""
    found = list(editions)
    conversions = latest_conversions(found)
    return [Row(edition, conversions.get(edition.pk)) for edition in found]
