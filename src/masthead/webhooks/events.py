"""What can be told: the table of events, and the one call by which a service tells one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from masthead.accounts.ids import new_id
from masthead.outbox.selectors import Message
from masthead.outbox.services import message_add
from masthead.webhooks.models import Webhook

# Each event with what has happened; a room that is added later adds its own.
EVENTS: Final[dict[str, str]] = {
    "edition.created": "An edition was made, not readable yet.",
    "edition.converted": "Its first PDF was converted: it can be looked at and published.",
    "edition.conversion_failed": "A conversion came to nothing.",
    "edition.replaced": "It has another build, of another PDF or of the same one.",
    "edition.rolled_back": "Somebody chose an older build.",
    "edition.changed": "Its particulars, categories or settings are others.",
    "edition.scheduled": "It goes live by itself.",
    "edition.unscheduled": "It does not go live by itself any more.",
    "edition.published": "Everybody can read it.",
    "edition.withdrawn": "Nobody but staff can read it any more.",
    "edition.deleted": "It is hidden from everybody.",
    "edition.restored": "It is back.",
    "publication.created": "A title was made.",
    "publication.changed": "Its particulars, settings or look are others.",
    "publication.deleted": "It is hidden with all its editions.",
    "publication.restored": "It is back with them.",
}
TEST: Final = "webhook.test"


def event_tell(
    *, publisher_id: str, event: str, subject: str, data: Mapping[str, Any], publication_id: str = ""
) -> None:
    """Put an event into the outbox for each webhook that wants it.

    Call it inside the transaction of what happened: then it is told if that was written, and only then.
    """
    rows = Webhook.objects.filter(publisher_id=publisher_id, paused_at__isnull=True)
    wanted = [
        webhook
        for webhook in rows
        if (not webhook.events or event in webhook.events)
        and (not webhook.publications or publication_id in webhook.publications)
    ]
    event_id = new_id()
    for webhook in wanted:
        tell(webhook, event, event_id, subject, data)


def tell(webhook: Webhook, event: str, event_id: str, subject: str, data: Mapping[str, Any]) -> Message:
    """Put an event into the outbox for one webhook."""
    body = {"type": event, "timestamp": timezone.now().isoformat(timespec="milliseconds"), "data": dict(data)}
    return message_add(
        kind=Message.Kind.WEBHOOK,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        publisher_id=webhook.publisher_id,
        target=webhook.pk,
        event=event,
        event_id=event_id,
        subject=subject,
    )
