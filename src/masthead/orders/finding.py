"""Finds orders for staff: those of the publications whose shop they see to, by words, status and days, in an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_date

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User, can
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, can_do, publication_list
from masthead.orders.models import OrderLine
from masthead.orders.selectors import Order
from masthead.outbox.selectors import Message, messages_to

# What a list can be sorted by; the number makes every one of them certain.
SORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "newest": ("-number",),
    "oldest": ("number",),
    "most": ("-total", "-number"),
    "name": ("particulars__name", "-number"),
}
_NAMED: Final = ("name", "email", "company", "phone")
_WORDS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; what is empty is not asked. Days are those of the publisher's calendar."""

    words: str = ""
    publication: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    sort: str = "newest"

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Asked:
        """What an address says, as far as it can be asked."""
        given = {name: str(said.get(name) or "")[:120].replace("\x00", "") for name in cls.__slots__}
        return cls(**{**given, "sort": given["sort"] if given["sort"] in SORTS else "newest"})

    def told(self) -> dict[str, str]:
        """The same for an address, without what is not asked."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in said.items() if value and (name, value) != ("sort", "newest")}


def sells_in(person: Person, publisher: Publisher) -> bool:
    """Whether the person sees to the shop of the publisher or of one of its publications."""
    return can(person, Action.MANAGE_SHOP, publisher.pk) or bool(shops_of(person, publisher))


def shops_of(person: Person, publisher: Publisher) -> list[Publication]:
    """The publications whose products and orders the person sees to."""
    rows = publication_list(person, publisher)
    return [row for row in rows if can_do(person, Action.MANAGE_SHOP, row)]


def order_list(person: User, publisher: Publisher, asked: Asked | None = None) -> QuerySet[Order]:
    """Orders with their lines; those of a publication that is gone see who sees to all. Raises NotAllowedError."""
    rows = Order.objects.filter(publisher=publisher).select_related("publication", "edition", "publisher")
    if not can(person, Action.MANAGE_SHOP, publisher.pk):
        shops = shops_of(person, publisher)
        if not shops:
            raise NotAllowedError(Action.MANAGE_SHOP.value)
        rows = rows.filter(publication__in=shops)
    return _asked(rows.prefetch_related("lines"), publisher, asked or Asked())


def order_get(person: User, publisher: Publisher, order_id: str) -> Order:
    """One of them; raises NotAllowedError, NotFoundError."""
    found = order_list(person, publisher).filter(pk=order_id).first()
    if found is None:
        raise NotFoundError(order_id)
    return found


def mails_of(order: Order) -> list[Message]:
    """The mails that were or will be sent about an order, as long as the outbox keeps them; first first."""
    return list(messages_to(order.pk).order_by("created_at"))


def _asked(rows: QuerySet[Order], publisher: Publisher, asked: Asked) -> QuerySet[Order]:
    for word in asked.words.split()[:_WORDS]:
        lines = OrderLine.objects.filter(order=OuterRef("pk"), code__icontains=word)
        found = Q(Exists(lines))
        for name in _NAMED:
            found |= Q(**{f"particulars__{name}__icontains": word})
        if word.isdecimal() and len(word) < 18:
            found |= Q(number=int(word))
        rows = rows.filter(found)
    if asked.publication:
        rows = rows.filter(publication=asked.publication)
    if asked.status:
        rows = rows.filter(status=asked.status)
    zone = ZoneInfo(publisher.time_zone)
    since, until = _day(asked.since), _day(asked.until)
    if since:
        rows = rows.filter(created_at__gte=datetime.combine(since, time(), zone))
    if until and until < date.max:
        rows = rows.filter(created_at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return rows.order_by(*SORTS[asked.sort])


def _day(written: str) -> date | None:
    """None for what is no day."""
    try:
        return parse_date(written)
    except ValueError:
        return None
