"""All that is kept of a reader: given to them as data, or erased at their wish."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from masthead.access.devices import device_list
from masthead.access.errors import StaffStaysError
from masthead.access.models import CodeUse, EmailEntry, Identity, SignInTry
from masthead.access.permitting import permissions_of
from masthead.access.readers import readerships
from masthead.access.subscribing import periods_of
from masthead.accounts.selectors import NOWHERE, User, publisher_list
from masthead.accounts.services import log_write


def is_on_a_staff(user: User) -> bool:
    """Whether the person works for a publisher of the house."""
    return publisher_list(user).exists()


def confirmed_emails(user: User) -> list[str]:
    """The addresses of which it is known that mails to them reach the person."""
    return list(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))


def own_data(user: User) -> dict[str, Any]:
    """Everything that the house keeps of a person, under names for people; days and times as ISO 8601."""
    return {
        "account": {
            "email": user.email if user.is_reachable else "",
            "name": user.name,
            "language": user.language,
            "joined": user.joined_at.isoformat(),
            "last_signed_in": user.last_login.isoformat() if user.last_login else None,
            "email_addresses": _addresses(user),
        },
        "reader_of": [
            {
                "publisher": row.publisher.name,
                "number": row.number,
                "note": row.note,
                "since": row.created_at.isoformat(),
            }
            for row in readerships(user)
        ],
        "subscriptions": [
            {
                "publisher": row.subscription.publisher.name,
                "subscription": row.subscription.name,
                "starts": row.starts.isoformat(),
                "ends": row.ends.isoformat() if row.ends else None,
            }
            for row in periods_of(user)
        ],
        "permissions": [
            {"edition": str(row.edition), "expires": row.expires_at.isoformat() if row.expires_at else None}
            for row in permissions_of(user)
        ],
        "signs_in_by": [
            {"identity_provider": row.provider.name, "as": row.subject, "since": row.created_at.isoformat()}
            for row in Identity.objects.filter(user=user).select_related("provider")
        ],
        "devices": [{"name": row.name, "since": row.added_at.isoformat()} for row in device_list(user)],
        "access_codes": [
            {"code": row.code.code, "used": row.at.isoformat()}
            for row in CodeUse.objects.filter(user=user).select_related("code")
        ],
        "confirmed_by_code": [
            {"email": row.email, "at": row.confirmed_at.isoformat()}
            for row in EmailEntry.objects.filter(email=user.email, confirmed_at__isnull=False)
            if row.confirmed_at
        ],
    }


def _addresses(user: User) -> list[dict[str, Any]]:
    rows = EmailAddress.objects.filter(user=user).exclude(email__endswith=NOWHERE)
    return [{"email": row.email, "confirmed": row.verified} for row in rows]


def reader_erase(*, user: User) -> None:
    """Erase a reader at their own wish: the account, and all rights with it. Raises StaffStaysError.

    The publishers' logs keep that a reader was erased, not who.
    """
    if is_on_a_staff(user):
        raise StaffStaysError(user.pk)
    with transaction.atomic():
        for row in readerships(user):
            log_write(
                by=None,
                publisher_id=row.publisher_id,
                action="reader.erase",
                subject_id=user.pk,
                subject_name=row.number or user.pk,
            )
        EmailEntry.objects.filter(email=user.email).delete()
        SignInTry.objects.filter(user=user).delete()
        user.delete()
