"""Takes a list of products in from CSV or XLSX: read, checked row by row, looked at, then kept all at once.

Products are known by their codes: those that are there are changed in the columns that the list has, and nothing is
removed. The same list taken in twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.selectors import Publication, require
from masthead.library.services import publication_laid
from masthead.library.sheets import SheetError, columns_of, sheet_rows, sheet_template
from masthead.library.telling import step_log
from masthead.orders.checking import FIELDS, price_checked, product_checked
from masthead.orders.errors import (
    ProductCurrencyError,
    ProductInvalidError,
    ProductNameError,
    ProductsUnreadableError,
    ProductTwiceError,
)
from masthead.orders.models import Product
from masthead.orders.price_columns import PriceAt, PricesAt, price_columns, prices_keep, prices_kept
from masthead.orders.selectors import products_named

MOST = 20_000  # rows
COLUMN_WORDS: Final = (
    *("Code", "Name", "Description", "Price", "Currency", "Tax (percent)", "Pieces in a pack"),
    *("Least quantity", "Quantity in steps of", "Stock", "Address in the shop"),
    *("Group of options", "Option", "Address of the picture"),
)
_EXAMPLE: Final = ("4711", "Lantern", "", "24.50", "EUR", "19", "1", "1", "1", "", "", "", "", "")
_OTHER_NAMES: Final = {
    "sku": "code",
    "article": "code",
    "product code": "code",
    "title": "name",
    "product": "name",
    "vat": "tax",
    "tax": "tax",
    "link": "address",
    "item_group_id": "group",
    "image_link": "picture_address",
    "image": "picture_address",
    "url": "address",
    "pack": "pack_size",
    "pack size": "pack_size",
}
# What stands in a row: by the name of a field, or by the list and the quantity of a price.
Said = dict[Any, str]
_LONGEST = 4000  # characters of a cell
_FORMULA = ("=", "+", "-", "@")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list; `number` counts from 1 with the head. `problem` says what is wrong with it, at which field."""

    number: int
    said: Said
    kept: Mapping[str, Any] = field(default_factory=dict)
    deed: str = "new"  # or changed, same
    prices: Mapping[PriceAt, Decimal | None] = field(default_factory=dict)  # of lists; None: none any more
    problem: ProductInvalidError | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What a list comes to."""

    new: int = 0
    changed: int = 0
    same: int = 0
    problems: int = 0


def template(language: str) -> bytes:
    """A file with the head and one row as an example."""
    return sheet_template(language, COLUMN_WORDS, _EXAMPLE)


def read_products(publication: Publication, data: bytes) -> list[Row]:
    """The rows, each with what it would do or what is wrong with it. Raises ProductsUnreadableError."""
    rows: list[tuple[int, Said]] = []
    try:
        lines = sheet_rows(data, MOST + 2)
        head = next(lines, None)
        columns = columns_of(head[1] if head else [], FIELDS, COLUMN_WORDS, _OTHER_NAMES)
        if "code" not in columns:
            raise ProductsUnreadableError("no column is called Code")
        prices = price_columns(publication, head[1] if head else [])
        for number, cells in lines:
            said: Said = {name: _cell(cells[at]) for name, at in columns.items() if at < len(cells)}
            if any(said.values()):
                said |= {at: _cell(cells[column]) for at, column in prices.items() if column < len(cells)}
                rows.append((number, said))
            if len(rows) > MOST:
                raise ProductsUnreadableError(f"more than {MOST} rows")
    except SheetError as error:
        raise ProductsUnreadableError(str(error)) from error
    return rows_checked(publication, rows)


def rows_checked(publication: Publication, rows: Sequence[tuple[int, Said]]) -> list[Row]:
    """What each row would do, or what is wrong with it; a row says of a product what it has a field for."""
    known = products_named(publication.pk, (said.get("code", "") for _, said in rows))
    listed = prices_kept(known.values()) if any(at not in FIELDS for _, said in rows for at in said) else {}
    seen: set[str] = set()
    return [_once(_checked(number, said, known, listed), seen) for number, said in rows]


def sums_of(rows: Iterable[Row]) -> Sums:
    """What the list would change, without changing it."""
    deeds = ["problems" if row.problem else row.deed for row in rows]
    return Sums(*(deeds.count(name) for name in ("new", "changed", "same", "problems")))


def products_import(*, by: User, publication: Publication, rows: Sequence[Row]) -> Sums:
    """Keep the rows that are fine: all of them or, when something breaks, none. Raises NotAllowedError."""
    require(by, Action.MANAGE_SHOP, publication)
    return products_keep(by=by, publication=publication, rows=rows)


def products_keep(
    *,
    by: User | None,
    publication: Publication,
    rows: Sequence[Row],
    action: str = "products.import",
    fed: bool = False,
) -> Sums:
    """The same for whoever was asked before; `fed`: they came by the feed, and are its from now on."""
    sums = sums_of(rows)
    wanted = [row for row in rows if not row.problem and row.deed != "same"]
    with transaction.atomic():
        for at in range(0, len(wanted), _BATCH):
            Product.objects.bulk_create(
                [Product(publication=publication, is_fed=fed, **row.kept) for row in wanted[at : at + _BATCH]],
                update_conflicts=True,
                unique_fields=["publication", "key"],
                update_fields=[*FIELDS, *(["is_fed"] if fed else []), "changed_at"],
            )
        prices_keep(publication, {row.kept["key"]: row.prices for row in wanted if row.prices})
        if wanted:
            publication_laid(publication_id=publication.pk)
        counted = {"new_products": sums.new, "changed_products": sums.changed, "problems": sums.problems}
        step_log(by, action, publication, {}, counted)
    return sums


def _checked(number: int, said: Said, known: Mapping[str, Product], listed: Mapping[str, PricesAt]) -> Row:
    """The row with all that the product will be: what the list does not say stays as it is."""
    row = Row(number, said)
    try:
        code = product_checked(said, ("code",))
        there = known.get(code["key"])
        if there is None and "name" not in said:
            raise ProductNameError(field="name")
        old = {name: getattr(there, name) for name in FIELDS} if there else {}
        new = product_checked({**old, **said})
        prices = {at: _list_price(text, new["currency"]) for at, text in said.items() if isinstance(at, tuple)}
    except ProductInvalidError as error:
        return replace(row, problem=error)
    same = there is not None and all(getattr(there, name) == new[name] for name in FIELDS)
    before = listed.get(there.pk, {}) if there else {}
    same = same and all(before.get(at) == price for at, price in prices.items())
    return replace(row, kept=new, prices=prices, deed="same" if same else "changed" if there else "new")


def _list_price(text: str, currency: str) -> Decimal | None:
    if text and not currency:
        raise ProductCurrencyError(field="currency")
    return price_checked(text, currency) if text else None


def _once(row: Row, seen: set[str]) -> Row:
    key = str(row.kept.get("key", ""))
    if key and key in seen:
        return replace(row, problem=ProductTwiceError(key, field="code"))
    seen.add(key)
    return row


def _cell(text: str) -> str:
    """A cell without the apostrophe that lists made here put before what a spreadsheet would calculate."""
    text = text.strip()[:_LONGEST]
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
