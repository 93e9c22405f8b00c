"""The rules of COUNTER 5.1 for one visitor's day: double clicks within 30 seconds, unique items by session.

An item is an article of an edition; where an edition has none, the edition as a whole (its slug is empty). A session is
a visitor and an hour, as the Code of Practice has it where no session is logged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Protocol

from masthead.statistics.kinds import Kind, Measure

DOUBLE_CLICK: Final = 30  # seconds
_REQUESTS: Final = frozenset({Kind.PAGE, Kind.ARTICLE, Kind.DOWNLOAD})
_INVESTIGATIONS: Final = _REQUESTS | {Kind.SHARE}


class Used(Protocol):
    """What is asked of an event."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def page(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def items(self) -> str: ...
    @property
    def access(self) -> str: ...


def counter_numbers(events: Sequence[Used]) -> Iterator[tuple[str, str, int]]:
    """Measure, name (access, space, article) and number for one visitor's events of one edition, in order of time."""
    numbers: Counter[tuple[str, str]] = Counter()
    for kinds, total, unique in (
        (_INVESTIGATIONS, Measure.TOTAL_INVESTIGATIONS, Measure.UNIQUE_INVESTIGATIONS),
        (_REQUESTS, Measure.TOTAL_REQUESTS, Measure.UNIQUE_REQUESTS),
    ):
        sessions: set[tuple[str, str]] = set()
        for event in without_double_clicks([event for event in events if event.kind in kinds]):
            for item in items_of(event):
                name = f"{event.access} {item}"
                numbers[total, name] += 1
                session = (event.at.strftime("%Y%m%d%H"), name)
                if session not in sessions:
                    sessions.add(session)
                    numbers[unique, name] += 1
    for (measure, name), number in sorted(numbers.items()):
        yield measure, name, number


def without_double_clicks(events: Sequence[Used]) -> list[Used]:
    """Of requests for the same address, each within 30 seconds after the one before, only the last."""
    kept: list[Used] = []
    next_of: dict[tuple[str, int | None, str], datetime] = {}
    for event in reversed(events):
        address = (event.kind, event.page, event.name)
        later = next_of.get(address)
        next_of[address] = event.at
        if later is None or (later - event.at).total_seconds() > DOUBLE_CLICK:
            kept.append(event)
    return kept[::-1]


def items_of(event: Used) -> list[str]:
    """The articles that an event shows in full: those that begin on a page, the one that was opened, all of a file.

    What was recorded as `-` is an edition without articles.
    """
    return ["" if item == "-" else item for item in event.items.split()]
