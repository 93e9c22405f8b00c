"""What the events of a day come to. Pure: the same events give the same numbers, in whatever order they came.

The rules stand in words in `rules`; whoever changes one changes the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from masthead.statistics.counter_rules import counter_numbers
from masthead.statistics.kinds import SUMS, Kind, Measure, Source

PAUSE = 1800  # seconds without anything after which a new visit begins
AGAIN = 30  # seconds in which the same done again counts once
TYPING = 15  # seconds after which words that were gone on with count by themselves
_ONCE = frozenset({Kind.LINK, Kind.OVERLAY, Kind.DOWNLOAD, Kind.SHARE, Kind.SEARCH, Kind.PRODUCT, Kind.FORM_SEEN})
_TOLD = frozenset({Kind.OPEN, Kind.PAGE, Kind.ARTICLE, Kind.TIME})


class Happened(NamedTuple):
    """An event as it is counted."""

    id: int
    at: datetime
    publication: str
    edition: str
    visitor: str
    kind: str
    source: str
    page: int | None
    name: str
    number: int
    items: str
    access: str
    device: str
    country: str
    referrer: str


class Key(NamedTuple):
    """Which number: of which edition or publication, of what."""

    publication: str
    edition: str
    measure: str
    name: str = ""


Numbers = Counter[Key]


def count(events: Iterable[Happened]) -> Numbers:
    """The totals of one publisher's day; the events of each visitor have to stand together, the rest is any order."""
    numbers: Numbers = Counter()
    for _, group in groupby(events, key=lambda event: event.visitor):
        own = sorted({event.id: event for event in group}.values(), key=lambda event: (event.at, event.id))
        _count_visitor(own, numbers)
    return numbers


def _count_visitor(events: Sequence[Happened], numbers: Numbers) -> None:
    told = list(_told_once(events))
    for event in _not_repeated(told):
        _add(event, numbers)
    seen = [event for event in events if event.kind != Kind.FEED]  # programs fetch feeds by themselves
    for scope in {scope for event in seen for scope in _scopes(event)}:
        _add_visits([event for event in seen if scope in _scopes(event)], scope, numbers)
    for edition, group in groupby(sorted(told, key=lambda event: event.edition), key=lambda event: event.edition):
        if edition:
            own = list(group)
            for measure, name, number in counter_numbers(own):
                numbers[Key(own[0].publication, edition, measure, name)] += number


def _told_once(events: Sequence[Happened]) -> Iterator[Happened]:
    """Without the pages that the server told of where the reader's script told of the same visit itself."""
    by_reader = _visits_told_by_readers(events)
    for event in events:
        if not (by_reader.get(event.id) and event.source == Source.SERVER and event.kind in _TOLD):
            yield event


def _not_repeated(events: Sequence[Happened]) -> Iterator[Happened]:
    """Without words that were still being typed, and without links, files and shares asked for again at once."""
    last: dict[tuple[str, ...], datetime] = {}
    for place, event in enumerate(events):
        if event.kind == Kind.SEARCH and _goes_on(event, events[place + 1 :]):
            continue
        if event.kind in _ONCE:
            what = (event.kind, event.publication, event.edition, event.name, str(event.page))
            before, last[what] = last.get(what), event.at
            if before is not None and (event.at - before).total_seconds() <= AGAIN:
                continue
        yield event


def _visits_told_by_readers(events: Sequence[Happened]) -> dict[int, bool]:
    """For each event of an edition, by its id: whether the reader's script told of anything in the same visit."""
    found: dict[int, bool] = {}
    for edition in {event.edition for event in events if event.edition}:
        for visit in visits([event for event in events if event.edition == edition]):
            is_told = any(event.source == Source.READER for event in visit)
            found.update((event.id, is_told) for event in visit)
    return found


def _goes_on(search: Happened, later: Sequence[Happened]) -> bool:
    """Whether the words were still being typed: soon after, the same visitor looked for words that begin with them."""
    for event in later:
        if (event.at - search.at).total_seconds() > TYPING:
            return False
        same = event.kind == Kind.SEARCH and event.edition == search.edition
        if same and event.name != search.name and event.name.startswith(search.name):
            return True
    return False


def visits(events: Sequence[Happened]) -> Iterator[list[Happened]]:
    """One visitor's events in order, cut where nothing happened for half an hour."""
    visit: list[Happened] = []
    for event in events:
        if visit and (event.at - visit[-1].at).total_seconds() > PAUSE:
            yield visit
            visit = []
        visit.append(event)
    if visit:
        yield visit


def _scopes(event: Happened) -> tuple[tuple[str, str], ...]:
    """Whose totals an event belongs to: the house's, its publication's, its edition's."""
    scopes = [("", ""), (event.publication, ""), (event.publication, event.edition)]
    return tuple(dict.fromkeys(scopes))


def _add_visits(events: Sequence[Happened], scope: tuple[str, str], numbers: Numbers) -> None:
    numbers[Key(*scope, Measure.VISITORS)] += 1
    for visit in visits(events):
        numbers[Key(*scope, Measure.VISITS)] += 1
        numbers[Key(*scope, Measure.DEVICE, visit[0].device)] += 1
        numbers[Key(*scope, Measure.COUNTRY, visit[0].country)] += 1
        led = next((event.referrer for event in visit if event.referrer), "")
        numbers[Key(*scope, Measure.REFERRER, led)] += 1


def _add(event: Happened, numbers: Numbers) -> None:
    """What one event adds to each of its scopes; which page or link it was, only to its edition."""
    kind = Kind(event.kind)
    for scope in _scopes(event):
        if kind in SUMS:
            sum_of, by_name = SUMS[kind]
            numbers[Key(*scope, sum_of)] += 1
            if by_name is not None and _is_named_in(scope, event, kind):
                numbers[Key(*scope, by_name, _name(event, kind))] += 1
        if kind == Kind.SEARCH and event.number == 0:
            numbers[Key(*scope, Measure.SEARCHES_EMPTY)] += 1
            numbers[Key(*scope, Measure.SEARCHED_EMPTY, event.name)] += 1
        if kind in (Kind.PAGE, Kind.ARTICLE, Kind.TIME) and event.number:
            numbers[Key(*scope, Measure.SECONDS)] += event.number
            if scope[1] and event.page and not event.name:
                numbers[Key(*scope, Measure.PAGE_SECONDS, str(event.page))] += event.number


_IN_EDITIONS_ONLY = frozenset({Kind.PAGE, Kind.ARTICLE, Kind.LINK, Kind.OVERLAY})
# Codes and forms mean something in their publication, and nothing beyond.
_IN_PUBLICATIONS = frozenset({Kind.PRODUCT, Kind.CART, Kind.FORM_SEEN, Kind.FORM})


def _is_named_in(scope: tuple[str, str], event: Happened, kind: Kind) -> bool:
    publication, edition = scope
    if kind in _IN_PUBLICATIONS:
        return bool(publication)
    return bool(edition) or kind not in _IN_EDITIONS_ONLY


def _name(event: Happened, kind: Kind) -> str:
    if kind == Kind.PAGE:
        return str(event.page or 0)
    return f"{event.page or 0} {event.name}" if kind in (Kind.LINK, Kind.OVERLAY) else event.name
