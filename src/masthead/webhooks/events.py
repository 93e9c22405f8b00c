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

# What a room that is added later tells stands here too: its events and their words, in the same order.
_EVENTS = (
    *("edition.created", "edition.converted", "edition.conversion_failed", "edition.replaced", "edition.rolled_back"),
    *("edition.changed", "edition.scheduled", "edition.unscheduled", "edition.published", "edition.withdrawn"),
    *("edition.deleted", "edition.restored"),
    *("publication.created", "publication.changed", "publication.deleted", "publication.restored"),
    "advertisement.link_dead",
    "comment.posted",
    "form.answered",
    *("order.placed", "order.changed"),
)
EVENT_WORDS = (
    "An edition was made",
    "An edition was converted for the first time",
    "A conversion ended without a result",
    "An edition has another version",
    "An older version was chosen",
    "Particulars, categories or settings of an edition changed",
    "An edition was scheduled",
    "An edition was taken from the schedule",
    "An edition was published",
    "An edition was withdrawn",
    "An edition was deleted",
    "An edition was restored",
    "A publication was made",
    "Particulars, settings or look of a publication changed",
    "A publication was deleted with its editions",
    "A publication was restored with its editions",
    "A link in an advertisement of a live edition does not answer any more",
    "A comment was posted",
    "A reader has filled in a form",
    "An order was placed",
    "The status or the payment of an order changed",
)
EVENTS: Final[dict[str, str]] = dict(zip(_EVENTS, EVENT_WORDS, strict=True))
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
