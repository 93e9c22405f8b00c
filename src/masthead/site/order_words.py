"""Orders in words: what keeps a line from being ordered, and a line as the pages and the reader's panel show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masthead import wording
from masthead.exports.frame.overlays import price_of
from masthead.library.selectors import Edition
from masthead.orders.carts import Sources
from masthead.orders.pictures import picture_address
from masthead.orders.pricing import Line, Obstacle, Offer, Prices, scale_of, taxes_of, usual_of
from masthead.orders.selectors import Product
from masthead.site.carting import Counter, Place
from masthead.site.reading import address_of

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
    home: str  # the address of the edition in which it lies; "" where that is not known
    edition: str  # the name of that edition, where it is another one than this; else ""
    source: str  # its slug


def obstacle_words(line: Line, words: wording.Translator) -> str:
    """Why a line cannot be ordered, and what to do; "" where it can."""
    if not line.obstacle:
        return ""
    product = line.product
    if line.obstacle is Obstacle.QUANTITY and product is not None:
        said = STEP_WORDS if product.step > 1 else LEAST_WORDS
        return words.text(said, minimum=product.minimum, step=product.step)
    return words.text(OBSTACLE_WORDS[line.obstacle], stock=product.stock if product else 0)


def rows_of(counter: Counter, offer: Offer, words: wording.Translator, sources: Sources | None = None) -> list[Row]:
    """All lines of an offer at a counter, with the pages on which they lie."""
    places = counter.places([line.product.key for line in offer.lines if line.product], sources)
    return [_row(line, places, counter.edition, words) for line in offer.lines]


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


def _row(line: Line, places: Mapping[str, Place], here: Edition, words: wording.Translator) -> Row:
    product = line.product if line.product is not None and line.product.is_offered else None
    key = product.key if product else line.code
    place = places.get(key) if product else None
    home = address_of(place.edition) if place else ""
    picture = (place.overlay.particulars.get("picture") or {}).get("file", "") if place else ""
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
        picture=f"{home}overlays/files/{picture}" if picture else picture_address(product) if product else "",
        page=place.overlay.page if place else 0,
        home=home,
        edition=place.edition.label if place and place.edition.pk != here.pk else "",
        source=place.edition.slug if place else "",
    )
