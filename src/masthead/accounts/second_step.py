"""The second step of signing in, as far as the sign-in library asks the house about it: what its mistakes say."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from masthead.accounts.library_words import said, said_later
from masthead.accounts.models import User

MISTAKE_WORDS = {
    "incorrect_code": "This code is not right, or not any more. Enter the one that the app shows now.",
    "unverified_email": "Confirm your e-mail address first: without it nobody could help you if the app is lost.",
    "cannot_delete_authenticator": "The second step cannot be switched off here.",
    "cannot_generate_recovery_codes": "Switch on the second step first: these codes stand in for it.",
    "add_email_blocked": "Switch off the second step before you add an e-mail address.",
}


_KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
PASSKEY_WORDS = "Passkey"


def has_second_step(user: User) -> bool:
    """Whether more than a password is needed to sign in as this person."""
    return bool(is_mfa_enabled(user, _KINDS))


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Mistakes in the house's words and languages."""

    error_messages = {  # noqa: RUF012 - as the library declares it
        **DefaultMFAAdapter.error_messages,
        **said_later(MISTAKE_WORDS),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - as the library calls it
        """What the field for the name of a passkey begins with: told apart by a number from the second on."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return said(PASSKEY_WORDS) if number == 1 else f"{said(PASSKEY_WORDS)} {number}"
