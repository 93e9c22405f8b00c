"""Accounts with a passkey and no password. The address is shown by a code before anything is written."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from masthead import wording
from masthead.accounts.errors import EmailTakenError
from masthead.accounts.ids import new_id
from masthead.accounts.models import Staff, User

MINUTES = 10  # that a code is good (OWASP ASVS 5 allows no more), and that a passkey may take after it
SUBJECT_WORDS = "{code} is your code for a new account"
BODY_WORDS = (
    "Your code for a new account:\n\n{code}\n\nEnter it on the page on which you asked for it; it is good for "
    "{minutes} minutes. If you did not ask for it, do nothing."
)
KNOWN_SUBJECT_WORDS = "You have an account already"
KNOWN_BODY_WORDS = (
    "Somebody, most likely you, asked for a new account with this e-mail address. There is one already.\n\n"
    "Sign in here:\n{sign_in}\n\nIf your password or passkey is lost, get back in here:\n{back}\n\n"
    "If you did not ask for it, do nothing."
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose address is not known to be theirs yet: kept in their visit, so that who leaves leaves nothing."""

    email: str
    user_id: str  # of the account that will be: the passkey is made for it
    code: str  # its hash
    sent_at: str  # in ISO 8601
    shown_at: str = ""  # when the code was right

    def kept(self) -> dict[str, str]:
        """As the session keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Any) -> Self | None:
        """What a session kept; None for nothing, and for what is too old."""
        if not isinstance(kept, dict) or set(kept) != set(cls.__slots__):
            return None
        found = cls(**kept)
        since = datetime.fromisoformat(found.shown_at or found.sent_at)
        return found if timezone.now() - since < timedelta(minutes=MINUTES) else None

    def person(self) -> User:
        """The person for whom the browser makes the passkey; no row yet."""
        return User(pk=self.user_id, email=self.email)


def sign_up_code_send(*, email: str, language: str, sign_in: str, back: str) -> Waiting:
    """Send a code to an address; to who has an account, where to sign in (`sign_in`) and to get `back` in instead.

    The answer is the same for both, so that nobody learns here who has an account. Raises OSError where the mail
    server takes nothing.
    """
    address = email.strip().lower()
    words, code = wording.translator(language), f"{secrets.randbelow(1_000_000):06d}"
    values = {"code": code, "minutes": MINUTES, "sign_in": sign_in, "back": back}
    found = _found(address)
    is_known = found is not None and not _is_nobodys(found)
    user_id = found.pk if found is not None and not is_known else new_id()
    subject = " ".join(words.text(KNOWN_SUBJECT_WORDS if is_known else SUBJECT_WORDS, **values).split())
    body = words.text(KNOWN_BODY_WORDS if is_known else BODY_WORDS, **values)
    headers = {"Content-Language": words.language}
    EmailMessage(subject, body, None, [address], headers=headers).send()
    # Who has an account is waited for, too, but no code is right.
    digest = _hashed(user_id, secrets.token_hex() if is_known else code)
    return Waiting(address, user_id, digest, timezone.now().isoformat())


def code_shown(waiting: Waiting, typed: str) -> Waiting | None:
    """The same with its address shown to be theirs; None where the code is another one. The caller counts tries."""
    digits = "".join(character for character in typed if character.isdigit())
    if not hmac.compare_digest(waiting.code, _hashed(waiting.user_id, digits)):
        return None
    return Waiting(waiting.email, waiting.user_id, waiting.code, waiting.sent_at, timezone.now().isoformat())


def passkey_account_create(*, waiting: Waiting, name: str, credential: dict[str, Any]) -> Authenticator:
    """The account, its confirmed address and its passkey, whose answer was checked before; all or nothing.

    An account that a publisher made for the address and that nobody has used becomes theirs, as by the link of a new
    password. Raises EmailTakenError where somebody was quicker.
    """
    if not waiting.shown_at:
        raise ValueError("the address was not shown to be theirs")
    try:
        with transaction.atomic():
            user = _found(waiting.email)
            if user is None:
                user = waiting.person()
                user.set_unusable_password()
                user.save(force_insert=True)
            elif user.pk != waiting.user_id or not _is_nobodys(user):
                raise EmailTakenError(waiting.email)
            EmailAddress.objects.update_or_create(
                user=user, email=waiting.email, defaults={"verified": True, "primary": True}
            )
            passkey: Authenticator = WebAuthn.add(user, name, credential).instance
    except IntegrityError as error:
        raise EmailTakenError(waiting.email) from error
    return passkey


def signs_in_alone(user: User) -> bool:
    """Whether the person has a password or passkey of their own: whoever has neither waits for a mail of ours."""
    has_passkey = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
    return user.has_usable_password() or has_passkey


def has_passkeys_alone(user: User) -> bool:
    """Whether passkeys are all that the person signs in with: then no second step is lost with them, but the first."""
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    is_alone = Authenticator.Type.WEBAUTHN in kinds and Authenticator.Type.TOTP not in kinds
    return is_alone and not user.has_usable_password()


def passkeys_end(user: User) -> None:
    """Take away the passkeys of somebody and the codes that stand in for them."""
    Authenticator.objects.filter(user=user).delete()


def _found(address: str) -> User | None:
    """Whose account the address opens."""
    confirmed = EmailAddress.objects.filter(email=address, verified=True).values("user")
    return User.objects.filter(Q(email=address) | Q(pk__in=confirmed)).order_by("pk").first()


def _is_nobodys(user: User) -> bool:
    """Made by a publisher for an address, and never used; staff are invited, and have a way of their own."""
    is_used = signs_in_alone(user) or user.last_login is not None or not user.is_active
    return not is_used and not Staff.objects.filter(user=user).exists()


def _hashed(user_id: str, code: str) -> str:
    return hashlib.sha256(f"{user_id}:{code}".encode()).hexdigest()
