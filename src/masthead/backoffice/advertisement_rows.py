"""What the register says of each advertisement: its lines in an order, and the same as a table for files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel.numbers import format_percent
from django.urls import reverse

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.crops import Crop, crop_of
from masthead.backoffice.statistics_tables import Cell, Table, Tile, number_text, time_text
from masthead.faces.advertised import CLICKS_WORDS, RATE_WORDS, RULES, SEEN_WORDS, TIME_WORDS, Counted
from masthead.library.selectors import can_do

NUMBER_WORDS = ("Seen", "Time", "Clicks", "Click rate")
HEAD_WORDS = (
    *("Advertiser", "Campaign", "Booking number", "Publication", "Edition", "Date", "Page"),
    *(
        "Seen",
        "Seconds",
        "Clicks",
        "Of these within the edition",
        "Click rate in percent",
        "Links",
        "Links that do not answer",
    ),
)
SORT_WORDS = ("Latest edition", "Advertiser", "Most seen", "Most time", "Most clicks", "Best click rate", "Dead links")
_SORTS: Final[dict[str, Callable[[Counted], Any]]] = {
    "edition": lambda row: 0,  # as they come
    "advertiser": lambda row: (row.advertisement.advertiser.casefold(), row.advertisement.row.title.casefold()),
    "seen": lambda row: -row.seen,
    "time": lambda row: -row.seconds,
    "clicks": lambda row: -row.clicked,
    "rate": lambda row: -(row.rate or 0.0),
    "dead": lambda row: -len(row.advertisement.dead),
}
SORTS: Final = dict(zip(_SORTS, SORT_WORDS, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """An advertisement as the screen shows it."""

    counted: Counted
    crop: Crop | None
    seen: str
    time: str
    clicks: str
    rate: str
    place: str  # where it is changed, or read by who may not change it


def in_order(rows: Iterable[Counted], sort: str) -> list[Counted]:
    """The rows by one of the orders; what is the same stays as it was."""
    return sorted(rows, key=_SORTS.get(sort, _SORTS["edition"]))


def lines_of(person: User, rows: Sequence[Counted], words: wording.Translator, *, is_large: bool = False) -> list[Line]:
    """The rows for the screen."""
    changeable: dict[str, bool] = {}
    return [_line(person, row, words, changeable, is_large) for row in rows]


def table_of(rows: Sequence[Counted], words: wording.Translator) -> Table:
    """The rows as a table with the rules of its numbers."""
    cells = [_cells(row) for row in rows]
    rules = [words.text(rule) for rule in RULES]
    return Table(
        "advertisements", words.text("Advertisements"), [words.text(head) for head in HEAD_WORDS], cells, rules
    )


def tiles_of(rows: Sequence[Counted], words: wording.Translator) -> list[Tile]:
    """The sums of all rows, each with its rule. What stands on one page of one edition shares its readers."""
    pages = {(row.advertisement.edition.pk, row.advertisement.row.page): row for row in rows}
    seen = sum(row.seen for row in pages.values())
    seconds = sum(row.seconds for row in pages.values())
    clicks = sum(row.clicked for row in rows)
    rate = rate_text(clicks / seen if seen else None, words)
    numbers = (number_text(seen, words), time_text(seconds, words), number_text(clicks, words), rate)
    rules = (SEEN_WORDS, TIME_WORDS, CLICKS_WORDS, RATE_WORDS)
    return [
        Tile(words.text(name), number, words.text(rule))
        for name, number, rule in zip(NUMBER_WORDS, numbers, rules, strict=True)
    ]


def rate_text(rate: float | None, words: wording.Translator) -> str:
    """A click rate as the language writes percents; a dash where nobody saw the page."""
    return "–" if rate is None else format_percent(rate, format="#,##0.0%", locale=words.language)


def _line(person: User, row: Counted, words: wording.Translator, changeable: dict[str, bool], is_large: bool) -> Line:
    one = row.advertisement
    edition, publication = one.edition, one.edition.publication
    if publication.pk not in changeable:
        changeable[publication.pk] = can_do(person, Action.EDIT, publication)
    if changeable[publication.pk]:
        place = reverse("overlay-office", args=[edition.pk, one.row.pk])
    else:
        place = reverse("edition-page", args=[publication.slug, edition.slug, one.row.page])
    return Line(
        row,
        None if one.row.is_lost else crop_of(edition, one.row.page, one.area, is_large=is_large),
        number_text(row.seen, words),
        time_text(row.seconds, words),
        number_text(row.clicked, words),
        rate_text(row.rate, words),
        place,
    )


def _cells(row: Counted) -> list[Cell]:
    one = row.advertisement
    edition = one.edition
    return [
        one.advertiser,
        one.row.title,
        one.booking,
        edition.publication.name,
        edition.label,
        edition.date.isoformat(),
        one.row.page,
        row.seen,
        row.seconds,
        row.clicked,
        row.inside,
        "" if row.rate is None else f"{row.rate * 100:.2f}",
        " ".join(lead.to for lead in one.leads if lead.to),
        " ".join(lead.to for lead in one.dead),
    ]
