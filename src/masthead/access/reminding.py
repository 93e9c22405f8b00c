"""Reminds readers by mail that a subscription ends: once for each period, some days before."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from django.core.mail import send_mail
from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from masthead import wording
from masthead.access.entitlements import today_at
from masthead.access.models import Period, Reader
from masthead.access.subscribing import periods_of

log = logging.getLogger("masthead.reminding")
SUBJECT_WORDS = "Your subscription {name} ends on {day}"
BODY_WORDS = (
    "Your subscription {name} of {house} ends on {day}.\n\n"
    "To go on reading, write to {house}. You can switch these mails off in your account."
)
_A_TURN = 200  # mails
_EVERY_SECONDS = 600.0


def keep_reminding(stop: threading.Event) -> None:
    """Send what is due again and again until told to stop. Several may do so: each mail goes once."""
    stop.wait(5)
    while not stop.is_set():
        try:
            close_old_connections()
            remind()
        except Exception:  # whatever it is: the next reminder goes all the same
            log.exception("reminders could not be sent just now")
        finally:
            close_old_connections()
        stop.wait(_EVERY_SECONDS)


def remind(now: datetime | None = None) -> int:
    """Send what is due, and say how many. Each period is marked before its mail goes: nobody is reminded twice."""
    moment = now or timezone.now()
    rows = Period.objects.filter(
        revoked_at__isnull=True,
        reminded_at__isnull=True,
        ends__isnull=False,
        ends__gte=(moment - timedelta(days=1)).date(),
        ends__lte=(moment + timedelta(days=366)).date(),
        subscription__reminder_days__gt=0,
    ).select_related("subscription__publisher", "user")
    sent = 0
    for row in rows.order_by("ends").iterator():
        if row.ends is None or sent >= _A_TURN:
            continue
        days = (row.ends - today_at(row.subscription.publisher, moment)).days
        if not 0 <= days <= row.subscription.reminder_days:
            continue
        if not Period.objects.filter(pk=row.pk, reminded_at__isnull=True).update(reminded_at=moment):
            continue
        if _is_renewed(row) or _declined(row):
            continue
        try:
            _send(row)
        except OSError:
            log.exception("a reminder could not be sent")
            Period.objects.filter(pk=row.pk).update(reminded_at=None)
            break
        sent += 1
    return sent


def _is_renewed(row: Period) -> bool:
    """Whether the reader has the same subscription for longer already."""
    rows = periods_of(row.user).filter(subscription=row.subscription)
    return rows.filter(Q(ends__isnull=True) | Q(ends__gt=row.ends)).exists()


def _declined(row: Period) -> bool:
    rows = Reader.objects.filter(user=row.user, publisher=row.subscription.publisher)
    return rows.filter(accepts_reminders=False).exists()


def _send(row: Period) -> None:
    from babel.dates import format_date  # noqa: PLC0415 - its data is large and only needed here

    house = row.subscription.publisher
    language = row.user.language or house.language
    words = wording.translator(language)
    day = format_date(row.ends, "long", locale=words.language)
    values = {"name": row.subscription.name, "house": house.name, "day": day}
    subject = " ".join(words.text(SUBJECT_WORDS, **values).split())
    send_mail(subject, words.text(BODY_WORDS, **values), None, [row.user.email])
