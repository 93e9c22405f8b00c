"""Places an order: priced again, written with its number and its mails in one transaction, once for each key.

Whoever is told a number can rely on the order, and on both mails, being there: all of it is one commit. Whoever was
told nothing sends the same key again and gets the order that is there, or makes it now. None is lost, none doubled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from masthead import wording
from masthead.accounts.selectors import User
from masthead.library.selectors import Edition
from masthead.library.services import publication_laid
from masthead.orders.checking import amount_text, key_of
from masthead.orders.describing import PLACED, order_tell
from masthead.orders.errors import OrderChangedError, OrderEmptyError, OrderKeyError
from masthead.orders.models import Order, OrderBook, OrderLine, Product
from masthead.orders.price_lists import prices_for
from masthead.orders.pricing import Offer, offer_of
from masthead.orders.selectors import products_named
from masthead.outbox.mail import ABOUT

SUBJECT_WORDS = "Order {number} from {publication}"
THANKS_WORDS = "Your order has arrived. Its number is {number}."
CAME_WORDS = "Order {number} came from {name}, {email}."
TOTAL_WORDS = "Total: {total}"


def order_offer(*, edition: Edition, wanted: Mapping[str, int], by: User | None = None) -> Offer:
    """What the order would come to now, at the prices of this customer. Who may read the edition was asked."""
    keys = {key_of(code): quantity for code, quantity in wanted.items()}
    products = products_named(edition.publication_id, keys)
    return offer_of(keys, products, prices_for(by, edition.publication_id, [row.pk for row in products.values()]))


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
) -> Order:
    """Place the order that the person saw (`seal`, of its Offer), or answer the one that this key has placed already.

    `particulars` are checked, with name and email; a copy goes to the address `orders_to`. Raises OrderEmptyError,
    OrderChangedError where it would come to something else now, OrderKeyError where the key has placed another.
    """
    content = _content_of(edition, wanted, particulars, seal)
    publisher_id = edition.publication.publisher_id
    OrderBook.objects.get_or_create(publisher_id=publisher_id)
    with transaction.atomic():
        book = OrderBook.objects.select_for_update().get(publisher_id=publisher_id)  # one after the other
        there = Order.objects.filter(publisher_id=publisher_id, key=key).first()
        if there is not None:
            if there.content != content:
                raise OrderKeyError(key)
            return there
        offer = order_offer(edition=edition, wanted=wanted, by=by)
        if not offer.lines:
            raise OrderEmptyError
        if not offer.is_fine or offer.seal != seal:
            raise OrderChangedError(offer.seal)
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
        _write_lines(order, offer)
        _take_from_stock(offer, edition.publication_id)
        _tell(order, offer, orders_to)
    return order


def _content_of(edition: Edition, wanted: Mapping[str, int], particulars: Mapping[str, str], seal: str) -> str:
    """Tells one sending from another."""
    said = [edition.pk, sorted(wanted.items()), sorted(particulars.items()), seal]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _write_lines(order: Order, offer: Offer) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product=line.product,
            position=position,
            code=line.product.code,
            name=line.product.name,
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


def _tell(order: Order, offer: Offer, orders_to: str) -> None:
    """Webhooks, and mails to both sides: of the same transaction, sent by the outbox once it is written."""
    order_tell(PLACED, order)
    words = wording.translator(order.language)
    publication = order.publication.name if order.publication else ""
    subject = " ".join(words.text(SUBJECT_WORDS, number=order.number, publication=publication).split())
    rows = [
        f"{line.quantity} × {line.product.code} {line.product.name}: {amount_text(line.amount, offer.currency)}"
        for line in offer.lines
        if line.product is not None
    ]
    total = words.text(TOTAL_WORDS, total=f"{amount_text(order.total, order.currency)} {order.currency}")
    name, email = order.particulars.get("name", ""), order.particulars["email"]
    thanks = words.text(THANKS_WORDS, number=order.number)
    came = words.text(CAME_WORDS, number=order.number, name=name, email=email)
    about = {ABOUT: order.pk}
    EmailMessage(subject, "\n".join([thanks, "", *rows, "", total]), None, [email], headers=about).send()
    came_mail = EmailMessage(subject, "\n".join([came, "", *rows, "", total]), None, [orders_to], headers=about)
    came_mail.reply_to = [email]
    came_mail.send()
