"""The mails about accounts, in the house's words: links that the sign-in library makes, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from allauth.utils import build_absolute_uri
from babel.dates import format_datetime
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.urls import reverse

from masthead import wording
from masthead.accounts.passkey_accounts import KNOWN_BODY_WORDS, KNOWN_SUBJECT_WORDS

CONFIRM_SUBJECT_WORDS = "Is this e-mail address yours?"
CONFIRM_WORDS = (
    "Somebody, most likely you, gave this e-mail address for an account at {site}. If it was you, open this link and "
    "press the button:\n\n{activate_url}\n\nIf it was not you, do nothing."
)
RESET_SUBJECT_WORDS = "A new password for {site}"
RESET_WORDS = (
    "Somebody, most likely you, asked for a new password at {site}. Open this link and choose one; it is good for a "
    "day:\n\n{password_reset_url}\n\nIf it was not you, do nothing: your password stays as it is."
)
UNKNOWN_SUBJECT_WORDS = "Nobody has an account with this address"
UNKNOWN_WORDS = (
    "Somebody, most likely you, asked for a new password at {site}. No account has this address: perhaps you signed up "
    "with another one.\n\nIf you have no account yet, sign up here:\n{signup_url}\n\nIf it was not you, do nothing."
)
CHANGED_SUBJECT_WORDS = "Your account at {site} was changed"
CHANGED_WORDS = (
    "{what}\n\nIt was done on {time} from the network address {ip}. If it was you, all is well.\n\n"
    "If it was not you, choose a new password at once; that ends what others have opened:\n\n{reset}"
)
_LINKS: Final = {
    "account/email/email_confirmation": (CONFIRM_SUBJECT_WORDS, CONFIRM_WORDS),
    "account/email/email_confirmation_signup": (CONFIRM_SUBJECT_WORDS, CONFIRM_WORDS),
    "account/email/password_reset_key": (RESET_SUBJECT_WORDS, RESET_WORDS),
    "account/email/unknown_account": (UNKNOWN_SUBJECT_WORDS, UNKNOWN_WORDS),
    "account/email/account_already_exists": (KNOWN_SUBJECT_WORDS, KNOWN_BODY_WORDS),
}
WHAT_WORDS = {
    "account/email/password_changed": "The password of your account was changed.",
    "account/email/password_reset": "A new password was chosen by the link from a mail.",
    "account/email/password_set": "Your account has a password now.",
    "account/email/email_changed": "Whoever signs in uses {to_email} now, and no longer {from_email}.",
    "account/email/email_deleted": "The address {deleted_email} was taken from your account.",
    "mfa/email/totp_activated": "A code from an app is asked for now when somebody signs in.",
    "mfa/email/totp_deactivated": "No code from an app is asked for any more when somebody signs in.",
    "mfa/email/recovery_codes_generated": "The codes that stand in for a lost second step were made anew.",
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was taken from your account.",
}


def account_mail(
    request: HttpRequest, template: str, email: str, said: Mapping[str, Any], language: str
) -> EmailMultiAlternatives:
    """The mail that the sign-in library calls `template`, with what it `said`; raises KeyError for one unknown here."""
    words = wording.translator(language)
    values = {
        **{name: value for name, value in said.items() if isinstance(value, str)},
        "site": request.get_host(),
        "name": request.get_host(),
        "sign_in": build_absolute_uri(request, reverse("account_login")),
        "back": build_absolute_uri(request, reverse("account_reset_password")),
    }
    if template in _LINKS:
        subject, body = _LINKS[template]
    else:
        subject, body = CHANGED_SUBJECT_WORDS, CHANGED_WORDS
        values["what"] = words.text(WHAT_WORDS[template], **values)
        values["time"] = format_datetime(said["timestamp"], "long", locale=words.language)
        values["reset"] = values["back"]
    subject = " ".join(words.text(subject, **values).split())
    headers = {"Content-Language": words.language}
    return EmailMultiAlternatives(subject=subject, body=words.text(body, **values), to=[email], headers=headers)
