"""Takes a list of products in from CSV or XLSX: read, checked row by row, looked at, then kept all at once.

Products are known by their codes: those that are there are changed in the columns that the list has, and nothing is
removed. The same list taken in twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import transaction

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.accounts.services import log_write
from masthead.library.particulars import require
from masthead.library.selectors import Publication
from masthead.library.services import publication_laid
from masthead.library.sheets import SheetError, columns_of, sheet_rows, sheet_template
from masthead.orders.checking import FIELDS, product_checked
from masthead.orders.errors import (
    ProductInvalidError,
    ProductNameError,
    ProductsUnreadableError,
    ProductTwiceError,
)
from masthead.orders.models import Product
from masthead.orders.selectors import products_named

MOST = 20_000  # rows
COLUMN_WORDS: Final = (
    *("Code", "Name", "Description", "Price", "Currency", "Tax (percent)", "Pieces in a pack"),
    *("Least quantity", "Quantity in steps of", "Stock", "Address in the shop"),
)
_EXAMPLE: Final = ("4711", "Lantern", "", "24.50", "EUR", "19", "1", "1", "1", "", "")
_OTHER_NAMES: Final = {
    "sku": "code",
    "article": "code",
    "product code": "code",
    "title": "name",
    "product": "name",
    "vat": "tax",
    "tax": "tax",
    "link": "address",
    "url": "address",
    "pack": "pack_size",
    "pack size": "pack_size",
}
_LONGEST = 4000  # characters of a cell
_FORMULA = ("=", "+", "-", "@")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list; `number` counts from 1 with the head. `problem` says what is wrong with it, at which field."""

    number: int
    said: Mapping[str, str]
    kept: Mapping[str, Any] = field(default_factory=dict)
    deed: str = "new"  # or changed, same
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
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        lines = sheet_rows(data, MOST + 2)
        head = next(lines, None)
        columns = columns_of(head[1] if head else [], FIELDS, COLUMN_WORDS, _OTHER_NAMES)
        if "code" not in columns:
            raise ProductsUnreadableError("no column is called Code")
        for number, cells in lines:
            said = {name: _cell(cells[at]) for name, at in columns.items() if at < len(cells)}
            if any(said.values()):
                rows.append((number, said))
            if len(rows) > MOST:
                raise ProductsUnreadableError(f"more than {MOST} rows")
    except SheetError as error:
        raise ProductsUnreadableError(str(error)) from error
    known = products_named(publication.pk, (said.get("code", "") for _, said in rows))
    fields = tuple(name for name in FIELDS if name in columns)
    seen: set[str] = set()
    return [_once(_checked(number, said, fields, known), seen) for number, said in rows]


def sums_of(rows: Iterable[Row]) -> Sums:
    """What the list would change, without changing it."""
    deeds = ["problems" if row.problem else row.deed for row in rows]
    return Sums(*(deeds.count(name) for name in ("new", "changed", "same", "problems")))


def products_import(*, by: User, publication: Publication, rows: Sequence[Row]) -> Sums:
    """Keep the rows that are fine: all of them or, when something breaks, none. Raises NotAllowedError."""
    require(by, Action.MANAGE_SHOP, publication)
    sums = sums_of(rows)
    wanted = [row for row in rows if not row.problem and row.deed != "same"]
    with transaction.atomic():
        for at in range(0, len(wanted), _BATCH):
            Product.objects.bulk_create(
                [Product(publication=publication, **row.kept) for row in wanted[at : at + _BATCH]],
                update_conflicts=True,
                unique_fields=["publication", "key"],
                update_fields=[*FIELDS, "changed_at"],
            )
        if wanted:
            publication_laid(publication_id=publication.pk)
        log_write(
            by=by,
            publisher_id=publication.publisher_id,
            action="products.import",
            subject_id=publication.pk,
            subject_name=publication.name,
            after={"new_products": sums.new, "changed_products": sums.changed, "problems": sums.problems},
        )
    return sums


def _checked(number: int, said: dict[str, str], fields: tuple[str, ...], known: Mapping[str, Product]) -> Row:
    """The row with all that the product will be: what the list does not say stays as it is."""
    row = Row(number, said)
    try:
        code = product_checked(said, ("code",))
        there = known.get(code["key"])
        if there is None and "name" not in fields:
            raise ProductNameError(field="name")
        old = {name: getattr(there, name) for name in FIELDS} if there else {}
        new = product_checked({**old, **said})
    except ProductInvalidError as error:
        return replace(row, problem=error)
    same = there is not None and all(getattr(there, name) == new[name] for name in FIELDS)
    return replace(row, kept=new, deed="same" if same else "changed" if there else "new")


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
