"""What the sign-in library has to say, in the house's words: said when it is shown, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from masthead import wording

SIGN_IN_WORDS = {
    "account_inactive": "This account is closed. Ask the publisher if you think that it should not be.",
    "cannot_remove_primary_email": "You sign in with this address. Make another one the address for signing in first.",
    "duplicate_email": "This address belongs to your account already.",
    "email_password_mismatch": "The e-mail address or the password is wrong. Try again, or ask for a new password.",
    "email_taken": "There is an account with this address already. Sign in with it.",
    "enter_current_password": "This is not the password that you have until now.",
    "incorrect_code": "This code is not right, or not any more.",
    "incorrect_password": "This password is not right.",
    "invalid_login": "Signing in did not work. Try again.",
    "invalid_or_expired_key": "This link is not good any more. Ask for a new one.",
    "invalid_password_reset": "This link is not good any more. Ask for a new one.",
    "rate_limited": "That was too often in a short time. Wait a few minutes and try again.",
    "same_as_current": "This is what it is already. Choose something else.",
    "select_only_one": "Choose only one of these.",
    "too_many_login_attempts": "That was too often wrong. Wait five minutes and try again.",
    "unknown_email": "No account has this address.",
    "unverified_primary_email": "Confirm the address with which you sign in first: a link was sent there.",
}


def said(sentence: str) -> str:
    """A sentence in the language of the request."""
    return wording.text(get_language() or "en", sentence)


def said_later(sentences: Mapping[str, str]) -> dict[str, Any]:
    """Sentences by the library's codes, each said when it is needed."""
    return {code: lazy(said, str)(sentence) for code, sentence in sentences.items()}
