"""What an overlay says of a product: what stands in the publication's products now, else what was typed for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from masthead.document.addresses import safe_address
from masthead.document.overlays import Overlay, OverlayKind
from masthead.library.selectors import Edition
from masthead.orders.checking import amount_text, key_of
from masthead.orders.pictures import picture_address, picture_size
from masthead.orders.price_lists import prices_for
from masthead.orders.pricing import NO_LISTS, Prices, scale_of
from masthead.orders.selectors import Product, options_of, products_named
from masthead.production.overlays.errors import OverlayAddressError, OverlayEmptyError, OverlayPriceError

_CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217
_MOST = Decimal("1e9")


def product_checked(edition: Edition, said: Mapping[str, Any]) -> dict[str, Any]:
    """Code, name, description, price as a decimal with its currency, and where it can be bought.

    Where the code is that of a product of the publication, it alone is kept: all else is asked when it is shown.
    """
    found = {name: str(said.get(name, "")).strip() for name in ("code", "name", "description", "address")}
    known = products_named(edition.publication_id, [found["code"]]).get(key_of(found["code"]))
    if known is not None:
        return {"code": known.code, "is_listed": True}
    for name in ("code", "name"):
        if not found[name]:
            raise OverlayEmptyError(name, field=name)
    if found["address"]:
        address = safe_address(found["address"])
        if address is None or not address.startswith(("https://", "http://", "mailto:", "tel:")):
            raise OverlayAddressError(found["address"], field="address")
        found["address"] = address
    price = str(said.get("price", "")).strip()
    currency = str(said.get("currency", "")).strip().upper()
    return {**found, "price": price_checked(price, currency), "currency": currency if price else ""}


def with_products(edition: Edition, overlays: Sequence[Overlay]) -> list[Overlay]:
    """Overlays with what their products are now; without those whose product was removed or is not offered.

    Prices are those that everybody pays; what one customer pays is asked when the product is opened.

    What was typed stays only where the publication has no product with that code.
    """
    codes = [str(one.particulars.get("code", "")) for one in overlays if one.kind is OverlayKind.PRODUCT]
    found = products_named(edition.publication_id, codes) if codes else {}
    options = {row.pk: options_of(row) for row in found.values()}
    every = {row.pk for row in found.values()} | {one.pk for others in options.values() for one in others}
    prices = prices_for(None, edition.publication_id, every) if every else NO_LISTS
    shown = []
    for one in overlays:
        known = found.get(key_of(str(one.particulars.get("code", "")))) if one.kind is OverlayKind.PRODUCT else None
        if known is not None and known.is_offered:
            shown.append(replace(one, particulars=_said_of(known, options[known.pk], prices, one.particulars)))
        elif known is None and not one.particulars.get("is_listed"):
            shown.append(one)
    return shown


def _said_of(product: Product, others: list[Product], prices: Prices, kept: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(product, name) for name in ("code", "name", "description", "address")}
    said |= {"currency": product.currency} | _priced(product, prices)
    said |= {"pack": product.pack_size} if product.pack_size > 1 else {}
    said |= _ordering(product)
    options = [one for one in others if one.price is not None]
    said |= {"options": [_option(one, prices) for one in options]} if len(options) > 1 else {}
    said["name"] = product.full_name
    if kept.get("picture"):
        return said | {"picture": kept["picture"]}
    if not product.picture:
        return said
    width, height = picture_size(product)
    own = {"src": picture_address(product), "alt": product.full_name, "width": width, "height": height}
    return said | {"own_picture": own}


def _priced(product: Product, prices: Prices) -> dict[str, Any]:
    """What one costs where the least is ordered, and from which quantities on it costs less."""
    steps = [(least, amount_text(price, product.currency)) for least, price in scale_of(product, prices)]
    if not steps:
        return {"price": ""}
    scale = {"scale": [{"least": least, "price": price} for least, price in steps[1:]]} if steps[1:] else {}
    return {"price": steps[0][1], **scale}


def _ordering(product: Product) -> dict[str, Any]:
    """What has to be known to order it; only what is not as it usually is."""
    said: dict[str, Any] = {"sold_out": True} if product.stock == 0 else {}
    said |= {"can_be_ordered": True} if product.price is not None else {}
    said |= {"minimum": product.minimum} if product.minimum > 1 else {}
    said |= {"step": product.step} if product.step > 1 else {}
    return said | ({"stock": product.stock} if product.stock else {})


def _option(product: Product, prices: Prices) -> dict[str, Any]:
    named = {"code": product.code, "name": product.full_name, "option": product.option or product.code}
    return named | {"currency": product.currency} | _priced(product, prices) | _ordering(product)


def price_checked(price: str, currency: str) -> str:
    """A price as it is kept, such as "24.50"; "" where none is told. Raises OverlayPriceError."""
    if not price:
        return ""
    try:
        amount = Decimal(price.replace(",", ".") if price.count(",") == 1 and "." not in price else price)
    except InvalidOperation as error:
        raise OverlayPriceError(price, field="price") from error
    if not amount.is_finite() or not 0 <= amount < _MOST or amount != round(amount, 3):
        raise OverlayPriceError(price, field="price")
    if not _CURRENCY.fullmatch(currency):
        raise OverlayPriceError(currency, field="currency")
    return str(amount if -int(amount.as_tuple().exponent) > 2 else amount.quantize(Decimal("0.01")))
