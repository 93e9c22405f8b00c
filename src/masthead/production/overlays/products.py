"""What an overlay says of a product. The one place that will ask a shop instead, once there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from masthead.document.addresses import safe_address
from masthead.production.overlays.errors import OverlayAddressError, OverlayEmptyError, OverlayPriceError

_CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217
_MOST = Decimal("1e9")


def product_checked(said: Mapping[str, Any]) -> dict[str, str]:
    """Code, name, description, price as a decimal with its currency, and where it can be bought."""
    found = {name: str(said.get(name, "")).strip() for name in ("code", "name", "description", "address")}
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
