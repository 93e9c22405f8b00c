"""Links by which people outside read an edition before it is live: made, taken back, opened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from masthead.access.errors import ProofLinkOverError
from masthead.access.models import ProofLink as ProofLink
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, User
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, can_do, require
from masthead.library.telling import step_log

DAYS = (1, 3, 7, 14, 30)  # for how long a link can be made
_SIGNER = signing.Signer(salt="masthead.proof")


def proof_link_create(*, by: User, edition: Edition, name: str, days: int) -> ProofLink:
    """A link for somebody, good for some days. Raises NotAllowedError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        expires_at = timezone.now() + timedelta(days=days)
        link = ProofLink.objects.create(edition=edition, name=name.strip(), created_by=by, expires_at=expires_at)
        step_log(by, "edition.proof_link", edition, {}, {"for": link.name, "expires_at": expires_at.isoformat()})
    return link


def proof_link_revoke(*, by: User, edition: Edition, link_id: str) -> None:
    """Take a link back: it opens nothing from now on. Raises NotAllowedError, NotFoundError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        link = ProofLink.objects.select_for_update().filter(pk=link_id, edition=edition).first()
        if link is None:
            raise NotFoundError(link_id)
        if link.revoked_at is None:
            link.revoked_at = timezone.now()
            link.save()
            step_log(by, "edition.proof_link_revoke", edition, {"for": link.name}, {})


def proof_link_list(person: Person, edition: Edition) -> QuerySet[ProofLink]:
    """The edition's links that still open it, for staff who may edit it."""
    if not can_do(person, Action.EDIT, edition):
        return ProofLink.objects.none()
    return _good(timezone.now()).filter(edition=edition)


def token_of(link: ProofLink) -> str:
    """What stands in the address: the link's id with a signature that only the house can make."""
    return _SIGNER.sign(link.pk)


def proof_link_open(token: str) -> ProofLink:
    """The link of an address, counted as opened; raises ProofLinkOverError for every other address."""
    try:
        link_id = _SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise ProofLinkOverError(token) from error
    now = timezone.now()
    if not _good(now).filter(pk=link_id).update(opened=F("opened") + 1, last_opened_at=now):
        raise ProofLinkOverError(token)
    return ProofLink.objects.select_related("edition__publication").get(pk=link_id)


def opens(link_ids: Collection[str], edition: Edition) -> bool:
    """Whether one of these links, opened before by this visitor, still opens the edition."""
    return bool(link_ids) and _good(timezone.now()).filter(pk__in=list(link_ids), edition=edition).exists()


def _good(now: datetime) -> QuerySet[ProofLink]:
    return ProofLink.objects.filter(revoked_at__isnull=True, expires_at__gt=now)
