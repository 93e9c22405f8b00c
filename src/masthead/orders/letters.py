"""The mails of an order: to whoever ordered and to the publisher, in plain words and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

from masthead import wording
from masthead.exports.frame.overlays import price_of
from masthead.exports.templates import templates_of
from masthead.orders.addressing import address_lines
from masthead.orders.filling_in import SAME, address_in
from masthead.orders.models import Order, OrderLine
from masthead.outbox.dressing import framed

SUBJECT_WORDS = "Order {number} from {publication}"
THANKS_WORDS = "Your order has arrived. Its number is {number}."
CAME_WORDS = "Order {number} came from {name}, {email}."
NEXT_WORDS = "The publisher sees to it and answers to this address."
TOTAL_WORDS = "Total: {total}"
TAX_WORDS = "with {rate} % tax: {amount}"
SEE_WORDS = "See the order"
ANSWER_WORDS = "Answers to this mail go to {email}."
NAME_WORDS = {
    "name": "Name",
    "company": "Company",
    "email": "E-mail",
    "phone": "Phone",
    "account_number": "Account number",
    "po_number": "Purchase order number",
    "billing": "Billing address",
    "delivery": "Delivery address",
    "note": "Additional information",
}
SAME_WORDS = "The same as the billing address"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an order in words."""

    quantity: int
    code: str
    name: str
    price: str
    amount: str


def rows_of(order: Order, lines: Sequence[OrderLine], language: str) -> list[Row]:
    """The lines of an order with what they cost."""
    return [
        Row(
            line.quantity,
            line.code,
            line.name,
            price_of(str(line.price), order.currency, language),
            price_of(str(line.amount), order.currency, language),
        )
        for line in lines
    ]


def particulars_of(order: Order, words: wording.Translator) -> list[tuple[str, list[str]]]:
    """Who ordered and where it goes: what it is, and its lines; only what was filled in."""
    kept = order.particulars
    found = []
    for name, said in NAME_WORDS.items():
        if name == "delivery" and kept.get(SAME):
            lines = [words.text(SAME_WORDS)]
        elif name in ("billing", "delivery"):
            lines = address_lines(address_in(kept, name), words.language)
        else:
            lines = str(kept.get(name, "")).splitlines()
        if lines:
            found.append((words.text(said), lines))
    return found


def order_mails(
    order: Order, lines: Sequence[OrderLine], taxes: Sequence[tuple[str, str]], *, orders_to: str, page: str
) -> list[EmailMultiAlternatives]:
    """Both mails. `page` is the absolute address of the order's own page, for whoever ordered; "" where it has none."""
    words = wording.translator(order.language)
    publication = order.publication.name if order.publication else ""
    subject = " ".join(words.text(SUBJECT_WORDS, number=order.number, publication=publication).split())
    name, email = order.particulars.get("name", ""), order.particulars["email"]
    thanks = [words.text(THANKS_WORDS, number=order.number), words.text(NEXT_WORDS)]
    came = [words.text(CAME_WORDS, number=order.number, name=name, email=email), words.text(ANSWER_WORDS, email=email)]
    return [
        _mail(order, lines, taxes, words, subject, thanks, email, orders_to, page),
        _mail(order, lines, taxes, words, subject, came, orders_to, email, ""),
    ]


def _mail(
    order: Order,
    lines: Sequence[OrderLine],
    taxes: Sequence[tuple[str, str]],
    words: wording.Translator,
    subject: str,
    said: list[str],
    to: str,
    answers_to: str,
    page: str,
) -> EmailMultiAlternatives:
    rows, facts = rows_of(order, lines, words.language), particulars_of(order, words)
    total = words.text(TOTAL_WORDS, total=price_of(str(order.total), order.currency, words.language))
    taxed = [
        words.text(TAX_WORDS, rate=rate, amount=price_of(tax, order.currency, words.language)) for rate, tax in taxes
    ]
    plain = [
        *said,
        "",
        *(f"{row.quantity} × {row.code} {row.name}: {row.amount}" for row in rows),
        "",
        total,
        *taxed,
        "",
    ]
    plain += [f"{name}: {', '.join(value)}" for name, value in facts]
    plain += ["", f"{words.text(SEE_WORDS)}: {page}"] if page else []
    mail = EmailMultiAlternatives(subject, "\n".join(plain), None, [to], reply_to=[answers_to])
    values = {"said": said, "rows": rows, "facts": facts, "total": total, "taxes": taxed}
    values |= {"page": page, "see": words.text(SEE_WORDS)}
    html = templates_of("masthead.orders").get_template("order.html").render(**values)
    mail.attach_alternative(framed(subject, html, language=words.language, direction=words.direction), "text/html")
    return mail
