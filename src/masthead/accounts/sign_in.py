"""How people sign in and sign up: what the sign-in library asks the house about."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as library
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from masthead import wording
from masthead.accounts.account_mails import account_mail
from masthead.accounts.errors import SigningInBusyError
from masthead.accounts.library_words import SIGN_IN_WORDS, said_later
from masthead.accounts.selectors import User, publisher_list


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    """Readers sign up by themselves where the operator lets them; staff are invited."""

    error_messages = {  # noqa: RUF012 - as the library declares it
        **DefaultAccountAdapter.error_messages,
        **said_later(SIGN_IN_WORDS),
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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the house's words, in the language of the page on which it was asked for."""
        request = library.request
        account_mail(request, template_prefix, email, context, get_language() or "en").send()

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.MASTHEAD.sign_up == "open")

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """The e-mail address is the name."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin in the back office, readers with what they may read."""
        is_staff = publisher_list(request.user if request.user.is_authenticated else None).exists()
        return reverse("office") if is_staff else reverse("my-account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the codes for when a passkey is lost, where the password brought them about and nobody has seen them."""
        codes = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
        if codes is not None and not codes.wrap().did_view:
            return reverse("mfa_view_recovery_codes")
        return str(super().get_password_change_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)
