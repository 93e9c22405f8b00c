"""What is said of a product, by hand or in a list: checked and in one shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from babel.numbers import get_currency_precision, list_currencies

from masthead.document.addresses import safe_address
from masthead.orders.errors import (
    ProductAddressError,
    ProductCodeError,
    ProductCurrencyError,
    ProductDescriptionError,
    ProductInvalidError,
    ProductNameError,
    ProductNumberError,
    ProductPriceError,
    ProductTaxError,
)

FIELDS: Final = (
    *("code", "name", "description", "price", "currency", "tax", "pack_size", "minimum", "step", "stock", "address"),
    *("group", "option", "picture_address"),
)
MOST = 1_000_000_000  # of anything that is counted or paid
_SEPARATORS = str.maketrans({"٫": ".", "٬": "", "\u00a0": "", "\u202f": "", " ": "", "'": "", "’": ""})


@cache
def currencies() -> frozenset[str]:
    """All currencies that are known, as ISO 4217 writes them."""
    return frozenset(list_currencies())


def key_of(code: str) -> str:
    """A code as codes are compared."""
    return " ".join(code.split()).casefold()


def amount_of(text: str) -> Decimal:
    """The number that somebody wrote, with a point or a comma before its last digits. Raises InvalidOperation.

    Where both stand in it, the last is the one before the fraction: 1,234.50 and 1.234,50 are the same.
    """
    plain = text.strip().translate(_SEPARATORS)
    if "," in plain and "." in plain:
        thousands = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(thousands, "")
    amount = Decimal(plain.replace(",", "."))
    if not amount.is_finite():
        raise InvalidOperation
    return amount


def product_checked(said: Mapping[str, Any], fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """What can be kept of what was said in these fields. Raises ProductInvalidError with its field."""
    texts = {name: "" if said.get(name) is None else str(said[name]).strip() for name in FIELDS}
    found = {name: _CHECKS[name](texts[name]) for name in fields if name in _CHECKS}
    if "price" in fields:
        found |= _money(texts["price"], texts["currency"].upper())
    if "code" in found:
        found["key"] = key_of(found["code"])
    return found


def amount_text(amount: Decimal | None, currency: str) -> str:
    """An amount as it is kept and handed on, such as "24.50": with the digits that its currency has; "" for none."""
    return "" if amount is None else f"{round(amount, min(3, get_currency_precision(currency))):f}"


def _money(price: str, currency: str) -> dict[str, Any]:
    if not price:
        return {"price": None, "currency": ""}
    if currency not in currencies():
        raise ProductCurrencyError(currency, field="currency")
    return {"price": price_checked(price, currency), "currency": currency}


def price_checked(text: str, currency: str) -> Decimal:
    """A price in a currency that is known, with its digits. Raises ProductPriceError."""
    try:
        amount = amount_of(text)
    except InvalidOperation as error:
        raise ProductPriceError(text, field="price") from error
    digits = min(3, get_currency_precision(currency))
    if not 0 <= amount < MOST or amount != round(amount, digits):
        raise ProductPriceError(text, field="price")
    return round(amount, digits)


def _code(text: str) -> str:
    code = " ".join(text.split())
    if not code or len(code) > 60:
        raise ProductCodeError(text, field="code")
    return code


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > 200:
        raise ProductNameError(text, field="name")
    return name


def _description(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if len(text) > 2000:
        raise ProductDescriptionError(field="description")
    return text


def _tax(text: str) -> Decimal:
    try:
        rate = amount_of(text.removesuffix("%")) if text else Decimal()
    except InvalidOperation as error:
        raise ProductTaxError(text, field="tax") from error
    if not 0 <= rate < 100 or rate != round(rate, 2):
        raise ProductTaxError(text, field="tax")
    return round(rate, 2)


def _whole(field: str, least: int, usual: int | None) -> Callable[[str], int | None]:
    def checked(text: str) -> int | None:
        if not text:
            return usual
        try:
            amount = amount_of(text)
        except InvalidOperation as error:
            raise ProductNumberError(text, field=field) from error
        if amount != int(amount) or not least <= amount < MOST:
            raise ProductNumberError(text, field=field)
        return int(amount)

    return checked


def _address(field: str) -> Callable[[str], str]:
    def checked(text: str) -> str:
        if not text:
            return ""
        address = safe_address(text[:2001])
        if address is None or not address.startswith(("https://", "http://")) or len(address) > 2000:
            raise ProductAddressError(text[:80], field=field)
        return address

    return checked


def _short(field: str, most: int) -> Callable[[str], str]:
    def checked(text: str) -> str:
        said = " ".join(text.split())
        if len(said) > most:
            raise ProductInvalidError(text[:80], field=field)
        return said

    return checked


_CHECKS: Final[Mapping[str, Callable[[str], Any]]] = {
    "code": _code,
    "name": _name,
    "description": _description,
    "tax": _tax,
    "pack_size": _whole("pack_size", 1, 1),
    "minimum": _whole("minimum", 1, 1),
    "step": _whole("step", 1, 1),
    "stock": _whole("stock", 0, None),
    "address": _address("address"),
    "group": _short("group", 60),
    "option": _short("option", 120),
    "picture_address": _address("picture_address"),
}
