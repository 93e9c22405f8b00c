"""Reads a feed of products: CSV, XLSX, JSON, or XML as Google Merchant has it (RSS 2.0, Atom), into rows of fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from masthead.library.sheets import SheetError, columns_of, sheet_rows
from masthead.orders.checking import FIELDS
from masthead.orders.errors import FeedUnreadableError
from masthead.orders.importing import COLUMN_WORDS, MOST

# What feeds call the fields: Google's product data specification, and what shops write besides.
_NAMES: Final = {
    "id": "code",
    "sku": "code",
    "article": "code",
    "product code": "code",
    "title": "name",
    "product": "name",
    "link": "address",
    "url": "address",
    "image_link": "picture_address",
    "image": "picture_address",
    "item_group_id": "group",
    "multipack": "pack_size",
    "vat": "tax",
}
_OPTIONS: Final = ("size", "color", "material", "pattern")  # of Google's; together they say which option it is
_EXTRA: Final = ("sale_price", "availability", *_OPTIONS)
_KNOWN: Final = (*FIELDS, *_EXTRA)
_GONE: Final = frozenset({"out_of_stock", "out of stock", "preorder", "backorder", "sold out"})
_ITEMS: Final = ("items", "products", "item", "product", "data")
_LONGEST = 4000  # characters of a field
Said = dict[str, str]


def feed_rows(data: bytes) -> list[tuple[int, Said]]:
    """The products that a feed names, counted from 1, in fields of products. Raises FeedUnreadableError."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        found = _from_xml(data)
    elif start in (b"{", b"["):
        found = _from_json(data)
    else:
        found = _from_sheet(data)
    rows = []
    for number, said in found:
        rows.append((number, _fields(said)))
        if len(rows) > MOST:
            raise FeedUnreadableError(f"more than {MOST} products")
    if not rows:
        raise FeedUnreadableError("no products in it")
    return rows


def _from_sheet(data: bytes) -> Iterator[tuple[int, Said]]:
    try:
        lines = sheet_rows(data, MOST + 2)
        head = next(lines, None)
        cells = [_plain_name(cell) for cell in head[1]] if head else []
        columns = columns_of(cells, FIELDS, COLUMN_WORDS, _NAMES | {name: name for name in _EXTRA})
        if "code" not in columns:
            raise FeedUnreadableError("no column is called code or id")
        for number, row in lines:
            said = {name: row[at] for name, at in columns.items() if at < len(row)}
            if any(said.values()):
                yield number, said
    except SheetError as error:
        raise FeedUnreadableError(str(error)) from error


def _from_json(data: bytes) -> Iterator[tuple[int, Said]]:
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeedUnreadableError(str(error)[:200]) from error
    if isinstance(told, Mapping):
        told = next((told[name] for name in _ITEMS if isinstance(told.get(name), list)), None)
    if not isinstance(told, list) or not all(isinstance(one, Mapping) for one in told):
        raise FeedUnreadableError("no list of products in the JSON")
    for number, one in enumerate(told, start=1):
        yield number, _named({str(name): value for name, value in one.items()})


def _from_xml(data: bytes) -> Iterator[tuple[int, Said]]:
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FeedUnreadableError(f"{type(error).__name__}: {error}"[:200]) from error
    items = [one for one in root.iter() if _local(one.tag) in ("item", "entry", "product")]
    for number, item in enumerate(items, start=1):
        said: dict[str, Any] = {}
        for part in item:
            text = part.text or part.get("href") or ""
            if text.strip():
                said.setdefault(_local(part.tag), text)
        yield number, _named(said)


def _local(tag: Any) -> str:
    """The name of an element without its namespace; "" for comments."""
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def _named(said: Mapping[str, Any]) -> Said:
    """What is said under the names of fields; a field's own name counts before another name for it."""
    found: Said = {}
    for name, value in said.items():
        plain = _plain_name(name)
        known = plain if plain in _KNOWN else _NAMES.get(plain, "")
        text = _text(value)
        if known and text is not None and (plain == known or known not in found):
            found[known] = text
    return found


def _plain_name(name: str) -> str:
    return name.strip().removeprefix("g:").casefold()


def _text(value: Any) -> str | None:
    """None for what is nothing or no text, such as a list."""
    if isinstance(value, bool) or value is None or isinstance(value, list | Mapping):
        return None
    return str(value).replace("\x00", "").strip()[:_LONGEST]


def _fields(said: Said) -> Said:
    """In fields of products: money divided into price and currency, options put together, a stock of none."""
    kept = {name: text.strip()[:_LONGEST] for name, text in said.items() if name in FIELDS}
    price = (said.get("sale_price") or kept.get("price", "")).strip()
    if price:
        amount, currency = _money(price)
        kept |= {"price": amount, "currency": currency} if currency else {"price": amount}
    options = [said[name].strip() for name in _OPTIONS if said.get(name, "").strip()]
    if options and not kept.get("option"):
        kept["option"] = ", ".join(options)
    if "availability" in said and "stock" not in kept:
        is_out = said["availability"].strip().casefold() in _GONE
        kept["stock"] = "0" if is_out else ""
    return kept


def _money(text: str) -> tuple[str, str]:
    """An amount and its currency, which stands before or behind it as in "24.50 EUR"; "" where none does."""
    before, after = text[:-3], text[3:]
    if text[-3:].isalpha() and before[-1:].isspace() | before[-1:].isdigit():
        return before.strip(), text[-3:]
    if text[:3].isalpha() and after[:1].isspace() | after[:1].isdigit():
        return after.strip(), text[:3]
    return text, ""
