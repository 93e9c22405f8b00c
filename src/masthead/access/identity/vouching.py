"""What an identity provider says of a person, in whichever protocol, and why a sign-in comes to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a sign-in came to nothing."""

    UNREADABLE = "unreadable"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    NOT_FOR_US = "not_for_us"
    REPLAYED = "replayed"
    UNASKED = "unasked"
    OTHER_BROWSER = "other_browser"
    DENIED = "denied"
    NO_EMAIL = "no_email"
    ACCOUNT_THERE = "account_there"
    STAFF = "staff"
    BLOCKED = "blocked"
    OFF = "off"
    UNREACHABLE = "unreachable"
    CODE_REFUSED = "code_refused"
    CLIENT_REFUSED = "client_refused"
    EMAIL_UNCONFIRMED = "email_unconfirmed"
    NOTHING_THERE = "nothing_there"


@dataclass(frozen=True, slots=True)
class Ours:
    """Our addresses for one identity provider: who we are, where answers go, and where signing out leads."""

    entity_id: str
    answers: str
    codes: str = ""  # where OpenID providers send their codes
    sign_outs: str = ""  # where identity providers say that somebody has signed out there
    signed_out: str = ""  # where a browser comes back to after that


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an identity provider says of a person, after it was checked."""

    id: str
    subject: str
    attributes: dict[str, list[str]]
    session: str = ""  # what the identity provider calls the sign-in there
    token: str = ""  # with which we ask an OpenID provider to sign somebody out


class SignInRefusedError(Exception):
    """Refused, with a reason in words for people and one in those of the library."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail[:500]
