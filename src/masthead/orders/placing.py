"""Places an order: priced again, written with its number and its mails in one transaction, once for each key.

Whoever is told a number can rely on the order, and on both mails, being there: all of it is one commit. Whoever was
told nothing sends the same key again and gets the order that is there, or makes it now. None is lost, none doubled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from masthead.accounts.selectors import User
from masthead.library.selectors import Edition
from masthead.library.services import publication_laid
from masthead.orders.carts import cart_take_out
from masthead.orders.checking import key_of
from masthead.orders.describing import PLACED, order_tell
from masthead.orders.errors import OrderChangedError, OrderEmptyError, OrderKeyError
from masthead.orders.letters import order_mails
from masthead.orders.models import Order, OrderBook, OrderLine, Product
from masthead.orders.price_lists import prices_for
from masthead.orders.pricing import Offer, offer_of, taxes_of
from masthead.orders.selectors import products_named
from masthead.outbox.mail import ABOUT

_SIGNER: Final = signing.Signer(salt="masthead.order")


def order_offer(
    *,
    edition: Edition,
    wanted: Mapping[str, int],
    by: User | None = None,
    within: Collection[str] | None = None,
) -> Offer:
    """What the order would come to now, at the prices of this customer. Who may read the edition was asked.

    `within` are the keys of the products that lie on pages which this person may read; None: all of the publication.
    """
    keys = {key_of(code): quantity for code, quantity in wanted.items()}
    asked = keys if within is None else [key for key in keys if key in within]
    products = products_named(edition.publication_id, asked)
    return offer_of(keys, products, prices_for(by, edition.publication_id, [row.pk for row in products.values()]))


def token_of(order: Order) -> str:
    """By what the order's own page is addressed: nobody can guess it."""
    return _SIGNER.sign(order.pk)


def id_of(token: str) -> str:
    """The order of a token; "" where it is none of ours."""
    try:
        return _SIGNER.unsign(token)
    except signing.BadSignature:
        return ""


def order_place(
    *,
    by: User | None,
    edition: Edition,
    wanted: Mapping[str, int],
    particulars: Mapping[str, str],
    seal: str,
    key: str,
    orders_to: str,
    language: str = "en",
    within: Collection[str] | None = None,
    chosen_in: Mapping[str, str] | None = None,
    origin: str = "",
) -> Order:
    """Place the order that the person saw (`seal`, of its Offer), or answer the one that this key has placed already.

    `particulars` are checked, with name and email; a copy goes to the address `orders_to`. `within` as `order_offer`
    has it; `chosen_in` are the ids of the editions in which products were chosen, by key, where it is not this one;
    `origin` is where the house is reached, for the link in the mail. What is ordered leaves the person's cart.
    Raises OrderEmptyError, OrderChangedError where it would come to something else now, OrderKeyError where the key
    has placed another.
    """
    content = _content_of(edition, wanted, particulars, seal)
    publisher_id = edition.publication.publisher_id
    OrderBook.objects.get_or_create(publisher_id=publisher_id)
    with transaction.atomic():
        book = OrderBook.objects.select_for_update().get(publisher_id=publisher_id)  # one after the other
        there = _sent_before(publisher_id, key, content)
        if there is not None:
            return there
        offer = _as_seen(order_offer(edition=edition, wanted=wanted, by=by, within=within), seal)
        book.last += 1
        book.save()
        order = Order.objects.create(
            publisher_id=publisher_id,
            publication=edition.publication,
            edition=edition,
            person=by,
            number=book.last,
            key=key,
            content=content,
            particulars=dict(particulars),
            currency=offer.currency,
            total=offer.total,
            language=language,
        )
        _complete(order, _write_lines(order, offer, chosen_in or {}), offer, wanted, orders_to, origin)
    return order


def _as_seen(offer: Offer, seal: str) -> Offer:
    if not offer.lines:
        raise OrderEmptyError
    if not offer.is_fine or offer.seal != seal:
        raise OrderChangedError(offer.seal)
    return offer


def _sent_before(publisher_id: str, key: str, content: str) -> Order | None:
    there = Order.objects.filter(publisher_id=publisher_id, key=key).first()
    if there is not None and there.content != content:
        raise OrderKeyError(key)
    return there


def _complete(
    order: Order, lines: Sequence[OrderLine], offer: Offer, wanted: Mapping[str, int], orders_to: str, origin: str
) -> None:
    """All that belongs to an order with its lines, in its transaction."""
    publication = order.publication
    if publication is not None:
        _take_from_stock(offer, publication.pk)
    if order.person is not None and publication is not None:
        ordered = {key_of(code): number for code, number in wanted.items()}
        cart_take_out(by=order.person, publication_id=publication.pk, ordered=ordered)
    _tell(order, lines, offer, orders_to, origin)


def _content_of(edition: Edition, wanted: Mapping[str, int], particulars: Mapping[str, str], seal: str) -> str:
    """Tells one sending from another."""
    said = [edition.pk, sorted(wanted.items()), sorted(particulars.items()), seal]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _write_lines(order: Order, offer: Offer, chosen_in: Mapping[str, str]) -> list[OrderLine]:
    return OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product=line.product,
            edition_id=chosen_in.get(line.product.key, order.edition_id),
            position=position,
            code=line.product.code,
            name=line.product.full_name,
            quantity=line.quantity,
            price=line.price,
            amount=line.amount,
            tax=line.product.tax,
        )
        for position, line in enumerate(offer.lines, start=1)
        if line.product is not None
    )


def _take_from_stock(offer: Offer, publication_id: str) -> None:
    counted = [line for line in offer.lines if line.product is not None and line.product.stock is not None]
    for line in counted:
        assert line.product is not None
        rows = Product.objects.filter(pk=line.product.pk, stock__gte=line.quantity)
        if not rows.update(stock=F("stock") - line.quantity):  # staff changed it since it was read
            raise OrderChangedError(line.code)
    if counted:
        publication_laid(publication_id=publication_id)


def _tell(order: Order, lines: Sequence[OrderLine], offer: Offer, orders_to: str, origin: str) -> None:
    """Webhooks, and mails to both sides: of the same transaction, sent by the outbox once it is written."""
    order_tell(PLACED, order)
    page = ""
    if origin and order.edition is not None:
        slugs = [order.edition.publication.slug, order.edition.slug]
        page = origin + reverse("edition-order-sent", args=[*slugs, token_of(order)])
    taxes = [(f"{rate.normalize():f}", str(tax)) for rate, tax in taxes_of(offer.lines, offer.currency).items()]
    for mail in order_mails(order, lines, taxes, orders_to=orders_to, page=page):
        mail.extra_headers[ABOUT] = order.pk
        mail.send()
