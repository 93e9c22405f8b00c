"""Subscriptions and the periods for which readers have them: made, changed, given, ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from masthead.access.errors import PeriodInvalidError, SubscriptionNameTakenError
from masthead.access.models import Period as Period
from masthead.access.models import Subscription as Subscription
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User, can, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication

FIELDS = ("name", "kind", "grace_days", "device_limit", "reminder_days")


def subscription_list(person: Person, publisher: Publisher) -> QuerySet[Subscription]:
    """The publisher's subscriptions with how many periods of each are not taken back, for those who manage readers."""
    if not can(person, Action.MANAGE_READERS, publisher.pk):
        return Subscription.objects.none()
    kept = Count("periods", filter=Q(periods__revoked_at__isnull=True), distinct=True)
    rows = Subscription.objects.filter(publisher=publisher).annotate(number=kept)
    return rows.prefetch_related("publications")


def subscriptions_offered(publisher: Publisher) -> list[Subscription]:
    """The publisher's that are not closed, by name, for fields of staff who may not see who has them."""
    return list(Subscription.objects.filter(publisher=publisher, closed_at__isnull=True))


def subscription_get(person: Person, publisher: Publisher, subscription_id: str) -> Subscription:
    """One of them; raises NotFoundError."""
    found = subscription_list(person, publisher).filter(pk=subscription_id).first()
    if found is None:
        raise NotFoundError(subscription_id)
    return found


def subscription_create(
    *, by: User, publisher: Publisher, publications: Collection[Publication] = (), **fields: Any
) -> Subscription:
    """A product that readers can have; without publications it holds all of the publisher's.

    `fields` are those of FIELDS. Raises NotAllowedError, SubscriptionNameTakenError.
    """
    require(by, Action.MANAGE_READERS, publisher.pk)
    try:
        with transaction.atomic():
            made = Subscription.objects.create(publisher=publisher, **_known(fields))
            made.publications.set(_own(publisher, publications))
            _log(by, made, "subscription.create", {}, _facts(made))
    except IntegrityError as error:
        raise SubscriptionNameTakenError(fields.get("name", "")) from error
    return made


def subscription_change(
    *, by: User, subscription: Subscription, publications: Collection[Publication], is_closed: bool, **fields: Any
) -> Subscription:
    """Other particulars; what its periods open changes too. Raises NotAllowedError, SubscriptionNameTakenError."""
    require(by, Action.MANAGE_READERS, subscription.publisher_id)
    try:
        with transaction.atomic():
            row = Subscription.objects.select_for_update().get(pk=subscription.pk)
            before = _facts(row)
            for name, value in _known(fields).items():
                setattr(row, name, value)
            row.closed_at = (row.closed_at or timezone.now()) if is_closed else None
            row.save()
            row.publications.set(_own(row.publisher, publications))
            after = _facts(row)
            if before != after:
                _log(by, row, "subscription.change", before, after)
    except IntegrityError as error:
        raise SubscriptionNameTakenError(fields.get("name", "")) from error
    return row


def period_give(
    *, by: User | None, subscription: Subscription, user: User, starts: date, ends: date | None, log: bool = True
) -> Period:
    """Let a reader have it from day to day, both included; None goes on. The same period twice is one.

    `by` is None where the house does it by itself, as for a code. Raises NotAllowedError, PeriodInvalidError.
    """
    if by is not None:
        require(by, Action.MANAGE_READERS, subscription.publisher_id)
    if ends is not None and ends < starts:
        raise PeriodInvalidError(f"{starts} {ends}")
    if subscription.closed_at is not None:
        raise PeriodInvalidError(subscription.name)
    with transaction.atomic():
        same = Period.objects.filter(
            subscription=subscription, user=user, starts=starts, ends=ends, revoked_at__isnull=True
        ).first()
        if same is not None:
            return same
        made = Period.objects.create(subscription=subscription, user=user, starts=starts, ends=ends, created_by=by)
        if log:
            _log_period(by, made, "reader.period", {}, _dates(made))
    return made


def period_change(*, by: User, period: Period, starts: date, ends: date | None) -> Period:
    """Other days. Raises NotAllowedError, PeriodInvalidError."""
    require(by, Action.MANAGE_READERS, period.subscription.publisher_id)
    if ends is not None and ends < starts:
        raise PeriodInvalidError(f"{starts} {ends}")
    with transaction.atomic():
        row = Period.objects.select_for_update().get(pk=period.pk)
        before = _dates(row)
        row.starts, row.ends, row.reminded_at = starts, ends, None
        row.save()
        _log_period(by, row, "reader.period_change", before, _dates(row))
    return row


def period_revoke(*, by: User, period: Period) -> None:
    """Take it back: it opens nothing from now on, whatever it opened before. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, period.subscription.publisher_id)
    with transaction.atomic():
        if Period.objects.filter(pk=period.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            _log_period(by, period, "reader.period_revoke", _dates(period), {})


def periods_of(user: User, publisher: Publisher | None = None) -> QuerySet[Period]:
    """A reader's periods that were not taken back, latest first."""
    rows = Period.objects.filter(user=user, revoked_at__isnull=True).select_related("subscription__publisher")
    rows = rows.prefetch_related("subscription__publications")
    return rows if publisher is None else rows.filter(subscription__publisher=publisher)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no particulars of a subscription: {unknown}")
    return {**fields, "name": fields["name"].strip()} if "name" in fields else fields


def _own(publisher: Publisher, publications: Collection[Publication]) -> list[Publication]:
    for publication in publications:
        if publication.publisher_id != publisher.pk:
            raise NotFoundError(publication.pk)
    return list(publications)


def _facts(row: Subscription) -> dict[str, Any]:
    named = sorted(row.publications.values_list("name", flat=True))
    facts = {name: getattr(row, name) for name in FIELDS}
    return {**facts, "publications": named, "is_closed": row.closed_at is not None}


def _dates(row: Period) -> dict[str, str]:
    return {
        "subscription": row.subscription.name,
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat() if row.ends else "",
    }


def _log_period(by: User | None, row: Period, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log_write(
        by=by,
        publisher_id=row.subscription.publisher_id,
        action=action,
        subject_id=row.user_id,
        subject_name=str(row.user),
        before=before,
        after=after,
    )


def _log(by: User, row: Subscription, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log_write(
        by=by,
        publisher_id=row.publisher_id,
        action=action,
        subject_id=row.pk,
        subject_name=row.name,
        before=before,
        after=after,
    )
