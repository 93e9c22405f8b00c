"""Invites readers by mail: a link that proves the address and lets them choose a password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction

from masthead import wording
from masthead.access.errors import JoiningOverError
from masthead.access.models import Reader
from masthead.access.readers import invited_now, reader_know
from masthead.accounts.many import users_create
from masthead.accounts.passkey_accounts import signs_in_alone
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write

DAYS = 30
_SIGNER = signing.TimestampSigner(salt="masthead.joining")
SUBJECT_WORDS = "Read {house} on the web"
BODY_WORDS = (
    "{house} has an account for you, with which you read what you have subscribed to.\n\n"
    "Choose a password here; the link is good for {days} days:\n{address}\n\nIf you did not expect this, do nothing."
)


def reader_invite(*, by: User, publisher: Publisher, email: str, name: str = "") -> Reader:
    """Know somebody by their address as a reader, with an account that waits for them. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, publisher.pk)
    address = email.strip().lower()
    with transaction.atomic():
        user = users_create(names={address: name.strip()})[address]
        reader = reader_know(publisher=publisher, user=user, came_by="invited")
        log_write(
            by=by,
            publisher_id=publisher.pk,
            action="reader.invite",
            subject_id=user.pk,
            subject_name=address,
        )
    return reader


def token_of(reader: Reader) -> str:
    """What stands in the address; good until the password changes."""
    return _SIGNER.sign_object([reader.pk, _state(reader.user)])


def invitation_mail(*, reader: Reader, address: str, language: str) -> None:
    """Write to the reader; raises OSError where the mail server takes nothing."""
    words = wording.translator(language)
    values = {"house": reader.publisher.name, "days": DAYS, "address": address}
    subject = " ".join(words.text(SUBJECT_WORDS, **values).split())
    send_mail(subject, words.text(BODY_WORDS, **values), None, [reader.user.email])
    invited_now(reader)


def joining_reader(token: str) -> Reader:
    """The reader of an address; raises JoiningOverError, also for those who have a password already."""
    try:
        reader_id, state = _SIGNER.unsign_object(token, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise JoiningOverError(token) from error
    found = Reader.objects.select_related("user", "publisher").filter(pk=reader_id).first()
    is_good = found is not None and _state(found.user) == state and found.user.is_active
    if found is None or not is_good or signs_in_alone(found.user):
        raise JoiningOverError(reader_id)
    return found


def reader_join(*, token: str, password: str) -> User:
    """Take the account over with a password; the mail proved the address. Raises JoiningOverError, ValidationError."""
    validate_password(password, joining_reader(token).user)
    hashed = make_password(password)  # takes its time: before the transaction, in which others would wait
    with transaction.atomic():
        user = joining_reader(token).user
        user.password = hashed
        user.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _state(user: User) -> str:
    """Another one when the password has changed: who has one already is not given another by an old link."""
    return user.password[-12:]
