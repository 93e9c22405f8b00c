"""Reads products: for staff all of a publication's, for pages those that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db.models import F, OrderBy, Q, QuerySet

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, require
from masthead.orders.checking import key_of
from masthead.orders.models import Checkout as Checkout
from masthead.orders.models import FeedRun as FeedRun
from masthead.orders.models import ListPrice as ListPrice
from masthead.orders.models import Order as Order
from masthead.orders.models import PriceList as PriceList
from masthead.orders.models import Product as Product
from masthead.orders.models import ProductFeed as ProductFeed

STATES = ("", "offered", "not_offered", "sold_out")
# What their list can be sorted by; prices of several currencies stand apart, what has none stands last.
PRODUCT_SORTS: Final[Mapping[str, Sequence[str | OrderBy]]] = {
    "code": ("key",),
    "name": ("name", "key"),
    "dearest": ("-currency", F("price").desc(nulls_last=True), "key"),
    "scarcest": (F("stock").asc(nulls_last=True), "key"),
}
_A_QUESTION = 500  # codes
_MOST_OPTIONS = 100


def product_list(
    person: User, publication: Publication, words: str = "", state: str = "", sort: str = "code"
) -> QuerySet[Product]:
    """The products of a publication, by one of PRODUCT_SORTS; those with all the words. Raises NotAllowedError."""
    require(person, Action.MANAGE_SHOP, publication)
    found = Product.objects.filter(publication=publication)
    for word in words.split()[:8]:
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word) | Q(description__icontains=word))
    if state in ("offered", "not_offered"):
        found = found.filter(is_offered=state == "offered")
    if state == "sold_out":
        found = found.filter(stock=0)
    return found.order_by(*PRODUCT_SORTS.get(sort, PRODUCT_SORTS["code"]))


def product_get(person: User, publication: Publication, product_id: str) -> Product:
    """One of them. Raises NotAllowedError, NotFoundError."""
    found = product_list(person, publication).filter(pk=product_id).first()
    if found is None:
        raise NotFoundError(product_id)
    found.publication = publication
    return found


def products_named(publication_id: str, codes: Iterable[str]) -> dict[str, Product]:
    """Products of a publication by their keys (`key_of` a code). Who may read the page that names them was asked."""
    keys = sorted({key_of(code) for code in codes})
    found: dict[str, Product] = {}
    for at in range(0, len(keys), _A_QUESTION):
        rows = Product.objects.filter(publication_id=publication_id, key__in=keys[at : at + _A_QUESTION])
        found |= {row.key: row for row in rows}
    return found


def options_of(product: Product) -> list[Product]:
    """All offered products that are this one in other options, and itself, by their codes; none where it has none."""
    if not product.group:
        return []
    rows = Product.objects.filter(publication=product.publication_id, group=product.group, is_offered=True)
    return list(rows[:_MOST_OPTIONS])


def options_beside(publication_id: str, keys: list[str]) -> dict[str, list[str]]:
    """The keys of the other options of products, by their own keys."""
    own = Product.objects.filter(publication=publication_id, is_offered=True).exclude(group="")
    groups: dict[str, list[str]] = {}
    for group, key in own.values_list("group", "key"):
        groups.setdefault(group, []).append(key)
    wanted = set(keys)
    return {key: others for others in groups.values() for key in others if key in wanted}


def codes_offered(publication: Publication, most: int = 500) -> list[tuple[str, str]]:
    """Codes and names of what is offered, for a field that proposes them to somebody of the staff."""
    rows = Product.objects.filter(publication=publication, is_offered=True)
    return list(rows.values_list("code", "name")[:most])


def products_offered(publication_id: str) -> list[Product]:
    """All that is offered, to be found on pages."""
    return list(Product.objects.filter(publication_id=publication_id, is_offered=True))


def order_sent(order_id: str) -> Order | None:
    """An order by its id, which its token told; None where there is none."""
    return Order.objects.filter(pk=order_id).select_related("publication", "edition").first() if order_id else None


def order_with_key(edition: Edition, key: str) -> Order | None:
    """The order of an edition that was sent under a key that only the sender knows."""
    return Order.objects.filter(edition=edition, key=key).first()


def orders_of(person: User) -> QuerySet[Order]:
    """The orders that somebody sent while signed in, newest first."""
    rows = Order.objects.filter(person=person).select_related("publication", "edition__publication", "publisher")
    return rows.order_by("-created_at")


def last_particulars(person: User | None, edition: Edition) -> dict[str, str]:
    """What somebody wrote when they last ordered from this publisher, without what was for that order alone."""
    if person is None:
        return {}
    rows = Order.objects.filter(person=person, publisher_id=edition.publication.publisher_id)
    kept = rows.order_by("-created_at").values_list("particulars", flat=True).first() or {}
    return {name: value for name, value in kept.items() if name not in ("po_number", "note")}
