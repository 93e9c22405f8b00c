"""A password where there was none or it is lost: by mail, which proves the address, too; or beside a passkey."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordKeyForm, SetPasswordForm
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes
from django.db import transaction
from django.http import HttpResponseRedirect

from masthead.accounts.passkey_accounts import has_passkeys_alone, passkeys_end


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """Whoever came by the link that was mailed to an account's only address has shown that it is theirs.

    With several addresses nobody knows to which of them the link went: then none is taken as proved.
    Who had passkeys alone has lost them: they end with it, or the new password would wait for them as a second step.
    """

    @property
    def ends_passkeys(self) -> bool:
        """Whether the page has to say so."""
        return self.user is not None and has_passkeys_alone(self.user)

    def save(self) -> None:
        is_lost = self.ends_passkeys  # asked before there is a password
        super().save()
        with transaction.atomic():
            if is_lost:
                passkeys_end(self.user)
            rows = EmailAddress.objects.filter(user=self.user)
            if rows.count() == 1:
                rows.filter(email=self.user.email).update(verified=True)


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    """A password for somebody who is signed in and had none.

    From then on a passkey is a second step, and who loses it needs the codes that stand in for it. Whoever finds a
    browser open has to show once more that it is theirs; the password is not kept meanwhile, but typed afterwards.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if is_reauthentication_required(context.request, app="allauth.account"):
            way = get_adapter().get_reauthentication_methods(context.request.user)[0]["url"]
            raise ImmediateHttpResponse(HttpResponseRedirect(f"{way}?{urlencode({'next': context.request.path})}"))
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        super().save()
        if Authenticator.objects.filter(user=self.user).exists():
            auto_generate_recovery_codes(context.request)
