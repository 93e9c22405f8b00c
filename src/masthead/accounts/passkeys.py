"""Forms that take what a browser sends of a passkey; the sign-in library's own break at what no browser would send."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)

_BROKEN = (KeyError, TypeError, AttributeError, ValueError)


class _Made:
    """A passkey that a browser made."""

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())  # type: ignore[misc]
        except _BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(_Made, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""


class FirstPasskeyForm(_Made, SignupWebAuthnForm):  # type: ignore[misc]
    """The passkey of somebody who signs up with it."""


class _Given:
    """A passkey that signs somebody in."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SecondStepForm(_Given, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """After a password."""


class PasskeyForm(_Given, LoginWebAuthnForm):  # type: ignore[misc]
    """Instead of a password."""


class OnceMoreForm(_Given, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before what concerns the account."""
