"""Orders as files: a table with a row for each line of an order, as CSV too; JSON with each order whole; in pieces."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from masthead import wording
from masthead.accounts.selectors import User
from masthead.orders.checking import amount_text
from masthead.orders.describing import facts_of
from masthead.orders.models import Order, OrderLine
from masthead.orders.working import WORD_OF

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
OWN_COLUMN_WORDS = ("Number", "Time", "Status", "Publication", "Issue")
LINE_COLUMN_WORDS = ("Code", "Product", "Quantity", "Price", "Amount", "Tax (percent)", "Currency", "Order total")
# What an order form asks for, by the name under which it is kept; anything else stands in the last column.
PARTICULAR_NAMES: Final = (
    *("name", "email", "phone", "company", "account_number", "po_number"),
    *("billing_line1", "billing_line2", "billing_city", "billing_state", "billing_postcode", "billing_country"),
    *("delivery_line1", "delivery_line2", "delivery_city", "delivery_state", "delivery_postcode"),
    *("delivery_country", "note"),
)
PARTICULAR_WORDS = (
    *("Name", "E-mail address", "Phone", "Company", "Account number", "PO number"),
    *("Billing address", "Billing address, line 2", "Billing: city", "Billing: state"),
    *("Billing: postcode", "Billing: country"),
    *("Delivery address", "Delivery address, line 2", "Delivery: city", "Delivery: state"),
    *("Delivery: postcode", "Delivery: country", "Additional information"),
)
OTHER_WORDS = "Other particulars"
_WORDS_OF: Final = dict(zip(PARTICULAR_NAMES, PARTICULAR_WORDS, strict=True))
_SAME = "same"  # in what was typed: the delivery goes to the billing address
_CHUNK = 500  # orders that are read at once
_MARK = "\ufeff"  # without it spreadsheet programs take the bytes for another encoding


def particular_words(name: str) -> str:
    """The English words for something that was typed; its own name, readable, where the form asked something new."""
    return _WORDS_OF.get(name) or name.replace("_", " ").capitalize()


def typed_in(order: Order) -> dict[str, Any]:
    """What was typed, with the delivery address also where it is the billing address."""
    said = {name: value for name, value in order.particulars.items() if name != _SAME}
    if order.particulars.get(_SAME):
        billing = {name: value for name, value in said.items() if name.startswith("billing_")}
        said |= {name.replace("billing_", "delivery_", 1): value for name, value in billing.items()}
    return said


def record_of(order: Order) -> dict[str, Any]:
    """All that is kept of an order, with who ordered; what only staff may see is not in it."""
    return {**facts_of(order), "particulars": typed_in(order)}


def orders_data(user: User) -> list[dict[str, Any]]:
    """All orders of a person with what they typed, as data for themselves."""
    return [record_of(row) for row in Order.objects.filter(person=user).prefetch_related("lines").order_by("number")]


def orders_json(rows: QuerySet[Order]) -> Iterator[bytes]:
    """An array of orders, one in a line."""
    yield b"["
    for at, order in enumerate(rows.iterator(_CHUNK)):
        yield f"{',' if at else ''}\n{json.dumps(record_of(order), ensure_ascii=False)}".encode()
    yield b"\n]\n"


def orders_csv(
    rows: QuerySet[Order], language: str, time_zone: str, harmless: Callable[[object], str]
) -> Iterator[bytes]:
    """A row for each line of an order; every cell goes through `harmless`."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    stream.write(_MARK)
    for cells in orders_table(rows, language, time_zone):
        writer.writerow([harmless(cell) for cell in cells])
        if stream.tell() > 32_000:
            yield _taken(stream)
    yield _taken(stream)


def _taken(stream: io.StringIO) -> bytes:
    told = stream.getvalue().encode()
    stream.seek(0)
    stream.truncate()
    return told


def orders_table(rows: QuerySet[Order], language: str, time_zone: str) -> Iterator[list[object]]:
    """The head, then a row for each line of an order; amounts are decimals."""
    words, zone = wording.translator(language), ZoneInfo(time_zone)
    head = (*OWN_COLUMN_WORDS, *PARTICULAR_WORDS, OTHER_WORDS, *LINE_COLUMN_WORDS)
    yield [words.text(name) for name in head]
    for order in rows.iterator(_CHUNK):
        own = [
            order.number,
            order.created_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            words.text(WORD_OF[Order.Status(order.status)]),
            order.publication.name if order.publication else "",
            order.edition.label if order.edition else "",
        ]
        said = typed_in(order)
        typed = [*(said.get(name, "") for name in PARTICULAR_NAMES), _others(said)]
        for line in order.lines.all():
            yield [*own, *typed, *_cells(order, line)]


def _others(particulars: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {said}" for name, said in particulars.items() if name not in _WORDS_OF and said)


def _cells(order: Order, line: OrderLine) -> list[object]:
    amounts = [Decimal(amount_text(amount, order.currency)) for amount in (line.price, line.amount)]
    total = Decimal(amount_text(order.total, order.currency))
    return [line.code, line.name, line.quantity, *amounts, line.tax.normalize(), order.currency, total]
