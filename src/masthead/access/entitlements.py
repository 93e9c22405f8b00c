"""What a reader has a right to: looks up periods, permissions and devices for the one question of `rules`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone

from masthead.access.coverage import Cover, Run, cover_of
from masthead.access.models import Device, EmailEntry, Identity, Period, Permission
from masthead.accounts.selectors import Publisher, User
from masthead.library.selectors import Edition


@dataclass(frozen=True, slots=True)
class Covering:
    """What a person's periods come to for an edition."""

    cover: Cover | None = None  # None: no period of any subscription that has this publication
    device_limit: int = 0  # the most devices that a covering period allows; 0: as many as they like
    first_day: date | None = None  # of the period that says so
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Browser:
    """Whether a person may read in this browser under a limit on devices."""

    is_known: bool
    is_room: bool


def today_at(publisher: Publisher, now: datetime | None = None) -> date:
    """The day that it is where the publisher is."""
    return (now or timezone.now()).astimezone(ZoneInfo(publisher.time_zone)).date()


def is_confirmed(person: User) -> bool:
    """Whether the person proved that mails to their address reach them."""
    return bool(EmailAddress.objects.filter(user=person, verified=True).exists())


def is_vouched(person: User, publisher_id: str) -> bool:
    """Whether an identity provider of this publisher says that the address is the person's. For this publisher only."""
    return Identity.objects.filter(user=person, provider__publisher=publisher_id, provider__is_on=True).exists()


def covering(person: User, edition: Edition) -> Covering:
    """The best that the person's periods say of the edition today."""
    publication = edition.publication
    has_it = Q(subscription__publications=publication) | Q(subscription__publications__isnull=True)
    rows = Period.objects.filter(
        has_it, user=person, revoked_at__isnull=True, subscription__publisher=publication.publisher_id
    ).select_related("subscription")
    today = today_at(publication.publisher)
    found: list[tuple[Cover, Period]] = []
    for row in rows:
        run = Run(row.subscription.kind, row.starts, row.ends, row.subscription.grace_days)
        found.append((cover_of(run, edition.date, today), row))
    for wanted in Cover:
        matching = [row for cover, row in found if cover == wanted]
        if matching:
            limits = [row.subscription.device_limit for row in matching]
            latest = max(matching, key=lambda row: row.ends or date.max)
            return Covering(wanted, 0 if 0 in limits else max(limits), latest.starts, latest.ends)
    return Covering()


def permission_of(person: User, edition: Edition, now: datetime | None = None) -> bool | None:
    """Whether a permission opens the edition to the person; False where it did, None where there never was one."""
    rows = Permission.objects.filter(user=person, edition=edition, revoked_at__isnull=True)
    ends = list(rows.values_list("expires_at", flat=True))
    if not ends:
        return None
    return any(end is None or end > (now or timezone.now()) for end in ends)


def browser_of(person: User, publisher_id: str, device: str, limit: int) -> Browser:
    """Whether the browser with this secret is one of the person's devices, and whether another one has room."""
    keys = set(device_keys(person, publisher_id))
    return Browser(bool(device) and device_key(device) in keys, len(keys) < limit)


def device_keys(person: User, publisher_id: str) -> list[str]:
    """The hashes of the secrets of the person's devices."""
    rows = Device.objects.filter(user=person, publisher=publisher_id, removed_at__isnull=True)
    return list(rows.values_list("key", flat=True))


def device_key(secret: str) -> str:
    """What is kept of a browser's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_email_entry(entries: frozenset[str], edition: Edition, since: datetime) -> list[str]:
    """The e-mail addresses of these entries that were confirmed at the edition's publisher after a moment."""
    rows = EmailEntry.objects.filter(
        pk__in=list(entries),
        publisher=edition.publication.publisher_id,
        confirmed_at__gt=since,
        revoked_at__isnull=True,
    )
    return list(rows.values_list("email", flat=True))
