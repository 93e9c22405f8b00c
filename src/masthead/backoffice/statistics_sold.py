"""What was ordered and what forms brought, among the statistics: numbers, tables, and how many of those who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import format_currency
from django.db.models import Q

from masthead import wording
from masthead.backoffice.statistics_tables import DELETED, Cell, Look, Table, Tile, change_text, day_text, number_text
from masthead.forms.selectors import form_names
from masthead.orders.checking import amount_text
from masthead.orders.selectors import products_named
from masthead.orders.sums import ProductSold, Sold, products_sold, sold_by, sold_by_day, sold_in_all
from masthead.statistics.kinds import Measure
from masthead.statistics.periods import Period, Step
from masthead.statistics.rules import NAMES, RULES
from masthead.statistics.selectors import below, sums

ORDERS_WORDS, VALUE_WORDS, RATE_WORDS = "Orders", "Order value", "Orders per 100 visits"
ORDERS_RULE_WORDS = (
    "Orders that readers sent, without those that were cancelled since. One with products of several editions counts "
    "in each of them."
)
VALUE_RULE_WORDS = "What these orders come to, with the tax in it, each currency for itself."
RATE_RULE_WORDS = "Orders divided by visits. Visits that are not counted can order as well."
_VALUE_IN_WORDS = "Value in {currency}"
_HEAD_WORDS = ("Product", "Code", "Opened", "Put into carts", "Pieces", "Form", "Shown", "Sent", "Sent of 100 shown")
_TITLE_WORDS = ("Orders by day", "Orders by publication", "Orders by edition", "Products", "Forms")


def has_sold(look: Look) -> bool:
    """Whether anything was ordered in the period: also where nothing that was read is counted."""
    return bool(sold_in_all(*_asked(look)).orders)


def sold_tiles(look: Look) -> list[Tile]:
    """Orders, what they come to, and how many for each visit; none where nothing was ordered."""
    words, scope = look.words, look.subject.scope
    now, before = sold_in_all(*_asked(look)), sold_in_all(*_asked(look, look.period.before))
    if not now.orders and not before.orders:
        return []
    change = change_text(now.orders, before.orders, words)
    shown = [
        Tile(
            words.text(ORDERS_WORDS),
            number_text(now.orders, words),
            words.text(ORDERS_RULE_WORDS),
            number_text(before.orders, words),
            change,
        ),
        Tile(
            words.text(VALUE_WORDS),
            _money(now, words) or number_text(0, words),
            words.text(VALUE_RULE_WORDS),
            _money(before, words),
        ),
    ]
    visits = sums(scope, look.period).get(Measure.VISITS, 0)
    if visits and not look.subject.is_of_sales:
        rate = _of_hundred(now.orders, visits)
        shown.append(Tile(words.text(RATE_WORDS), rate, words.text(RATE_RULE_WORDS)))
    return shown


def sold_tables(look: Look) -> list[Table]:
    """The tables of orders, products and forms that have something in them."""
    made = (_by_day(look), _by_part(look), _products(look), None if look.subject.is_of_sales else _forms(look))
    return [table for table in made if table is not None]


def no_orders(words: wording.Translator) -> Table:
    """Orders by day where there are none: a file with its head, for whoever fetches it every day."""
    head = [words.text("Day"), words.text(ORDERS_WORDS)]
    return Table("orders", words.text("Orders by day"), head, [], [words.text(ORDERS_RULE_WORDS)])


def _by_day(look: Look) -> Table | None:
    found, words = sold_by_day(*_asked(look)), look.words
    if not found:
        return None
    currencies = _currencies(found.values())
    rows: list[list[Cell]] = []
    for part in look.period.parts(Step.DAY):
        sold = found.get(part.since)
        if sold:
            rows.append([day_text(part, Step.DAY, words), *_values(sold, currencies), sold.orders])
    head = [words.text("Day"), *_value_heads(currencies, words), words.text(ORDERS_WORDS)]
    return Table("orders", words.text("Orders by day"), head, rows, [words.text(ORDERS_RULE_WORDS)])


def _by_part(look: Look) -> Table | None:
    """The publications of a house, or the editions of a publication."""
    subject, words, is_house = look.subject, look.words, not look.subject.scope.publication
    if subject.parts is None:
        return None
    found = sold_by("order__publication" if is_house else "edition", *_asked(look))
    if not found:
        return None
    order = sorted(found, key=lambda part: (-found[part].orders, part))
    named, read, currencies = subject.parts(order), below(subject.scope, look.period), _currencies(found.values())
    rows: list[list[Cell]] = []
    for part in order:
        visits = read.get(part, {}).get(Measure.VISITS, 0)
        name = named.get(part, ("", ""))[0] or words.text(DELETED)
        rate = _of_hundred(found[part].orders, visits) if visits else "–"
        rates = [] if subject.is_of_sales else [rate]
        rows.append([name, *_values(found[part], currencies), *rates, found[part].orders])
    first = words.text("Publication" if is_house else "Edition")
    rate_head = [] if subject.is_of_sales else [words.text(RATE_WORDS)]
    head = [first, *_value_heads(currencies, words), *rate_head, words.text(ORDERS_WORDS)]
    title = words.text("Orders by publication" if is_house else "Orders by edition")
    rules = [words.text(ORDERS_RULE_WORDS), *([] if subject.is_of_sales else [words.text(RATE_RULE_WORDS)])]
    return Table("orders-parts", title, head, rows, rules, [named.get(part, ("", ""))[1] for part in order])


def _products(look: Look) -> Table | None:
    """From the card to the order: what was opened, put into carts, ordered."""
    subject, words = look.subject, look.words
    sold = products_sold(*_asked(look))
    opened, carted = look.named(Measure.PRODUCT), look.named(Measure.CARTED)
    if not (sold or opened or carted):
        return None
    known = {row.key for row in sold}
    others = [key for key in {**opened, **carted} if key not in known]
    if subject.publication is not None and others:
        found = products_named(subject.publication.pk, others)
        sold += [ProductSold(key, row.code, row.full_name, 0, 0, "", Decimal()) for key, row in found.items()]
    currencies = sorted({row.currency for row in sold if row.currency})
    rows: list[list[Cell]] = []
    for row in sorted(sold, key=lambda row: (-row.orders, -opened.get(row.key, 0), row.key)):
        values: list[Cell] = [_amount(row.amount, one) if row.currency == one else "" for one in currencies]
        seen = [opened.get(row.key, 0), carted.get(row.key, 0)] if subject.publication is not None else []
        rows.append([row.name, row.code, *seen, *values, row.quantity, row.orders])
    head = [words.text("Product"), words.text("Code")]
    head += [words.text("Opened"), words.text("Put into carts")] if subject.publication is not None else []
    head += [*_value_heads(currencies, words), words.text("Pieces"), words.text(ORDERS_WORDS)]
    rules = [words.text(RULES[Measure.PRODUCTS]), words.text(RULES[Measure.CARTS]), words.text(ORDERS_RULE_WORDS)]
    return Table("products", words.text("Products"), head, rows, rules)


def _forms(look: Look) -> Table | None:
    words, shown, sent = look.words, look.named(Measure.FORM_SEEN), look.named(Measure.FORM)
    if look.subject.publication is None or not (shown or sent):
        return None
    names = form_names({**shown, **sent})
    rows: list[list[Cell]] = []
    for form in sorted({**shown, **sent}, key=lambda form: (-sent.get(form, 0), -shown.get(form, 0), form)):
        seen, filled = shown.get(form, 0), sent.get(form, 0)
        rate = _of_hundred(filled, seen) if seen else "–"
        rows.append([names.get(form) or words.text(DELETED), seen, rate, filled])
    head = [words.text(name) for name in ("Form", "Shown", "Sent of 100 shown", "Sent")]
    rules = [f"{words.text(NAMES[one])}: {words.text(RULES[one])}" for one in (Measure.FORMS_SEEN, Measure.FORMS)]
    return Table("forms", words.text("Forms"), head, rows, rules)


def _asked(look: Look, period: Period | None = None) -> tuple[Q, ZoneInfo, date, date]:
    """Whose orders, by which clock, from day to day."""
    scope, days = look.subject.scope, period or look.period
    of = Q(order__publisher=scope.publisher)
    if scope.edition:
        of = Q(edition=scope.edition)
    elif scope.publication:
        of = Q(order__publication=scope.publication)
    return of, look.subject.zone, days.since, days.until


def _currencies(sold: Iterable[Sold]) -> list[str]:
    return sorted({currency for one in sold for currency in one.amounts})


def _value_heads(currencies: Iterable[str], words: wording.Translator) -> list[str]:
    return [words.text(_VALUE_IN_WORDS, currency=currency) for currency in currencies]


def _values(sold: Sold, currencies: Iterable[str]) -> list[Cell]:
    return [_amount(sold.amounts[one], one) if one in sold.amounts else "" for one in currencies]


def _amount(amount: Decimal, currency: str) -> Decimal:
    """With the digits of its currency."""
    return Decimal(amount_text(amount, currency))


def _money(sold: Sold, words: wording.Translator) -> str:
    return " + ".join(format_currency(sold.amounts[one], one, locale=words.language) for one in sorted(sold.amounts))


def _of_hundred(part: int, whole: int) -> str:
    """How many of a hundred, with one digit after the point."""
    return f"{Decimal(100 * part) / whole:.1f}"
