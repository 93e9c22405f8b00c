"""Price lists: other prices for some customers, who they are for, and which of them a customer may use.

A list is for everybody, for readers with a running period of one of its subscriptions, or for confirmed e-mail
addresses of its domains. Where several lists are somebody's, the lowest price counts (`pricing.price_of`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet

from masthead.access.entitlements import is_vouched, today_at
from masthead.access.subscribing import Subscription, periods_of
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, require
from masthead.library.services import publication_laid
from masthead.orders.checking import amount_text, key_of, price_checked
from masthead.orders.errors import PriceListInvalidError, ProductNumberError, ProductPriceError
from masthead.orders.models import ListPrice, PriceList
from masthead.orders.pricing import NO_LISTS, Prices
from masthead.orders.selectors import products_named

_DOMAIN: Final = re.compile(r"(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_MOST_DOMAINS = 200
_MOST_LEAST = 1_000_000_000


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


def price_list_list(person: User, publication: Publication) -> QuerySet[PriceList]:
    """The price lists of a publication by name, each with `count` of its prices. Raises NotAllowedError."""
    require(person, Action.MANAGE_SHOP, publication)
    rows = PriceList.objects.filter(publication=publication).select_related("publication__publisher")
    return rows.annotate(count=Count("prices", distinct=True)).prefetch_related("subscriptions")


def price_list_get(person: User, publication: Publication, list_id: str) -> PriceList:
    """One of them. Raises NotAllowedError, NotFoundError."""
    found = price_list_list(person, publication).filter(pk=list_id).first()
    if found is None:
        raise NotFoundError(list_id)
    return found


def prices_in(price_list: PriceList, words: str = "") -> QuerySet[ListPrice]:
    """The prices of a list that was already given to somebody, by the codes of their products."""
    rows = price_list.prices.select_related("product").order_by("product__key", "least")
    for word in words.split()[:6]:
        rows = rows.filter(product__key__contains=key_of(word)) | rows.filter(product__name__icontains=word)
    return rows


def price_list_create(
    *,
    by: User,
    publication: Publication,
    name: str,
    is_for_all: bool = False,
    subscriptions: Iterable[Subscription] = (),
    domains: Iterable[str] = (),
) -> PriceList:
    """A list without prices yet. Raises NotAllowedError, PriceListInvalidError with its field."""
    require(by, Action.MANAGE_SHOP, publication)
    made = PriceList(publication=publication, name=_name(name), is_for_all=is_for_all, domains=_checked(domains))
    with transaction.atomic():
        _keep(made, subscriptions)
        _log(by, made, "price_list.create", {}, _facts(made))
    return made


def price_list_change(
    *,
    by: User,
    price_list: PriceList,
    name: str,
    is_for_all: bool,
    subscriptions: Iterable[Subscription],
    domains: Iterable[str],
) -> PriceList:
    """Another name, or for others. Raises NotAllowedError, PriceListInvalidError with its field."""
    require(by, Action.MANAGE_SHOP, price_list.publication)
    with transaction.atomic():
        row = PriceList.objects.select_for_update().get(pk=price_list.pk)
        row.publication = price_list.publication
        before = _facts(row)
        row.name, row.is_for_all, row.domains = _name(name), is_for_all, _checked(domains)
        _keep(row, subscriptions)
        if before != _facts(row):
            _log(by, row, "price_list.change", before, _facts(row))
    return row


def price_list_remove(*, by: User, price_list: PriceList) -> None:
    """Remove it with its prices; orders stay as they were. Raises NotAllowedError."""
    require(by, Action.MANAGE_SHOP, price_list.publication)
    with transaction.atomic():
        _log(by, price_list, "price_list.remove", _facts(price_list), {})
        price_list.delete()


def list_price_set(*, by: User, price_list: PriceList, code: str, least: int = 1, price: str) -> None:
    """What one of a product costs in the list from a quantity on; "" takes the price away.

    Raises NotAllowedError, PriceListInvalidError, ProductNumberError and ProductPriceError with their field.
    """
    require(by, Action.MANAGE_SHOP, price_list.publication)
    product = products_named(price_list.publication_id, [code]).get(key_of(code))
    if product is None or (price and not product.currency):
        raise PriceListInvalidError(code, field="code")
    if not 1 <= least < _MOST_LEAST:
        raise ProductNumberError(str(least), field="least")
    with transaction.atomic():
        rows = ListPrice.objects.filter(price_list=price_list, product=product, least=least)
        was = rows.values_list("price", flat=True).first()
        if price:
            kept = price_checked(price, product.currency)
            ListPrice.objects.update_or_create(
                price_list=price_list, product=product, least=least, defaults={"price": kept}
            )
        else:
            kept = None
            rows.delete()
        if was != kept:
            told = [{"code": product.code, "price": _money(at, product.currency)} for at in (was, kept)]
            _log(by, price_list, "price_list.price", told[0] if was is not None else {}, told[1])


def prices_replace(*, by: User, price_list: PriceList, prices: Iterable[tuple[str, int, str]]) -> None:
    """These prices (code, from which quantity, price) in place of all that are there: all of them or none.

    Raises NotAllowedError, PriceListInvalidError, ProductPriceError.
    """
    require(by, Action.MANAGE_SHOP, price_list.publication)
    said = list(prices)
    products = products_named(price_list.publication_id, (code for code, _, _ in said))
    made: dict[tuple[str, int], ListPrice] = {}
    for code, least, price in said:
        product = products.get(key_of(code))
        if product is None or not product.currency:
            raise PriceListInvalidError(code, field="prices")
        try:
            kept = price_checked(price, product.currency)
        except ProductPriceError as error:
            error.field = "prices"
            raise
        made[product.pk, least] = ListPrice(price_list=price_list, product=product, least=least, price=kept)
    with transaction.atomic():
        before = price_list.prices.count()
        price_list.prices.all().delete()
        ListPrice.objects.bulk_create(made.values(), batch_size=500)
        _log(by, price_list, "price_list.price", {"prices": before}, {"prices": len(made)})


def _name(name: str) -> str:
    said = " ".join(name.split())
    if not said or len(said) > 120 or ":" in said:
        raise PriceListInvalidError(name[:80], field="name")
    return said


def _checked(domains: Iterable[str]) -> list[str]:
    found = sorted({domain.strip().lstrip("@").casefold() for domain in domains if domain.strip()})
    if len(found) > _MOST_DOMAINS or not all(_DOMAIN.fullmatch(domain) for domain in found):
        raise PriceListInvalidError(", ".join(found)[:80], field="domains")
    return found


def _keep(row: PriceList, subscriptions: Iterable[Subscription]) -> None:
    rows = PriceList.objects.filter(publication=row.publication, name__iexact=row.name).exclude(pk=row.pk)
    if rows.exists():
        raise PriceListInvalidError(row.name, field="name")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise PriceListInvalidError(row.name, field="name") from error
    row.subscriptions.set([one for one in subscriptions if one.publisher_id == row.publication.publisher_id])


def _money(price: Decimal | None, currency: str) -> str:
    return "" if price is None else f"{amount_text(price, currency)} {currency}"


def _facts(row: PriceList) -> dict[str, Any]:
    names = sorted(row.subscriptions.values_list("name", flat=True))
    return {"name": row.name, "is_for_all": row.is_for_all, "subscriptions": names, "domains": row.domains}


def _log(by: User, row: PriceList, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Log it; pages show what everybody pays, so what was kept of them is old."""
    publication_laid(publication_id=row.publication_id)
    log_write(
        by=by,
        publisher_id=row.publication.publisher_id,
        action=action,
        subject_id=row.pk,
        subject_name=row.name,
        before=before,
        after=after,
    )


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
