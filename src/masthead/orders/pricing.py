"""What an order would come to now: its lines at today's prices, and what keeps a line from being ordered.

Prices have the digits of their currency (`checking`), so amounts and totals are exact: nothing is rounded but the tax
that an amount contains, once for each rate, half up.

What one of a product costs for whom, and from which quantity on, says `price_of` alone: it is shown and it is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from babel.numbers import get_currency_precision

from masthead.orders.models import Product

# Prices of lists for one customer: by the id of a product, each from its quantity on (`price_lists.prices_for`).
Prices = Mapping[str, Sequence[tuple[int, Decimal]]]
NO_LISTS: Final[Prices] = {}


class Obstacle(StrEnum):
    """Why a line cannot be ordered as it is wanted."""

    NONE = ""
    GONE = "gone"  # no such product, or not offered
    ON_REQUEST = "on_request"  # it has no price
    SOLD_OUT = "sold_out"
    TOO_MANY = "too_many"  # more than there are
    QUANTITY = "quantity"  # fewer than the least, or between two steps
    CURRENCY = "currency"  # not the currency of the first line


@dataclass(frozen=True, slots=True)
class Line:
    """One product of the order. `product` is None where there is none with this code."""

    code: str
    quantity: int
    product: Product | None
    amount: Decimal
    obstacle: Obstacle
    price: Decimal = Decimal()  # of one, for this customer at this quantity


@dataclass(frozen=True, slots=True)
class Offer:
    """All lines as they are wanted; amounts and the total of those that can be ordered."""

    lines: tuple[Line, ...]
    currency: str
    total: Decimal

    @property
    def is_fine(self) -> bool:
        """Whether every line can be ordered, and there is one."""
        return bool(self.lines) and not any(line.obstacle for line in self.lines)

    @property
    def seal(self) -> str:
        """What the person agreed to: every code, quantity and price."""
        said = [f"{line.code}*{line.quantity}@{line.amount.normalize():f}" for line in self.lines]
        return " ".join([*said, f"{self.total.normalize():f}", self.currency])


def price_of(product: Product, quantity: int, prices: Prices = NO_LISTS) -> Decimal | None:
    """What one costs where so many are ordered: the lowest of its own price and those of lists; None: on request."""
    if product.price is None:
        return None
    return min([product.price, *(price for least, price in prices.get(product.pk, ()) if least <= quantity)])


def scale_of(product: Product, prices: Prices = NO_LISTS) -> list[tuple[int, Decimal]]:
    """From which quantity on one costs less than before, rising; the first is the least that can be ordered.

    Empty where the price is on request.
    """
    first = price_of(product, product.minimum, prices)
    if first is None:
        return []
    scale = [(product.minimum, first)]
    for least in sorted({least for least, _ in prices.get(product.pk, ()) if least > product.minimum}):
        price = price_of(product, least, prices)
        if price is not None and price < scale[-1][1]:
            scale.append((least, price))
    return scale


def usual_of(product: Product, own: Prices, others: Prices) -> Decimal | None:
    """What others pay for one where this customer pays less; None where they pay the same."""
    mine, usual = scale_of(product, own), scale_of(product, others)
    return usual[0][1] if usual and mine[0][1] < usual[0][1] else None


def offer_of(wanted: Mapping[str, int], products: Mapping[str, Product], prices: Prices = NO_LISTS) -> Offer:
    """What these quantities by key come to; `products` are those of the publication that were found, by key.

    `prices` are those of the lists that this customer may use.
    """
    currency, lines = "", list[Line]()
    for key, quantity in wanted.items():
        found = products.get(key)
        obstacle = _obstacle(found, quantity, currency)
        price = (price_of(found, quantity, prices) if found is not None else None) or Decimal()
        if found is not None and not obstacle:
            currency = found.currency
        amount = Decimal() if obstacle else price * quantity
        lines.append(Line(found.code if found else key, quantity, found, amount, obstacle, price))
    return Offer(tuple(lines), currency, sum((line.amount for line in lines), Decimal()))


def taxes_of(lines: Iterable[Line], currency: str) -> dict[Decimal, Decimal]:
    """The tax that the amounts contain, by its rate in percent: of the sum of each rate, rounded once, half up."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        if line.product is not None and line.product.tax and not line.obstacle:
            sums[line.product.tax] = sums.get(line.product.tax, Decimal()) + line.amount
    digit = Decimal(1).scaleb(-min(3, get_currency_precision(currency)))
    return {rate: (of * rate / (100 + rate)).quantize(digit, ROUND_HALF_UP) for rate, of in sorted(sums.items())}


def _obstacle(product: Product | None, quantity: int, currency: str) -> Obstacle:
    if product is None or not product.is_offered:
        return Obstacle.GONE
    if product.price is None:
        return Obstacle.ON_REQUEST
    if product.stock == 0:
        return Obstacle.SOLD_OUT
    if quantity < product.minimum or (quantity - product.minimum) % product.step:
        return Obstacle.QUANTITY
    if product.stock is not None and quantity > product.stock:
        return Obstacle.TOO_MANY
    return Obstacle.CURRENCY if currency and product.currency != currency else Obstacle.NONE
