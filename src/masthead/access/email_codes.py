"""Six digits by mail: who confirms an address by them reads for a month what the publisher shows for that."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from masthead import wording
from masthead.access.entitlements import has_email_entry
from masthead.access.errors import EmailCodeWrongError, EmailRefusedError
from masthead.access.models import EmailEntry as EmailEntry
from masthead.access.terms import terms_of
from masthead.access.tries import try_once
from masthead.access.ways import EMAIL_DAYS
from masthead.library.selectors import Edition

MINUTES = 10  # that a code is good; OWASP ASVS 5 allows no more
_TRIES = 6
SUBJECT_WORDS = "{code} is your code for {title}"
BODY_WORDS = (
    "Your code for reading {title}:\n\n{code}\n\nIt is good for {minutes} minutes. "
    "If you did not ask for it, do nothing."
)


def email_code_send(*, edition: Edition, email: str, visitor: str, language: str) -> EmailEntry:
    """Send a new code to an address that the edition's terms take; `visitor` is the network address that asks.

    Raises EmailRefusedError, TooManyTriesError, and OSError where the mail server takes nothing.
    """
    if not terms_of(edition).takes_email(email.strip().lower()):
        raise EmailRefusedError(email)
    return code_send(edition=edition, email=email, visitor=visitor, language=language)


def code_send(*, edition: Edition, email: str, visitor: str, language: str) -> EmailEntry:
    """Send a new code to any address: whoever calls has asked whether it may have one.

    Raises TooManyTriesError, and OSError where the mail server takes nothing.
    """
    address = email.strip().lower()
    try_once("email-code", edition.publication.publisher_id, address, limit=5)
    try_once("email-codes", visitor, limit=30)
    code = f"{secrets.randbelow(1_000_000):06d}"
    entry = EmailEntry(publisher_id=edition.publication.publisher_id, edition=edition, email=address)
    entry.code = _hashed(entry.pk, code)
    entry.save(force_insert=True)
    values = {"code": code, "title": str(edition), "minutes": MINUTES}
    words = wording.translator(language)
    subject = " ".join(words.text(SUBJECT_WORDS, **values).split())
    headers = {"Content-Language": words.language}
    EmailMessage(subject, words.text(BODY_WORDS, **values), None, [address], headers=headers).send()
    return entry


def email_code_confirm(*, entry_id: str, edition: Edition, code: str) -> EmailEntry:
    """Confirm an address by its code. Raises EmailCodeWrongError."""
    digits = "".join(character for character in code if character.isdigit())
    since = timezone.now() - timedelta(minutes=MINUTES)
    rows = EmailEntry.objects.filter(
        pk=entry_id, publisher=edition.publication.publisher_id, sent_at__gt=since, confirmed_at__isnull=True
    )
    if not rows.filter(tries__lt=_TRIES).update(tries=F("tries") + 1):
        raise EmailCodeWrongError(entry_id)
    entry = rows.get()
    if not hmac.compare_digest(entry.code, _hashed(entry.pk, digits)):
        raise EmailCodeWrongError(entry_id)
    entry.confirmed_at = timezone.now()
    entry.save(update_fields=["confirmed_at"])
    return entry


def is_confirmed_lately(entries: frozenset[str], *, edition: Edition, email: str) -> bool:
    """Whether one of these entries confirmed the address at the edition's publisher within `EMAIL_DAYS`."""
    since = timezone.now() - timedelta(days=EMAIL_DAYS)
    return bool(entries) and email.strip().lower() in has_email_entry(entries, edition, since)


def email_of_pending(entry_id: str) -> str:
    """The address to which a code is on its way; "" for none."""
    since = timezone.now() - timedelta(minutes=MINUTES)
    row = EmailEntry.objects.filter(pk=entry_id, sent_at__gt=since, confirmed_at__isnull=True).first()
    return row.email if row else ""


def _hashed(entry_id: str, code: str) -> str:
    return hashlib.sha256(f"{entry_id}:{code}".encode()).hexdigest()
