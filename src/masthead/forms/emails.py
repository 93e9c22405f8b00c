"""Whether something is an e-mail address, whether its domain takes mail, and whether the publisher takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer
from email_validator import EmailNotValidError, EmailUndeliverableError, validate_email

SECONDS: Final = 3  # for which a resolver is waited for: then the address counts as good
EMAIL_WORDS = "Please use a valid e-mail address"
UNDELIVERABLE_WORDS = "Please use a valid e-mail address: this domain takes no mail. Is it spelled right?"
DENIED_WORDS = "Please use another e-mail address: this form takes none of this domain."


class EmailWrongError(ValueError):
    """The sentence that says what is wrong with an address."""


def email_checked(text: str, *, domains: Iterable[str] = (), denied: Iterable[str] = ()) -> str:
    """The address in its usual form; raises EmailWrongError with a sentence for the person who typed it.

    Where the operator wants it (`MASTHEAD_MAIL_DOMAIN_CHECK`), the domain must take mail. A resolver that does not
    answer keeps nobody out.
    """
    try:
        address = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise EmailWrongError(EMAIL_WORDS) from error
    domain = address.rpartition("@")[2].lower()
    if among(domain, denied) or (tuple(domains) and not among(domain, domains)):
        raise EmailWrongError(DENIED_WORDS)
    if settings.MASTHEAD.mail_domain_check and not _takes_mail(address):
        raise EmailWrongError(UNDELIVERABLE_WORDS)
    return address


def among(domain: str, names: Iterable[str]) -> bool:
    """Whether a domain is one of these, or lies below one."""
    return any(domain == name or domain.endswith(f".{name}") for name in names)


def _takes_mail(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=True, timeout=SECONDS)
    except EmailUndeliverableError as error:
        return not isinstance(error.__cause__, NXDOMAIN | NoAnswer | None)  # else the asking itself went wrong
    except (EmailNotValidError, DNSException, OSError):
        return True  # nobody knows
    return True
