"""Tells the visitors of one day apart without knowing any of them, and forgets how when the day is over."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from masthead.accounts.selectors import Publisher
from masthead.statistics.models import Salt

_KEPT: dict[str, tuple[date, bytes]] = {}  # of this process: the salt of each publisher's day


def visitor_of(publisher_id: str, day: date, address: str, agent: str) -> str:
    """Sixteen hex digits for whoever comes from this address with this browser: the same for this day and publisher.

    Neither address nor browser can be found from it: the key is random and is gone tomorrow.
    """
    kept = _KEPT.get(publisher_id)
    if kept is None or kept[0] != day:
        for other in [name for name, (of, _) in list(_KEPT.items()) if of < day - timedelta(days=1)]:
            _KEPT.pop(other, None)  # the memory forgets too
        kept = _KEPT[publisher_id] = (day, _salt(publisher_id, day))
    return hashlib.blake2b(f"{address}\n{agent}".encode(), key=kept[1], digest_size=8).hexdigest()


def salts_forget(now: datetime) -> int:
    """Throw away the salts of days that are over by their publishers' clocks; answers how many."""
    zones = dict(Publisher.objects.values_list("pk", "time_zone"))
    over = [
        salt.pk
        for salt in Salt.objects.all()
        if salt.day < now.astimezone(ZoneInfo(zones.get(salt.publisher, "UTC"))).date()
    ]
    if over:
        with transaction.atomic():
            Salt.objects.filter(pk__in=over).update(value="")  # what a file keeps of deleted rows says nothing
            Salt.objects.filter(pk__in=over).delete()
    return len(over)


def _salt(publisher_id: str, day: date) -> bytes:
    made = {"value": secrets.token_hex(32)}
    salt, _ = Salt.objects.get_or_create(publisher=publisher_id, day=day, defaults=made)
    return bytes.fromhex(salt.value)
