"""Mails through the outbox: the framework hands them over here, and they are kept until the mail server took them."""

from __future__ import annotations

import base64
import json
import smtplib
from collections.abc import Sequence
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from masthead.outbox.dressing import dressed
from masthead.outbox.selectors import Message
from masthead.outbox.services import Outcome, message_add

ABOUT = "X-Masthead-About"
"""A header with the id of what a mail is about; it says whose mail it is in the outbox and does not leave the house."""
_SERVER = "django.core.mail.backends.smtp.EmailBackend"
_NOWHERE = ".invalid"  # a name that no mail server has (RFC 6761): of people who have told no address
_FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


class Backend(BaseEmailBackend):
    """What the framework sends mails with; they are written in the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; says how many."""
        for mail in email_messages:
            if all(address.endswith(_NOWHERE) for address in mail.recipients()):
                continue
            to = ", ".join(mail.recipients())
            about = str(mail.extra_headers.get(ABOUT, ""))
            message_add(kind=Message.Kind.MAIL, body=json.dumps(_told(mail)), event="mail", subject=to, target=about)
        return len(email_messages)


def send(message: Message) -> Outcome:
    """Hand a mail to the mail server; an address that it will never take is not tried again."""
    try:
        with get_connection(_SERVER) as server:
            _mail(json.loads(message.body), server).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        code, said = _answer(error)
        return Outcome(False, code, "refused", said, is_final=500 <= code < 600)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(False, None, "unreachable", str(error))
    return Outcome(True)


def _told(mail: EmailMessage) -> dict[str, Any]:
    alternatives = [[str(part.content), str(part.mimetype)] for part in getattr(mail, "alternatives", ())]
    attached = [_attached(part) for part in mail.attachments]
    kept = {name: getattr(mail, name) for name in _FIELDS}
    kept |= {name: str(kept[name]) for name in ("subject", "body")}  # may be words that wait for a language
    kept["related"] = getattr(mail, "mixed_subtype", "") == "related"  # parts that the HTML shows by their ids
    return {
        **kept,
        "headers": {name: said for name, said in mail.extra_headers.items() if name != ABOUT},
        "alternatives": alternatives,
        "attached": attached,
    }


def _attached(part: Any) -> list[str]:
    if isinstance(part, MIMEBase):
        shown = part.get_payload(decode=True)
        encoded = base64.b64encode(shown if isinstance(shown, bytes) else b"").decode()
        return [part.get_filename() or "", encoded, part.get_content_type(), str(part["Content-ID"])]
    name, content, kind = part
    data = content if isinstance(content, bytes) else str(content).encode()
    return [name, base64.b64encode(data).decode(), kind or "application/octet-stream"]


def _mail(told: dict[str, Any], server: Any) -> EmailMultiAlternatives:
    fields = {name: told[name] for name in (*_FIELDS, "headers")}
    mail = EmailMultiAlternatives(connection=server, **fields)
    if not told["alternatives"]:
        language = str(told["headers"].get("Content-Language", ""))
        mail.attach_alternative(dressed(told["subject"], told["body"], language=language), "text/html")
    for content, kind in told["alternatives"]:
        mail.attach_alternative(content, kind)
    if told.get("related"):
        mail.mixed_subtype = "related"  # type: ignore[attr-defined]
    for name, data, kind, *shown in told["attached"]:
        if shown:
            mail.attach(_shown_part(name, base64.b64decode(data), kind, shown[0]))
        else:
            mail.attach(name, base64.b64decode(data), kind)
    return mail


def _shown_part(name: str, data: bytes, kind: str, identity: str) -> MIMEImage:
    """A picture that the HTML of the mail shows."""
    part = MIMEImage(data, kind.partition("/")[2])
    part.add_header("Content-ID", identity)
    part.add_header("Content-Disposition", "inline", filename=name)
    return part


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, error.smtp_error  # type: ignore[attr-defined]
    return int(code), said.decode(errors="replace") if isinstance(said, bytes) else str(said)
