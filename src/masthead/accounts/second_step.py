"""The second step of signing in, as far as the sign-in library asks the house about it: what its mistakes say."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.functional import lazy
from django.utils.translation import get_language

from masthead import wording

MISTAKE_WORDS = {
    "incorrect_code": "This code is not right, or not any more. Enter the one that the app shows now.",
    "unverified_email": "Confirm your e-mail address first: without it nobody could help you if the app is lost.",
    "cannot_delete_authenticator": "The second step cannot be switched off here.",
    "cannot_generate_recovery_codes": "Switch on the second step first: these codes stand in for it.",
    "add_email_blocked": "Switch off the second step before you add an e-mail address.",
}


def _said(sentence: str) -> str:
    return wording.text(get_language() or "en", sentence)


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Mistakes in the house's words and languages."""

    error_messages = {  # noqa: RUF012 - as the library declares it
        **DefaultMFAAdapter.error_messages,
        **{code: lazy(_said, str)(sentence) for code, sentence in MISTAKE_WORDS.items()},
    }
