"""Prices of lists as columns of a list of products: “Price: Trade”, and “Price: Trade 10+” from ten on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Q

from masthead import wording
from masthead.library.selectors import Publication
from masthead.orders.checking import amount_text
from masthead.orders.errors import ProductsUnreadableError
from masthead.orders.models import ListPrice, PriceList, Product
from masthead.orders.selectors import products_named

PriceAt = tuple[str, int]  # the id of a list, and from which quantity on
PricesAt = Mapping[PriceAt, Decimal]
PRICE_COLUMN_WORDS = ("Price: {list}", "Price: {list} {least}+")


def price_columns(publication: Publication, head: Sequence[str]) -> dict[PriceAt, int]:
    """Where in a list prices of the publication's price lists stand. Raises ProductsUnreadableError for a list
    that there is not: its prices would be lost without a word.
    """
    lists = {row.name.casefold(): row.pk for row in PriceList.objects.filter(publication=publication)}
    found: dict[PriceAt, int] = {}
    for at, cell in enumerate(head):
        before, colon, name = cell.partition(":")
        if not colon or before.strip().casefold() not in _before():
            continue
        whole = name.strip().casefold()
        pure, least = (whole, 1) if whole in lists else _divided(whole)
        if pure not in lists:
            raise ProductsUnreadableError(f"no price list is called {name.strip()[:80]}")
        known = lists[pure]
        found.setdefault((known, least), at)
    return found


def price_heads(publication: Publication, language: str) -> list[tuple[PriceAt, str]]:
    """The columns that the publication's prices take, with their heads."""
    words = wording.translator(language)
    rows = ListPrice.objects.filter(price_list__publication=publication).order_by("price_list__name", "least")
    found = []
    for pk, name, least in rows.values_list("price_list", "price_list__name", "least").distinct():
        sentence = PRICE_COLUMN_WORDS[0 if least == 1 else 1]
        found.append(((pk, least), words.text(sentence, list=name, least=least)))
    return found


def prices_kept(products: Iterable[Product]) -> dict[str, dict[PriceAt, Decimal]]:
    """The prices that these products have in lists, by their ids."""
    found: dict[str, dict[PriceAt, Decimal]] = {}
    ids = [row.pk for row in products]
    for at in range(0, len(ids), 500):
        rows = ListPrice.objects.filter(product__in=ids[at : at + 500])
        for product, price_list, least, price in rows.values_list("product", "price_list", "least", "price"):
            found.setdefault(product, {})[(price_list, least)] = price
    return found


def price_cells(product: Product, prices: PricesAt, heads: Iterable[tuple[PriceAt, str]]) -> list[str]:
    """What stands of a product in these columns."""
    return [amount_text(prices.get(at), product.currency) for at, _ in heads]


def prices_keep(publication: Publication, prices: Mapping[str, Mapping[PriceAt, Decimal | None]]) -> None:
    """Keep what rows say of prices in lists, by the keys of their products; None takes one away."""
    if not prices:
        return
    known = products_named(publication.pk, prices)
    said = [(known[key].pk, at, price) for key, found in prices.items() if key in known for at, price in found.items()]
    made = [
        ListPrice(product_id=product, price_list_id=at[0], least=at[1], price=price)
        for product, at, price in said
        if price is not None
    ]
    ListPrice.objects.bulk_create(
        made,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["price_list", "product", "least"],
        update_fields=["price"],
    )
    for product, at, price in said:
        if price is None:
            ListPrice.objects.filter(Q(product=product) & Q(price_list=at[0], least=at[1])).delete()


def _before() -> set[str]:
    """How “Price” before the colon is said in any language."""
    return {
        wording.translator(language).text(PRICE_COLUMN_WORDS[0]).partition(":")[0].strip().casefold()
        for language in wording.languages()
    }


def _divided(name: str) -> tuple[str, int]:
    """“trade 10+” as the name of a list and a quantity, 1 where none is said."""
    rest, _, last = name.removesuffix("+").rstrip().rpartition(" ")
    is_quantity = name.endswith("+") and last.isdecimal() and 0 < len(last) < 10 and int(last) > 0
    return (rest.strip(), int(last)) if is_quantity else (name, 1)
