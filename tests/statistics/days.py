"""Events of a day, made by hand or by chance, for the tests of what they come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count as numbers_from
from typing import Any

from hypothesis import strategies as st

from masthead.statistics.counting import Happened
from masthead.statistics.kinds import Kind

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
_IDS = numbers_from(1)


def event(kind: str = "page", seconds: float = 0, **changes: Any) -> Happened:
    """A page seen on a computer, so many seconds after noon; `changes` replace its parts."""
    parts: dict[str, Any] = {
        "id": next(_IDS),
        "at": NOON + timedelta(seconds=seconds),
        "publication": "fathom",
        "edition": "no1",
        "visitor": "a",
        "kind": kind,
        "source": "reader",
        "page": 1 if kind in ("page", "time", "link") else None,
        "name": "",
        "number": 0,
        "items": "",
        "access": "free",
        "device": "computer",
        "country": "",
        "referrer": "",
    }
    return Happened(**{**parts, **changes})


@st.composite
def events(draw: st.DrawFn) -> Happened:
    """Anything that can happen in some hours."""
    kind = draw(st.sampled_from(list(Kind)))
    item = draw(st.sampled_from(["", "-", "boats", "boats lamps"]))
    return event(
        kind.value,
        draw(st.integers(0, 4 * 3600)),
        visitor=draw(st.sampled_from("abc")),
        edition=draw(st.sampled_from(["", "no1", "no2"])),
        source=draw(st.sampled_from(["reader", "server"])),
        page=draw(st.sampled_from([None, 1, 2])),
        name=draw(st.sampled_from(["", "boat", "boats", "https://example.org/"])),
        number=draw(st.integers(0, 90)),
        items=item,
        access=draw(st.sampled_from(["free", "controlled"])),
        referrer=draw(st.sampled_from(["", "news.example"])),
    )


days = st.lists(events(), max_size=40)
