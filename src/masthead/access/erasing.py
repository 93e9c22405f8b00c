"""All that is kept of a reader: given to them as data, or erased at their wish."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from masthead.access.devices import device_list
from masthead.access.errors import StaffStaysError
from masthead.access.models import CodeUse, Device, EmailEntry, Identity, Period, Permission, Reader, SignInTry
from masthead.access.permitting import permissions_of
from masthead.access.readers import readerships
from masthead.access.subscribing import periods_of
from masthead.accounts.rights import Action
from masthead.accounts.selectors import NOWHERE, User, publisher_list, require
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


def data_at(*, by: User, reader: Reader) -> dict[str, Any]:
    """What one publisher keeps of a reader of its own, under names for people. Raises NotAllowedError.

    What others in the house know of the person is not in it.
    """
    require(by, Action.MANAGE_READERS, reader.publisher_id)
    user, house = reader.user, reader.publisher
    about = {"number": reader.number, "note": reader.note, "since": _day(reader.created_at)}
    codes = CodeUse.objects.filter(user=user, code__publisher=house).select_related("code")
    identities = Identity.objects.filter(user=user, provider__publisher=house).select_related("provider")
    return {
        "reader": {"email": user.email if user.is_reachable else "", "name": user.name, **about},
        "subscriptions": [
            {"subscription": row.subscription.name, "starts": _day(row.starts), "ends": _day(row.ends)}
            for row in periods_of(user, house)
        ],
        "permissions": [
            {"edition": str(row.edition), "expires": _day(row.expires_at)} for row in permissions_of(user, house)
        ],
        "signs_in_by": [
            {"identity_provider": row.provider.name, "as": row.subject, "since": _day(row.created_at)}
            for row in identities
        ],
        "devices": [{"name": row.name, "since": _day(row.added_at)} for row in device_list(user, house)],
        "access_codes": [{"code": row.code.code, "used": _day(row.at)} for row in codes],
        "confirmed_by_code": [
            {"email": row.email, "at": _day(row.confirmed_at)}
            for row in EmailEntry.objects.filter(email=user.email, publisher=house, confirmed_at__isnull=False)
        ],
    }


def _day(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def reader_forget(*, by: User, reader: Reader) -> bool:
    """Erase what one publisher keeps of a reader, at the person's wish. Raises NotAllowedError.

    The account is the person's: it goes too (True) only where nobody has ever taken it over and nobody else knows it,
    as of an address that was imported. The log keeps that a reader was erased, not who.
    """
    require(by, Action.MANAGE_READERS, reader.publisher_id)
    user, house = reader.user, reader.publisher
    with transaction.atomic():
        log_write(
            by=by,
            publisher_id=house.pk,
            action="reader.erase",
            subject_id=user.pk,
            subject_name=reader.number or user.pk,
        )
        Period.objects.filter(user=user, subscription__publisher=house).delete()
        Permission.objects.filter(user=user, edition__publication__publisher=house).delete()
        Device.objects.filter(user=user, publisher=house).delete()
        CodeUse.objects.filter(user=user, code__publisher=house).delete()
        Identity.objects.filter(user=user, provider__publisher=house).delete()
        SignInTry.objects.filter(user=user, provider__publisher=house).delete()
        EmailEntry.objects.filter(email=user.email, publisher=house).delete()
        reader.delete()
        is_nobodys = not user.has_usable_password() and user.last_login is None and not confirmed_emails(user)
        is_known = readerships(user).exists() or Identity.objects.filter(user=user).exists() or is_on_a_staff(user)
        if is_nobodys and not is_known:
            user.delete()
            return True
    return False


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
