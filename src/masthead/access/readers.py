"""Readers as a publisher knows them: who they are, how they came, what they may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, OrderBy, Q, QuerySet
from django.utils import timezone

from masthead.access.entitlements import today_at
from masthead.access.errors import ReaderNumberTakenError
from masthead.access.models import Period
from masthead.access.models import Reader as Reader
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User, can, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError

STATES = ("", "running", "ending", "over", "none")
# What their list can be sorted by; the key makes every one of them certain.
SORTS: Final[Mapping[str, Sequence[str | OrderBy]]] = {
    "newest": ("-created_at", "-pk"),
    "name": ("user__name", "user__email", "pk"),
    "number": ("number", "pk"),
    "seen": (F("user__last_login").desc(nulls_last=True), "-pk"),
}
_SOON = timedelta(days=30)


def reader_know(*, publisher: Publisher, user: User, came_by: str) -> Reader:
    """The publisher's row of a person, made where it does not know them yet."""
    row, _ = Reader.objects.get_or_create(publisher=publisher, user=user, defaults={"came_by": came_by})
    return row


def number_take(*, reader: Reader, number: str) -> None:
    """Give the reader the number by which the publisher's own site knows them, if they have none and it is free."""
    if reader.number or not number or len(number) > 60:
        return
    with suppress(IntegrityError), transaction.atomic():
        reader.number = number
        reader.save(update_fields=["number"])


def reader_list(
    person: Person, publisher: Publisher, words: str = "", state: str = "", sort: str = "newest"
) -> QuerySet[Reader]:
    """The publisher's readers, for those who manage them: by words of name, address or number, and by subscription.

    A state is one of STATES: a period runs, ends within thirty days, is over, or there never was one. A sort is one
    of SORTS; those who never signed in stand last.
    """
    if not can(person, Action.MANAGE_READERS, publisher.pk):
        return Reader.objects.none()
    rows = Reader.objects.filter(publisher=publisher).select_related("user")
    for word in words.split()[:8]:
        rows = rows.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(number__icontains=word))
    today = today_at(publisher)
    kept = Period.objects.filter(subscription__publisher=publisher, revoked_at__isnull=True)
    running = kept.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)
    if state == "running":
        rows = rows.filter(user__in=running.values("user"))
    elif state == "ending":
        rows = rows.filter(user__in=running.filter(ends__lte=today + _SOON).values("user"))
    elif state == "over":
        rows = rows.filter(user__in=kept.values("user")).exclude(user__in=running.values("user"))
    elif state == "none":
        rows = rows.exclude(user__in=kept.values("user"))
    return rows.order_by(*SORTS.get(sort, SORTS["newest"]))


def reader_get(person: Person, publisher: Publisher, reader_id: str) -> Reader:
    """One of them; raises NotFoundError."""
    found = reader_list(person, publisher).filter(pk=reader_id).first()
    if found is None:
        raise NotFoundError(reader_id)
    return found


def reader_change(*, by: User, reader: Reader, number: str, note: str) -> Reader:
    """Another number and note. Raises NotAllowedError, ReaderNumberTakenError."""
    require(by, Action.MANAGE_READERS, reader.publisher_id)
    before = {"number": reader.number, "note": reader.note}
    after = {"number": number.strip(), "note": note.strip()}
    if before == after:
        return reader
    try:
        with transaction.atomic():
            reader.number, reader.note = after["number"], after["note"]
            reader.save(update_fields=["number", "note"])
            _log(by, reader, "reader.change", before, after)
    except IntegrityError as error:
        raise ReaderNumberTakenError(number) from error
    return reader


def ending_between(publisher: Publisher, first: date, last: date) -> QuerySet[Period]:
    """Periods that end in these days and were not taken back."""
    rows = Period.objects.filter(subscription__publisher=publisher, revoked_at__isnull=True)
    return rows.filter(ends__gte=first, ends__lte=last).select_related("subscription", "user")


def reader_of(user: User, publisher: Publisher) -> Reader | None:
    """The publisher's row of a person; None where it does not know them."""
    return Reader.objects.filter(user=user, publisher=publisher).first()


def person_known(publisher: Publisher, email: str) -> User | None:
    """The person with an address, if the publisher knows them: as a reader or as staff. Others are not spoken of."""
    address = email.strip().lower()
    row = Reader.objects.filter(publisher=publisher, user__email=address).select_related("user").first()
    if row is not None:
        return row.user
    found = User.objects.filter(email=address, staff__publisher=publisher).first()
    return found if isinstance(found, User) else None


def person_by_address(email: str) -> User | None:
    """Whoever has this address (in small letters), whoever knows them. For deciding, never for showing."""
    found = User.objects.filter(email=email).first()
    return found if isinstance(found, User) else None


def readerships(user: User) -> QuerySet[Reader]:
    """The publishers that know a person as a reader."""
    return Reader.objects.filter(user=user).select_related("publisher")


def wants_reminders(user: User) -> bool:
    """Whether mails remind the person of the end of their subscriptions."""
    return not Reader.objects.filter(user=user, accepts_reminders=False).exists()


def reminders_set(*, user: User, wanted: bool) -> None:
    """Let mails remind the person of the end of their subscriptions, or not."""
    Reader.objects.filter(user=user).update(accepts_reminders=wanted)


def invited_now(reader: Reader) -> None:
    """Write down that a mail with a way to sign in has gone to the reader."""
    reader.invited_at = timezone.now()
    reader.save(update_fields=["invited_at"])


def _log(by: User, reader: Reader, action: str, before: dict[str, str], after: dict[str, str]) -> None:
    log_write(
        by=by,
        publisher_id=reader.publisher_id,
        action=action,
        subject_id=reader.user_id,
        subject_name=str(reader.user),
        before=before,
        after=after,
    )
