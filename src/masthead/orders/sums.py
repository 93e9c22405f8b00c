"""What orders come to, for statistics: by day, edition and product, without anybody who ordered.

Orders that were cancelled are left out. Money is summed for each currency, exactly: it has the digits of its currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from masthead.orders.checking import key_of
from masthead.orders.models import Order, OrderLine


class Sold(NamedTuple):
    """So many orders, that come to so much in each currency."""

    orders: int
    amounts: Mapping[str, Decimal]


class ProductSold(NamedTuple):
    """A product in so many orders, how many of it, and what they come to in a currency."""

    key: str
    code: str
    name: str
    orders: int
    quantity: int
    currency: str
    amount: Decimal


NOTHING: Final = Sold(0, {})


def sold_by_day(of: Q, zone: ZoneInfo, since: date, until: date) -> dict[date, Sold]:
    """By the days of the house's calendar, both included. `of` says whose lines: who may know it was asked."""
    dated = _lines(of, zone, since, until).annotate(day=TruncDate("order__created_at", tzinfo=zone))
    rows = dated.values_list("day", "order__currency")
    found: dict[date, Sold] = {}
    for day, currency, amount, orders in rows.annotate(Sum("amount"), Count("order", distinct=True)):
        found[day] = _with(found.get(day, NOTHING), orders, currency, amount)
    return found


def sold_by(part: str, of: Q, zone: ZoneInfo, since: date, until: date) -> dict[str, Sold]:
    """By the ids of the editions in which things were chosen (`edition`), or of publications (`order__publication`)."""
    rows = _lines(of, zone, since, until).exclude(**{part: None}).values_list(part, "order__currency")
    found: dict[str, Sold] = {}
    for identity, currency, amount, orders in rows.annotate(Sum("amount"), Count("order", distinct=True)):
        found[identity] = _with(found.get(identity, NOTHING), orders, currency, amount)
    return found


def sold_in_all(of: Q, zone: ZoneInfo, since: date, until: date) -> Sold:
    """All of it together."""
    rows = _lines(of, zone, since, until).values_list("order__currency")
    found = NOTHING
    for currency, amount, orders in rows.annotate(Sum("amount"), Count("order", distinct=True)):
        found = _with(found, orders, currency, amount)
    return found


def products_sold(of: Q, zone: ZoneInfo, since: date, until: date) -> list[ProductSold]:
    """By product as it was called when it was ordered, most orders first."""
    rows = _lines(of, zone, since, until).values_list("code", "name", "order__currency")
    told = rows.annotate(Count("order", distinct=True), Sum("quantity"), Sum("amount"))
    found = [
        ProductSold(key_of(code), code, name, orders, int(quantity), currency, amount)
        for code, name, currency, orders, quantity, amount in told
    ]
    return sorted(found, key=lambda row: (-row.orders, row.key, row.name, row.currency))


def _lines(of: Q, zone: ZoneInfo, since: date, until: date) -> QuerySet[OrderLine]:
    rows = OrderLine.objects.filter(of).exclude(order__status=Order.Status.CANCELLED).order_by()
    begins = datetime.combine(since, time.min, zone)
    ends = datetime.combine(until + timedelta(days=1), time.min, zone)
    return rows.filter(order__created_at__gte=begins, order__created_at__lt=ends)


def _with(sold: Sold, orders: int, currency: str, amount: Decimal) -> Sold:
    """An order has one currency, so orders of several currencies can be added."""
    amounts = {**sold.amounts, currency: sold.amounts.get(currency, Decimal()) + amount}
    return Sold(sold.orders + orders, amounts)
