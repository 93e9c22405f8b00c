"""What a browser keeps of gates that it passed: which form, in which round, when. Signed, and nothing else in it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core import signing

from masthead.access.terms import AskedForm

KEPT: Final = 40  # forms that a browser remembers
DAY: Final = 86400  # seconds
_SALT: Final = "masthead.filled"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in at a moment (seconds since 1970)."""

    form: str
    round: int
    at: int


def is_filled(gate: AskedForm, filled: Iterable[Filled], now: float | None = None) -> bool:
    """Whether a gate was passed in its present round, and not too long ago."""
    since = (time.time() if now is None else now) - gate.days * DAY
    return any(one.form == gate.id and one.round == gate.round and one.at > since for one in filled)


def with_filled(filled: Iterable[Filled], new: Filled) -> tuple[Filled, ...]:
    """The same with one more; of each form the latest, the oldest forgotten."""
    return (*(one for one in filled if one.form != new.form), new)[-KEPT:]


def token_of(filled: Iterable[Filled]) -> str:
    """What stands in the cookie."""
    return signing.dumps([[one.form, one.round, one.at] for one in filled], salt=_SALT)


def filled_of(token: str) -> tuple[Filled, ...]:
    """What a cookie says; nothing where it was not written here."""
    if not token:
        return ()
    try:
        return tuple(Filled(*one) for one in signing.loads(token, salt=_SALT))
    except signing.BadSignature:
        return ()
