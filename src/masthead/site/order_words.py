"""Orders in words: what keeps a line from being ordered, and a line as the pages and the reader's panel show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masthead import wording
from masthead.document.overlays import Overlay
from masthead.exports.frame.overlays import price_of
from masthead.orders.pictures import picture_address
from masthead.orders.pricing import Line, Obstacle, Offer, Prices, scale_of, taxes_of, usual_of
from masthead.orders.selectors import Product

OBSTACLE_WORDS = {
    Obstacle.GONE: "This cannot be ordered any more. Remove it to go on.",
    Obstacle.ON_REQUEST: "Its price is on request, so it cannot be ordered here. Remove it to go on.",
    Obstacle.SOLD_OUT: "Sold out just now. Remove it to go on.",
    Obstacle.TOO_MANY: "Only {stock} are left. Order fewer.",
    Obstacle.CURRENCY: "Its price is in another currency than the first product: order it on its own.",
}
LEAST_WORDS = "Order at least {minimum}."
STEP_WORDS = "Order {minimum}, or more in steps of {step}."
TAX_WORDS = "with {rate} % tax: {amount}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a cart in words. `price` is of one; "" where there is none to be told."""

    key: str
    code: str
    name: str
    quantity: int
    minimum: int
    step: int
    pack: int
    stock: int | None
    price: str
    amount: str
    plain_amount: str  # a decimal number
    trouble: str
    picture: str  # the address of a small one; "" where there is none
    page: int


def obstacle_words(line: Line, words: wording.Translator) -> str:
    """Why a line cannot be ordered, and what to do; "" where it can."""
    if not line.obstacle:
        return ""
    product = line.product
    if line.obstacle is Obstacle.QUANTITY and product is not None:
        said = STEP_WORDS if product.step > 1 else LEAST_WORDS
        return words.text(said, minimum=product.minimum, step=product.step)
    return words.text(OBSTACLE_WORDS[line.obstacle], stock=product.stock if product else 0)


def rows_of(offer: Offer, overlays: Mapping[str, Overlay], files: str, words: wording.Translator) -> list[Row]:
    """All lines of an offer. `overlays` by the keys of their codes; `files` is the address before names of files."""
    return [_row(line, overlays, files, words) for line in offer.lines]


def usual_price(product: Product, own: Prices, others: Prices, language: str) -> str:
    """What others pay for one where this customer pays less; "" where they pay the same."""
    usual = usual_of(product, own, others)
    return "" if usual is None else price_of(str(usual), product.currency, language)


def scale_rows(product: Product, prices: Prices, language: str) -> list[tuple[int, str]]:
    """From which quantities on one costs less than where the least is ordered."""
    return [(least, price_of(str(price), product.currency, language)) for least, price in scale_of(product, prices)[1:]]


def total_of(offer: Offer, words: wording.Translator) -> str:
    """The total; "" where nothing can be ordered."""
    return price_of(str(offer.total), offer.currency, words.language) if offer.currency else ""


def taxes_in(offer: Offer, words: wording.Translator) -> list[str]:
    """The tax that the total contains, one sentence for each rate."""
    found = taxes_of(offer.lines, offer.currency) if offer.currency else {}
    return [
        words.text(TAX_WORDS, rate=f"{rate.normalize():f}", amount=price_of(str(tax), offer.currency, words.language))
        for rate, tax in found.items()
    ]


def _row(line: Line, overlays: Mapping[str, Overlay], files: str, words: wording.Translator) -> Row:
    product = line.product if line.product is not None and line.product.is_offered else None
    key = product.key if product else line.code
    overlay = overlays.get(key) if product else None
    picture = (overlay.particulars.get("picture") or {}).get("file", "") if overlay else ""
    currency = product.currency if product else ""
    return Row(
        key=key,
        code=product.code if product else line.code,
        name=product.full_name if product else "",
        quantity=line.quantity,
        minimum=product.minimum if product else 1,
        step=product.step if product else 1,
        pack=product.pack_size if product else 1,
        stock=product.stock if product else None,
        price=price_of(str(line.price), currency, words.language) if product and product.price is not None else "",
        amount=price_of(str(line.amount), currency, words.language) if not line.obstacle else "",
        plain_amount=f"{line.amount.normalize():f}",
        trouble=obstacle_words(line, words),
        picture=f"{files}{picture}" if picture else picture_address(product) if product else "",
        page=overlay.page if overlay else 0,
    )
