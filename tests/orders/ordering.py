"""Orders for tests: sent by somebody, as the server places them."""

from __future__ import annotations

from typing import Any

from masthead.accounts.selectors import User
from masthead.library.selectors import Edition
from masthead.orders.placing import order_offer, order_place
from masthead.orders.selectors import Order

RITA = {
    "name": "Rita",
    "email": "rita@reader.example",
    "company": "=Rope & Sons",
    "billing_city": "Bergen",
    "billing_country": "NO",
}
ROPE = {"code": "Rope", "name": "Rope", "price": "3.20", "currency": "EUR", "tax": "19", "stock": "10"}
BELL = {"code": "Bell", "name": "Bell", "price": "100", "currency": "EUR", "minimum": "2", "step": "3"}


def placed(edition: Edition, wanted: dict[str, int], key: str = "k1", by: User | None = None, **typed: Any) -> Order:
    """An order of this edition, at today's prices for this person."""
    return order_place(
        by=by,
        edition=edition,
        wanted=wanted,
        particulars={**RITA, **typed},
        seal=order_offer(edition=edition, wanted=wanted, by=by).seal,
        key=key,
        orders_to="orders@harbour.example",
    )
