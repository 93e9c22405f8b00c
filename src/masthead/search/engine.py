"""What an engine of the search is asked and answers: the one interface that the embedded and the server's have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

Kind = Literal["page", "article"]
Order = Literal["relevance", "date"]

CAP = 1000
"""Hits that are counted, and of those the newest that are ranked: beyond, it is said that there are more."""

HEADLINES = 250
"""Hits in headlines that are ranked beside them, however old."""


@dataclass(frozen=True, slots=True)
class Row:
    """A page or an article as it is searched; `number` is the page's, or the article's place in its issue from 1.

    Headline and text are words as they are compared, with a space between them.
    """

    number: int
    headline: str
    text: str
    sections: tuple[str, ...] = ()
    page: int = 0  # of an article: its first one
    article: str = ""  # its id


@dataclass(frozen=True, slots=True)
class Indexed:
    """An edition that is to be found, and of which build."""

    edition: str
    build: str
    publication: str
    language: str
    day: date
    sections: Mapping[str, str] = field(default_factory=dict)  # key of a section to its name


@dataclass(frozen=True, slots=True)
class Group:
    """Words of which one must be there: the forms of a word in several languages, or several spellings of a phrase."""

    phrases: tuple[tuple[str, ...], ...]
    begins: bool = False  # the last word only begins so


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is looked."""

    publication: str = ""
    first: date | None = None
    last: date | None = None
    section: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page or an article with the words."""

    edition: str
    number: int
    page: int
    article: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """Hits in order; `is_more` where there are more than were counted."""

    hits: Sequence[Hit] = ()
    is_more: bool = False


class Engine(Protocol):
    """An index over pages and articles."""

    def index_edition(
        self, entry: Indexed, pages: Iterable[Row], articles: Iterable[Row], spellings: Mapping[tuple[str, str], int]
    ) -> None:
        """Take an edition in, in place of what was known of it; all or nothing.

        `spellings` are its words as they are spelled and compared, with the number of pages on which they stand.
        """

    def delete_edition(self, edition: str) -> None:
        """Forget an edition."""

    def indexed(self) -> dict[str, Indexed]:
        """What is in the index, by edition."""

    def query(self, kind: Kind, groups: Sequence[Group], scope: Scope, order: Order) -> Found:
        """The hits that have all groups."""

    def languages(self) -> set[str]:
        """The languages of the editions."""

    def sections(self, publication: str) -> dict[str, str]:
        """The sections of a publication, by their key."""

    def completions(self, beginning: str, limit: int) -> list[str]:
        """Words as they are compared, of which spellings begin so; the most frequent ones."""

    def spelled(self, candidates: Sequence[str]) -> list[tuple[str, int]]:
        """Those of the folded spellings that occur, as they are spelled, with the number of their pages."""

    def neighbours(self, beginning: str, shortest: int, longest: int) -> list[tuple[str, int]]:
        """Frequent spellings that begin so, of a length between these."""

    def faults(self, pages: Mapping[str, int]) -> list[str]:
        """What is wrong with the index, given the number of pages of each edition."""

    def close(self) -> None:
        """Let the index go."""
