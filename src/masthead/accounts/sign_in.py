"""How people sign in and sign up: what the sign-in library asks the house about."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from masthead import wording
from masthead.accounts.errors import SigningInBusyError
from masthead.accounts.library_words import said_later
from masthead.accounts.selectors import User, publisher_list

MISTAKE_WORDS = {
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


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    """Readers sign up by themselves where the operator lets them; staff are invited."""

    error_messages = {  # noqa: RUF012 - as the library declares it
        **DefaultAccountAdapter.error_messages,
        **said_later(MISTAKE_WORDS),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose password it is. Where too many ask at once, the form says so, and it was no try."""
        try:
            return cast("User | None", super().authenticate(request, **credentials))
        except SigningInBusyError as error:
            self._rollback_login_failed_rl_usage()
            words = wording.translator(get_language() or "en")
            said = f"{words.text(error.sentence)} {words.text(error.hint)}"
            raise ValidationError(said, code=error.code) from error

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.MASTHEAD.sign_up == "open")

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """The e-mail address is the name."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin in the back office, readers with what they may read."""
        is_staff = publisher_list(request.user if request.user.is_authenticated else None).exists()
        return reverse("office") if is_staff else reverse("my-account")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)
