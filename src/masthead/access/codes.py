"""Access codes: made one or many at a time, typed in by readers, used up, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from masthead.access.entitlements import today_at
from masthead.access.errors import CodeOverError, CodeUnknownError, CodeUsedError
from masthead.access.models import AccessCode as AccessCode
from masthead.access.models import CodeUse, Subscription
from masthead.access.permitting import permission_give
from masthead.access.readers import reader_know
from masthead.access.subscribing import period_give
from masthead.access.tries import try_once
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User, can, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition

MOST = 10_000  # codes of one batch
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
_LENGTH = 12  # 32^12: 60 bits


def codes_create(
    *,
    by: User,
    publisher: Publisher,
    name: str,
    subscription: Subscription | None = None,
    edition: Edition | None = None,
    number: int = 1,
    uses: int = 1,
    days: int = 0,
    expires_at: datetime | None = None,
) -> list[AccessCode]:
    """So many codes, each for so many people; what one gives lasts so many days, or has no end. Raises NotAllowedError.

    Either a subscription or an edition of the publisher is what they open.
    """
    require(by, Action.MANAGE_READERS, publisher.pk)
    house = subscription.publisher_id if subscription else edition.publication.publisher_id if edition else ""
    if house != publisher.pk:
        raise NotFoundError(publisher.pk)
    made = [
        AccessCode(
            publisher=publisher,
            code="".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)),
            name=name.strip(),
            subscription=subscription,
            edition=edition,
            uses=uses,
            days=days,
            expires_at=expires_at,
            created_by=by,
        )
        for _ in range(min(number, MOST))
    ]
    with transaction.atomic():
        AccessCode.objects.bulk_create(made, batch_size=500)
        log_write(
            by=by,
            publisher_id=publisher.pk,
            action="codes.create",
            subject_id=publisher.pk,
            subject_name=name.strip(),
            after={"number": len(made), "uses": uses, "days": days, "opens": str(subscription or edition)},
        )
    return made


def code_list(person: Person, publisher: Publisher) -> QuerySet[AccessCode]:
    """The publisher's codes, latest first, for those who manage readers."""
    if not can(person, Action.MANAGE_READERS, publisher.pk):
        return AccessCode.objects.none()
    return AccessCode.objects.filter(publisher=publisher).select_related("subscription", "edition__publication")


def code_revoke(*, by: User, publisher: Publisher, code_id: str) -> None:
    """Take a code back: nobody can use it any more; what it gave stays. Raises NotAllowedError, NotFoundError."""
    require(by, Action.MANAGE_READERS, publisher.pk)
    with transaction.atomic():
        row = AccessCode.objects.filter(pk=code_id, publisher=publisher).first()
        if row is None:
            raise NotFoundError(code_id)
        if row.revoked_at is None:
            row.revoked_at = timezone.now()
            row.save()
            log_write(
                by=by,
                publisher_id=publisher.pk,
                action="codes.revoke",
                subject_id=publisher.pk,
                subject_name=row.name,
                before={"code": row.code[-4:]},
            )


def shown(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def code_use(*, user: User, code: str, visitor: str) -> AccessCode:
    """Let a reader have what a code gives; `visitor` is the network address.

    Raises CodeUnknownError, CodeOverError, CodeUsedError, TooManyTriesError.
    """
    try_once("access-code", user.pk, limit=10)
    try_once("access-codes", visitor, limit=60)
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    now = timezone.now()
    with transaction.atomic():
        row = AccessCode.objects.select_related("publisher").filter(code=plain).first()
        if row is None:
            raise CodeUnknownError(plain)
        try:
            with transaction.atomic():
                CodeUse.objects.create(code=row, user=user)
        except IntegrityError as error:
            raise CodeUsedError(plain) from error
        in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        good = AccessCode.objects.filter(in_time, pk=row.pk, revoked_at__isnull=True, used__lt=F("uses"))
        if not good.update(used=F("used") + 1):
            raise CodeOverError(plain)
        reader_know(publisher=row.publisher, user=user, came_by="code")
        _give(row, user, now)
    return row


def _give(row: AccessCode, user: User, now: datetime) -> None:
    if row.edition is not None:
        expires_at = now + timedelta(days=row.days) if row.days else None
        permission_give(by=None, edition=row.edition, user=user, expires_at=expires_at)
    elif row.subscription is not None:
        starts = today_at(row.publisher, now)
        ends = starts + timedelta(days=row.days - 1) if row.days else None
        period_give(by=None, subscription=row.subscription, user=user, starts=starts, ends=ends)
