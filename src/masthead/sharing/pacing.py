"""How many mails leave in a day: for each sender, recipient, network address and house, counted in rows."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from masthead.sharing.errors import SharedTooOftenError
from masthead.sharing.models import Counted

DAY: Final = timedelta(days=1)
SENDER, RECIPIENT, VISITOR, HOUSE, ASKED = "sender", "recipient", "visitor", "house", "asked"
LIMITS: Final = {
    SENDER: 20,
    RECIPIENT: 3,  # from all senders together: nobody's letter box is filled from here
    VISITOR: 30,  # a network address, which an office or a school may share
    HOUSE: 500,
    ASKED: 3,  # questions to an address whether it is its owner who writes
}


def room_for(kind: str, whose: str, more: int = 1) -> bool:
    """Whether so many more fit into the day of this sender, recipient, network address or house."""
    since = timezone.now() - DAY
    return Counted.objects.filter(who=hashed(kind, whose), at__gt=since).count() + more <= LIMITS[kind]


def require_room(kind: str, whose: str, more: int = 1) -> None:
    """The same; raises SharedTooOftenError."""
    if not room_for(kind, whose, more):
        raise SharedTooOftenError(kind)


def count(kind: str, whose: str, number: int = 1) -> None:
    """Count so many mails."""
    who = hashed(kind, whose)
    Counted.objects.bulk_create([Counted(who=who) for _ in range(number)])


def forget_counted(now: datetime) -> int:
    """Forget what was counted before the last day; says how many rows went."""
    removed, _ = Counted.objects.filter(at__lt=now - DAY).delete()
    return removed


def hashed(kind: str, whose: str) -> str:
    """What stands in the rows instead of an address."""
    return hashlib.sha256(f"{kind}:{whose.strip().lower()}".encode()).hexdigest()
