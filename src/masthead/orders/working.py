"""Work on orders: their status from new to done, notes of staff, and the person taken out of what must stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User, can
from masthead.accounts.services import log_write
from masthead.library.selectors import can_do
from masthead.library.services import publication_laid
from masthead.orders.describing import CHANGED, order_tell
from masthead.orders.errors import OrderStatusError
from masthead.orders.models import OrderLine, Product
from masthead.orders.selectors import Order
from masthead.outbox.mail import ABOUT
from masthead.outbox.services import messages_forget

Status = Order.Status
STATUS_WORDS = ("New", "Confirmed", "In work", "Sent", "Done", "Cancelled")
WORD_OF: Final = dict(zip(Status, STATUS_WORDS, strict=True))
SUBJECT_WORDS = "Order {number}: {status}"
BODY_WORDS = "Your order {number} from {publication} has another status: {status}."
SETTLED: Final = frozenset({Status.DONE, Status.CANCELLED})
LONGEST_NOTE = 4000  # characters
_NEXT: Final[dict[str, tuple[Status, ...]]] = {
    Status.NEW: (Status.CONFIRMED, Status.IN_WORK, Status.SENT, Status.DONE, Status.CANCELLED),
    Status.CONFIRMED: (Status.IN_WORK, Status.SENT, Status.DONE, Status.CANCELLED),
    Status.IN_WORK: (Status.CONFIRMED, Status.SENT, Status.DONE, Status.CANCELLED),
    Status.SENT: (Status.IN_WORK, Status.DONE, Status.CANCELLED),
    Status.DONE: (Status.SENT,),  # somebody pressed the wrong button
    Status.CANCELLED: (Status.CONFIRMED,),
}


def statuses_after(status: str) -> tuple[Status, ...]:
    """Where an order can go from here: on, one step back, or cancelled; a cancelled one can be taken up again."""
    return _NEXT[status]


def order_status_set(
    *, by: User, order: Order, status: str, seen: str = "", tell: bool = False, message: str = ""
) -> Order:
    """Another status, told to webhooks and, if so wanted, to the customer by mail with a message.

    `seen` is the status that the person had before them. What a cancelled order had taken from the stock is there
    again, and is taken again when it is taken up. Raises NotAllowedError, OrderStatusError.
    """
    _require(by, order)
    with transaction.atomic():
        current = _locked(order)
        before = current.status
        if (seen and seen != before) or status not in statuses_after(before):
            raise OrderStatusError(f"{before} → {status}")
        if Status.CANCELLED in (before, status):
            _stock(current, gives_back=status == Status.CANCELLED)
        current.status = Status(status)
        if current.status in SETTLED and current.erase_asked_at:
            _without_person(current)
        current.save()
        _log(by, current, "order.status", {"status": before}, {"status": status})
        order_tell(CHANGED, current)
        if tell and current.particulars.get("email"):
            _mail(current, message)
    return current


def orders_status_set(*, by: User, orders: Iterable[Order], status: str) -> tuple[list[Order], list[Order]]:
    """The same for several: those that got it, and those that could not and stay. Raises NotAllowedError."""
    done: list[Order] = []
    left: list[Order] = []
    for order in orders:
        try:
            done.append(order_status_set(by=by, order=order, status=status))
        except OrderStatusError:
            left.append(order)
    return done, left


def order_note_set(*, by: User, order: Order, note: str) -> Order:
    """What staff write about it. The log says that it changed and not what it says. Raises NotAllowedError."""
    _require(by, order)
    note = note.replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    with transaction.atomic():
        current = _locked(order)
        if current.note != note:
            current.note = note
            current.save()
            _log(by, current, "order.note", {}, {})
    return current


def order_payment_set(*, by: User | None, order: Order, payment: str, reference: str) -> Order:
    """What the payment provider says of it; whoever calls knows that it was the provider. Said twice, told once."""
    with transaction.atomic():
        current = _locked(order)
        if (current.payment, current.payment_reference) != (payment, reference[:120]):
            before = {"payment": current.payment}
            current.payment, current.payment_reference = payment, reference[:120]
            current.save()
            _log(by, current, "order.payment", before, {"payment": payment})
            order_tell(CHANGED, current)
    return current


def order_erase(*, by: User, order: Order) -> Order:
    """Take the person out of it: at once where it is settled, else as soon as it is. Raises NotAllowedError.

    Number, day, lines and money stay, as bookkeepers must keep them; of the address only the country.
    """
    _require(by, order)
    return _erase(by, order)


def orders_erase(*, by: User, orders: Iterable[Order]) -> list[Order]:
    """The same for several, such as all of one person's. Raises NotAllowedError."""
    with transaction.atomic():
        return [order_erase(by=by, order=order) for order in orders]


def orders_erase_of(*, user: User) -> int:
    """At the wish of somebody whose account is erased: the same for all their orders. Says how many."""
    with transaction.atomic():
        rows = list(Order.objects.filter(person=user))
        for row in rows:
            _erase(None, row)
    return len(rows)


def _erase(by: User | None, order: Order) -> Order:
    with transaction.atomic():
        current = _locked(order)
        if current.erased_at:
            return current
        current.erase_asked_at = current.erase_asked_at or timezone.now()
        if current.status in SETTLED:
            _without_person(current)
        current.save()
        _log(by, current, "order.erase", {}, {})
    return current


def _without_person(order: Order) -> None:
    """Nothing in it says who ordered, and nothing that was sent about it is kept."""
    countries = {name: said for name, said in order.particulars.items() if "country" in name}
    order.particulars, order.person, order.note = countries, None, ""
    order.content, order.erased_at = "", timezone.now()
    messages_forget(target=order.pk)


def _stock(order: Order, *, gives_back: bool) -> None:
    """Take what the lines order from what is counted, or give it back. Raises OrderStatusError where it is gone."""
    counted = False
    for line in OrderLine.objects.filter(order=order, product__stock__isnull=False):
        rows = Product.objects.filter(pk=line.product_id, stock__isnull=False)
        if not gives_back:
            rows = rows.filter(stock__gte=line.quantity)
        amount = line.quantity if gives_back else -line.quantity
        if not rows.update(stock=F("stock") + amount) and not gives_back:
            raise OrderStatusError(line.code)
        counted = True
    if counted and order.publication_id:
        publication_laid(publication_id=order.publication_id)


def _mail(order: Order, message: str) -> None:
    words = wording.translator(order.language)
    told = {
        "number": order.number,
        "status": words.text(WORD_OF[Status(order.status)]),
        "publication": order.publication.name if order.publication else order.publisher.name,
    }
    subject = " ".join(words.text(SUBJECT_WORDS, **told).split())
    body = "\n\n".join(part for part in (words.text(BODY_WORDS, **told), message.strip()[:LONGEST_NOTE]) if part)
    headers = {ABOUT: order.pk, "Content-Language": words.language}
    EmailMessage(subject, body, None, [order.particulars["email"]], headers=headers).send()


def _require(by: User, order: Order) -> None:
    """Raise NotAllowedError where the person does not see to the shop that it came to."""
    of = order.publication
    is_allowed = can_do(by, Action.MANAGE_SHOP, of) if of else can(by, Action.MANAGE_SHOP, order.publisher_id)
    if not is_allowed:
        raise NotAllowedError(Action.MANAGE_SHOP.value)


def _locked(order: Order) -> Order:
    rows = Order.objects.select_for_update(of=("self",)).select_related("publication", "publisher")
    return rows.prefetch_related("lines").get(pk=order.pk)


def _log(by: User | None, order: Order, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log_write(
        by=by,
        publisher_id=order.publisher_id,
        action=action,
        subject_id=order.pk,
        subject_name=str(order.number),
        before=before,
        after=after,
    )
