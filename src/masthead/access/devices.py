"""The browsers in which a reader reads where a subscription limits them: known again, named, removed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.access.entitlements import device_key
from masthead.access.models import Device as Device
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError


def device_add(*, user: User, publisher_id: str, secret: str, name: str) -> None:
    """Let the browser with this secret be one of the person's devices; once is enough."""
    try:
        with transaction.atomic():
            Device.objects.create(publisher_id=publisher_id, user=user, key=device_key(secret), name=name[:80])
    except IntegrityError:
        return  # two requests of one page: the other was quicker


def device_list(user: User, publisher: Publisher | None = None) -> QuerySet[Device]:
    """The person's devices, of one publisher or of all; latest first."""
    rows = Device.objects.filter(user=user, removed_at__isnull=True).select_related("publisher")
    return rows if publisher is None else rows.filter(publisher=publisher)


def device_rename(*, user: User, device_id: str, name: str) -> None:
    """Call one of one's own devices something else. Raises NotFoundError."""
    if not Device.objects.filter(pk=device_id, user=user, removed_at__isnull=True).update(name=name.strip()[:80]):
        raise NotFoundError(device_id)


def device_remove(*, user: User, device_id: str) -> None:
    """Take one of one's own devices off the list: another one has room. Raises NotFoundError."""
    if not Device.objects.filter(pk=device_id, user=user, removed_at__isnull=True).update(removed_at=timezone.now()):
        raise NotFoundError(device_id)


def devices_reset(*, by: User, publisher: Publisher, user: User) -> int:
    """Take all devices of a reader off the list; says how many. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, publisher.pk)
    with transaction.atomic():
        number = Device.objects.filter(user=user, publisher=publisher, removed_at__isnull=True).update(
            removed_at=timezone.now()
        )
        log_write(
            by=by,
            publisher_id=publisher.pk,
            action="reader.reset_devices",
            subject_id=user.pk,
            subject_name=str(user),
            before={"devices": number},
        )
    return number
