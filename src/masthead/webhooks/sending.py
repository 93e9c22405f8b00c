"""Sends a message of the outbox to its webhook, and pauses a webhook that nothing reaches for days."""

from __future__ import annotations

import http.client
import ssl
from datetime import datetime, timedelta
from http import HTTPStatus

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from masthead import __version__, wording
from masthead.accounts.services import log_write
from masthead.calling.requesting import request
from masthead.outbox.selectors import Message
from masthead.outbox.services import Outcome, messages_drop
from masthead.webhooks.errors import WebhookAddressError
from masthead.webhooks.guarding import place_of, resolved, rules
from masthead.webhooks.models import Webhook
from masthead.webhooks.signing import signature

PATIENCE = timedelta(days=5)
SUBJECT_WORDS = "The webhook “{name}” was paused"
BODY_WORDS = (
    "Nothing has reached {address} since {day}. It is not told anything until somebody lets the webhook “{name}” of "
    "{house} go on, in the back office under Webhooks. What was not told can be sent again from there."
)


def send(message: Message) -> Outcome:
    """One attempt."""
    webhook = Webhook.objects.select_related("publisher", "made_by").filter(pk=message.target).first()
    if webhook is None or webhook.paused_at is not None:
        return Outcome(False, problem="paused", is_final=True)
    outcome = _attempt(webhook, message, timezone.now())
    _note(webhook, outcome, timezone.now())
    return outcome


def _attempt(webhook: Webhook, message: Message, now: datetime) -> Outcome:
    body = message.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Masthead/{__version__}",
        "webhook-id": message.event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature(webhook, message.event_id, now, body),
    }
    try:
        answer = request(resolved(place_of(webhook.address)), rules(), "POST", body=body, headers=headers)
    except WebhookAddressError as error:
        return Outcome(False, problem="address", answer=error.detail)
    except TimeoutError as error:
        return Outcome(False, problem="timeout", answer=str(error))
    except ssl.SSLError as error:
        return Outcome(False, problem="tls", answer=str(error))
    except (OSError, http.client.HTTPException) as error:
        return Outcome(False, problem="unreachable", answer=str(error) or type(error).__name__)
    has_arrived = 200 <= answer.status < 300
    problem = "" if has_arrived else "redirect" if 300 <= answer.status < 400 else "refused"
    said = answer.body.decode("utf-8", errors="replace").replace("\x00", "")
    is_gone = answer.status == HTTPStatus.GONE
    return Outcome(has_arrived, answer.status, problem, said, is_final=is_gone)


def _note(webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    """Keep since when nothing arrives; pause a webhook after days of it, or when it says that it is gone."""
    rows = Webhook.objects.filter(pk=webhook.pk)
    if outcome.has_arrived:
        rows.update(failing_since=None, arrived_at=now)
        return
    rows.filter(failing_since__isnull=True).update(failing_since=now)
    since = webhook.failing_since or now
    if outcome.status == HTTPStatus.GONE:
        _pause(webhook, Webhook.Pause.GONE, now, now)
    elif now - since > PATIENCE:
        _pause(webhook, Webhook.Pause.FAILING, since, now)


def _pause(webhook: Webhook, reason: str, since: datetime, now: datetime) -> None:
    """Stop it, give up what waits, and tell whoever made it; once, however many attempts fail at the same time."""
    with transaction.atomic():
        if not Webhook.objects.filter(pk=webhook.pk, paused_at__isnull=True).update(paused_at=now, pause=reason):
            return
        messages_drop(target=webhook.pk)
        log_write(
            by=None,
            publisher_id=webhook.publisher_id,
            action="webhook.pause",
            subject_id=webhook.pk,
            subject_name=webhook.name,
            after={"reason": reason},
        )
        if webhook.made_by is not None and webhook.made_by.is_active:
            words = wording.translator(webhook.made_by.language or webhook.publisher.language)
            told = {
                "name": webhook.name,
                "address": webhook.address,
                "day": since.date().isoformat(),
                "house": webhook.publisher.name,
            }
            subject = " ".join(words.text(SUBJECT_WORDS, **told).split())
            send_mail(subject, words.text(BODY_WORDS, **told), None, [webhook.made_by.email])
