"""Price lists: other prices for some customers, who they are for, and which of them a customer may use.

A list is for everybody, for readers with a running period of one of its subscriptions, or for confirmed e-mail
addresses of its domains. Where several lists are somebody's, the lowest price counts (`pricing.price_of`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress

from masthead.access.entitlements import is_vouched, today_at
from masthead.access.subscribing import periods_of
from masthead.accounts.selectors import Publisher, User
from masthead.orders.models import ListPrice, PriceList
from masthead.orders.pricing import NO_LISTS, Prices


def prices_for(person: User | None, publication_id: str, product_ids: Collection[str]) -> Prices:
    """What these products cost this customer by lists; nobody who has not signed in is only everybody's."""
    lists = lists_for(person, publication_id)
    if not lists or not product_ids:
        return NO_LISTS
    found: dict[str, list[tuple[int, Decimal]]] = {}
    rows = ListPrice.objects.filter(price_list__in=lists, product__in=list(product_ids))
    for product_id, least, price in rows.values_list("product_id", "least", "price"):
        found.setdefault(product_id, []).append((least, price))
    return {product_id: sorted(prices) for product_id, prices in found.items()}


def lists_for(person: User | None, publication_id: str) -> list[PriceList]:
    """The lists of a publication that the customer may use."""
    rows = PriceList.objects.filter(publication=publication_id).select_related("publication__publisher")
    lists = list(rows.prefetch_related("subscriptions"))
    if person is None or all(row.is_for_all for row in lists):
        return [row for row in lists if row.is_for_all]
    publisher = lists[0].publication.publisher
    held, domains = _running(person, publisher), _domains(person, publisher)
    return [
        row
        for row in lists
        if row.is_for_all or held & {one.pk for one in row.subscriptions.all()} or domains & set(row.domains)
    ]


def _running(person: User, publisher: Publisher) -> set[str]:
    """The subscriptions of which the person has a period today, with its days of grace."""
    today = today_at(publisher)
    return {
        row.subscription_id
        for row in periods_of(person, publisher)
        if row.starts <= today and (row.ends is None or today <= row.ends + timedelta(days=row.subscription.grace_days))
    }


def _domains(person: User, publisher: Publisher) -> set[str]:
    """Of the addresses that the person proved to be theirs, or for which an identity provider vouches."""
    emails = list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))
    if is_vouched(person, publisher.pk):
        emails.append(person.email)
    return {email.rpartition("@")[2].casefold() for email in emails}
