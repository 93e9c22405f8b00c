"""Which account somebody of an identity provider has here, and what their groups give them.

An identity provider vouches for its own people to one publisher. So it never opens an account that somebody has here by
their own password, unless they are signed in with it at that moment; and never one of staff.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from masthead.access.entitlements import today_at
from masthead.access.erasing import is_on_a_staff
from masthead.access.identity.providers import EVERYBODY, SITE
from masthead.access.identity.vouching import Reason, SignInRefusedError
from masthead.access.models import Identity, IdentityProvider, Subscription
from masthead.access.readers import number_take, person_by_address, reader_know, readerships
from masthead.access.subscribing import period_give
from masthead.accounts.selectors import NOWHERE, User
from masthead.accounts.services import log_write, user_create


def account_for(provider: IdentityProvider, subject: str, email: str, name: str, person: User | None) -> Identity:
    """The identity with its account, made where there is none. Raises SignInRefusedError. Call it in a transaction."""
    found = (
        Identity.objects.select_related("user", "provider__publisher")
        .filter(provider=provider, subject=subject)
        .first()
    )
    user = found.user if found is not None else person_by_address(email)
    if user is None:
        is_reachable = not email.endswith(NOWHERE)
        user = user_create(email=email, password=None, name=name, is_reachable=is_reachable)
        log_write(
            by=None,
            publisher_id=provider.publisher_id,
            action="reader.identity",
            subject_id=user.pk,
            subject_name=email,
            after={"name": provider.name},
        )
    is_self = person is not None and person.pk == user.pk
    _require_open(provider, user, is_self=is_self, is_owned=found is not None and found.is_owned)
    if found is None:
        found = Identity.objects.create(provider=provider, subject=subject, user=user, is_owned=is_self)
    elif is_self and not found.is_owned:
        found.is_owned = True
        found.save(update_fields=["is_owned"])
    known = reader_know(publisher=provider.publisher, user=user, came_by="identity")
    if provider.protocol == SITE:
        number_take(reader=known, number=subject)
    return found


def stand_in_address(provider: IdentityProvider, subject: str) -> str:
    """What stands in the place of an e-mail address for somebody who has told none; nothing is ever sent there."""
    return f"{hashlib.sha256(f'{provider.pk}/{subject}'.encode()).hexdigest()[:24]}{NOWHERE}"


def _require_open(provider: IdentityProvider, user: User, *, is_self: bool, is_owned: bool) -> None:
    """Whether the provider may sign people in to this account; raises SignInRefusedError."""
    if not user.is_active:
        raise SignInRefusedError(Reason.BLOCKED)
    if is_on_a_staff(user):
        raise SignInRefusedError(Reason.STAFF)
    if is_self or is_owned:
        return
    is_taken = user.has_usable_password() or EmailAddress.objects.filter(user=user, verified=True).exists()
    is_of_others = readerships(user).exclude(publisher=provider.publisher_id).exists()
    if is_taken or is_of_others:
        raise SignInRefusedError(Reason.ACCOUNT_THERE)


def periods_follow(identity: Identity, groups: set[str]) -> None:
    """Let what the groups give run from today on, and end what they gave and give no longer. In a transaction."""
    provider = identity.provider
    wanted = {
        pk for pk, names in provider.groups.items()
        if EVERYBODY in names or groups & {name.strip().lower() for name in names}
    }  # fmt: skip
    today = today_at(provider.publisher)
    given = {row.subscription_id: row for row in identity.periods.filter(revoked_at__isnull=True, ends__isnull=True)}
    for pk, row in given.items():
        if pk not in wanted:
            if row.starts >= today:
                row.revoked_at = timezone.now()
            else:
                row.ends = today - timedelta(days=1)
            row.save(update_fields=["ends", "revoked_at"])
    for subscription in Subscription.objects.filter(
        pk__in=wanted - set(given), publisher=provider.publisher_id, closed_at__isnull=True
    ):
        made = period_give(by=None, subscription=subscription, user=identity.user, starts=today, ends=None)
        identity.periods.add(made)
