"""Invites people to the staff by mail: a link that opens once, for some days, and gives one role."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead import wording
from masthead.accounts.errors import InvitationOverError, NotAllowedError
from masthead.accounts.models import Invitation as Invitation
from masthead.accounts.models import Publisher, Staff, User
from masthead.accounts.rights import Action, Role
from masthead.accounts.selectors import Person, can, require
from masthead.accounts.services import log_write, staff_grant, user_create

DAYS = 7
_SIGNER = signing.Signer(salt="masthead.invitation")
SUBJECT_WORDS = "You are invited to work at {house}"
BODY_WORDS = (
    "{name} invites you to the staff of {house}.\n\nThis link opens once, until {day}:\n{address}\n\n"
    "If you did not expect this, do nothing."
)


def invitation_create(
    *, by: User, publisher: Publisher, email: str, role: Role, scope: str = Staff.Scope.PUBLISHER, scope_id: str = ""
) -> Invitation:
    """An invitation, not sent yet; one that the address had before is over with it. Raises NotAllowedError."""
    require(by, Action.MANAGE_STAFF, publisher.pk)
    address = email.strip().lower()
    with transaction.atomic():
        _open(timezone.now()).filter(publisher=publisher, email=address).update(revoked_at=timezone.now())
        invitation = Invitation.objects.create(
            publisher=publisher,
            email=address,
            role=role,
            scope=scope,
            scope_id=scope_id,
            invited_by=by,
            expires_at=timezone.now() + timedelta(days=DAYS),
        )
        _log("staff.invite", by, invitation)
    return invitation


def invitation_send(*, invitation: Invitation, address: str, language: str) -> None:
    """Write to the invited person; raises OSError where the mail server takes nothing."""
    words = wording.translator(language)
    values = {
        "name": str(invitation.invited_by or invitation.publisher.name),
        "house": invitation.publisher.name,
        "day": invitation.expires_at.date().isoformat(),
        "address": address,
    }
    subject = " ".join(words.text(SUBJECT_WORDS, **values).split())
    send_mail(subject, words.text(BODY_WORDS, **values), None, [invitation.email])


def invitation_revoke(*, by: User, publisher: Publisher, invitation_id: str) -> None:
    """Take it back. Raises NotAllowedError."""
    require(by, Action.MANAGE_STAFF, publisher.pk)
    with transaction.atomic():
        found = _open(timezone.now()).filter(publisher=publisher, pk=invitation_id).first()
        if found is not None:
            found.revoked_at = timezone.now()
            found.save()
            _log("staff.uninvite", by, found)


def invitation_list(person: Person, publisher: Publisher) -> QuerySet[Invitation]:
    """The invitations that nobody took up yet, for those who may invite."""
    if not can(person, Action.MANAGE_STAFF, publisher.pk):
        return Invitation.objects.none()
    return _open(timezone.now()).filter(publisher=publisher).select_related("invited_by")


def token_of(invitation: Invitation) -> str:
    """What stands in the address: the id with a signature that only the house can make."""
    return _SIGNER.sign(invitation.pk)


def invitation_get(token: str) -> Invitation:
    """The invitation of an address; raises InvitationOverError for every one that cannot be taken up."""
    try:
        invitation_id = _SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise InvitationOverError(token) from error
    found = _open(timezone.now()).select_related("publisher").filter(pk=invitation_id).first()
    if found is None:
        raise InvitationOverError(invitation_id)
    return found


def is_known(invitation: Invitation) -> bool:
    """Whether the invited address signs in already: then whoever it is must do so first."""
    return User.objects.filter(email=invitation.email).exists()


def invitation_accept_new(*, token: str, name: str, password: str) -> User:
    """Somebody new takes it up; the mail proved the address. Raises InvitationOverError, EmailTakenError."""
    validate_password(password)
    with transaction.atomic():
        invitation = _taken(token)
        user = user_create(email=invitation.email, password=password, name=name, is_confirmed=True)
        _grant(invitation, user)
    return user


def invitation_accept(*, token: str, user: User) -> None:
    """Somebody who signs in with the invited address takes it up. Raises InvitationOverError, NotAllowedError."""
    with transaction.atomic():
        invitation = _taken(token)
        if user.email != invitation.email:
            raise NotAllowedError("invited with another address")
        _grant(invitation, user)


def _taken(token: str) -> Invitation:
    invitation = invitation_get(token)
    now = timezone.now()
    if not _open(now).filter(pk=invitation.pk).update(accepted_at=now):  # somebody was quicker
        raise InvitationOverError(invitation.pk)
    return invitation


def _grant(invitation: Invitation, user: User) -> None:
    staff_grant(
        by=invitation.invited_by,
        publisher=invitation.publisher,
        user=user,
        role=Role(invitation.role),
        scope=invitation.scope,
        scope_id=invitation.scope_id,
    )


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


def _log(action: str, by: User, invitation: Invitation) -> None:
    facts = {"role": invitation.role, "scope": invitation.scope, "scope_id": invitation.scope_id}
    log_write(
        by=by,
        publisher_id=invitation.publisher_id,
        action=action,
        subject_id=invitation.pk,
        subject_name=invitation.email,
        after=facts,
    )
