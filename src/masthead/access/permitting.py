"""Permissions: the right of one reader to one edition, given until a moment, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.access.models import Permission as Permission
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.library.selectors import Edition


def permission_give(*, by: User | None, edition: Edition, user: User, expires_at: datetime | None = None) -> Permission:
    """Let a reader read one edition until a moment (aware); None: for good. Raises NotAllowedError.

    `by` is None where the house does it by itself, as for a code.
    """
    if by is not None:
        require(by, Action.MANAGE_READERS, edition.publication.publisher_id)
    with transaction.atomic():
        made = Permission.objects.create(edition=edition, user=user, expires_at=expires_at, created_by=by)
        _log(by, made, "reader.permission", {}, {"edition": str(edition), "expires_at": _said(expires_at)})
    return made


def permission_revoke(*, by: User, permission: Permission) -> None:
    """Take it back. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, permission.edition.publication.publisher_id)
    with transaction.atomic():
        if Permission.objects.filter(pk=permission.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            _log(by, permission, "reader.permission_revoke", {"edition": str(permission.edition)}, {})


def permissions_of(user: User, publisher: Publisher | None = None) -> QuerySet[Permission]:
    """A reader's permissions that were not taken back, latest first."""
    rows = Permission.objects.filter(user=user, revoked_at__isnull=True)
    rows = rows.select_related("edition__publication__publisher", "edition__build")
    return rows if publisher is None else rows.filter(edition__publication__publisher=publisher)


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _log(by: User | None, row: Permission, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log_write(
        by=by,
        publisher_id=row.edition.publication.publisher_id,
        action=action,
        subject_id=row.user_id,
        subject_name=str(row.user),
        before=before,
        after=after,
    )
