"""A new password by mail: it proves the address, too."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordKeyForm
from allauth.account.models import EmailAddress


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """Whoever came by the link that was mailed to an account's only address has shown that it is theirs.

    With several addresses nobody knows to which of them the link went: then none is taken as proved.
    """

    def save(self) -> None:
        super().save()
        rows = EmailAddress.objects.filter(user=self.user)
        if rows.count() == 1:
            rows.filter(email=self.user.email).update(verified=True)
