"""Finds products on the pages of an edition by their codes in its words, for staff to confirm; nothing is laid here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from masthead.document.overlays import Area, OverlayKind
from masthead.library.selectors import Edition
from masthead.orders.checking import amount_of, key_of
from masthead.orders.selectors import Product, products_offered
from masthead.production.models import Overlay
from masthead.production.overlays.placing import PlacedWord, Words, union

MOST = 300  # places in one sweep
_LONGEST = 4  # words of a code
_AROUND = ".,;:!?()[]{}<>«»„“”\"'‚‘’*†‡§¶#·•|/"  # also marks that lead to notes
_PRICE = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ .,'’]?\d{3})*[.,]\d{2}(?![\w]|[.,]\d|\s?%)")
_NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+|\d+"  # no plain space: columns of a table stand one space apart
_SIGN = r"[$€£¥₽₴₺]"
_SIGNED = re.compile(rf"{_SIGN}\s?({_NUMBER})(?![\w]|[.,]\d)|(?<![\w.,-])({_NUMBER})\s?{_SIGN}")
_WHOLE = re.compile(rf"(?<![\w.,-])(?:{_NUMBER})(?![\w\"”″%]|[.,]\d)")
_NEAR = 120  # characters behind a code in which its price stands
_SMALLEST = 10  # smaller whole numbers stand everywhere
_MARGIN = 0.004  # of the page, around the words


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place where a product's code is printed. `printed` is the price behind it, None where none stands there."""

    page: int
    area: Area
    product: Product
    printed: Decimal | None
    is_sure: bool

    @property
    def name(self) -> str:
        """Tells it from the others of the edition."""
        return f"{self.page}-{self.product.pk}"

    @property
    def has_changed(self) -> bool:
        """Whether another price is printed than the product has now."""
        return self.printed is not None and self.product.price is not None and self.printed != self.product.price


def proposals_of(edition: Edition, words: Words) -> list[Proposal]:
    """Where codes of offered products stand and no overlay opens them yet: each once a page, in the order of pages."""
    products = {row.key: row for row in products_offered(edition.publication_id)}
    if not products:
        return []
    rows = Overlay.objects.filter(edition=edition, kind=OverlayKind.PRODUCT.value, removed_at__isnull=True)
    return proposed(words, products, {(row.page, key_of(str(row.particulars.get("code", "")))) for row in rows})


def proposed(words: Words, products: Mapping[str, Product], laid: Set[tuple[int, str]]) -> list[Proposal]:
    """The same for products by their keys, less those that are laid already: page and key."""
    found: list[Proposal] = []
    for page in range(1, words.count + 1):
        seen = {key for at, key in laid if at == page}
        text, placed = words.page(page)
        codes = list(codes_in(text, placed, products))
        starts = [under[0].start for key, under in codes if _is_telling(key)]
        for key, under in codes:
            if key not in seen:
                seen.add(key)
                # What stands behind the next code is the next one's price.
                end = next((start for start in starts if start > under[0].start), len(text))
                found.append(_proposal(page, products[key], text[:end], under))
            if len(found) >= MOST:
                return found
    return found


def codes_in(
    text: str, placed: Sequence[PlacedWord], products: Mapping[str, object]
) -> Iterator[tuple[str, Sequence[PlacedWord]]]:
    """Keys that stand in the words of a page, with the words; the longest that fits is taken."""
    longest = min(_LONGEST, max((key.count(" ") + 1 for key in products), default=1))
    at = 0
    while at < len(placed):
        step = 1
        for length in range(longest, 0, -1):
            under = placed[at : at + length]
            key = key_of(" ".join(text[word.start : word.end].strip(_AROUND) for word in under))
            if len(under) == length and key in products:
                yield key, under
                step = length
                break
        at += step


def price_behind(text: str, own: Decimal | None = None) -> Decimal | None:
    """The first price in the words behind a code; None where there is none.

    A number is a price by two digits behind the point or by the sign of a currency beside it. One without either could
    be a size or a count as well: it is the price only where it is the product's `own`, as lists print whole amounts.
    """
    near = text[:_NEAR]
    match, signed = _PRICE.search(near), _SIGNED.search(near)
    at = min((found.start() for found in (match, signed) if found), default=len(near))
    if own is not None and own >= _SMALLEST and own == own.to_integral_value():
        for whole in _WHOLE.finditer(near[:at]):
            if _whole(whole[0]) == own:
                return own
    if signed is not None and signed.start() == at and not (match and match.start() <= signed.end()):
        return _whole(signed[1] or signed[2])
    try:
        return amount_of(match[0]) if match else None
    except InvalidOperation:
        return None


def _whole(number: str) -> Decimal:
    """A number without digits behind its point; points, commas and spaces group its digits."""
    return Decimal("".join(sign for sign in number if sign.isdecimal()))


def _proposal(page: int, product: Product, text: str, under: Sequence[PlacedWord]) -> Proposal:
    printed = price_behind(text[under[-1].end :], product.price)
    left, top, width, height = union(under)
    x, y = max(0.0, left - _MARGIN), max(0.0, top - _MARGIN)
    area = Area(x, y, min(1.0, left + width + _MARGIN) - x, min(1.0, top + height + _MARGIN) - y)
    is_priced = printed is not None and printed == product.price
    return Proposal(page, area, product, printed, is_priced or _is_telling(product.key))


def _is_telling(key: str) -> bool:
    """Whether hardly anything but the code is written so: long enough, and no word, as the code "rope" would be."""
    return not key.isalpha() and (len(key) >= 4 or (len(key) >= 3 and not key.isalnum()))
