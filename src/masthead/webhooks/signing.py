"""Secrets of webhooks, and signatures by the Standard Webhooks scheme (standardwebhooks.com, version 1.0.0).

A secret is not kept anywhere: it is made of the house's secret key, the webhook's id and how often it was made anew.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from masthead.webhooks.models import Webhook

OVERLAP = timedelta(hours=24)  # in which the secret before the newest one signs too
_SALT = "masthead.webhooks.secret"


def secret_of(webhook: Webhook) -> str:
    """What its receiver checks signatures with."""
    return written(_key(webhook.pk, webhook.turn))


def signature(webhook: Webhook, event_id: str, moment: datetime, body: bytes) -> str:
    """The value of webhook-signature: one for each secret that is good at this moment."""
    turns = [webhook.turn]
    if webhook.turn and webhook.turned_at and moment < webhook.turned_at + OVERLAP:
        turns.append(webhook.turn - 1)
    return " ".join(signed_by(_key(webhook.pk, turn), event_id, moment, body) for turn in turns)


def written(key: bytes) -> str:
    """A key as the scheme writes it, for whoever is to check signatures by it."""
    return f"whsec_{base64.b64encode(key).decode()}"


def signed_by(key: bytes, message_id: str, moment: datetime, body: bytes) -> str:
    """One signature of the scheme: over the id, the second since 1970 and the body, as the receiver gets them."""
    signed = f"{message_id}.{int(moment.timestamp())}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def _key(webhook_id: str, turn: int) -> bytes:
    return salted_hmac(_SALT, f"{webhook_id}/{turn}", algorithm="sha256").digest()
