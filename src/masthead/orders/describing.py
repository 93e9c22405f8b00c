"""An order as facts that other programs understand: for webhooks without the person, for exports and the API with."""

from __future__ import annotations

from typing import Any

from masthead.orders.checking import amount_text
from masthead.orders.models import Order
from masthead.webhooks.events import event_tell

PLACED, CHANGED = "order.placed", "order.changed"


def facts_of(order: Order) -> dict[str, Any]:
    """What was ordered and how far it is: money as text with the digits of its currency, times as ISO 8601.

    Who ordered is not in it; `particulars` of the order say that.
    """
    return {
        "id": order.pk,
        "number": order.number,
        "status": str(order.status),
        "payment": order.payment,
        "payment_reference": order.payment_reference,
        "publication": order.publication_id,
        "edition": order.edition_id,
        "currency": order.currency,
        "total": amount_text(order.total, order.currency),
        "language": order.language,
        "created_at": order.created_at.isoformat(timespec="seconds"),
        "changed_at": order.changed_at.isoformat(timespec="seconds"),
        "lines": [
            {
                "position": line.position,
                "edition": line.edition_id,
                "code": line.code,
                "name": line.name,
                "quantity": line.quantity,
                "price": amount_text(line.price, order.currency),
                "amount": amount_text(line.amount, order.currency),
                "tax": f"{line.tax.normalize():f}",
            }
            for line in order.lines.all()
        ],
    }


def order_tell(event: str, order: Order) -> None:
    """Tell webhooks of an order, inside the transaction of what happened to it.

    They are told what was ordered and not by whom: a receiver asks the API for that, with a token that may know it, so
    that nothing of a person waits in the outbox or lies in a receiver's log.
    """
    event_tell(
        publisher_id=order.publisher_id,
        event=event,
        subject=str(order.number),
        data={"order": facts_of(order)},
        publication_id=order.publication_id or "",
    )
